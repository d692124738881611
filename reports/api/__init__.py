"""The API of reports."""
