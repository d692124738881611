"""Long work of enrollment."""

from enrollment import card_tasks

__all__ = ["card_tasks"]
