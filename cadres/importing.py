"""Reading a roster: lines of a sheet become people or findings. Pure: no database, no clock.

What a line means is decided here from the line alone and from `Ground` (the areas and the day);
what it changes is decided in `cadres.staging` against the people who are there.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cadres import headings, values
from cadres.headings import Heading
from core.errors import DomainError
from core.sheets import Row

YOUNGEST, OLDEST = 17, 65
EARLIEST = dt.date(1900, 1, 1)
DAMAGED_SHARE = 0.5
ZERO_SHARE = 0.9
ZERO_FROM = 8


class RosterRefused(DomainError):
    """A whole list that cannot be used; `cadres.findings.REFUSALS` has the sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, code)
        self.facts = facts


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


REJECTING = frozenset(
    {
        "nik_missing",
        "nik_number",
        "nik_letters",
        "nik_length",
        "nik_district",
        "nik_date",
        "nik_serial",
        "nik_twice",
        "name_missing",
        "birth_date_missing",
        "birth_date_unreadable",
        "birth_date_future",
        "village_missing",
        "village_unknown",
        "village_ambiguous",
        "village_other",
        "person_other_village",
        "person_died",
    }
)


@dataclass
class Reader:
    """Reads the lines of one roster; `notes` grows while `people` is consumed."""

    ground: Ground
    notes: list[Note] = field(default_factory=list)
    _heading: Heading | None = None
    _first: dict[str, tuple[str, int]] = field(default_factory=dict)
    _count: int = 0
    _numbers: int = 0
    _written: int = 0
    _zeros: int = 0

    def people(self, rows: Iterable[Row]) -> Iterator[Person]:
        """Each person in order; raises RosterRefused when the whole list is unusable."""
        found_heading = False
        looked = 0
        sheet: str | None = None
        for row in rows:
            if row.sheet != sheet:
                sheet, looked, self._heading = row.sheet, 0, None
            if self._heading is None or _repeats(row, self._heading):
                looked += 1
                heading = headings.recognise(row) if looked <= headings.SEARCHED_ROWS else None
                if heading:
                    self._heading, found_heading = heading, True
                    self._need_village(heading)
                continue
            person = self._person(row, self._heading)
            if person is not None:
                self._count += 1
                yield person
        if not found_heading:
            raise RosterRefused("no_table")
        self._judge_whole()

    def _need_village(self, heading: Heading) -> None:
        if self.ground.village_id is None and not heading.has("village"):
            raise RosterRefused("no_village_column")

    def _judge_whole(self) -> None:
        if not self._count:
            raise RosterRefused("no_rows")
        if self._numbers > DAMAGED_SHARE * self._count:
            raise RosterRefused("nik_column_number", rows=self._numbers, total=self._count)
        if self._written >= ZERO_FROM and self._zeros >= ZERO_SHARE * self._written:
            raise RosterRefused("nik_column_zeros", rows=self._zeros, total=self._written)

    def _person(self, row: Row, heading: Heading) -> Person | None:
        cells, places = row.cells, heading.places

        def cell(name: str) -> object:
            return _cell(cells, places.get(name))

        name = values.text(cell("name"))[:120]
        nik_cell = cell("nik")
        has_nik = bool(values.text(nik_cell))
        if not has_nik and not (name and any(values.text(cell(key)) for key in _PERSONAL)):
            return None
        if name.isdigit() and len(values.text(nik_cell)) < 3:
            return None  # the line that numbers the columns
        person = Person(row.sheet, row.number, name=name)
        notes = self.notes
        start = len(notes)

        def note(column: str, code: str, **facts: Any) -> None:
            written = heading.written.get(column, "")
            notes.append(Note(row.sheet, row.number, written, code, facts))

        self._read_nik(person, nik_cell, note)
        if not name or name.isdigit():
            note("name", "name_missing")
        self._read_birth(person, heading, cell, note)
        self._read_sex(person, heading, cell, note)
        self._read_place(person, heading, cell, note)
        try:
            person.phone = values.phone(cell("phone"))
        except values.Unreadable:
            note("phone", "phone_unreadable")
        person.mother_name = values.text(cell("mother_name"))[:120]
        person.posyandu = values.text(cell("posyandu"))[:100]
        person.category = values.category(values.text(cell("position")), self.ground.category)
        person.decree_number = values.text(cell("decree_number"))[:80]
        try:
            person.decree_date = values.date(cell("decree_date"), self.ground.today)
        except values.Unreadable:
            note("decree_date", "decree_date_unreadable")
        person.rejected = any(each.code in REJECTING for each in notes[start:])
        return person

    def _read_nik(self, person: Person, cell: object, note: Any) -> None:
        try:
            digits = values.nik(cell)
        except values.Unreadable as fault:
            self._numbers += fault.code == "nik_number"
            note("nik", fault.code, **fault.facts)
            return
        if not digits:
            note("nik", "nik_missing")
            return
        self._written += 1
        self._zeros += digits[15] == "0"
        if wrong := values.nik_fault(digits, self.ground.districts):
            note("nik", wrong)
            return
        person.nik = digits
        first = self._first.setdefault(digits, (person.sheet, person.number))
        if first != (person.sheet, person.number):
            note("nik", "nik_twice", first_sheet=first[0], first_row=first[1])
        if digits[:4] != self.ground.regency_code:
            note("nik", "nik_region")

    def _read_birth(self, person: Person, heading: Heading, cell: Any, note: Any) -> None:
        column = "birth_date" if heading.has("birth_date") else "birth"
        today = self.ground.today
        person.birth_place = values.text(cell("birth_place"))[:80]
        try:
            if column == "birth":
                person.birth_place, birth = values.place_and_date(cell("birth"), today)
                person.birth_place = person.birth_place[:80]
            else:
                birth = values.date(cell("birth_date"), today)
        except values.Unreadable as fault:
            note(column, "birth_date_unreadable", **fault.facts)
            return
        if birth is None:
            note(column, "birth_date_missing")
            return
        if birth > today:
            note(column, "birth_date_future", date=birth.isoformat())
            return
        if birth < EARLIEST:
            note(column, "birth_date_unreadable", found=birth.isoformat())
            return
        person.birth_date = birth
        age = values.age_on(birth, today)
        if age < YOUNGEST:
            note(column, "age_under", age=age)
        elif age >= OLDEST:
            note(column, "age_over", age=age)
        if person.nik and birth not in values.nik_birth_dates(person.nik):
            note(column, _date_fault(birth, person.nik), date=birth.isoformat())

    def _read_sex(self, person: Person, heading: Heading, cell: Any, note: Any) -> None:
        told = values.nik_sex(person.nik) if person.nik else ""
        try:
            person.sex = values.sex(cell("sex"))
        except values.Unreadable as fault:
            note("sex", "sex_unreadable", **fault.facts)
        if not person.sex:
            person.sex = told
        elif told and told != person.sex:
            note("sex", "nik_sex", found=person.sex)

    def _read_place(self, person: Person, heading: Heading, cell: Any, note: Any) -> None:
        named = values.text(cell("village"))
        if not named:
            person.village_id = self.ground.village_id
            if person.village_id is None:
                note("village", "village_missing")
            return
        district = values.place_key(values.text(cell("district")))
        key = values.place_key(named)
        code = "".join(letter for letter in named if letter.isdigit())
        places = self.ground.villages
        found = places.get((district, key)) or (places.get(("", code)) if len(code) == 10 else None)
        if found is None:
            found = places.get(("", key), ()) if not district or self.ground.village_id else ()
        if self.ground.village_id is not None:
            if found and self.ground.village_id not in found:
                note("village", "village_other", found=named[:60])
            person.village_id = self.ground.village_id
        elif len(found) == 1:
            person.village_id = found[0]
        else:
            note("village", "village_ambiguous" if found else "village_unknown", found=named[:60])


_PERSONAL = ("birth_date", "birth", "sex", "mother_name", "phone", "posyandu")


def _cell(cells: list, place: int | None) -> object:
    return cells[place] if place is not None and place < len(cells) else None


def _repeats(row: Row, heading: Heading) -> bool:
    """Whether the line is a heading again, as lists of several tables have it."""
    cell = _cell(row.cells, heading.places["nik"])
    return isinstance(cell, str) and headings.COLUMNS[0].is_called(headings.plain(cell))


def _date_fault(birth: dt.date, nik: str) -> str:
    """Whether only day and month are swapped, which is how spreadsheets damage dates."""
    if birth.day <= 12:
        swapped = birth.replace(month=birth.day, day=birth.month)
        if swapped in values.nik_birth_dates(nik):
            return "birth_date_swapped"
    return "nik_birth_date"
