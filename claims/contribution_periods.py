"""Contribution periods of everybody who is covered: one statement for any number of people.

What a death would pay is asked of `claims.benefits.death_benefit` once for each kind of period
that can occur, and the statement only looks the answer up: the rule stands once.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from claims.benefits import death_benefit
from claims.rulebook import death_benefit_rules
from core import offers, plans, tenancy
from core.months import add_months, month_of
from enrollment.models import Coverage, EnrollmentBatch, Segment

# `{lines}` are billed months by person; `{grid}` is the answer for each kind of period.
STATES = """
WITH covers AS MATERIALIZED (
    SELECT cadre_id, starts_on AS first,
        least(%(this)s::date, coalesce(date_trunc('month', ends_on + 1)::date, %(this)s::date))
            AS until
    FROM enrollment_coverage
    WHERE programme = %(programme)s AND starts_on < %(this)s::date
), spans AS (
    SELECT cadre_id, first, until, lag(until) OVER (PARTITION BY cadre_id ORDER BY first) AS before
    FROM covers WHERE until > first
), islands AS (
    SELECT cadre_id, first, until,
        count(*) FILTER (WHERE before IS DISTINCT FROM first)
            OVER (PARTITION BY cadre_id ORDER BY first) AS island
    FROM spans
), rows_of_months AS (
    SELECT cadre_id, max(until) AS until,
        (extract(year FROM max(until)) - extract(year FROM min(first)))::int * 12
        + (extract(month FROM max(until)) - extract(month FROM min(first)))::int AS months
    FROM islands GROUP BY cadre_id, island
), lasting AS MATERIALIZED (
    SELECT cadre_id, sum(months)::int AS months,
        coalesce(max(months) FILTER (WHERE until = %(this)s::date), 0) AS in_a_row
    FROM rows_of_months GROUP BY cadre_id
), bills AS MATERIALIZED (
    SELECT cadre_id, max(month) FILTER (WHERE paid) AS last_paid,
        array_agg(DISTINCT month) FILTER (WHERE paid AND month >= %(recent)s::date) AS paid
    FROM ({lines}) AS billed GROUP BY cadre_id
), people AS (
    SELECT c.id AS coverage_id, c.cadre_id, c.village_id, c.segment, c.starts_on,
        coalesce(l.months, 0) AS months, coalesce(l.in_a_row, 0) AS in_a_row, b.last_paid,
        (SELECT count(*)::int
         FROM generate_series(1, least(coalesce(l.in_a_row, 0), %(needed)s)) AS back
         WHERE (%(this)s::date - make_interval(months => back))::date
             <> ALL (coalesce(b.paid, '{{}}'))) AS unpaid
    FROM enrollment_coverage c
    LEFT JOIN lasting l ON l.cadre_id = c.cadre_id
    LEFT JOIN bills b ON b.cadre_id = c.cadre_id
    WHERE c.programme = %(programme)s AND c.starts_on <= %(day)s::date
        AND (c.ends_on IS NULL OR c.ends_on >= %(day)s::date)
        AND (cardinality(%(villages)s::int[]) = 0 OR c.village_id = ANY (%(villages)s::int[]))
)
SELECT p.coverage_id, p.cadre_id, p.village_id, p.segment, p.starts_on, p.months, p.in_a_row,
    p.unpaid, p.last_paid, g.state
FROM people p
JOIN (VALUES {grid}) AS g (segment, in_a_row, earlier, owes, state)
    ON g.segment = p.segment AND g.in_a_row = least(p.in_a_row, %(needed)s)
    AND g.earlier = (p.months >= %(needed)s) AND g.owes = (p.unpaid > 0)
