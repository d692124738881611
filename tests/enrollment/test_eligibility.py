"""The rules about who may be put forward, as pure answers over plain facts."""

import datetime as dt
from dataclasses import replace

import pytest

from enrollment.eligibility import CHECKS, RULES, Facts, Outcome, age_on, answer
from enrollment.eligibility_rules import Mark, Weight, default_rules
from enrollment.models import BatchRow, EligibilityRule, EnrollmentBatch

MONTH = dt.date(2026, 11, 1)
CLEAN = Facts(birth_date=dt.date(1985, 3, 12))


def codes(facts: Facts, **changed: str) -> list[str]:
    """What speaks against somebody, with some rules at another weight."""
    rules = {
        code: replace(rule, weight=Weight(changed.get(code, rule.weight)))
        for code, rule in RULES.items()
    }
    said = answer(facts, first_month=MONTH, rules=rules)
    return said.refusals + said.questions


@pytest.mark.parametrize(
    ("birth", "expected"),
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
def test_age_is_counted_on_the_first_day_of_the_first_month(birth, expected):
    assert codes(Facts(birth_date=birth)) == expected


@pytest.mark.parametrize(
    ("birth", "first_month", "refused"),
    [
        (dt.date(1960, 2, 29), dt.date(2025, 2, 1), False),
        (dt.date(1960, 2, 29), dt.date(2025, 3, 1), True),
        (dt.date(1960, 3, 1), dt.date(2025, 3, 1), True),
        (dt.date(1960, 3, 2), dt.date(2025, 3, 1), False),
        (dt.date(1959, 2, 28), dt.date(2024, 2, 1), False),
        (dt.date(1959, 2, 28), dt.date(2024, 3, 1), True),
    ],
)
def test_born_on_a_leap_day_one_turns_65_on_the_first_of_march(birth, first_month, refused):
    said = answer(Facts(birth_date=birth), first_month=first_month)
    assert ("over_age" in said.refusals) is refused
    assert (age_on(birth, first_month) >= 65) is refused


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"died_on": MONTH}, ["deceased"]),
        ({"has_nik": False}, ["nik_missing"]),
        ({"serves": False}, ["not_serving"]),
        ({"covered": True}, ["covered"]),
        ({"waiting_in": "PD-1"}, ["waiting"]),
        ({"seat_paid": True}, ["seat_paid"]),
        ({"employment": "civil_servant"}, ["civil_servant"]),
        ({"employment": "wage_earner"}, ["wage_earner"]),
        ({"covered_elsewhere": True}, ["covered_elsewhere"]),
        ({"quota_left": 0}, ["quota_full"]),
        ({"quota_left": 0, "inside_quota": True}, []),
        ({"quota_left": 1}, []),
        ({"decree": ""}, []),
    ],
)
def test_each_fact_meets_its_rule(facts, expected):
    assert codes(replace(CLEAN, **facts)) == expected


def test_a_decree_is_asked_for_only_where_the_regency_asks():
    assert codes(CLEAN, decree_missing="refuses") == ["decree_missing"]
    assert codes(replace(CLEAN, decree="188/1"), decree_missing="refuses") == []


def test_the_answer_follows_the_weight_of_a_rule():
    worker = replace(CLEAN, employment="wage_earner")
    for weight, outcome in (
        ("refuses", Outcome.NOT_ELIGIBLE),
        ("asks_branch", Outcome.NEEDS_BRANCH),
        ("off", Outcome.ELIGIBLE),
    ):
        rules = {**RULES, "wage_earner": replace(RULES["wage_earner"], weight=Weight(weight))}
        assert answer(worker, first_month=MONTH, rules=rules).outcome == outcome


def test_an_exception_lifts_its_rule_and_is_told():
    old = Facts(birth_date=dt.date(1955, 1, 1), exempt=frozenset({"over_age"}))
    said = answer(old, first_month=MONTH)
    assert said.outcome == Outcome.ELIGIBLE
    [looked] = [each for each in said.looked if each.rule.code == "over_age"]
    assert (looked.met, looked.exempt, looked.data["age"]) == (False, True, 71)


def test_nobody_lifts_what_is_fixed():
    dead = replace(CLEAN, died_on=MONTH, exempt=frozenset({"deceased"}))
    assert answer(dead, first_month=MONTH).refusals == ["deceased"]


def test_every_rule_that_was_looked_at_tells_its_source_and_its_data():
    said = answer(CLEAN, first_month=MONTH)
    assert [each.rule.code for each in said.looked] == [
        code for code, rule in RULES.items() if rule.weight != Weight.OFF
    ]
    assert all(each.met and each.data and each.rule.source for each in said.looked)


def test_where_the_sources_are_silent_the_branch_is_asked():
    for code in ("turns_65", "under_17", "covered_elsewhere", "wage_earner"):
        rule = RULES[code]
        assert rule.weight == Weight.ASKS_BRANCH
        assert "konfirmasi cabang" in rule.text
        assert rule.needs_confirmation
        assert not replace(rule, confirmed=True).needs_confirmation
    assert RULES["civil_servant"].mark == Mark.LAW
    assert not RULES["civil_servant"].needs_confirmation


def test_every_programme_has_every_rule_and_every_rule_its_question():
    for programme in EnrollmentBatch.Programme.values:
        rules = default_rules(programme)
        assert set(rules) == set(CHECKS)
        assert set(BatchRow.Finding.values) <= set(rules)
        assert {Weight(value) for value in EligibilityRule.Weight.values} == set(Weight)
        for rule in rules.values():
            assert all(getattr(rule.words, name) for name in rule.words.__annotations__)
            assert rule.tag
            assert len(rule.code) <= 24
