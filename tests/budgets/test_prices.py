"""What one person costs and what the statement over thousands says are the same."""

import datetime as dt

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets import prices, rule_files
from budgets.contributions import COMPONENTS, contribution

RULES = rule_files.read()
LOWS = [band.income_from for band in RULES.bands]
EDGES = sorted({max(1, low + step) for low in LOWS for step in (-1, 0, 1)})
ASK = f"""
SELECT price.band IS NOT NULL, {prices.JKK}, {prices.JKM}, {prices.JHT}, {prices.DOUBT}
FROM unnest(%(segment)s::text[], %(with_jht)s::bool[], %(income_base)s::int[])
    WITH ORDINALITY AS c (segment, with_jht, income_base, n)
LEFT JOIN {prices.TABLE} ON {prices.FITS} ORDER BY n
"""
Case = tuple[str, bool, int | None]


def agree(cases: list[Case], month: dt.date, payer: str) -> None:
    """Both sides of the same people, in one month and by one payer."""
    table = prices.facts(prices.lows(month, RULES), prices.table(month, payer, RULES))
    segment, with_jht, income = (list(each) for each in zip(*cases, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            ASK, {**table, "segment": segment, "with_jht": with_jht, "income_base": income}
        )
        asked = cursor.fetchall()
    for case, (billable, *amounts, bits) in zip(cases, asked, strict=True):
        one = contribution(
            segment=case[0], with_jht=case[1], income_base=case[2],
            month=month, payer_kind=payer, rules=RULES,
        )  # fmt: skip
        assert billable is bool(one.parts), case
        if billable:
            assert amounts == [one.amount(component) for component in COMPONENTS], case
            assert prices.codes(bits) == one.needs_confirmation, case


@pytest.mark.django_db
def test_the_database_says_what_the_reviewed_files_say():
    read = prices.read_rules()
    for part in ("rates", "reliefs", "bands", "deadlines"):
        assert set(getattr(read, part)) == set(getattr(RULES, part))


@pytest.mark.django_db
def test_the_statement_says_what_the_rules_say_at_every_edge_for_every_payer():
    people = [
        (segment, with_jht, income)
        for segment in ("BPU", "PU")
        for with_jht in (False, True)
        for income in (None, *EDGES, 2_810_139, 100_000_000)
    ]
    for month in (dt.date(2014, 1, 1), dt.date(2026, 3, 1), dt.date(2026, 11, 1)):
        for payer in ("regency_budget", "village_budget", "self_paid"):
            agree(people, month, payer)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(("BPU", "PU")),
                st.booleans(),
                st.none() | st.integers(1, 100_000_000),
            ),
            min_size=1,
            max_size=60,
        )
    )
    def any_people(people: list[Case]) -> None:
        agree(people, dt.date(2026, 11, 1), "self_paid")

    any_people()