"""


@dataclass(frozen=True)
class Standing:
    """How one covered person stands on a day.

    `months` are whole covered months before the month of the day, `in_a_row` those without a
    gap, `unpaid` those of the last ones that the rule looks at which are not paid. `state` is an
    outcome of `claims.benefits`: `full`, `reduced` or `needs_confirmation`.
    """

    coverage_id: int
    cadre_id: int
    village_id: int
    segment: str
    starts_on: dt.date
    months: int
    in_a_row: int
    unpaid: int
    last_paid: dt.date | None
    state: str


def standings(day: dt.date) -> list[Standing]:
    """Everybody in scope who is covered on a day, by cover; one statement."""
    statement, parameters = _statement(day)
    with tenancy.whole_regency(), plans.for_many() as cursor:
        cursor.execute(f"{statement} ORDER BY p.coverage_id", parameters)
        return [Standing(*row) for row in cursor.fetchall()]


def counts(day: dt.date) -> dict[str, int]:
    """How many people stand in each state; one statement."""
    statement, parameters = _statement(day)
    with tenancy.whole_regency(), plans.for_many() as cursor:
        cursor.execute(
            f"SELECT state, count(*)::int FROM ({statement}) AS s GROUP BY state", parameters
        )
        return dict(cursor.fetchall())


def coverages_in(states: Collection[str], day: dt.date) -> QuerySet[Coverage]:
    """The covers of those who stand in one of the states on a day; one statement beforehand."""
    return Coverage.objects.filter(
        pk__in=[each.coverage_id for each in standings(day) if each.state in states]
    )


def _statement(day: dt.date) -> tuple[str, dict[str, Any]]:
    """The statement for a day, and its parameters."""
    month, needed = month_of(day), death_benefit_rules().reduction.full_after_months
    with tenancy.whole_regency():
        lines, given = _lines().query.sql_with_params()
    parameters: dict[str, Any] = {
        "day": day,
        "this": month,
        "recent": add_months(month, -needed),
        "needed": needed,
        "programme": EnrollmentBatch.Programme.JKK_JKM,
        "villages": list(tenancy.current().villages),
    }
    parameters |= {f"line{number}": value for number, value in enumerate(given)}
    lines = lines % tuple(f"%(line{number})s" for number in range(len(given)))
    grid, kinds = [], _kinds(day)
    for number, kind in enumerate(kinds):
        names = [f"kind{number}_{part}" for part in range(len(kind))]
        parameters |= dict(zip(names, kind, strict=True))
        grid.append("(" + ", ".join(f"%({name})s" for name in names) + ")")
    return STATES.format(lines=lines, grid=", ".join(grid)), parameters


def _lines() -> QuerySet:
    """Billed months of everybody, asked of whichever app bills: it offers `<app>.paid_months`."""
    for offered in offers.modules("paid_months"):
        found: QuerySet = offered.lines()
        return found
    raise LookupError("no installed app bills contributions")


@cache
def _kinds(day: dt.date) -> tuple[tuple[str, int, bool, bool, str], ...]:
    """What a death on a day would pay for each kind of contribution period that can occur.

    A kind is the segment, the months in a row as far as the rule looks, whether months before a
    gap would be enough, and whether one of the last months is not paid.
    """
    needed = death_benefit_rules().reduction.full_after_months
    return tuple(
        (segment, in_a_row, earlier, owes, _outcome(day, segment, in_a_row, earlier, owes))
        for segment in Segment.values
        for in_a_row in range(needed + 1)
        for earlier in (False, True)
        for owes in (False, True)
    )


def _outcome(day: dt.date, segment: str, in_a_row: int, earlier: bool, owes: bool) -> str:
    needed = death_benefit_rules().reduction.full_after_months
    month = month_of(day)
    row = [add_months(month, -back) for back in range(1, in_a_row + 1)]
    before = [add_months(month, -in_a_row - 1 - back) for back in range(1, needed + 1)]
    covered = row + (before if earlier else [])
    return death_benefit(
        died_on=day,
        segment=segment,
        cover_start=min(row, default=month),
        cover_end=None,
        months_covered=covered,
        months_billed=covered,
        months_paid=covered[1:] if owes else covered,
    ).outcome
