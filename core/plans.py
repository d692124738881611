"""Statements over many rows that were written a moment ago."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.db.backends.utils import CursorWrapper

MANY = 1000

# A regency that the planner does not know is estimated as the average of the others. That is near
# enough where its rows are few beside theirs; PostgreSQL itself looks again after a tenth.
LOOK = """
SELECT core_refresh_statistics(array_agg(name ORDER BY name))
FROM unnest(%s::text[], %s::bigint[]) AS grown (name, rows)
JOIN pg_class c ON c.oid = to_regclass('public.' || name)
WHERE c.reltuples < grown.rows * 10 HAVING count(*) > 0
"""

_grown: ContextVar[Counter[str]] = ContextVar("kj_grown")


def grown(rows: int, *tables: str) -> None:
    """Tables that got so many rows at once: the planner looks at them before they are committed.

    Until PostgreSQL looks by itself, which takes a minute or more, it would believe that a
    regency has a handful of people and loop over all of them for each of them: a page takes
    minutes. Whoever sees the rows sees the statistics too. Raises LookupError outside a scope.
    """
    if rows >= MANY:
        _grown.get().update(dict.fromkeys(tables, rows))


@contextmanager
def looking_at_grown() -> Iterator[None]:
    """Look at the tables that grew meanwhile, as the last step of a transaction.

    The last, because what looks at a table waits for others who do until they commit; in the
    order of their names, so that two never wait for each other.
    """
    tables: Counter[str] = Counter()
    token = _grown.set(tables)
    try:
        yield
    finally:
        _grown.reset(token)
    if tables and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(LOOK, [list(tables), list(tables.values())])


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
