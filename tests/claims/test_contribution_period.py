"""Contribution months of one person and of everybody, and what a death today would pay."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts import tokens
from accounts.roles import Role
from budgets.models import Invoice, InvoiceLine, InvoiceRun
from claims.benefits import MET, NOT_YET, UNCLEAR, scholarship_outlook
from claims.contribution_period import contribution_period_of
from claims.contribution_periods import counts, coverages_in, standings
from core.months import add_months, last_day
from enrollment.models import Coverage
from tests import factories
from tests.claims.helpers import covered

TODAY = dt.date(2026, 11, 22)
MONTH = dt.date(2026, 11, 1)


def months(first: dt.date, count: int) -> list[dt.date]:
    """Months from the first one on."""
    return [add_months(first, step) for step in range(count)]


def bill(coverage: Coverage, month: dt.date, *, paid: bool) -> None:
    """One month of a cover on a bill of its own."""
    run = InvoiceRun.objects.get_or_create(month=month)[0]
    invoice = Invoice.objects.create(
        number=f"M-{coverage.pk}-{month}",
        month=month,
        invoice_run=run,
        fund_source=coverage.fund_source,
        people=1,
        jkk=10_000,
        jkm=6_800,
        paid=16_800 if paid else 0,
        payer_name="Dinas",
        due_on=month,
    )
    InvoiceLine.objects.create(
        regency_id=coverage.regency_id,
        month=month,
        coverage=coverage,
        invoice=invoice,
        cadre_id=coverage.cadre_id,
        village_id=coverage.village_id,
        jkk=10_000,
        jkm=6_800,
    )


def test_ten_paid_months_in_a_row_pay_in_full(world):
    with world.scope():
        found = contribution_period_of(covered(world, months=10), TODAY)
        assert (len(found.covered), found.in_a_row, found.gaps, found.unpaid) == (10, 10, (), ())
        assert (len(found.billed), len(found.paid)) == (11, 11)
        assert (found.benefit.outcome, found.benefit.total) == ("full", 42_000_000)
        assert found.full_from is None
        assert found.scholarship.state == NOT_YET
        assert found.scholarship.from_month == add_months(MONTH, 26)


def test_one_month_pays_less_and_says_from_when_it_would_be_in_full(world):
    with world.scope():
        found = contribution_period_of(covered(world, months=1), TODAY)
        assert (found.benefit.outcome, found.benefit.total) == ("reduced", 10_000_000)
        assert found.full_from == dt.date(2027, 1, 1)


def test_the_third_month_is_for_the_branch_to_say(world):
    with world.scope():
        found = contribution_period_of(covered(world, months=2), TODAY)
        assert found.benefit.outcome == "needs_confirmation"
        assert {option.total for option in found.benefit.options} == {10_000_000, 42_000_000}


def test_unpaid_months_are_named(world):
    with world.scope():
        found = contribution_period_of(covered(world, months=4, paid=False), TODAY)
        assert found.unpaid == tuple(months(dt.date(2026, 7, 1), 5))
        assert found.benefit.outcome == "needs_confirmation"


def test_a_gap_is_named_and_unclear(world):
    with world.scope():
        person = factories.cadre(world.villages[0])
        for first, end in ((dt.date(2026, 1, 1), dt.date(2026, 6, 30)), (MONTH, None)):
            each = factories.coverage(
                person, starts_on=first, ends_on=end, end_reason="stopped" if end else ""
            )
            for month in months(first, 6 if end else 1):
                bill(each, month, paid=True)
        found = contribution_period_of(person, TODAY)
        assert found.gaps == tuple(months(dt.date(2026, 7, 1), 4))
        assert (found.in_a_row, found.benefit.outcome) == (0, "needs_confirmation")
        assert found.benefit.reasons[0].code == "gap"


def test_who_never_was_covered_or_has_died_has_no_contribution_period(world):
    with world.scope():
        assert contribution_period_of(factories.cadre(world.villages[0]), TODAY) is None
        dead = covered(world, months=3)
        dead.died_on = TODAY
        assert contribution_period_of(dead, TODAY) is None


@pytest.mark.parametrize(
    ("in_a_row", "before_a_gap", "unpaid", "state"),
    [(36, 0, 0, MET), (35, 0, 0, NOT_YET), (20, 16, 0, UNCLEAR), (36, 0, 1, UNCLEAR)],
)
def test_the_scholarship_asks_for_36_months(in_a_row, before_a_gap, unpaid, state):
    row = [add_months(MONTH, -back) for back in range(1, in_a_row + 1)]
    before = [add_months(row[-1], -2 - back) for back in range(before_a_gap)]
    found = scholarship_outlook(
        day=TODAY,
        cover_end=None,
        covered_now=True,
        months_covered=row + before,
        months_paid=(row + before)[unpaid:],
    )
    assert (found.state, found.needed) == (state, 36)
    expected = add_months(MONTH, 36 - in_a_row) if in_a_row < 36 else None
    assert found.from_month == expected


def test_a_cover_that_ends_before_leads_to_no_scholarship():
    found = scholarship_outlook(
        day=TODAY,
        cover_end=dt.date(2026, 12, 31),
        covered_now=True,
        months_covered=months(dt.date(2026, 1, 1), 10),
        months_paid=months(dt.date(2026, 1, 1), 10),
    )
    assert (found.state, found.from_month) == (NOT_YET, None)


SPANS = st.lists(
    st.tuples(st.integers(1, 5), st.integers(0, 2), st.booleans()), min_size=1, max_size=4
)


@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    people=st.lists(
        st.tuples(SPANS, st.sampled_from(["BPU", "PU"]), st.sets(st.integers(0, 5))),
        min_size=1,
        max_size=5,
    )
)
def test_the_statement_says_of_everybody_what_the_rule_says_of_each(world, people):
    with world.scope():
        everybody = []
        for spans, segment, unpaid in people:
            person = factories.cadre(world.villages[0])
            everybody.append(person)
            first = add_months(MONTH, -sum(length + gap for length, gap, _cut in spans) + 1)
            for number, (length, gap, cut) in enumerate(spans):
                until = last_day(add_months(first, length - 1))
                last = number == len(spans) - 1
                end = None if last else until.replace(day=15) if cut else until
                each = factories.coverage(
                    person, starts_on=first, ends_on=end, end_reason="" if last else "stopped"
                )
                Coverage.objects.filter(pk=each.pk).update(segment=segment)
                month = first
                while month <= (MONTH if last else until):
                    distance = (MONTH.year - month.year) * 12 + MONTH.month - month.month
                    if distance != 4:
                        bill(each, month, paid=distance not in unpaid)
                    month = add_months(month, 1)
                first = add_months(first, length + gap)
        found = {each.cadre_id: each for each in standings(TODAY)}
        for person in everybody:
            alone = contribution_period_of(person, TODAY)
            if alone.benefit.outcome == "not_covered":
                assert person.pk not in found
                continue
            each = found[person.pk]
            assert (each.in_a_row, each.months) == (alone.in_a_row, len(alone.covered))
            assert each.last_paid == max(alone.paid, default=None)
            assert each.state == alone.benefit.outcome


def test_the_list_is_one_statement_and_counts_agree(world):
    with world.scope():
        covered(world, months=10)
        new = covered(world, months=1)
        with CaptureQueriesContext(connection) as captured:
            assert len(standings(TODAY)) == 2
        assert sum("enrollment_coverage" in each["sql"] for each in captured) == 1
        assert counts(TODAY) == {"full": 1, "reduced": 1}
        assert [each.cadre_id for each in coverages_in(["reduced"], TODAY)] == [new.pk]


def test_a_village_sees_its_own_people_with_the_bills_of_the_regency(world):
    with world.scope():
        own = covered(world, months=10)
        covered(world, months=10, village=2)
    with world.scope(Role.VILLAGE_OPERATOR):
        [each] = standings(TODAY)
        assert (each.cadre_id, each.state) == (own.pk, "full")


def test_another_regency_is_not_among_them(world, elsewhere):
    with elsewhere.scope():
        covered(elsewhere, months=10)
    with world.scope():
        assert standings(TODAY) == []


def test_the_persons_page_and_the_api_tell_the_contribution_period(world, elsewhere, time_machine):
    time_machine.move_to("2026-11-22T03:00:00Z")
    with world.scope():
        person = covered(world, months=2)
        nobody = factories.cadre(world.villages[0])
    with elsewhere.scope():
        foreign = covered(elsewhere)
    root, slug = f"/api/v1/r/{world.regency.slug}", world.regency.slug
    for role in (Role.VILLAGE_OPERATOR, Role.DISTRICT_OFFICER, Role.AUDITOR):
        _row, text = tokens.create(world[role].user, "uji")
        client = Client(headers={"Authorization": f"Bearer {text}"})
        client.force_login(world[role].user)
        address = f"/r/{slug}/kader/{person.pk}/masa-iur/"
        assert (
            f'hx-get="{address}?bagian=1"'
            in client.get(f"/r/{slug}/kader/{person.pk}/").content.decode()
        )
        page = client.get(address).content.decode()
        part = client.get(f"{address}?bagian=1").content.decode()
        assert part.strip() in page
        assert "<html" not in part
        assert "2 bulan, 2 berturut-turut" in page
        assert "perlu konfirmasi cabang" in page
        assert "Rp10.000.000" in page
        assert "2 dari 36 bulan" in page
        none = client.get(f"/r/{slug}/kader/{nobody.pk}/masa-iur/").content.decode()
        assert "Belum pernah terlindungi" in none
        assert client.get(f"/r/{slug}/kader/{foreign.pk}/masa-iur/").status_code == 404
        said = client.get(f"{root}/cadres/{person.pk}/contribution-period/").json()
        assert said["covered"] == ["2026-09", "2026-10"]
        assert said["death_today"]["outcome"] == "needs_confirmation"
        assert said["scholarship"]["from_month"] == "2029-09"
        assert client.get(f"{root}/cadres/{nobody.pk}/contribution-period/").status_code == 404
        assert client.get(f"{root}/cadres/{foreign.pk}/contribution-period/").status_code == 404
