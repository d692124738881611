"""The API of enrollment, by what it answers about."""
