"""Reading a list of BPJS: lines of a sheet become `Line`s, and none is lost. Pure.

A line whose NIK cannot be read keeps its `problem` and is compared by its member number, if it
has one.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from cadres import values
from cadres.importing.tables import (
    SAMPLES,
    SEARCHED_ROWS,
    SEEN_AHEAD,
    Ahead,
    cell_of,
    heading_words,
    is_long_number,
    is_total,
    key_of,
    masked,
    numbers_columns,
    pairs_of,
    trimmed,
    words_of,
)
from core.errors import DomainError
from core.sheets import Row
from enrollment.reconciliation import columns, words

DAMAGED_SHARE = 0.5
ZERO_SHARE = 0.9
ZERO_FROM = 8
EARLIEST = dt.date(1900, 1, 1)
SHORTEST_NUMBER = 9  # digits of what may be a member number

Places = Mapping[str, int]


class ListRefused(DomainError):
    """A whole list that cannot be compared; `enrollment.reconciliation.wording` says why."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, code)
        self.facts = facts


@dataclass(frozen=True)
class Question:
    """A heading whose columns only a person can tell, with three masked sample lines under it."""

    key: str
    sheet: str
    number: int
    words: tuple[str, ...]
    guesses: dict[str, int]
    samples: tuple[tuple[str, ...], ...] = ()


class ColumnsNeeded(DomainError):
    """Somebody has to say which column means what before this list can be compared."""

    def __init__(self, question: Question) -> None:
        super().__init__("columns_needed", "columns_needed")
        self.question = question


@dataclass(slots=True)
class Line:
    """One line of the list, normalised; `amount` in rupiah, None when the list names none.

    `payer` is the employer or group as the list writes it. `problem` is why the NIK or the amount
    could not be read, as a code.
    """

    sheet: str
    number: int
    nik: str = ""
    member_no: str = ""
    name: str = ""
    birth_date: dt.date | None = None
    segment: str = ""
    amount: int | None = None
    status: str = ""
    payer: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """One table: the words of its heading, where the columns stand, the lines of the heading."""

    key: str
    height: int
    words: tuple[tuple[str, str], ...]
    places: Places
    unsure: bool = False

    def question(self, sheet: str, number: int, under: Sequence[Row]) -> Question:
        """What a person is asked about this table."""
        rows = under[:SAMPLES]
        width = max([len(self.words), *(len(row.cells) for row in rows)])
        said = [heading_words(pair) for pair in self.words]
        return Question(
            key=self.key,
            sheet=sheet,
            number=number,
            words=tuple(said + [""] * (width - len(said))),
            guesses={name: at for name, at in self.places.items() if name in columns.MAPPABLE},
            samples=tuple(
                tuple(hidden(cell_of(row.cells, at)) for at in range(width)) for row in rows
            ),
        )


def hidden(cell: object) -> str:
    """The text of a cell for the page that asks; of a NIK or KPJ only the beginning is shown."""
    found = masked(cell)
    if sum(letter.isdigit() for letter in found) < SHORTEST_NUMBER:
        return found
    return found[:4] + re.sub(r"\d", "\N{BULLET}", found[4:])


