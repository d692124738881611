"""When a month's contribution must be paid."""

import datetime as dt

from lokal import is_working_day


def due_on(month: dt.date) -> dt.date:
    """The 15th of the contribution month, or the next working day after a holiday or weekend.

    BPU pay within the month itself. Holidays are those of the joint ministerial decree; for a
    year whose decree is not known yet only weekends count.
    """
    day = month.replace(day=15)
    while not _is_working(day):
        day += dt.timedelta(days=1)
    return day


def _is_working(day: dt.date) -> bool:
    try:
        return is_working_day(day)
    except ValueError:  # the decree of that year is not out
        return day.weekday() < 5
