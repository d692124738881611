"""What somebody pasted or uploaded, line by line: a NIK, a name, or both in any order.

Pure functions over cells (see `cadres.values`). Nothing is guessed: a NIK that a spreadsheet has
damaged is told as such, and never mended.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadres import headings, values
from core.formats import BULLET, mask_nik

MOST = 100_000  # lines of one question
SHORTEST_NUMBER = 10  # fewer digits in a row are a running number, an age or a house
PHONE = re.compile(r"(?:0|62|8)\d{8,13}")
EXACT = re.compile(r"(?<![0-9A-Za-z])\d{16}(?![0-9A-Za-z])")
FOURS = re.compile(r"(?<!\d)\d{4}(?:[ .,'\-\u00a0]\d{4}){3}(?!\d)")
RUN = re.compile(r"(?<![0-9A-Za-z])\d(?:[ .'`\u2018\u2019\u00a0\-]{0,2}\d){9,}(?![0-9A-Za-z])")
COUNTED = re.compile(r"^\d{1,5}[.)]?[ \u00a0]+")
POWER = re.compile(r"\d[.,]\d+E\+?\d+|\dE\+\d+", re.IGNORECASE)
MIXED = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{14,18}(?![0-9A-Za-z])")
LETTERS = re.compile(r"[^\W\d_]")
DIGITS = re.compile(r"\d{4}")
LONG_NUMBER = re.compile(r"\d{5,}")
CELL_MARKS = re.compile(r"[;|]")
HEADING = re.compile(r"\W*(?:N\W*I\W*K|NAMA|NM|NO|NOMOR|NOMER|E\W?KTP|KTP)\b", re.IGNORECASE)
AROUND = " ,;:|/.=-\"'`\u2018\u2019\t\u00a0"
NUMBER_FROM = 1e14  # a number cell of so many digits was a NIK
NO_PEOPLE = re.compile(r"(?:SUB ?)?(?:JUMLAH|TOTAL)\b")
LABEL = re.compile(r"^(?:NIK|NO\.? ?(?:NIK|KTP)|E?-?KTP|NAMA)\s*(?:[:=]\s*|$)", re.IGNORECASE)

FAULTS: dict[str, str | Promise] = {
    "nik_number": _(
        "NIK ini rusak: lembar kerja menyimpannya sebagai angka, sehingga angka terakhirnya "
        "hilang. Jadikan kolomnya berformat Teks, lalu ketik ulang NIK dari KTP."
    ),
    "nik_letters": _("NIK ini memuat huruf, padahal NIK hanya berisi angka."),
    "nik_length": _("NIK ini %(found)s angka, padahal NIK selalu 16 angka."),
}
DOUBTS: dict[str, str | Promise] = {
    "nik_serial": _(
        "NIK ini berakhiran 0000: biasanya lembar kerja sudah membulatkannya. Lihat KTP-nya."
    ),
    "nik_date": _("Angka tanggal lahir di dalam NIK ini tidak mungkin. Lihat KTP-nya."),
}


class TooManyLines(ValueError):
    """More lines than one question may have."""


class Asked(NamedTuple):
    """One line: where it stands, the 16 digits and the name in it, and what is wrong with the NIK.

    `found` is how many digits a NIK of the wrong length has.
    """

    number: int
    nik: str = ""
    name: str = ""
    fault: str = ""
    found: int = 0
    sheet: str = ""

    @property
    def place(self) -> str:
        """Where the line stands: its number, and its sheet when the file has several."""
        return f"{self.sheet} {self.number}".strip()

    @property
    def shown(self) -> str:
        """What was written, with the NIK masked and every other long number hidden."""
        number = mask_nik(self.nik) if self.nik else mask_nik("") if self.fault else ""
        name = LONG_NUMBER.sub(lambda run: BULLET * len(run[0]), self.name)
        return " ".join(part for part in (number, name) if part)

    @property
    def explained(self) -> str:
        """What is wrong with the NIK, in words; empty when nothing is."""
        return str(FAULTS[self.fault]) % {"found": self.found} if self.fault else ""

    @property
    def doubt(self) -> str:
        """Why a NIK of 16 digits that nobody has is probably not one; empty when it looks right."""
        if not self.nik:
            return ""
        if self.nik[12:] == "0000":
            return str(DOUBTS["nik_serial"])
        return "" if values.nik_birth_dates(self.nik) else str(DOUBTS["nik_date"])


@dataclass(frozen=True, slots=True)
class Written:
    """What one cell says."""

    nik: str = ""
    name: str = ""
    fault: str = ""
    found: int = 0


def of_text(text: str) -> Iterator[tuple[str, int, list[object]]]:
    """Pasted text as (sheet, number, cells): one line each, cells by tabs, semicolons or bars."""
    for number, line in enumerate(text.splitlines(), 1):
        yield "", number, [*(line.split("\t") if "\t" in line else CELL_MARKS.split(line))]


def read(rows: Iterable[tuple[str, int, Sequence[object]]], most: int = MOST) -> list[Asked]:
    """The lines that say something, in their order; a heading tells which columns count.

    What stands above the first heading of a sheet is its title. Raises TooManyLines.
    """
    found: list[Asked] = []
    columns: dict[str, int] | None = None
    sheet, begins = "", 0
    for name, number, cells in rows:
        if name != sheet:
            sheet, columns, begins = name, None, len(found)
        places = _heading(cells)
        if places:
            if columns is None and not any(each.nik for each in found[begins:]):
                del found[begins:]
            columns = places
            continue
        written = _placed(cells, columns) if columns else _anywhere(cells)
        if written.nik or written.name or written.fault:
            found.append(
                Asked(number, written.nik, written.name, written.fault, written.found, name)
            )
            if len(found) > most:
                raise TooManyLines
    return found


def _heading(cells: Sequence[object]) -> dict[str, int]:
    """The places of NIK and name when a line is a heading; empty otherwise."""
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if not isinstance(cell, str) or not HEADING.match(cell) or DIGITS.search(cell):
            continue
        for column in ("nik", "name"):
            if column not in places and headings.is_called(cell, column):
                places[column] = place
    return places


def _placed(cells: Sequence[object], columns: dict[str, int]) -> Written:
    """A line under a heading: only the columns of NIK and name count."""

    def cell(column: str) -> object:
        place = columns.get(column, len(cells))
        return cells[place] if place < len(cells) else None

    name = _name(values.text(cell("name")))
    try:
        return Written(values.nik(cell("nik")), name)
    except values.Unreadable as error:
        return Written("", name, error.code, int(error.facts.get("found", 0)))


def _anywhere(cells: Sequence[object]) -> Written:
    """A line without a heading: the first good NIK and the first name of its cells."""
    told = [_cell(cell) for cell in cells]
    nik = next((each.nik for each in told if each.nik), "")
    name = next((each.name for each in told if each.name), "")
    wrong = next((each for each in told if each.fault), None)
    if nik or wrong is None:
        return Written(nik, name)
    return Written("", name, wrong.fault, wrong.found)


def _cell(cell: object) -> Written:
    """What one cell of unknown meaning says."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Written(fault="nik_number") if cell >= NUMBER_FROM else Written()
    if not isinstance(cell, str):
        return Written()
    words = values.text(cell)
    for pattern in (EXACT, FOURS):
        if match := pattern.search(words):
            return Written(match[0].translate(values.NIK_NOISE), _without(words, match))
    if match := POWER.search(words):
        return Written("", _without(words, match), "nik_number")
    if match := RUN.search(words):
        return _of_run(words, match)
    for match in MIXED.finditer(words):
        digits = sum(letter.isdigit() for letter in match[0])
        if digits >= 12 and digits < len(match[0]):
            return Written("", _without(words, match), "nik_letters")
    return Written(name=_name(words))


def _of_run(words: str, match: re.Match[str]) -> Written:
    """A long row of digits: a NIK, one behind a running number, a phone number, or neither."""
    rest = _without(words, match)
    for run in (match[0], COUNTED.sub("", match[0])):
        digits = run.translate(values.NIK_NOISE)
        if len(digits) == 16 and digits.isascii():
            return Written(digits, rest)
    if PHONE.fullmatch(digits):
        return Written(name=rest)
    return Written("", rest, "nik_length", len(digits))


def _without(words: str, match: re.Match[str]) -> str:
    """The name in what stands before and after a number."""
    return _name(words[: match.start()]) or _name(words[match.end() :])


def _name(words: str) -> str:
    """A name without running number and marks; empty when it has fewer than two letters."""
    bare = LABEL.sub("", COUNTED.sub("", words.strip(AROUND)))
    name = values.person_name(bare).strip(AROUND)
    if len(LETTERS.findall(name)) < 2 or NO_PEOPLE.match(name.upper()):
        return ""
    return name
