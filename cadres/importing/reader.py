"""Reading a roster: the lines of a file become people, findings, or a question about columns."""

import datetime as dt
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from cadres import headings, values
from cadres.correction_words import is_summary
from cadres.importing import faults, tables
from cadres.importing.cells import Context, LineReader, is_heading_again
from cadres.importing.ground import (
    Answers,
    Ground,
    MappingNeeded,
    Note,
    Person,
    RosterRefused,
    Shape,
)
from cadres.importing.tables import Ahead, Table, cell_of
from core.sheets import Book, Row

DAMAGED_SHARE = 0.5
ZERO_SHARE = 0.9
ZERO_FROM = 8


@dataclass
class Reader:
    """Reads the lines of one roster; `notes` is whole once `people` has been consumed.

    `asking` makes a question of every table, also of those that need none.
    """

    ground: Ground
    answers: Answers = field(default_factory=Answers)
    notes: list[Note] = field(default_factory=list)
    asking: bool = False
    _lines: LineReader = field(init=False)
    _questions: dict[str, Shape] = field(default_factory=dict)
    _tables: int = 0
    _undecreed: bool = False
    _skipped: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = LineReader(self.ground, self.answers, self.notes)

    def people(self, rows: Iterable[Row]) -> Iterator[Person]:
        """Each person in order.

        Raises RosterRefused when the whole list is unusable, MappingNeeded when somebody has to
        say which column means what; both may come after people were given.
        """
        for sheet, lines in groupby(rows, key=lambda row: row.sheet):
            ahead = Ahead(iter(lines))
            if not is_summary(sheet, ahead.peek(1)[0].cells[0]):
                yield from self._sheet(sheet, ahead)
        if self._questions:
            raise MappingNeeded(tuple(self._questions.values()))
        self._judge_whole()

    def _judge_whole(self) -> None:
        tally = self._lines.tally
        if not self._tables:
            raise RosterRefused("no_table")
        if not tally.people:
            raise RosterRefused("no_rows")
        if tally.numbers > DAMAGED_SHARE * tally.people:
            raise RosterRefused("nik_column_number", rows=tally.numbers, total=tally.people)
        if tally.written >= ZERO_FROM and tally.zeros >= ZERO_SHARE * tally.written:
            raise RosterRefused("nik_column_zeros", rows=tally.zeros, total=tally.written)
        for sheet in self._skipped:
            self._note(sheet, 0, "sheet_without_table", name=sheet[:60])

    def _note(self, sheet: str, number: int, code: str, **facts: object) -> None:
        self.notes.append(Note(sheet, number, "", code, facts))

    def _sheet(self, sheet: str, ahead: Ahead) -> Iterator[Person]:
        table, above = tables.locate(ahead.peek(tables.SEEN_AHEAD), self.answers.mapping)
        if table is None:
            self._skipped.append(sheet)
            return
        context = self._sheet_context(sheet)
        named = context.posyandu
        for row in ahead.take(above):
            self._place(row, context)
        ahead.take(table.height)
        while table is not None:
            self._tables += 1
            if context.posyandu and context.posyandu == named:
                if table.has("posyandu"):
                    context.posyandu = ""
                else:
                    self._note(sheet, table.number, "posyandu_from_sheet", name=named[:60])
                named = ""
            if table.unsure or self.asking:
                under = [row for row in ahead.peek(8) if not tables.numbers_columns(row)]
                self._questions.setdefault(table.key, table.shape(under))
            else:
                self._need(table, context)
                self._compare_village(table, context)
            table = yield from self._table(table, ahead, context)

    def _sheet_context(self, sheet: str) -> Context:
        """What the name of a sheet says of the people in it: their village or their posyandu."""
        if not sheet:
            return Context()
        if self.ground.villages.get(("", values.place_key(sheet))):
            return Context(village=sheet)
        return Context(posyandu=tables.posyandu_of_sheet(sheet))

    def _place(self, row: Row, context: Context) -> bool:
        """Whether a line names the place of the people under it; the context keeps it."""
        named = tables.place_named(row)
        if named is None:
            return False
        column, name = named
        setattr(context, column, name)
        return True

    def _compare_village(self, table: Table, context: Context) -> None:
        """Say so when a title names another village than the one that the list is for."""
        own = self.ground.village_id
        if own is None or not context.village or table.has("village"):
            return
        found = self._lines.village(context.village, context.district)
        if found and own not in found:
            self._note(table.sheet, table.number, "title_other_village", found=context.village[:60])

    def _need(self, table: Table, context: Context) -> None:
        lacking = headings.missing(table.places)
        if lacking:
            raise RosterRefused("no_birth_column" if lacking == ["birth_date"] else "no_table")
        if self.ground.village_id is None and not table.has("village") and not context.village:
            raise RosterRefused("no_village_column")

    def _table(
        self, table: Table, ahead: Ahead, context: Context
    ) -> Generator[Person, None, Table | None]:
        """The people of one table; returns the next table of the sheet, or None."""
        first, people, sample = len(self.notes), 0, faults.Sample()
        silent = table.unsure or self.asking
        place, lines, following = table.places.get("nik", 0), self._lines, None
        lines.right_dates, lines.turned = 0, 0
        lines.month_first = self.answers.month_first.get(table.key)
        over = False
        for row in ahead:
            cell = row.cells[place] if place < len(row.cells) else None
            if not tables.is_long_number(cell):
                if is_heading_again(row):
                    again = tables.heading_at([row, *ahead.peek(3)], self.answers.mapping)
                    if again is not None:
                        ahead.take(again.height - 1)
                        over = False
                        if again.key == table.key:
                            continue
                        following = again
                        break
                over = over or tables.is_signed(row, table)
                if over or self._is_nobody(row, table, context):
                    continue
            over = False
            if silent:
                continue
            person = lines.person(row, table, context)
            if person is not None:
                people += 1
                if people <= faults.JUDGED:
                    sample = faults.Sample(people, lines.right_dates, row.number)
                yield person
        self.notes[first:] = faults.folded(self.notes[first:], table, sample, people)
        if lines.turned:
            column = table.written.get("birth_date") or table.written.get("birth", "")
            facts = {"count": lines.turned, "total": people, "shape": table.key}
            at = table.number or sample.last
            self.notes.append(Note(table.sheet, at, column, "dates_month_first", facts))
        if people and not table.has("decree_number") and not self._undecreed:
            self._undecreed = True
            self._note("", 0, "decree_column_missing")
        return following

    def _is_nobody(self, row: Row, table: Table, context: Context) -> bool:
        """Whether a line without a NIK is a total, numbers the columns, or begins a section."""
        if tables.numbers_columns(row) or tables.is_total(row):
            return True
        name = cell_of(row.cells, table.places.get("name"))
        filled = [at for at, cell in enumerate(row.cells) if cell not in ("", None)]
        begins = filled[0] if filled else 0
        if values.text(name) and begins != table.places.get("name"):
            return False
        return begins != table.places.get("posyandu") and self._place(row, context)


def shapes(book: Book) -> tuple[Shape, ...]:
    """Every heading of a file, each once, with guesses and three sample lines beside it."""
    reader = Reader(_NOWHERE, asking=True)
    try:
        for _person in reader.people(book.rows()):
            continue
    except MappingNeeded as needed:
        return needed.shapes
    except RosterRefused:
        return ()
    return ()


_NOWHERE = Ground(dt.date.min, "", frozenset(), {}, None, "")
