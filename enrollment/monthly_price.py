"""What people will cost in a month, asked of the app that knows.

An app offers `of_terms(...)` and `of_batch(...)` in its own `enrolment_prices.py`, with the
arguments of the functions here. This app never imports it by name.
"""

import datetime as dt
from dataclasses import dataclass
from types import ModuleType

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core import formats, offers
from enrollment.models import EnrollmentBatch, FundSource


@dataclass(frozen=True)
class MonthlyPrice:
    """Rupiah a month of `people`; `unpriced` more have no amount. `asked`: what is not settled."""

    people: int
    total: int
    unpriced: int
    asked: tuple[str | Promise, ...]

    def sentences(self) -> list[str]:
        """As effects of what somebody is about to do."""
        found = []
        if self.people:
            found.append(
                _("Iuran %(total)s sebulan untuk %(people)s orang")
                % {
                    "total": formats.rupiah(self.total),
                    "people": formats.thousands(self.people),
                }
            )
        if self.unpriced:
            found.append(
                _("Iuran %(people)s orang belum dapat dihitung")
                % {"people": formats.thousands(self.unpriced)}
            )
        return found


def of_terms(
    *,
    people: int,
    fund_source: FundSource,
    month: dt.date,
    segment: str,
    with_jht: bool,
    income_base: int | None,
) -> MonthlyPrice | None:
    """People with the same terms; None where no app knows prices."""
    offered = _offered()
    if offered is None:
        return None
    found: MonthlyPrice = offered.of_terms(
        people=people,
        fund_source=fund_source,
        month=month,
        segment=segment,
        with_jht=with_jht,
        income_base=income_base,
    )
    return found


def of_batch(batch: EnrollmentBatch) -> MonthlyPrice | None:
    """The people of a batch, each by the terms of the row; None where no app knows prices."""
    offered = _offered()
    if offered is None:
        return None
    found: MonthlyPrice = offered.of_batch(batch)
    return found


def _offered() -> ModuleType | None:
    return next(offers.modules("enrolment_prices"), None)
