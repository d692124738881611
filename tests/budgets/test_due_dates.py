"""When contributions fall due."""

import datetime as dt

import pytest

from budgets import rule_files
from budgets.due_dates import due_on

DEADLINES = rule_files.read().deadlines


@pytest.mark.parametrize(
    ("segment", "month", "expected"),
    [
        ("BPU", "2026-10-01", "2026-10-15"),
        ("BPU", "2026-11-01", "2026-11-16"),  # the 15th is a Sunday
        ("BPU", "2026-05-01", "2026-05-18"),  # joint leave on Friday, then a weekend
        ("BPU", "2031-03-01", "2031-03-17"),  # no decree yet: only the weekend counts
        ("PU", "2026-09-01", "2026-10-15"),  # of the month after
        ("PU", "2026-12-01", "2027-01-15"),
        ("PU", "2026-10-01", "2026-11-16"),
    ],
)
def test_the_fifteenth_or_the_next_working_day(segment, month, expected):
    found = due_on(dt.date.fromisoformat(month), segment, DEADLINES)
    assert found == dt.date.fromisoformat(expected)
