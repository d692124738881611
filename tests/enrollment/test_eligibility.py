"""The rules about who may be put forward; the database asks the same questions."""

import datetime as dt

import pytest

from accounts.roles import Role
from core import months
from enrollment import actions
from enrollment.eligibility import RULES, Weight, findings
from enrollment.models import BatchRow
from enrollment.queries import Choice
from tests import factories

MONTH = dt.date(2026, 11, 1)


@pytest.mark.parametrize(
    ("birth", "codes"),
    [
        (dt.date(1985, 3, 12), []),
        (dt.date(1961, 11, 1), ["over_age"]),
        (dt.date(1961, 11, 2), ["turns_65"]),
        (dt.date(1962, 11, 1), ["turns_65"]),
        (dt.date(1962, 11, 2), []),
        (dt.date(2009, 11, 1), []),
        (dt.date(2009, 11, 2), ["under_17"]),
    ],
)
def test_age_is_counted_on_the_first_day_of_the_first_month(birth, codes):
    assert [rule.code for rule in findings(first_month=MONTH, birth_date=birth)] == codes


def test_the_dead_and_people_without_nik_are_refused():
    found = findings(
        first_month=MONTH, birth_date=dt.date(1985, 3, 12), died_on=MONTH, has_nik=False
    )
    assert [rule.code for rule in found] == ["deceased", "nik_missing"]
    assert {rule.weight for rule in found} == {Weight.REFUSES}


def test_where_the_sources_are_silent_the_branch_is_asked():
    for code in ("turns_65", "under_17", "covered_elsewhere"):
        assert RULES[code].weight == Weight.ASKS_BRANCH
        assert "konfirmasi cabang" in str(RULES[code].text)


def test_every_finding_of_a_row_has_its_rule():
    assert set(BatchRow.Finding.values) <= set(RULES)


def test_the_database_marks_what_the_rules_say(world):
    month = months.this_month()
    with world.scope():
        births = [month.replace(year=month.year - years) for years in (16, 17, 40, 64, 63)]
        births += [birth + dt.timedelta(days=1) for birth in births]
        for birth in births:
            factories.cadre(world.villages[0], birth_date=birth)
        batch = actions.prepare(
            by=world[Role.DISTRICT_OFFICER],
            fund_source=factories.fund_source(),
            segment="BPU",
            first_month=month,
            choice=Choice(),
        )
        for row in batch.rows.select_related("cadre"):
            said = findings(first_month=month, birth_date=row.cadre.birth_date)
            assert row.findings == [rule.code for rule in said]