@dataclass
class Reader:
    """Reads one list; `answers` are the columns that people pointed out, by heading.

    `skipped` counts lines that are no person: headings, totals, signatures. `shapes` are the
    headings that were read. `asking` makes a question of every table that nobody answered.
    """

    today: dt.date
    answers: Mapping[str, Places] = field(default_factory=dict)
    asking: bool = False
    skipped: int = 0
    people: int = 0
    shapes: list[str] = field(default_factory=list)
    _numbers: int = 0
    _written: int = 0
    _zeros: int = 0
    _known_otherwise: bool = False

    def lines(self, rows: Iterable[Row]) -> Iterator[Line]:
        """Every line about a person.

        Raises ColumnsNeeded or ListRefused, perhaps after lines were given.
        """
        for _sheet, group in groupby(rows, key=lambda row: row.sheet):
            yield from self._sheet(Ahead(iter(group)))
        if not self.shapes:
            raise ListRefused("no_table")
        if not self.people:
            raise ListRefused("no_rows")
        if self._known_otherwise:
            return
        if self._numbers > DAMAGED_SHARE * self.people:
            raise ListRefused("nik_column_number", rows=self._numbers, total=self.people)
        if self._written >= ZERO_FROM and self._zeros >= ZERO_SHARE * self._written:
            raise ListRefused("nik_column_zeros", rows=self._zeros, total=self._written)

    def _sheet(self, ahead: Ahead) -> Iterator[Line]:
        found = self._locate(ahead.peek(SEEN_AHEAD))
        if found is None:
            self.skipped += sum(1 for _row in ahead)
            return
        table, above = found
        self.skipped += len(ahead.take(above + table.height))
        self._begin(table, ahead)
        for row in ahead:
            sure = is_long_number(cell_of(row.cells, table.places.get("nik")))
            again = None if sure else _heading_at([row, *ahead.peek(1)], self.answers)
            if again is not None:
                self.skipped += again.height
                ahead.take(again.height - 1)
                if again.key != table.key:
                    table = again
                    self._begin(table, ahead)
                continue
            line = self._line(row, table.places, sure)
            if line is None:
                self.skipped += 1
            else:
                self.people += 1
                yield line

    def _begin(self, table: Table, ahead: Ahead) -> None:
        """Note a table; raises ColumnsNeeded when it does not say what it holds."""
        under = [row for row in ahead.peek(8) if not numbers_columns(row)]
        asked = self.asking and table.key not in self.answers
        if asked or table.unsure or not columns.is_enough(table.places):
            first = under[0] if under else None
            raise ColumnsNeeded(
                table.question(
                    first.sheet if first else "",
                    first.number - table.height if first and table.height else 0,
                    under,
                )
            )
        self._known_otherwise = self._known_otherwise or "member_no" in table.places
        self.shapes.append(table.key)

    def _locate(self, rows: Sequence[Row]) -> tuple[Table, int] | None:
        """The first table of a sheet and how many lines stand above it."""
        for at in range(min(len(rows), SEARCHED_ROWS)):
            table = _heading_at(rows[at : at + 2], self.answers)
            if table is not None:
                return table, at
            if any(is_long_number(cell) for cell in rows[at].cells):
                above = rows[at - 1] if at and rows[at - 1].number == rows[at].number - 1 else None
                if above is not None and _is_worded(above):
                    return _unknown(above, rows[at]), at - 1
                return _headless(rows[at:], self.answers), at
        if self.asking:
            return next(
                ((_unknown(row, None), at) for at, row in enumerate(rows) if _is_worded(row)), None
            )
        return None

    def _line(self, row: Row, places: Places, sure: bool) -> Line | None:
        """The person of a line, or None; `sure` when its NIK already says that it is one."""
        cells = row.cells
        nik_cell = cell_of(cells, places.get("nik"))
        number = words.member_no(cell_of(cells, places.get("member_no")))
        name = values.person_name(cell_of(cells, places.get("name")))
        if not sure and not values.text(nik_cell) and not number:
            others = sum(
                1
                for key in ("amount", "birth_date", "segment", "status", "jkk")
                if values.text(cell_of(cells, places.get(key)))
            )
            if not name or not others or is_total(row):
                return None
        if not sure and (numbers_columns(row) or (is_total(row) and not number)):
            return None
        line = Line(row.sheet[:100], row.number, member_no=number, name=name)
        self._read_nik(line, nik_cell, "nik" in places)
        line.birth_date = _birth(cells, places, line.nik, self.today)
        line.segment = words.segment(values.text(cell_of(cells, places.get("segment"))))
        line.status = values.text(cell_of(cells, places.get("status")))[:60]
        line.payer = values.text(cell_of(cells, places.get("payer")))[:80]
        self._read_amount(line, cells, places)
        return line

    def _read_nik(self, line: Line, cell: object, asked: bool) -> None:
        try:
            line.nik = values.nik(cell)
        except values.Unreadable as fault:
            self._numbers += fault.code == "nik_number"
            line.problem = fault.code
            return
        if line.nik:
            self._written += 1
            self._zeros += line.nik[15] == "0"
        elif asked:
            line.problem = "nik_missing"

    def _read_amount(self, line: Line, cells: list, places: Places) -> None:
        """The amount, or the sum of its parts where the list names no total."""
        try:
            if "amount" in places:
                line.amount = words.rupiah(cell_of(cells, places["amount"]))
                return
            parts = [words.rupiah(cell_of(cells, places[p])) for p in columns.PARTS if p in places]
            told = [part for part in parts if part is not None]
            line.amount = sum(told) if told else None
        except values.Unreadable as fault:
            line.problem = line.problem or fault.code


