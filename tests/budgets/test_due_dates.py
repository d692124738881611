"""When contributions fall due."""

import datetime as dt

import pytest

from budgets.due_dates import due_on


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2026-10-01", "2026-10-15"),
        ("2026-11-01", "2026-11-16"),  # the 15th is a Sunday
        ("2026-05-01", "2026-05-18"),  # joint leave on Friday, then a weekend
        ("2031-03-01", "2031-03-17"),  # no decree yet: only the weekend counts
    ],
)
def test_the_fifteenth_or_the_next_working_day(month, expected):
    assert due_on(dt.date.fromisoformat(month)) == dt.date.fromisoformat(expected)
