"""What a roster is read against, and what reading it gives."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cadres import findings
from core.errors import DomainError

# Codes after which a line cannot be used.
REJECTING = frozenset(
    code for code, kind in findings.KINDS.items() if kind.level == findings.REJECT
)


class RosterRefused(DomainError):
    """A whole list that cannot be used; `cadres.findings.REFUSALS` has the sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, code)
        self.facts = facts


@dataclass(frozen=True)
class Shape:
    """A heading whose columns only a person can tell apart.

    `key` names this heading in every file that has it; `words` are as written, one a place, empty
    where there is none; `guesses` are places by column; `number` is the line of the heading (0
    when the table has none), `first` the first line under it, `samples` three lines under it,
    with long numbers masked.
    """

    key: str
    sheet: str
    number: int
    words: tuple[str, ...]
    guesses: dict[str, int]
    first: int
    samples: tuple[tuple[str, ...], ...] = ()


class MappingNeeded(DomainError):
    """Somebody has to say which column means what before this list can be read."""

    def __init__(self, shapes: tuple[Shape, ...]) -> None:
        super().__init__("mapping_needed", "mapping_needed")
        self.shapes = shapes


@dataclass(frozen=True)
class Ground:
    """What a roster is read against.

    `districts`: six-digit codes of every kecamatan of the country. `villages`: (district key or
    empty, village key or code) -> village ids of this regency. `village_id`: the village that the
    list is for, or None for a whole regency.
    """

    today: dt.date
    regency_code: str
    districts: frozenset[str]
    villages: dict[tuple[str, str], tuple[int, ...]]
    village_id: int | None
    category: str


@dataclass(frozen=True)
class Answers:
    """What people said about a file.

    `mapping`: {shape: {column: place}}, which wins over every guess. `fixes`: what to read in
    place of a cell, {(sheet, line): {column: text}}, also for columns that the table lacks.
    `month_first`: the shapes whose days of birth were written with the month before the day, each
    with whether that was said of this very file; remembered, only days that the NIK bears out are
    read so.
    """

    mapping: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    fixes: Mapping[tuple[str, int], Mapping[str, str]] = field(default_factory=dict)
    month_first: Mapping[str, bool] = field(default_factory=dict)


class Note(NamedTuple):
    """One problem of one line."""

    sheet: str
    number: int
    column: str
    code: str
    facts: dict[str, Any]


@dataclass(slots=True)
class Person:
    """One line, normalised; `rejected` when it cannot be used."""

    sheet: str
    number: int
    nik: str = ""
    name: str = ""
    village_id: int | None = None
    posyandu: str = ""
    birth_place: str = ""
    birth_date: dt.date | None = None
    sex: str = ""
    phone: str = ""
    mother_name: str = ""
    category: str = ""
    decree_number: str = ""
    decree_date: dt.date | None = None
    rejected: bool = False
