"""The reviewed rule files of this app, read and checked; no database."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RULES = Path(__file__).resolve().parent / "rules"
MARKS = {"law", "official", "news", "unverified"}


class RuleFileError(ValueError):
    """A rule file says something that cannot be a rule; the text names file and row."""


@dataclass(frozen=True)
class Rate:
    """Rupiah a person a month for one component, from a month on."""

    segment: str
    component: str
    amount: int
    valid_from: dt.date
    valid_to: dt.date | None
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


def read(folder: Path = RULES) -> tuple[list[Rate], list[Relief]]:
    """All rates and reliefs of the files in a folder. Raises RuleFileError."""
    rates: list[Rate] = []
    reliefs: list[Relief] = []
    for path in sorted(folder.glob("*.toml")):
        content = tomllib.loads(path.read_text())
        rates += [_rate(row, where) for where, row in _rows(path, content, "rates")]
        reliefs += [_relief(row, where) for where, row in _rows(path, content, "reliefs")]
    return rates, reliefs


def _rows(path: Path, content: dict, kind: str) -> Iterator[tuple[str, dict]]:
    for number, row in enumerate(content.get(kind, []), 1):
        yield f"{path.name}, {kind} {number}", row


def _rate(row: dict, where: str) -> Rate:
    amount = row.get("amount")
    if not isinstance(amount, int) or amount <= 0:
        raise RuleFileError(f"{where}: amount must be whole rupiah above zero")
    return Rate(
        segment=row["segment"],
        component=row["component"],
        amount=amount,
        valid_from=_month(row["valid_from"], where),
        valid_to=_month(row["valid_to"], where) if "valid_to" in row else None,
        source=_source(row, where),
    )


def _relief(row: dict, where: str) -> Relief:
    if not 0 < row.get("percent", 0) <= 100:
        raise RuleFileError(f"{where}: percent must be 1 to 100")
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
