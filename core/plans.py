"""Statements over many rows that were written a moment ago."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def for_many() -> Iterator[CursorWrapper]:
    """A cursor whose statements are planned for thousands of rows; needs a transaction.

    New rows are not in the statistics yet: the planner would expect a handful and loop over all
    of them for each of them, which takes minutes for a regency.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield cursor
        cursor.execute("SET LOCAL enable_nestloop = on")
