"""Whether the people of a roster are covered in another regency, asked for all of them at once.

Ours: the one function that looks over the wall, called as the product calls it, with every
regency of the country filled. Baselines of the same run: the same call when only one other
regency has people, and the plain join by the owner of the tables with no wall in the way.
Everybody who is asked about is covered elsewhere, which is the most that can be found.
KJ_BENCH_PEOPLE makes a smaller country.
"""

import datetime as dt
import hashlib
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

from bench.database import scratch
from cadres import elsewhere
from core.tenancy import scope
from regions.models import Regency

ASKED = 11_498
PEOPLE = int(os.environ.get("KJ_BENCH_PEOPLE", "1500000"))
TURNS = 9
DAY = dt.date(2026, 11, 22)
TABLES = ("cadres_cadre", "enrollment_coverage")
# Rows are filled in by the owner, past wall, history and foreign keys, none of which a look-up
# reads; of the indexes only the one for parts of names is left out.
OPENED = """
DO $kj$ DECLARE each record; BEGIN
FOR each IN SELECT conname, conrelid::regclass AS tab FROM pg_constraint
    WHERE contype = 'f' AND conrelid = ANY ('{{{tables}}}'::regclass[])
LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.tab, each.conname); END LOOP;
END $kj$
"""
FILL = """
INSERT INTO cadres_cadre (regency_id, village_id, name, name_key, nik_sealed, nik_digest,
    birth_place, birth_date, sex, phone, mother_name, created_at)
SELECT r.id, r.village, 'Kader ' || n, 'KADER ' || n,
    decode(repeat(md5(n::text), 3), 'hex'), decode(md5(n::text), 'hex'),
    'Banyuwangi', DATE '1985-03-12', 'P', '+628120000', 'Ibu ' || n, now()
FROM generate_series(%(first)s, %(last)s) n
JOIN (SELECT regency_id AS id, min(id) AS village,
        row_number() OVER (ORDER BY regency_id) - 1 AS slot
    FROM regions_village WHERE regency_id = ANY (%(regencies)s) GROUP BY regency_id
) r ON r.slot = n %% cardinality(%(regencies)s)
"""
COVER = """
INSERT INTO enrollment_coverage (regency_id, cadre_id, village_id, batch_row_id, fund_source_id,
    programme, category, member_no_sealed, member_no_digest, starts_on, end_reason, created_at)
SELECT p.regency_id, p.id, p.village_id, 0, 0, 'jkk_jkm', 'posyandu_cadre',
    p.nik_sealed, p.nik_digest, DATE '2026-01-01', '', now()
FROM cadres_cadre p WHERE NOT EXISTS (
    SELECT FROM enrollment_coverage c WHERE c.regency_id = p.regency_id AND c.cadre_id = p.id)
"""
RAW = """
SELECT DISTINCT p.nik_digest, c.programme, c.segment FROM unnest(%s) AS w (nik_digest)
JOIN cadres_cadre p ON p.nik_digest = w.nik_digest
JOIN enrollment_coverage c ON c.regency_id = p.regency_id AND c.cadre_id = p.id
WHERE p.regency_id <> %s AND c.starts_on <= %s AND (c.ends_on IS NULL OR c.ends_on >= %s)
"""


def rows() -> list[dict]:
    """Milliseconds of one look-up of a whole roster, over the country and over one regency."""
    with scratch("elsewhere"):
        asking, *others = Regency.objects.filter(valid_to=None).order_by("code")
        country = [each.pk for each in others]
        _open()
        _fill(country[:1], 1, ASKED)
        few = _look_up(asking, range(1, ASKED + 1))
        _fill(country, ASKED + 1, PEOPLE)
        step = max(PEOPLE // ASKED, 1)
        asked = range(1, min(ASKED * step, PEOPLE) + 1, step)
        many, raw = _look_up(asking, asked), _raw(asking, asked)
        regencies = len(others)
    where = f"{len(asked):,} people looked up among {PEOPLE:,} of {regencies} regencies"
    return [
        {
            "what": f"{where}, against {ASKED:,} of one",
            "ours": many,
            "baseline": few,
            "ratio": many / few,
            "unit": " ms",
            "goal": "at most 3",
        },
        {
            "what": f"{where}, against the join without a wall",
            "ours": many,
            "baseline": raw,
            "ratio": many / raw,
            "unit": " ms",
            "goal": "at most 1.3",
        },
    ]


def _open() -> None:
    _as_owner(
        OPENED.format(tables=",".join(TABLES)),
        *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES),
        "DROP INDEX cadres_cadre_trigram",
    )


def _fill(regencies: list[int], first: int, last: int) -> None:
    told: dict[str, Any] = {"regencies": regencies, "first": first, "last": last}
    _as_owner(*(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in TABLES))
    with connections["owner"].cursor() as cursor:
        cursor.execute(FILL, told)
    _as_owner(
        "ANALYZE cadres_cadre",
        COVER,
        *(f"VACUUM ANALYZE {table}" for table in TABLES),
        *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in TABLES),
    )


def _digests(numbers: range) -> list[bytes]:
    """The digests that `FILL` gives these people."""
    return [hashlib.md5(str(n).encode(), usedforsecurity=False).digest() for n in numbers]


def _look_up(asking: Regency, numbers: range) -> float:
    statement = f"SELECT * FROM {elsewhere.function_name()}(%s, %s, %s)"
    told = [_digests(numbers), asking.pk, DAY]
    with scope(asking.pk), connection.cursor() as cursor:
        return _median(lambda: _found(cursor, statement, told), len(numbers))


def _raw(asking: Regency, numbers: range) -> float:
    _as_owner(*(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in TABLES))
    told = [_digests(numbers), asking.pk, DAY, DAY]
    with connections["owner"].cursor() as cursor:
        return _median(lambda: _found(cursor, RAW, told), len(numbers))


def _found(cursor: Any, statement: str, told: list[Any]) -> int:
    cursor.execute(statement, told)
    return len(cursor.fetchall())


def _median(look_up: Callable[[], int], expected: int) -> float:
    """Milliseconds, after one look-up that warms up; SystemExit when it finds another number."""
    taken = []
    for _turn in range(TURNS + 1):
        start = time.perf_counter()
        found = look_up()
        taken.append((time.perf_counter() - start) * 1000)
        if found != expected:
            raise SystemExit(f"found {found} of {expected}")
    return statistics.median(taken[1:])


def _as_owner(*statements: str) -> None:
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
