"""Funded seats of a posyandu, and who is paid for when one person takes over from another.

Pure rules over plain values. Sources: domain reference, section 8 and 5.3. The old norm is five
cadres; Permendagri 13/2024 is read by one regency as five officers and ten cadres. Which one a
regency follows is its own data (`cadres.models.SeatNorm`) and unsure until it says so.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.months import add_months, month_of

# The kinds of service that sit on a seat of a posyandu; a seat holds one person.
SEATED = ("posyandu_cadre",)
MOST_SEATS = 60


@dataclass(frozen=True)
class Norm:
    """How many seats a posyandu has unless it has a number of its own, and who says so."""

    seats: int
    basis: str | Promise
    confirmed: bool = False


OLD_NORM = Norm(5, _("Norma lama: 5 kader tiap posyandu"))
PERMENDAGRI_13_2024 = Norm(15, _("Permendagri 13/2024: 5 pengurus dan 10 kader tiap posyandu"))
DEFAULT = OLD_NORM


@dataclass(frozen=True)
class Seats:
    """The seats of one posyandu: how many are paid for, and how many people sit on them.

    `own` tells whether the posyandu has its own number, `sure` whether somebody has confirmed it.
    """

    funded: int
    filled: int
    own: bool = False
    sure: bool = False

    @property
    def free(self) -> int:
        """Seats without anybody."""
        return max(self.funded - self.filled, 0)

    @property
    def over(self) -> int:
        """People for whom there is no seat: a finding."""
        return max(self.filled - self.funded, 0)

    @property
    def scale(self) -> int:
        """What the whole bar stands for."""
        return max(self.funded, self.filled)

    @property
    def parts(self) -> list[tuple[int, str]]:
        """What `<c-bar>` shows: people on seats, people over them."""
        return [(self.filled - self.over, "g"), (self.over, "r")]


def seats_of(own: int | None, filled: int, norm: Norm) -> Seats:
    """The seats of a posyandu with its own number, or with the norm when that is None."""
    if own is None:
        return Seats(norm.seats, filled, own=False, sure=norm.confirmed)
    return Seats(own, filled, own=True, sure=True)


def first_paid_month(takes_over: dt.date) -> dt.date:
    """The first contribution month of who takes over a seat on a day.

    The month in which the day lies is already paid for the one who leaves (the contribution is
    due by the 15th of the month itself), unless the seat changes on its first day.
    """
    month = month_of(takes_over)
    return month if takes_over == month else add_months(month, 1)


def last_paid_day(takes_over: dt.date) -> dt.date:
    """The last day of the cover of who leaves: the end of the month before the new one's first."""
    return first_paid_month(takes_over) - dt.timedelta(days=1)


@dataclass(frozen=True)
class SeatMonth:
    """For whom a seat is paid in one month."""

    month: dt.date
    is_new: bool


def months_of_seat(takes_over: dt.date, *, before: int = 2, after: int = 2) -> list[SeatMonth]:
    """The months around a change, each paid once: first for the old person, then the new one."""
    first = first_paid_month(takes_over)
    return [
        SeatMonth(add_months(first, place), is_new=place >= 0) for place in range(-before, after)
    ]
