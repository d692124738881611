"""What goes into a correction file: where its tables are, what is wrong, and the bad lines."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from typing import Protocol

from cadres import values
from cadres.correction_words import REASON, REMEDY, is_ours, is_summary
from cadres.importing.tables import SEEN_AHEAD, Table, heading_at, heading_words, locate
from core.sheets import Book, Row
from core.sheets_out import LONGEST

Line = tuple[str, int]


@dataclass(frozen=True)
class Problem:
    """What is wrong in one line: its column by name or by heading, and both sentences."""

    column: str
    heading: str
    reason: str
    remedy: str
    rejects: bool


class Problems(Protocol):
    """What is wrong in the lines of a file, asked in their order, so that few are held at once."""

    def of(self, sheet: str, number: int) -> Sequence[Problem]:
        """The problems of one line; of one sheet no earlier line may be asked afterwards."""


@dataclass(frozen=True)
class Corrections:
    """Everything that goes into the file beside the person's own cells.

    `fixes` are cells that were typed on the check page, {(sheet, line): {column: text}};
    `mapping` is what the person said about the columns.
    """

    problems: Problems
    fixes: Mapping[Line, Mapping[str, str]]
    mapping: Mapping[str, Mapping[str, int]]


@dataclass
class Sheet:
    """What one sheet holds: its widest line and its tables, in the order of the file.

    `ours`: {line of a heading: place of our first column}, when an earlier correction file had it.
    """

    name: str
    widest: int
    tables: list[Table]
    ours: dict[int, int] = field(default_factory=dict)

    def table_of(self, number: int) -> Table | None:
        """The table that a line stands in."""
        found = None
        for table in self.tables:
            if table.number > number:
                break
            found = table
        return found

    def end(self, table: Table | None) -> int:
        """The place of our first column: after the last one that has anything in it."""
        return self.ours.get(table.number, self.widest) if table else self.widest


def _width(cells: Sequence[object]) -> int:
    return max((at + 1 for at, cell in enumerate(cells) if cell not in ("", None)), default=0)


def survey(book: Book, mapping: Mapping[str, Mapping[str, int]]) -> dict[str, Sheet]:
    """The visible sheets of a file by name, our own list of bad lines left out."""
    found = {}
    for name, lines in groupby(book.rows(), key=lambda row: row.sheet):
        head = list(islice(lines, SEEN_AHEAD))
        if is_summary(name, head[0].cells[0] if head[0].cells else None):
            continue
        first, _above = locate(head, mapping)
        sheet = Sheet(name, 0, [first] if first else [])
        pair: list[Row] = []
        for row in chain(head, lines):
            sheet.widest = max(sheet.widest, _width(row.cells))
            pair = [*pair[-1:], row]
            known = next((at for at, cell in enumerate(row.cells) if is_ours(cell)), None)
            if known is not None:
                sheet.ours[row.number] = known
            if first and pair[0].number > first.number and len(pair) == 2:
                again = heading_at(pair, mapping)
                if again:
                    sheet.tables.append(again)
        found[name] = sheet
    return found


def place_of(problem: Problem, table: Table) -> int | None:
    """Where the wrong cell of a problem is."""
    for at, pair in enumerate(table.words):
        if problem.heading and heading_words(pair)[:80] == problem.heading:
            return at
    column = problem.column
    if column == "birth_date" and not table.has(column):
        column = "birth"
    return table.places.get(column)


def fixed_cells(row: Row, table: Table, fixes: Mapping[str, str]) -> dict[int, str]:
    """What was typed on the check page, by place; a day is written as people write it."""
    found = {}
    for column, text in fixes.items():
        place, shown = table.places.get(column), text
        if column.endswith("_date") and text[4:5] == "-":
            shown = f"{dt.date.fromisoformat(text):%d-%m-%Y}"
        if column == "birth_date" and place is None and table.has("birth"):
            place = table.places["birth"]
            before, _comma, _day = values.text(
                row.cells[place] if place < len(row.cells) else ""
            ).partition(",")
            shown = f"{before}, {shown}" if _comma else shown
        if place is not None:
            found[place] = shown
    return found


def sentences(problems: Sequence[Problem]) -> tuple[str, str]:
    """The two sentences of a line, each said once."""
    return (
        " ".join(dict.fromkeys(each.reason for each in problems))[:LONGEST],
        " ".join(dict.fromkeys(each.remedy for each in problems))[:LONGEST],
    )


@dataclass
class Summary:
    """The list of bad lines, line by line, under our mark: each table's heading, its bad lines."""

    _at: int = 1
    _table: Line | None = None

    def lines(
        self, sheet: Sheet, row: Row, problems: Sequence[Problem], fixes: Mapping[str, str]
    ) -> Iterator[tuple[int, list[str]]]:
        """What a bad line adds: itself, after its heading when it is the first of its table.

        Each with its own number in the list, whose first line is the mark.
        """
        table = sheet.table_of(row.number)
        words = [heading_words(pair) for pair in table.words] if table else []
        this = (sheet.name, table.number if table else 0)
        if this != self._table:
            self._table = this
            self._at += 1
            yield self._at, ["Lembar", "Baris", *words, REASON, REMEDY]
        cells = dict(enumerate(_texts(row.cells[: len(words)])))
        if table:
            cells |= fixed_cells(row, table, fixes)
        filled = [cells.get(at, "") for at in range(len(words))]
        self._at += 1
        yield self._at, [sheet.name, str(row.number), *filled, *sentences(problems)]


def _texts(cells: Iterable[object]) -> list[str]:
    found = []
    for cell in cells:
        if isinstance(cell, dict):
            found.append(f"{dt.date.fromisoformat(cell['d']):%d-%m-%Y}")
        elif isinstance(cell, float) and cell.is_integer():
            found.append(str(int(cell)))
        else:
            found.append("" if cell is None else str(cell)[:LONGEST])
    return found
