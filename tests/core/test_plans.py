"""What the planner knows of rows that were written a moment ago."""

import pytest
from django.db import connection, connections, transaction

from core import plans, tenancy
from core.models import Run
from regions.models import Regency

TABLE = "core_runpart"


def _rows_known() -> int:
    """How many rows the planner believes a table has; -1 where it never looked."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [TABLE])
        return int(cursor.fetchone()[0])


@pytest.fixture
def jember(own_database) -> int:
    return Regency.objects.get(slug="jember").pk


def _write_parts(rows: int) -> None:
    run = Run.objects.create(kind="t", plan={}, total=rows)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (regency_id, run_id, number, weight, payload) "
            "SELECT %s, %s, number, 1, '{}' FROM generate_series(1, %s) AS number",
            [run.regency_id, run.pk, rows],
        )
    plans.grown(rows, TABLE)


@pytest.mark.parametrize(("rows", "known"), [(plans.MANY, True), (plans.MANY - 1, False)])
def test_who_sees_many_new_rows_sees_their_statistics(jember: int, rows: int, known: bool):
    seen: list[int] = []
    with tenancy.scope(jember):
        transaction.on_commit(lambda: seen.append(_rows_known()))
        _write_parts(rows)
        assert _rows_known() == -1
    assert seen == [rows if known else -1]


@pytest.mark.parametrize(("more", "looked"), [(plans.MANY, False), (plans.MANY + 200, True)])
def test_rows_that_are_few_among_many_are_left_for_later(jember: int, more: int, looked: bool):
    with tenancy.scope(jember):
        _write_parts(10 * plans.MANY)
    with tenancy.scope(jember):
        _write_parts(more)
    assert _rows_known() == 10 * plans.MANY + (more if looked else 0)


def test_what_fails_is_not_looked_at(jember: int):
    with pytest.raises(ValueError, match="gone"):
        _grow_and_fail(jember)
    with tenancy.scope(jember):
        pass
    assert _rows_known() == -1


def _grow_and_fail(regency: int) -> None:
    with tenancy.scope(regency):
        _write_parts(plans.MANY)
        raise ValueError("gone")


def test_growth_belongs_to_a_scope():
    with pytest.raises(LookupError):
        plans.grown(plans.MANY, TABLE)


def test_a_regency_that_was_never_looked_at_is_taken_for_an_average_one(jember: int):
    regencies = list(Regency.objects.exclude(pk=jember).order_by("pk").values_list("pk", flat=True))
    for regency in regencies[:3]:
        with tenancy.scope(regency):
            _write_parts(plans.MANY)
    with tenancy.scope(jember):
        _write_parts(plans.MANY - 1)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT FROM {TABLE}")
            (plan,) = cursor.fetchone()
    assert plan[0]["Plan"]["Plan Rows"] > plans.MANY / 2
