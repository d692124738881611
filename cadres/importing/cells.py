"""One line of a table becomes a person or findings."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cadres import headings, values
from cadres.importing.ground import REJECTING, Answers, Ground, Note, Person
from cadres.importing.tables import Table, cell_of, heading_words, is_long_number
from core.formats import mask_nik
from core.sheets import Row

YOUNGEST, OLDEST = 17, 65
EARLIEST = dt.date(1900, 1, 1)
_NOTHING: Mapping[str, str] = {}
_PERSONAL = ("birth_date", "birth", "birth_year", "sex", "mother_name", "phone", "posyandu")
Say = Callable[..., None]


@dataclass
class Tally:
    """How many people the file has, and how their NIK are kept."""

    people: int = 0
    numbers: int = 0  # NIK kept as numbers
    written: int = 0  # readable NIK
    zeros: int = 0  # of these, ending in 0


@dataclass
class Context:
    """What lines outside a table say of the people under them."""

    posyandu: str = ""
    village: str = ""
    district: str = ""


@dataclass
class LineReader:
    """Reads lines against the ground; `notes` grows with what is found."""

    ground: Ground
    answers: Answers
    notes: list[Note] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    right_dates: int = 0  # of this table: days that would also be a day when swapped, and are right
    # Whether days of birth of this table have the month before the day, as said of this very file
    # (True) or of one like it (False); None when nobody said so.
    month_first: bool | None = None
    turned: int = 0  # of this table: days of birth that were therefore read the other way round
    _first: dict[str, Person] = field(default_factory=dict)
    _services: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def person(self, row: Row, table: Table, context: Context) -> Person | None:
        """The person of a line, or None when the line names nobody."""
        cells = row.cells
        if len(cells) < table.width:
            cells = cells + [None] * (table.width - len(cells))
        found = {name: cells[at] for name, at in table.places.items()}
        fixes = self.answers.fixes.get((row.sheet, row.number), _NOTHING)
        found.update(fixes)
        cell = found.get
        name = values.person_name(cell("name"))
        nik_cell = cell("nik")
        told = isinstance(nik_cell, str) and len(nik_cell) == 16 and nik_cell.isdigit()  # quicker
        if not told and not values.text(nik_cell) and not self._somebody(name, cell):
            return None
        person = Person(row.sheet, row.number, name=name)
        notes = self.notes
        start = len(notes)

        def note(column: str, code: str, **facts: Any) -> None:
            written = table.written.get(column, "")
            notes.append(Note(row.sheet, row.number, written, code, facts))

        self.tally.people += 1
        if self._read_nik(person, nik_cell, row, table, note):
            return person
        if not name or name.isdigit():
            note("name", "name_missing")
        if not self._read_birth(person, table, row, cell, note, fixes):
            return person
        self._read_sex(person, table, cell, note, fixes)
        self._read_place(person, cell, note, context)
        try:
            person.phone = values.phone(cell("phone"))
        except values.Unreadable:
            note("phone", "phone_unreadable")
        person.mother_name = values.text(cell("mother_name"))[:120]
        person.posyandu = (values.text(cell("posyandu")) or context.posyandu)[:100]
        person.category = values.category(values.text(cell("position")), self.ground.category)
        self._read_decree(person, table, cell, note)
        if person.nik:
            self._judge_again(person, note)
        if len(notes) > start:
            person.rejected = any(each.code in REJECTING for each in notes[start:])
        return person

    def _somebody(self, name: str, cell: Callable[[str], object]) -> bool:
        """Whether a line without a NIK is about a person whose NIK was forgotten."""
        personal = sum(1 for key in _PERSONAL if values.text(cell(key)))
        if not name:
            return personal >= 3
        return personal > 0 or values.text(cell("number")).rstrip(".)").isdigit()

    def _read_nik(self, person: Person, cell: object, row: Row, table: Table, note: Say) -> bool:
        """Read the NIK; true when the line is shifted, so that nothing else of it is read."""
        tally = self.tally
        try:
            digits = values.nik(cell)
        except values.Unreadable as fault:
            tally.numbers += fault.code == "nik_number"
            if fault.code in ("nik_letters", "nik_length") and self._shifted(
                person, row, table, "nik", is_long_number, note
            ):
                return True
            note("nik", fault.code, **fault.facts)
            return False
        if not digits:
            if self._shifted(person, row, table, "nik", is_long_number, note):
                return True
            note("nik", "nik_missing")
            return False
        tally.written += 1
        tally.zeros += digits[15] == "0"
        person.nik = digits
        ground = self.ground
        if wrong := values.nik_fault(digits, ground.districts):
            note("nik", wrong, found=mask_nik(digits))
            if wrong in REJECTING:
                person.nik = ""
                return False
        elif digits[:4] != ground.regency_code:
            note("nik", "nik_region", found=mask_nik(digits))
        return False

    def _judge_again(self, person: Person, note: Say) -> None:
        """Whether an earlier line has this NIK: the same person in another service, or a fault."""
        first = self._first.setdefault(person.nik, person)
        if first is person:
            return
        services = self._services.setdefault(person.nik, [_service(first)])
        same = _identity(first) == _identity(person) and _service(person) not in services
        if same:
            services.append(_service(person))
        code = "nik_two_services" if same else "nik_twice"
        note("nik", code, first_sheet=first.sheet, first_row=first.number)

    def _shifted(
        self,
        person: Person,
        row: Row,
        table: Table,
        column: str,
        is_it: Callable[[object], bool],
        note: Say,
    ) -> bool:
        """Whether the value of a column stands under the neighbour's heading; then says so."""
        place = table.places[column]
        known = set(table.places.values())
        for at in (place - 1, place + 1):
            if at >= 0 and is_it(cell_of(row.cells, at)):
                under = heading_words(table.words[at]) if at < len(table.words) else ""
                if under and at not in known:
                    continue  # a number of another kind, such as that of the family card
                note(column, "row_shifted", under=under[:60])
                person.rejected = True
                return True
        return False

    def _read_birth(
        self,
        person: Person,
        table: Table,
        row: Row,
        cell: Callable[[str], object],
        note: Say,
        fixes: Mapping[str, str],
    ) -> bool:
        """Read place and day of birth; false when the line is shifted."""
        column = "birth_date" if "birth_date" in fixes or table.has("birth_date") else "birth"
        if not table.has(column) and table.has("birth_year"):
            column = "birth_year"
        today = self.ground.today
        person.birth_place = values.text(cell("birth_place"))[:80]
        try:
            birth = self._birth(person, column, cell)
            if (
                birth is not None
                and self.month_first is not None
                and column not in ("birth_year", *fixes)
            ):
                birth = self._turn(person, birth, cell(column))
        except values.Unreadable as fault:
            if column == "birth_date" and not any(map(str.isdigit, fault.facts["found"])):
                place = table.places.get(column)
                if place is not None and self._shifted(
                    person, row, table, column, self._is_date, note
                ):
                    return False
            number = fault.code == "birth_date_number"
            note(column, fault.code if number else "birth_date_unreadable", **fault.facts)
            return True
        if birth is None:
            note(column, "birth_date_missing")
        elif birth > today:
            note(column, "birth_date_future", date=birth.isoformat())
        elif birth < EARLIEST:
            note(column, "birth_date_unreadable", found=birth.isoformat())
        else:
            person.birth_date = birth
            self._judge_birth(person, birth, column, note)
        return True

    def _birth(self, person: Person, column: str, cell: Callable[[str], object]) -> dt.date | None:
        today = self.ground.today
        if column == "birth_year":
            parts = [values.text(cell(name)) for name in ("birth_day", "birth_month", "birth_year")]
            return values.date(" ".join(parts).strip(), today) if any(parts) else None
        found = cell(column)
        if isinstance(found, dict):
            return values.date(found, today)
        if (days := values.bare_day(found)) is not None:
            told = values.nik_birth_dates(person.nik) if person.nik else ()
            for day in days:
                if day in told:
                    return day
            raise values.Unreadable("birth_date_number", found=values.text(found)[:40])
        try:
            place, birth = values.place_and_date(found, today)
        except values.Unreadable:
            other = self._turned_text(found) if self.month_first is not None else None
            if other is None:
                raise
            place, birth = other
            self.turned += 1
        if place and birth is None and column == "birth_date":
            raise values.Unreadable("date", found=place[:40])
        person.birth_place = (person.birth_place or place)[:80]
        return birth

    def _turned_text(self, cell: object) -> tuple[str, dt.date | None] | None:
        """Place and day of a text that is a day only with the month first; None when it is none."""
        try:
            other = values.turned(cell)
            return values.place_and_date(other, self.ground.today) if other else None
        except values.Unreadable:
            return None

    def _turn(self, person: Person, birth: dt.date, cell: object) -> dt.date:
        """The day with day and month exchanged, unless only the day as written fits the NIK.

        What was said of another file holds only for days that fit the NIK so.
        """
        other = swapped(birth)
        if other is None or other == birth or values.names_month(cell):
            return birth
        told = values.nik_birth_dates(person.nik) if person.nik else ()
        if other not in told and (birth in told or not self.month_first):
            return birth
        self.turned += 1
        return other

    def _is_date(self, cell: object) -> bool:
        try:
            return values.date(cell, self.ground.today) is not None
        except values.Unreadable:
            return False

    def _judge_birth(self, person: Person, birth: dt.date, column: str, note: Say) -> None:
        age = values.age_on(birth, self.ground.today)
        if age < YOUNGEST:
            note(column, "age_under", age=age)
        elif age >= OLDEST:
            note(column, "age_over", age=age)
        if not person.nik:
            return
        if birth in values.nik_birth_dates(person.nik):
            self.right_dates += birth.day <= 12 and birth.day != birth.month
            return
        note(column, _date_fault(birth, person.nik), date=birth.isoformat())

    def _read_sex(
        self,
        person: Person,
        table: Table,
        cell: Callable[[str], object],
        note: Say,
        fixes: Mapping[str, str],
    ) -> None:
        told = values.nik_sex(person.nik) if person.nik else ""
        column = "sex"
        try:
            if "male" in table.places and "sex" not in fixes:
                column = "male"
                person.sex = values.sex_of_two(cell("male"), cell("female"))
            else:
                person.sex = values.sex(cell("sex"))
        except values.Unreadable as fault:
            note(column, "sex_unreadable", **fault.facts)
        if not person.sex:
            person.sex = told
        elif told and told != person.sex:
            note(column, "nik_sex", found=person.sex)

    def _read_place(
        self, person: Person, cell: Callable[[str], object], note: Say, context: Context
    ) -> None:
        named = values.text(cell("village"))
        if not named and self.ground.village_id is None:
            named = context.village
        if not named:
            person.village_id = self.ground.village_id
            if person.village_id is None:
                note("village", "village_missing")
            return
        found = self.village(named, values.text(cell("district")) or context.district)
        if self.ground.village_id is not None:
            if found and self.ground.village_id not in found:
                note("village", "village_other", found=named[:60])
            person.village_id = self.ground.village_id
        elif len(found) == 1:
            person.village_id = found[0]
        else:
            note("village", "village_ambiguous" if found else "village_unknown", found=named[:60])

    def village(self, named: str, district: str) -> tuple[int, ...]:
        """The villages of this regency that a name or a code may mean, in a district if named."""
        places = self.ground.villages
        narrow = values.place_key(district) if district else ""
        key = values.place_key(named)
        if found := places.get((narrow, key)):
            return found
        code = "".join(letter for letter in named if letter.isdigit())
        if len(code) == 10 and (found := places.get(("", code))):
            return found
        return places.get(("", key), ()) if not narrow or self.ground.village_id else ()

    def _read_decree(
        self, person: Person, table: Table, cell: Callable[[str], object], note: Say
    ) -> None:
        person.decree_number = values.text(cell("decree_number"))[:80]
        try:
            person.decree_date = values.date(cell("decree_date"), self.ground.today)
        except values.Unreadable:
            note("decree_date", "decree_date_unreadable")
        if not person.decree_number and table.has("decree_number"):
            note("decree_number", "decree_missing")


def _date_fault(birth: dt.date, nik: str) -> str:
    """Whether only day and month are swapped, which is how spreadsheets damage dates."""
    return (
        "birth_date_swapped" if swapped(birth) in values.nik_birth_dates(nik) else "nik_birth_date"
    )


def swapped(day: dt.date) -> dt.date | None:
    """The day with day and month exchanged; None when there is no such month."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else None


def is_heading_again(row: Row) -> bool:
    """Whether the line is a heading, as lists of several tables have it between their people."""
    return sum(1 for cell in row.cells if headings.is_called(cell, "nik")) == 1


def _identity(person: Person) -> tuple[str, dt.date | None, int | None]:
    return values.name_key(person.name), person.birth_date, person.village_id


def _service(person: Person) -> tuple[str, str]:
    return values.place_key(person.posyandu), person.category
