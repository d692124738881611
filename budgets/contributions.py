"""What one person's month costs, and by which rule; pure functions over plain values."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from budgets.rule_files import OF_BAND, OF_PAY, Band, Rate, Relief, Rules

BASIC = ("JKK", "JKM")
COMPONENTS = (*BASIC, "JHT")
OTHER_SECTORS = "other"
WHOLE = 10_000  # hundredths of a percent

INCOME_BASE_UNKNOWN = "income_base_unknown"
RATE_MISSING = "rate_missing"
RELIEF_UNSETTLED = "relief_unsettled"
INCOME_BAND_UNCONFIRMED = "income_band_unconfirmed"
ROUNDING_UNCONFIRMED = "rounding_unconfirmed"

DOUBTS = (INCOME_BAND_UNCONFIRMED, RELIEF_UNSETTLED, ROUNDING_UNCONFIRMED)
"""Reasons why the branch is to be asked about an amount that is billed; a bit each in SQL."""

REASONS: dict[str, Promise] = {
    INCOME_BASE_UNKNOWN: _(
        "Iuran Penerima Upah adalah persentase dari upah yang dilaporkan. Upahnya belum tercatat."
    ),
    RATE_MISSING: _("Belum ada tarif iuran untuk bulan dan segmen ini."),
    RELIEF_UNSETTLED: _(
        "Belum ada ketentuan apakah keringanan 50% (PP 50/2025) berlaku bagi sumber dana ini. "
        "Tagihan memakai tarif normal; mintalah kepastian tertulis dari kantor cabang."
    ),
    INCOME_BAND_UNCONFIRMED: _(
        "Sebagian peserta ditagih menurut golongan penghasilan di antara golongan terendah dan "
        "tertinggi (PP 44/2015 Lampiran II). Batas dan dasar golongan itu belum dipastikan; "
        "mintalah tabelnya dari kantor cabang."
    ),
    ROUNDING_UNCONFIRMED: _(
        "Iuran setiap orang dibulatkan ke rupiah terdekat. Cara pembulatan belum dipastikan; "
        "mintalah kepastian dari kantor cabang."
    ),
}


def reasons(codes: str) -> list[Promise]:
    """The sentences of codes written one after the other."""
    return [REASONS[code] for code in codes.split()]


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

    With parts and reasons (codes with a blank between), this amount is charged until the branch
    has answered.
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
    income_base: int | None = None,
    with_jht: bool = False,
    rules: Rules,
) -> Contribution:
    """JKK, JKM and, where asked for, JHT of one person for one contribution month (its first day).

    `income_base` is rupiah a month: the reported income of a BPU, whose band decides (PP 44/2015
    Lampiran II; None is the lowest band), or the reported pay of a PU, of which each component is
    a percentage (None: no amount). `payer_kind` is a fund source's kind. The relief of PP 50/2025
    depends on segment, sector, month and who pays: not for APBN/APBD and not for JHT; for APBDes
    and shared revenue no source settles it, so the normal rate is charged and the branch is asked.
    """
    found = rates_of(segment, month, rules, COMPONENTS if with_jht else BASIC)
    if found is None:
        return Contribution((), RATE_MISSING)
    if income_base is None and any(rate.of == OF_PAY for rate in found):
        return Contribution((), INCOME_BASE_UNKNOWN)
    band = _band(bands_of(month, rules), income_base or 0)
    if band is None and any(rate.of == OF_BAND for rate in found):
        return Contribution((), RATE_MISSING)
    doubts = set()
    relief, unsettled = _relief(segment, month, payer_kind, sector, rules.reliefs)
    if unsettled:
        doubts.add(RELIEF_UNSETTLED)
    parts = []
    for rate in found:
        if rate.of == OF_BAND and band is not None:
            base = band.base
            if not band.confirmed:
                doubts.add(INCOME_BAND_UNCONFIRMED)
        else:
            base = income_base or 0
        if rate.points and base * rate.points % WHOLE and not rate.rounding_confirmed:
            doubts.add(ROUNDING_UNCONFIRMED)
        parts.append(_part(rate, base, relief if rate.component in BASIC else None))
    return Contribution(tuple(parts), " ".join(sorted(doubts)))


def rates_of(
    segment: str, month: dt.date, rules: Rules, components: Iterable[str] = COMPONENTS
) -> list[Rate] | None:
    """The rate of each component in a month; None when one is missing."""
    found = []
    for component in components:
        latest = max(
            (
                rate
                for rate in rules.rates
                if (rate.segment, rate.component) == (segment, component) and _in_force(rate, month)
            ),
            key=lambda rate: rate.valid_from,
            default=None,
        )
        if latest is None:
            return None
        found.append(latest)
    return found


def bands_of(month: dt.date, rules: Rules) -> list[Band]:
    """The bands of income in a month, the lowest first; empty before every table."""
    tables = {band.valid_from for band in rules.bands if band.valid_from <= month}
    found = (band for band in rules.bands if tables and band.valid_from == max(tables))
    return sorted(found, key=lambda band: band.income_from)


def share(base: int, points: int) -> int:
    """Hundredths of a percent of a base in whole rupiah, half up."""
    return (base * points + WHOLE // 2) // WHOLE


def _band(bands: list[Band], income: int) -> Band | None:
    return next((band for band in reversed(bands) if band.income_from <= income), None)


def _relief(
    segment: str, month: dt.date, payer_kind: str, sector: str, reliefs: Iterable[Relief]
) -> tuple[Relief | None, bool]:
    """The relief that applies, and whether one might that nobody has settled."""
    for each in reliefs:
        if (each.segment, each.sector) == (segment, sector) and _in_force(each, month):
            if payer_kind in each.unsettled_payers:
                return None, True
            return (None if payer_kind in each.excluded_payers else each), False
    return None, False


def _part(rate: Rate, base: int, relief: Relief | None) -> Part:
    normal = rate.amount if rate.points is None else share(base, rate.points)
    normal = normal or 0
    if relief is None:
        return Part(rate.component, normal, normal, (rate.source,))
    amount = normal - normal * relief.percent // 100
    return Part(rate.component, amount, normal, (rate.source, relief.source))


def _in_force(rule: Rate | Relief, month: dt.date) -> bool:
    return rule.valid_from <= month and (rule.valid_to is None or month <= rule.valid_to)
