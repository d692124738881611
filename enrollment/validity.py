"""How long an agreement still holds, as a pure rule over its dates."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

WARNED = 60  # days before its end in which an agreement is told


class Standing(StrEnum):
    """What an agreement is on a day."""

    COMING = "coming"
    VALID = "valid"
    ENDING = "ending"
    OVER = "over"
    ENDED = "ended"


@dataclass(frozen=True)
class Validity:
    """The standing on a day, and how many days are left (None where nothing runs out)."""

    standing: Standing
    days: int | None = None


def last_day(valid_until: dt.date, ended_on: dt.date | None) -> dt.date:
    """The last day on which it holds: its own, or that of an early end."""
    return min(valid_until, ended_on) if ended_on else valid_until


def validity(
    valid_from: dt.date, valid_until: dt.date, ended_on: dt.date | None, today: dt.date
) -> Validity:
    """What an agreement is today; an early end counts as ended once its day has passed."""
    last = last_day(valid_until, ended_on)
    if last < today:
        return Validity(Standing.ENDED if ended_on else Standing.OVER)
    if valid_from > today:
        return Validity(Standing.COMING)
    left = (last - today).days
    if left <= WARNED:
        return Validity(Standing.ENDING, left)
    return Validity(Standing.VALID)


def holds_in(
    valid_from: dt.date, valid_until: dt.date, ended_on: dt.date | None, month: dt.date
) -> bool:
    """Whether it holds in a contribution month: begun within it or before, not over before it."""
    return valid_from.replace(day=1) <= month <= last_day(valid_until, ended_on)
