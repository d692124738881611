"""Was she covered on that day: the rules over plain values."""

import datetime as dt

import pytest

from reports.proof.answer import REASONS, Answer, Bpjs, Evidence, judge

DAY, TODAY = dt.date(2026, 9, 3), dt.date(2026, 11, 22)


def evidence(**given):
    """A covered, paid day unless told otherwise."""
    plain = {
        "day": DAY,
        "today": TODAY,
        "covered_now": True,
        "covered_then": True,
        "billed": True,
        "paid": True,
        "due_on": dt.date(2026, 9, 15),
    }
    return Evidence(**plain | given)


@pytest.mark.parametrize(
    ("given", "answer", "reason"),
    [
        ({}, Answer.YES, "month_paid"),
        ({"covered_now": False, "covered_then": False}, Answer.NO, "no_cover"),
        ({"covered_then": False}, Answer.DISPUTED, "entered_later"),
        ({"covered_now": False}, Answer.DISPUTED, "taken_back"),
        ({"paid": False}, Answer.DISPUTED, "unpaid"),
        ({"paid": False, "billed": False, "due_on": None}, Answer.DISPUTED, "unbilled"),
        ({"bpjs": Bpjs.NOT_LISTED}, Answer.DISPUTED, "bpjs_without"),
        ({"bpjs": Bpjs.LISTED}, Answer.YES, "bpjs_with"),
        (
            {"covered_now": False, "covered_then": False, "bpjs": Bpjs.LISTED},
            Answer.DISPUTED,
            "bpjs_with",
        ),
        ({"died_on": dt.date(2026, 9, 2)}, Answer.DISPUTED, "died_before"),
        (
            {"died_on": dt.date(2026, 9, 2), "covered_now": False, "covered_then": False},
            Answer.NO,
            "died_before",
        ),
        ({"died_on": DAY}, Answer.YES, "month_paid"),
    ],
)
def test_the_answer_follows_from_what_is_known(given, answer, reason):
    verdict = judge(evidence(**given))
    assert verdict.answer == answer
    assert reason in verdict.reasons


def test_a_bill_that_is_not_late_leaves_the_cover_certain():
    open_bill = {"paid": False, "day": dt.date(2026, 11, 3), "due_on": dt.date(2026, 11, 22)}
    assert judge(evidence(**open_bill)).answer == Answer.YES
    late = open_bill | {"due_on": dt.date(2026, 11, 21)}
    assert judge(evidence(**late)).answer == Answer.DISPUTED


def test_a_day_to_come_is_answered_by_what_is_known_today():
    ahead = judge(
        evidence(day=dt.date(2027, 1, 5), covered_then=None, billed=False, paid=False, due_on=None)
    )
    assert ahead.answer == Answer.YES
    assert "future" in ahead.reasons


def test_every_reason_has_its_sentence():
    assert all(str(sentence).endswith(".") for sentence in REASONS.values())
