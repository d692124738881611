"""Statements over many rows that were written a moment ago."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

MANY = 1000


def grown(rows: int, *tables: str) -> None:
    """Tables that got so many rows at once: the planner looks at them when they are committed.

    Until PostgreSQL looks by itself, which takes a minute or more, it would believe that a
    regency has a handful of people and loop over all of them for each of them.
    """
    if rows >= MANY:
        transaction.on_commit(lambda: _look_at(tables))


def _look_at(tables: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_refresh_statistics(%s)", [sorted(tables)])


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
