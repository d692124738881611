"""How a budget stands and how long it lasts; pure values in rupiah and months."""

import datetime as dt
from dataclasses import dataclass

from core import months


@dataclass(frozen=True)
class LineStanding:
    """One account of a budget; ceiling = available + committed + spent, always."""

    component: str
    account_code: str
    ceiling: int
    billed: int
    spent: int

    @property
    def available(self) -> int:
        """Rupiah that no bill binds yet; negative when the bills exceed the ceiling."""
        return self.ceiling - self.billed

    @property
    def committed(self) -> int:
        """Rupiah bound by bills that are not paid yet."""
        return self.billed - self.spent

    @property
    def exceeded_by(self) -> int:
        """Rupiah by which the bills exceed the ceiling, 0 when they do not."""
        return max(0, -self.available)


@dataclass(frozen=True)
class Standing:
    """A whole budget: its accounts and their sums."""

    lines: tuple[LineStanding, ...]

    @property
    def ceiling(self) -> int:
        """Sum of the ceilings."""
        return sum(line.ceiling for line in self.lines)

    @property
    def billed(self) -> int:
        """Sum of the bills, paid or not."""
        return sum(line.billed for line in self.lines)

    @property
    def spent(self) -> int:
        """Sum of what went out."""
        return sum(line.spent for line in self.lines)

    @property
    def committed(self) -> int:
        """Sum of what is bound and not paid yet."""
        return self.billed - self.spent

    @property
    def available(self) -> int:
        """Ceiling minus the bills, over all accounts."""
        return self.ceiling - self.billed

    @property
    def exceeded_by(self) -> int:
        """Rupiah by which accounts are exceeded; one account's rest does not fill another's gap."""
        return sum(line.exceeded_by for line in self.lines)


def months_left(lines: dict[str, tuple[int, int]]) -> int | None:
    """For how many more whole monthly bills the money lasts.

    `lines` maps a component to (available, the present monthly bill) in rupiah; the account that
    is empty first decides. None when nothing is billed monthly.
    """
    left = [max(0, available) // bill for available, bill in lines.values() if bill > 0]
    return min(left) if left else None


def first_uncovered_month(
    last_billed: dt.date, year: int, lines: dict[str, tuple[int, int]]
) -> dt.date | None:
    """The first month of the budget's year whose bill the money no longer covers.

    None when it lasts to the end of the year, or when nothing is billed monthly.
    """
    left = months_left(lines)
    if left is None:
        return None
    if left + 1 > months.months_between(last_billed, dt.date(year, 12, 1)):
        return None
    month = months.add_months(last_billed, left + 1)
    return month if month.year == year else None