def _birth(cells: list, places: Places, nik: str, today: dt.date) -> dt.date | None:
    """The day of birth; None where it is not told or cannot be one."""
    cell = cell_of(cells, places.get("birth_date", places.get("birth")))
    try:
        days = values.bare_day(cell)
        if days is not None:
            told = values.nik_birth_dates(nik) if nik else ()
            found = next((day for day in days if day in told), None)
        else:
            found = values.place_and_date(cell, today)[1]
    except values.Unreadable:
        return None
    return found if found and EARLIEST <= found <= today else None


def _heading_at(rows: Sequence[Row], answers: Mapping[str, Places]) -> Table | None:
    """The heading that begins with the first of these lines, of one line or of two."""
    upper = words_of(rows[0])
    if sum(1 for word in upper if word) < 2 or any(is_long_number(c) for c in rows[0].cells):
        return None
    pairs = trimmed([(word, "") for word in upper])
    best, height = columns.guess(pairs), 1
    if len(rows) > 1 and rows[1].number == rows[0].number + 1 and _may_continue(rows[1]):
        double = trimmed(pairs_of(upper, words_of(rows[1])))
        both = columns.guess(double)
        if len(both.places) > len(best.places) and both.is_heading:
            best, height, pairs = both, 2, double
    key = key_of(pairs)
    if key in answers:
        return Table(key, height, pairs, answers[key])
    if not best.is_heading:
        return None
    return Table(key, height, pairs, best.places, best.unsure)


def _is_worded(row: Row) -> bool:
    """Whether a line may be a heading in words that nobody knows."""
    return sum(1 for word in words_of(row) if word) >= 2 and not numbers_columns(row)


def _unknown(row: Row, first: Row | None) -> Table:
    """A table whose heading has to be explained; the NIK stands where a long number does."""
    pairs = trimmed([(word, "") for word in words_of(row)])
    places = dict(columns.guess(pairs).places)
    for at, cell in enumerate(first.cells if first else ()):
        seems = _seems(cell)
        if seems and seems not in places and at not in places.values():
            places[seems] = at
    return Table(key_of(pairs), 1, pairs, places, unsure=True)


def _seems(cell: object) -> str:
    """The column that a cell looks like, for a guess that somebody confirms."""
    if is_long_number(cell):
        return "nik"
    if isinstance(cell, dict):
        return "birth_date"
    found = values.text(cell)
    return "name" if len(found) > 3 and not any(map(str.isdigit, found)) else ""


def _may_continue(row: Row) -> bool:
    """Whether a line holds words only, as the lower half of a heading does."""
    filled = [cell for cell in row.cells if cell not in ("", None)]
    return (
        bool(filled)
        and all(isinstance(cell, str) for cell in filled)
        and not any(is_long_number(cell) for cell in filled)
    )


def _headless(rows: Sequence[Row], answers: Mapping[str, Places]) -> Table:
    """A table without a heading: its columns have to be pointed out."""
    width = max(len(row.cells) for row in rows[:SAMPLES])
    pairs = tuple(("", "") for _place in range(width))
    key = key_of(pairs)
    if key in answers:
        return Table(key, 0, pairs, answers[key])
    at = next(at for at, cell in enumerate(rows[0].cells) if is_long_number(cell))
    return Table(key, 0, pairs, {"nik": at}, unsure=True)
