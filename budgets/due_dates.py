"""When a month's contribution must be paid."""

import datetime as dt
from collections.abc import Iterable

from lokal import is_working_day

from budgets.rule_files import Deadline
from core import months


def due_on(month: dt.date, segment: str, deadlines: Iterable[Deadline]) -> dt.date:
    """The day by which a segment pays a month, or the next working day after a holiday or weekend.

    BPU pay by the 15th of the month itself, PU by the 15th of the month after it. Holidays are
    those of the joint ministerial decree; for a year whose decree is not known yet only weekends
    count. Raises LookupError for a segment without a deadline in that month.
    """
    found = [each for each in deadlines if each.segment == segment and each.valid_from <= month]
    if not found:
        raise LookupError(f"no deadline of {segment} for {month}")
    rule = max(found, key=lambda each: each.valid_from)
    day = months.add_months(month, rule.months_later).replace(day=rule.day)
    while not _is_working(day):
        day += dt.timedelta(days=1)
    return day


def _is_working(day: dt.date) -> bool:
    try:
        return is_working_day(day)
    except ValueError:  # the decree of that year is not out
        return day.weekday() < 5
