"""Sample rosters: the list that a department would send, with people who do not exist."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from cadres.values import place_key
from demo.people import FIRST_SERIAL, PLACE_FLOWERS, Person, people
from regions.models import Regency, Village
from regions.queries import villages_of

HEADINGS = (
    "Kecamatan",
    "Desa/Kelurahan",
    "Posyandu",
    "NIK",
    "Nama",
    "Tempat Lahir",
    "Tanggal Lahir",
    "L/P",
    "No HP",
    "Nama Ibu Kandung",
    "Jabatan",
    "Nomor SK",
    "Tanggal SK",
)
WIDTHS = (20, 22, 16, 19, 34, 18, 14, 5, 16, 26, 20, 26, 14)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a roster is about; `posyandu` is 0 for lists of people who serve at none."""

    people: int
    posyandu: int = 0
    position: str = "Kader Posyandu"
    decree_date: dt.date = dt.date(2025, 12, 15)
    women: float = 0.97
    series: str = "kader"
    first_serial: int = FIRST_SERIAL


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a roster and where that person serves."""

    village: Village
    village_name: str
    posyandu: str
    person: Person
    position: str
    decree_number: str
    decree_date: dt.date


def without_roster(villages: Sequence[Village]) -> list[Village]:
    """The one village in ten that has not sent its list: the last of every full ten, by code."""
    return list(villages[9::10])


def lines(
    regency: Regency, plan: Plan, villages: Sequence[Village] | None = None
) -> Iterator[Line]:
    """The people of a roster, spread evenly over posyandu, and these over the villages."""
    places = list(villages_of(regency) if villages is None else villages)
    posts = plan.posyandu or min(plan.people, len(places))
    at = [(index * posts // plan.people) for index in range(plan.people)]
    where = [places[post * len(places) // posts] for post in range(posts)]
    called = village_names(villages_of(regency))
    names = list(_posyandu_names(where)) if plan.posyandu else [""] * posts
    made = people(
        [where[post].code[:6] for post in at],
        regency.name,
        seed=f"{regency.code} {plan.series}",
        women=plan.women,
        first_serial=plan.first_serial,
    )
    for post, person in zip(at, made, strict=True):
        village = where[post]
        yield Line(
            village,
            called[village.pk],
            names[post],
            person,
            plan.position,
            f"141/{int(village.code[6:]):04d}/KEP/{plan.decree_date.year}",
            plan.decree_date,
        )


def _posyandu_names(where: Sequence[Village]) -> Iterator[str]:
    """`Melati 1`, `Mawar 1`, ... in each village; the number grows when the flowers are used up."""
    seen: dict[int, int] = {}
    for village in where:
        place = seen.get(village.pk, 0)
        seen[village.pk] = place + 1
        yield f"{PLACE_FLOWERS[place % len(PLACE_FLOWERS)]} {place // len(PLACE_FLOWERS) + 1}"


def village_names(villages: Iterable[Village]) -> dict[int, str]:
    """Names as lists write them, with the code where a district has two villages of one name."""
    places = list(villages)
    seen = Counter((each.district_id, place_key(each.name)) for each in places)
    return {
        each.pk: f"{each.name} ({each.dotted})"
        if seen[each.district_id, place_key(each.name)] > 1
        else each.name
        for each in places
    }


def write(target: Path, roster: Iterable[Line]) -> int:
    """Write a roster as XLSX with identity numbers as text; the number of people in it."""
    book = xlsxwriter.Workbook(
        str(target), {"constant_memory": True, "default_date_format": "dd-mm-yyyy"}
    )
    # Without a fixed date the same roster would be another file each time.
    book.set_properties({"created": dt.datetime(2026, 1, 2)})
    bold = book.add_format({"bold": True, "bg_color": "#e8eef4", "bottom": 1})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet = book.add_worksheet("Kader")
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 0)
    written = 0
    for written, line in enumerate(roster, 1):
        person, text = line.person, sheet.write_string
        text(written, 0, line.village.district.name)
        text(written, 1, line.village_name)
        text(written, 2, line.posyandu)
        text(written, 3, person.nik)
        text(written, 4, person.name)
        text(written, 5, person.birth_place)
        sheet.write_datetime(written, 6, person.birth_date, day)
        text(written, 7, person.sex)
        text(written, 8, person.phone)
        text(written, 9, person.mother_name)
        text(written, 10, line.position)
        text(written, 11, line.decree_number)
        sheet.write_datetime(written, 12, line.decree_date, day)
    book.close()
    return written
