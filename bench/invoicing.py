"""The monthly bill of the whole country, against one raw INSERT ... SELECT of the same lines.

Ours: every regency's run from start to end by the product's own task, tenant wall, history,
events, budgets and numbers included, its messages shared by two worker processes as in
production. Baseline: one statement that reads the same covers over all regencies, without
the wall, into an empty table with the same columns, keys, indexes and foreign keys. Both begin
after a checkpoint with covers that are vacuumed and analysed.
KJ_BENCH_PEOPLE makes a smaller country.
"""

import datetime as dt
import multiprocessing
import os
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from django.db import connection, connections

from bench import database

PEOPLE = int(os.environ.get("KJ_BENCH_PEOPLE", "1500000"))
WORKERS = 2
MONTH = dt.date(2026, 11, 1)
FILLED = ("cadres_cadre", "enrollment_coverage")
READ = ("cadres_cadre", "enrollment_coverage", "budgets_invoice", "budgets_invoiceline")

FILL = """
WITH place AS (
    SELECT array_agg(id ORDER BY id) AS ids FROM regions_village WHERE regency_id = %(regency)s
), person AS (
    INSERT INTO cadres_cadre (regency_id, village_id, name, name_key, nik_sealed, nik_digest,
        birth_place, birth_date, sex, phone, mother_name, created_at)
    SELECT %(regency)s, ids[1 + n %% cardinality(ids)], 'Kader ' || n, 'KADER ' || n, '\\x00',
        decode(md5(n::text), 'hex'), '', '1985-03-12', 'P', '', '', now()
    FROM generate_series(1, %(people)s) n, place RETURNING id, village_id
)
INSERT INTO enrollment_coverage (regency_id, cadre_id, village_id, batch_row_id, fund_source_id,
    programme, segment, category, member_no_sealed, member_no_digest, starts_on, end_reason,
    created_at)
SELECT %(regency)s, id, village_id, %(row)s, %(source)s, 'JKK_JKM', 'BPU', 'posyandu_cadre',
    '\\x00', decode(md5('k' || id), 'hex'), '2026-01-01', '', now()
FROM person
"""

RAW = """
INSERT INTO bench_line (regency_id, month, coverage_id, invoice_id, cadre_id, village_id, jkk, jkm)
SELECT c.regency_id, %(month)s, c.id, i.id, c.cadre_id, c.village_id, 10000, 6800
FROM enrollment_coverage c
JOIN cadres_cadre p ON p.regency_id = c.regency_id AND p.id = c.cadre_id
JOIN budgets_invoice i ON i.regency_id = c.regency_id AND i.month = %(month)s
WHERE c.starts_on <= %(month)s AND (c.ends_on IS NULL OR c.ends_on >= %(month)s)
    AND (p.died_on IS NULL OR p.died_on >= %(month)s)
"""


def rows() -> list[dict]:
    """One row: seconds for everybody's month."""
    with database.scratch("invoicing") as name:
        regencies = fill(PEOPLE)
        ours, memory = bill(name, regencies)
        baseline, lines = _raw()
        billed = _count()
    if billed != lines or lines != PEOPLE // len(regencies) * len(regencies):
        raise RuntimeError(f"billed {billed} lines, the raw statement {lines}")
    return [
        {
            "what": f"invoicing {lines:,} people in {len(regencies)} regencies",
            "ours": ours,
            "baseline": baseline,
            "ratio": ours / baseline,
            "goal": "<= 1.5",
            "peak_memory": memory,
            "note": "baseline: one raw INSERT ... SELECT of the same lines, same constraints",
        }
    ]


def fill(people: int, most: int | None = None) -> list[int]:
    """Spread covered people over the country's regencies, or its first `most`; their ids."""
    from core.tenancy import scope
    from regions.models import Regency
    from tests import factories

    regencies = list(Regency.objects.order_by("id").values_list("id", flat=True)[:most])
    Regency.objects.filter(pk__in=regencies).update(active=True)
    with unwatched(*FILLED):
        for regency_id in regencies:
            with scope(regency_id), connection.cursor() as cursor:
                village = factories.Village.objects.filter(regency_id=regency_id).first()
                one = factories.coverage(factories.cadre(village), starts_on=dt.date(2026, 1, 1))
                type(one).objects.filter(pk=one.pk).update(ends_on=dt.date(2026, 1, 31))
                cursor.execute(
                    FILL,
                    {
                        "regency": regency_id,
                        "people": people // len(regencies),
                        "row": one.batch_row_id,
                        "source": one.fund_source_id,
                    },
                )
    database.checkpoint()
    return regencies


@contextmanager
def unwatched(*tables: str) -> Iterator[None]:
    """The history of these tables rests; afterwards they are vacuumed and analysed."""
    with connections["owner"].cursor() as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    with connections["owner"].cursor() as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            owner.execute(f"VACUUM (ANALYZE) {table}")


def bill(name: str, regencies: list[int]) -> tuple[float, float]:
    """Bill everybody's month in the database `name`: seconds, and the largest worker's MB."""
    from budgets import tasks

    shares = [regencies[n : n + tasks.SHARE] for n in range(0, len(regencies), tasks.SHARE)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, context, _enter, (name,)) as pool:
        list(pool.map(_memory, range(WORKERS)))  # both are up, as in production
        started = time.perf_counter()
        for _done in pool.map(_bill, shares):
            pass
        taken = time.perf_counter() - started
        return taken, max(pool.map(_memory, range(WORKERS)))


def _enter(name: str) -> None:
    """A worker process on the scratch database."""
    import django

    django.setup()
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _bill(share: list[int]) -> None:
    """One message of the monthly bill, as a worker gets it."""
    from budgets.tasks import invoice_regencies

    invoice_regencies(share, f"{MONTH:%Y-%m}")


def _memory(_worker: int) -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _raw() -> tuple[float, int]:
    """Seconds and lines of the one statement, as the owner with the wall down."""
    with connections["owner"].cursor() as owner:
        for table in READ:
            owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        owner.execute("CREATE TABLE bench_line (LIKE budgets_invoiceline INCLUDING ALL)")
        owner.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = 'budgets_invoiceline'::regclass AND contype = 'f'"
        )
        for constraint, text in owner.fetchall():
            owner.execute(f'ALTER TABLE bench_line ADD CONSTRAINT "bench_{constraint}" {text}')
        database.checkpoint()
        started = time.perf_counter()
        owner.execute(RAW, {"month": MONTH})
        return time.perf_counter() - started, owner.rowcount


def _count() -> int:
    with connections["owner"].cursor() as owner:
        owner.execute("SELECT count(*) FROM budgets_invoiceline WHERE month = %s", [MONTH])
        return int(owner.fetchone()[0])
