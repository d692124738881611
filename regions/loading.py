"""Loading a decree's area codes: COPY into a staging table, then a merge of a few statements.

What a newer decree does to the rows that are there:

- a code that it still names keeps its row; name, kind and postal code follow the decree, and
  `decree` names the latest one. A changed name alone makes no new row, since the code is the
  area's identity and everything that points to the row means that area;
- a code that it names for the first time gets a row valid from the decree's day. A regency
  whose address part is taken by an older code gets its code behind the name;
- a code that it no longer names gets `valid_to`, the day before the decree. Nothing is deleted:
  people and papers keep pointing at it.

A regency's own settings (active, department, palette, address part) are never touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.plans import for_many
from regions.decree import CURRENT, AreaRow, Decree, read
from regions.models import Regency


@dataclass(frozen=True)
class Level:
    """One table, the length of its codes, and what its rows take from the staged ones."""

    table: str
    digits: int
    follows: tuple[str, ...]
    first_only: tuple[tuple[str, str], ...] = ()
    parents: tuple[tuple[str, str, int], ...] = ()


_SLUG = (
    "CASE WHEN EXISTS (SELECT FROM regions_regency r WHERE r.slug = s.slug) "
    "THEN s.slug || '-' || s.code ELSE s.slug END"
)
LEVELS = (
    Level("regions_province", 2, ("name",)),
    Level(
        "regions_regency",
        4,
        ("name", "kind", "time_zone"),
        first_only=(("slug", _SLUG), ("active", "false"), ("department", "''"), ("palette", "''")),
        parents=(("province_id", "regions_province", 2),),
    ),
    Level("regions_district", 6, ("name",), parents=(("regency_id", "regions_regency", 4),)),
    Level(
        "regions_village",
        10,
        ("name", "kind", "postal_code"),
        parents=(
            ("regency_id", "regions_regency", 4),
            ("district_id", "regions_district", 6),
        ),
    ),
)


@dataclass(frozen=True)
class Loaded:
    """What happened to one table: rows added, changed, closed, and those valid now."""

    table: str
    added: int
    changed: int
    closed: int
    valid: int


def load(areas: Iterable[AreaRow] | None = None, decree: Decree = CURRENT) -> list[Loaded]:
    """Bring the four area tables to the state of a decree; a second time changes nothing.

    Raises DomainError `decree_older` when a later decree was already loaded.
    """
    with transaction.atomic(), for_many() as cursor:
        latest = Regency.objects.aggregate(day=Max("valid_from"))["day"]
        if latest and latest > decree.valid_from:
            raise DomainError("decree_older", _("Keputusan yang lebih baru sudah dimuat."))
        _stage(cursor, read() if areas is None else areas)
        loaded = [_merge(cursor, level, decree) for level in LEVELS]
        cursor.execute("DROP TABLE areas_staged")
    return loaded


def _stage(cursor: CursorWrapper, areas: Iterable[AreaRow]) -> None:
    cursor.execute(
        "CREATE TEMPORARY TABLE areas_staged (code text PRIMARY KEY, name text, kind text, "
        "slug text, time_zone text, postal_code text) ON COMMIT DROP"
    )
    with cursor.copy("COPY areas_staged FROM STDIN") as copy:
        for area in areas:
            copy.write_row(
                (area.code, area.name, area.kind, area.slug, area.time_zone, area.postal_code)
            )
    cursor.execute("ANALYZE areas_staged")


def _merge(cursor: CursorWrapper, level: Level, decree: Decree) -> Loaded:
    """Change what is known, add what is new, close what is gone; identifiers are our own."""
    table = level.table
    facts: dict[str, Any] = {"day": decree.valid_from, "decree": decree.number}
    staged = f"length(s.code) = {level.digits}"
    now, new = (", ".join(f"{a}.{each}" for each in level.follows) for a in ("t", "s"))
    cursor.execute(
        f"UPDATE {table} t SET decree = %(decree)s, "
        + ", ".join(f"{each} = s.{each}" for each in level.follows)
        + f" FROM areas_staged s WHERE {staged} AND t.code = s.code AND t.valid_to IS NULL "
        f"AND ({now}, t.decree) IS DISTINCT FROM ({new}, %(decree)s)",
        facts,
    )
    changed = cursor.rowcount
    columns = [*level.follows, *(name for name, _sql in level.first_only)]
    values = [*(f"s.{each}" for each in level.follows), *(sql for _name, sql in level.first_only)]
    joins = ""
    for place, (column, parent, digits) in enumerate(level.parents):
        columns.append(column)
        values.append(f"p{place}.id")
        joins += (
            f" JOIN {parent} p{place} ON p{place}.code = left(s.code, {digits}) "
            f"AND p{place}.valid_to IS NULL"
        )
    cursor.execute(
        f"INSERT INTO {table} (code, valid_from, decree, {', '.join(columns)}) "
        f"SELECT s.code, %(day)s, %(decree)s, {', '.join(values)} FROM areas_staged s{joins} "
        f"WHERE {staged} AND NOT EXISTS "
        f"(SELECT FROM {table} t WHERE t.code = s.code AND t.valid_to IS NULL) ORDER BY s.code",
        facts,
    )
    added = cursor.rowcount
    cursor.execute(
        f"UPDATE {table} t SET valid_to = greatest(t.valid_from, %(day)s::date - 1) "
        "WHERE t.valid_to IS NULL AND NOT EXISTS "
        "(SELECT FROM areas_staged s WHERE s.code = t.code)",
        facts,
    )
    closed = cursor.rowcount
    cursor.execute(f"SELECT count(*) FROM {table} WHERE valid_to IS NULL")
    return Loaded(table, added, changed, closed, cursor.fetchone()[0])
