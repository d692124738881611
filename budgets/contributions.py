"""What one person's month costs, and by which rule; pure functions over plain values."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from budgets.rule_files import Rate, Relief

COMPONENTS = ("JKK", "JKM")
OTHER_SECTORS = "other"

INCOME_BASE_UNKNOWN = "income_base_unknown"
RATE_MISSING = "rate_missing"
RELIEF_UNSETTLED = "relief_unsettled"

REASONS: dict[str, Promise] = {
    INCOME_BASE_UNKNOWN: _(
        "Iuran Penerima Upah adalah persentase dari upah yang dilaporkan. Upahnya belum tercatat."
    ),
    RATE_MISSING: _("Belum ada tarif iuran untuk bulan dan segmen ini."),
    RELIEF_UNSETTLED: _(
        "Belum ada ketentuan apakah keringanan 50% (PP 50/2025) berlaku bagi sumber dana ini. "
        "Tagihan memakai tarif normal; mintalah kepastian tertulis dari kantor cabang."
    ),
}


@dataclass(frozen=True)
class Part:
    """One component of a contribution in rupiah, with the rules that produced it."""

    component: str
    amount: int
    normal: int
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Contribution:
    """A person's month. Without parts there is no amount, and `needs_confirmation` says why.

    With parts and a reason, the normal rate is charged until the branch has answered.
    """

    parts: tuple[Part, ...]
    needs_confirmation: str = ""

    def amount(self, component: str) -> int:
        """Rupiah of one component; 0 when there is none."""
        return sum(part.amount for part in self.parts if part.component == component)

    @property
    def total(self) -> int:
        """Rupiah of all components."""
        return sum(part.amount for part in self.parts)


def contribution(
    *,
    segment: str,
    month: dt.date,
    payer_kind: str,
    sector: str = OTHER_SECTORS,
    rates: Iterable[Rate],
    reliefs: Iterable[Relief],
) -> Contribution:
    """JKK and JKM of one person for one contribution month (its first day).

    `payer_kind` is a fund source's kind. BPU rates: PP 44/2015. The relief of PP 50/2025 depends
    on segment, sector, month and who pays: not for APBN/APBD; for APBDes and shared revenue no
    source settles it, so the normal rate is charged and the branch is to be asked. PU pay 0.24 %
    and 0.30 % of the reported wage (PP 44/2015), which is not recorded: no amount.
    """
    if segment == "PU":
        return Contribution((), INCOME_BASE_UNKNOWN)
    found = [rate for rate in rates if rate.segment == segment and _in_force(rate, month)]
    relief = next(
        (
            each
            for each in reliefs
            if each.segment == segment and each.sector == sector and _in_force(each, month)
        ),
        None,
    )
    if relief is not None and payer_kind in relief.excluded_payers:
        relief = None
    unsettled = relief is not None and payer_kind in relief.unsettled_payers
    parts = []
    for component in COMPONENTS:
        latest = max(
            (rate for rate in found if rate.component == component),
            key=lambda rate: rate.valid_from,
            default=None,
        )
        if latest is None:
            return Contribution((), RATE_MISSING)
        parts.append(_part(latest, None if unsettled else relief))
    return Contribution(tuple(parts), RELIEF_UNSETTLED if unsettled else "")


def _part(rate: Rate, relief: Relief | None) -> Part:
    if relief is None:
        return Part(rate.component, rate.amount, rate.amount, (rate.source,))
    amount = rate.amount - rate.amount * relief.percent // 100
    return Part(rate.component, amount, rate.amount, (rate.source, relief.source))


def _in_force(rule: Rate | Relief, month: dt.date) -> bool:
    return rule.valid_from <= month and (rule.valid_to is None or month <= rule.valid_to)
