"""Contribution months: a month is the date of its first day."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


def month_of(day: dt.date) -> dt.date:
    """The contribution month in which a day lies."""
    return day.replace(day=1)


def add_months(month: dt.date, count: int) -> dt.date:
    """The month `count` months after (or before, when negative) the given one."""
    index = month.year * 12 + month.month - 1 + count
    return dt.date(index // 12, index % 12 + 1, 1)


def months_between(first: dt.date, last: dt.date) -> int:
    """How many months from `first` to `last`; 0 for the same month, negative when earlier."""
    return (last.year - first.year) * 12 + last.month - first.month


def last_day(month: dt.date) -> dt.date:
    """The last day of a month."""
    return add_months(month, 1) - dt.timedelta(days=1)


def this_month() -> dt.date:
    """The present contribution month in the active time zone."""
    return month_of(timezone.localdate())


def parse_month(text: str) -> dt.date:
    """`2026-11` or `2026-11-01` as a month. Raises DomainError `month_invalid`."""
    try:
        parsed = dt.date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except (TypeError, ValueError):
        parsed = None
    if parsed is None or parsed.day != 1 or not 2014 <= parsed.year <= 2100:
        message = _("Bulan ditulis seperti 2026-11.")
        raise DomainError("month_invalid", message, {"month": message})
    return parsed
