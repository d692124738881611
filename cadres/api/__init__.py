"""The API of rosters and people."""
