"""The reviewed rule files of this app, read and checked; no database."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

RULES = Path(__file__).resolve().parent / "rules"
MARKS = {"law", "official", "news", "unverified"}
OF_BAND, OF_PAY = "band", "pay"
"""What a percentage is taken of: the base of the income band, or the reported pay."""


class RuleFileError(ValueError):
    """A rule file says something that cannot be a rule; the text names file and row."""


@dataclass(frozen=True)
class Rate:
    """What one component costs a person a month, from a month on.

    Either `amount` in rupiah, or `points` (hundredths of a percent) of what `of` names.
    `rounding_confirmed`: whether a source says how a share becomes whole rupiah.
    """

    segment: str
    component: str
    amount: int | None
    points: int | None
    of: str
    rounding_confirmed: bool
    valid_from: dt.date
    valid_to: dt.date | None
    source: str


@dataclass(frozen=True)
class Band:
    """A band of reported income: from `income_from` on, dues are taken of `base` (rupiah)."""

    valid_from: dt.date
    income_from: int
    base: int
    confirmed: bool
    source: str


@dataclass(frozen=True)
class Deadline:
    """The day by which a segment pays: `day` of the month `months_later` than the paid one."""

    segment: str
    months_later: int
    day: int
    valid_from: dt.date
    source: str


@dataclass(frozen=True)
class Relief:
    """A statutory relief in percent for a span of contribution months (both included)."""

    name: str
    percent: int
    segment: str
    sector: str
    valid_from: dt.date
    valid_to: dt.date
    excluded_payers: tuple[str, ...]
    unsettled_payers: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Rules:
    """The law on contributions as rows; pure values, from the files or from the database."""

    rates: tuple[Rate, ...]
    reliefs: tuple[Relief, ...]
    bands: tuple[Band, ...]
    deadlines: tuple[Deadline, ...]


def read(folder: Path = RULES) -> Rules:
    """All rules of the files in a folder. Raises RuleFileError."""
    rates: list[Rate] = []
    reliefs: list[Relief] = []
    bands: list[Band] = []
    deadlines: list[Deadline] = []
    for path in sorted(folder.glob("*.toml")):
        content = tomllib.loads(path.read_text())
        rates += [_rate(row, where) for where, row in _rows(path, content, "rates")]
        reliefs += [_relief(row, where) for where, row in _rows(path, content, "reliefs")]
        deadlines += [_deadline(row, where) for where, row in _rows(path, content, "due_dates")]
        for where, table in _rows(path, content, "tables"):
            bands += _bands(table, where)
    return Rules(tuple(rates), tuple(reliefs), tuple(bands), tuple(deadlines))


def _rows(path: Path, content: dict, kind: str) -> Iterator[tuple[str, dict]]:
    for number, row in enumerate(content.get(kind, []), 1):
        yield f"{path.name}, {kind} {number}", row


def _rate(row: dict, where: str) -> Rate:
    if ("amount" in row) is ("percent" in row):
        raise RuleFileError(f"{where}: needs an amount or a percent")
    amount = row.get("amount")
    if amount is not None and (not isinstance(amount, int) or amount <= 0):
        raise RuleFileError(f"{where}: amount must be whole rupiah above zero")
    return Rate(
        segment=row["segment"],
        component=row["component"],
        amount=amount,
        points=_points(row["percent"], where) if "percent" in row else None,
        of=_base(row, where),
        rounding_confirmed=row.get("rounding_mark", "law") != "unverified",
        valid_from=_month(row["valid_from"], where),
        valid_to=_month(row["valid_to"], where) if "valid_to" in row else None,
        source=_source(row, where),
    )


def _points(percent: object, where: str) -> int:
    """Hundredths of a percent of a text such as `0.24`; a float could not say it exactly."""
    points = Decimal(percent) * 100 if isinstance(percent, str) else Decimal(0)
    if points <= 0 or points != int(points):
        raise RuleFileError(f"{where}: percent must be a text above zero with two decimals")
    return int(points)


def _base(row: dict, where: str) -> str:
    """What a percent is taken of; empty for an amount."""
    if "percent" not in row:
        return ""
    if row.get("of") not in {OF_BAND, OF_PAY}:
        raise RuleFileError(f"{where}: a percent is of {OF_BAND} or of {OF_PAY}")
    if row["of"] == OF_PAY and (
        row.get("rounding") != "half_up" or row.get("rounding_mark") not in MARKS
    ):
        raise RuleFileError(f"{where}: needs rounding half_up and its mark")
    return str(row["of"])


def _bands(table: dict, where: str) -> list[Band]:
    rows, valid_from = table["bands"], _month(table["valid_from"], where)
    lows, bases = [row["from"] for row in rows], [row["base"] for row in rows]
    if lows[0] != 0 or sorted(set(lows)) != lows or sorted(set(bases)) != bases:
        raise RuleFileError(f"{where}: bands rise from 0")
    return [
        Band(
            valid_from=valid_from,
            income_from=row["from"],
            base=row["base"],
            confirmed=row.get("mark") != "unverified",
            source=_source({**row, "source": table.get("source")}, where),
        )
        for row in rows
    ]


def _deadline(row: dict, where: str) -> Deadline:
    if not 1 <= row["day"] <= 28 or row["months_later"] < 0:
        raise RuleFileError(f"{where}: the day is 1 to 28 of this month or a later one")
    return Deadline(
        segment=row["segment"],
        months_later=row["months_later"],
        day=row["day"],
        valid_from=_month(row["valid_from"], where),
        source=_source(row, where),
    )


def _relief(row: dict, where: str) -> Relief:
    if not 0 < row.get("percent", 0) <= 100:
        raise RuleFileError(f"{where}: percent must be 1 to 100")
    if row["segment"] != "BPU":
        raise RuleFileError(f"{where}: a relief of a share of the pay has no rounding yet")
    first, last = _month(row["valid_from"], where), _month(row["valid_to"], where)
    if last < first:
        raise RuleFileError(f"{where}: valid_to is before valid_from")
    return Relief(
        name=row["name"],
        percent=row["percent"],
        segment=row["segment"],
        sector=row["sector"],
        valid_from=first,
        valid_to=last,
        excluded_payers=tuple(row.get("excluded_payers", ())),
        unsettled_payers=tuple(row.get("unsettled_payers", ())),
        source=_source(row, where),
    )


def _month(value: object, where: str) -> dt.date:
    if not isinstance(value, dt.date) or value.day != 1:
        raise RuleFileError(f"{where}: a month is written as its first day")
    return value


def _source(row: dict, where: str) -> str:
    """The legal source with its mark, as it is stored and shown."""
    if row.get("mark") not in MARKS or not row.get("source"):
        raise RuleFileError(f"{where}: needs a source and a mark of {sorted(MARKS)}")
    return f"{row['source']} [{row['mark']}]"
