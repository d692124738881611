"""Questions that meet all apps."""
