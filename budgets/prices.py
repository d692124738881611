"""What a month costs as a table that SQL joins with covers, made by the pure rules.

`budgets.contributions` says what one person costs; here the same for thousands in one statement.
People without wages are looked up by the band of their income, which has its rupiah; for people
with wages the row holds percentages, and the rupiah are made of the pay in the statement.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from budgets.contributions import (
    COMPONENTS,
    DOUBTS,
    OTHER_SECTORS,
    ROUNDING_UNCONFIRMED,
    WHOLE,
    bands_of,
    contribution,
    rates_of,
)
from budgets.models import (
    ContributionBand,
    ContributionDeadline,
    ContributionRate,
    ContributionRelief,
    Invoice,
)
from budgets.rule_files import Band, Deadline, Rate, Relief, Rules
from enrollment.models import Segment

OF_PAY = 0  # the band of who is billed by the pay; income bands count from 1
NOBODY = 0  # where a price belongs to no fund source in particular


class Price(NamedTuple):
    """Rupiah, or hundredths of a percent of the pay, of one payer and income band.

    `doubts` and `rounding` are bits, see `doubt`; the second counts where a share is not whole.
    """

    fund_source: int
    band: int
    jkk: int
    jkm: int
    jht: int
    jkk_points: int
    jkm_points: int
    jht_points: int
    doubts: int
    rounding: int


_COLUMNS = ", ".join(f"%(price_{name})s::bigint[]" for name in Price._fields)

TABLE = f"unnest({_COLUMNS}) AS price ({', '.join(Price._fields)})"
"""The table `price`, of the parameters that `facts` makes."""

FITS = """price.band = CASE
    WHEN c.segment = 'BPU' THEN width_bucket(coalesce(c.income_base, 0), %(price_lows)s::int[])
    WHEN c.income_base IS NOT NULL THEN 0 END"""
"""Joins `price` with the cover `c`; nothing fits somebody with wages whose pay is unknown."""

_PAY = "coalesce(c.income_base, 0)"


def _share(name: str, only: str = "") -> str:
    share = f"(({_PAY} * price.{name}_points + {WHOLE // 2}) / {WHOLE})::int"
    return f"CASE {only} WHEN price.band > {OF_PAY} THEN price.{name}::int ELSE {share} END"


JKK, JKM, JHT = _share("jkk"), _share("jkm"), _share("jht", "WHEN NOT c.with_jht THEN 0")
"""Rupiah of one component of the cover `c`, as `contributions.contribution` has it."""

DOUBT = f"""(price.doubts | CASE WHEN price.rounding > 0 AND (
    {_PAY} * price.jkk_points %% {WHOLE} <> 0 OR {_PAY} * price.jkm_points %% {WHOLE} <> 0
    OR c.with_jht AND {_PAY} * price.jht_points %% {WHOLE} <> 0
    ) THEN price.rounding ELSE 0 END)::int"""
"""What the branch is to be asked about the cover `c`, as bits of DOUBTS."""


def doubt(codes: str) -> int:
    """Codes of DOUBTS with a blank between, as bits."""
    return sum(1 << DOUBTS.index(code) for code in codes.split())


def codes(bits: int) -> str:
    """The codes of bits, with a blank between."""
    return " ".join(code for place, code in enumerate(DOUBTS) if bits >> place & 1)


CODES = "concat_ws(' ', {})".format(
    ", ".join(
        f"CASE WHEN {{bits}} >> {place} & 1 = 1 THEN '{code}' END"
        for place, code in enumerate(DOUBTS)
    )
)
"""SQL of `codes`; `bits` is to be filled in."""


def table(
    month: dt.date, payer_kind: str, rules: Rules, *, fund_source: int = NOBODY
) -> list[Price]:
    """What one payer's people cost in a month; a segment without a rate has no row."""
    found = []
    for number, band in enumerate(bands_of(month, rules), 1):
        one = contribution(
            segment=Segment.BPU,
            month=month,
            payer_kind=payer_kind,
            sector=OTHER_SECTORS,
            income_base=band.income_from,
            with_jht=True,
            rules=rules,
        )
        if one.parts:
            jkk, jkm, jht = (one.amount(component) for component in COMPONENTS)
            bits = doubt(one.needs_confirmation)
            found.append(Price(fund_source, number, jkk, jkm, jht, 0, 0, 0, bits, 0))
    rates = rates_of(Segment.PU, month, rules)
    if rates:
        whole = all(rate.rounding_confirmed for rate in rates)
        jkk, jkm, jht = (rate.points or 0 for rate in rates)
        bits = 0 if whole else doubt(ROUNDING_UNCONFIRMED)
        found.append(Price(fund_source, OF_PAY, 0, 0, 0, jkk, jkm, jht, 0, bits))
    return found


def lows(month: dt.date, rules: Rules) -> list[int]:
    """Where each band of income begins, in rupiah."""
    return [band.income_from for band in bands_of(month, rules)]


def facts(begins: list[int], prices: Iterable[Iterable[int]]) -> Mapping[str, Any]:
    """The parameters of TABLE and FITS."""
    columns = list(zip(*prices, strict=True)) or [()] * len(Price._fields)
    named = zip(Price._fields, columns, strict=True)
    return {"price_lows": begins} | {f"price_{name}": list(values) for name, values in named}


def rates_of_bill(invoice: Invoice) -> list[Rate]:
    """The rates of a bill of wage earners, which says of what it was taken; else none."""
    if invoice.segment != Segment.PU:
        return []
    return rates_of(Segment.PU, invoice.month, read_rules()) or []


def read_rules() -> Rules:
    """The law on contributions as the database has it, in one statement.

    For many regencies it is read once.
    """
    found: dict[str, list[Any]] = {part: [] for part in _TABLES}
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        for part, row in cursor.fetchall():
            kind = _TABLES[part][0]
            found[part].append(kind(**{name: _plain(v) for name, v in json.loads(row).items()}))
    return Rules(**{part: tuple(rows) for part, rows in found.items()})


_TABLES: dict[str, tuple[type, type[Model]]] = {
    "rates": (Rate, ContributionRate),
    "reliefs": (Relief, ContributionRelief),
    "bands": (Band, ContributionBand),
    "deadlines": (Deadline, ContributionDeadline),
}
_READ = " UNION ALL ".join(
    f"SELECT '{part}', (to_jsonb(r) - 'id')::text FROM {model._meta.db_table} r"
    for part, (_kind, model) in _TABLES.items()
)


def _plain(value: Any) -> Any:
    """A value of JSON as the rules hold it: days as dates, lists as tuples."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return dt.date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
