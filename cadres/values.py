"""What the cells of a roster mean: pure functions over text, numbers and date cells.

A cell is `str`, `int`, `float`, `bool`, None, or `{"d": "1985-03-12"}` for a date cell. Every
function gives a value, None for an empty cell, or raises Unreadable with a code and its facts.
Nothing is guessed: an empty cell, `-` or `0` never becomes a value, and a NIK is never a number.
Sources: domain reference 7.1 to 7.3.
"""

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from core.formats import MONTHS

EMPTY = {"", "-", "--", "---", "0", "\N{EN DASH}", "\N{EM DASH}", ".", "..", "...", "N/A", "NULL"}
EMPTY |= {"TIDAK ADA", "TDK ADA", "BELUM ADA", "NIHIL", "KOSONG"}
EMPTY |= {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
LONGEST_EMPTY = max(map(len, EMPTY))
SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u200b\ufeff]+")
NIK_NOISE = str.maketrans("", "", " .,-='`\u2018\u2019\u00b4\"\t\u00a0\u2007\u202f\u200b\ufeff\n\r")
SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)
WOMEN = 40
SERIAL_ZERO = dt.date(1899, 12, 30)  # day 0 of spreadsheet dates


class Unreadable(ValueError):
    """A cell that has something in it which is not what the column holds."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def text(cell: object) -> str:
    """The words of a cell with single spaces; whole numbers without `.0`; empty for no value."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.isascii():  # the same for most cells, without a pattern
        found = " ".join(cell.split())
        return found if len(found) > LONGEST_EMPTY or found.upper() not in EMPTY else ""
    if isinstance(cell, dict):
        return str(cell["d"])
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    found = SPACES.sub(" ", str(cell)).strip()
    return "" if found.upper() in EMPTY else found


def nik(cell: object) -> str:
    """The 16 digits of a NIK typed as text; empty for an empty cell.

    Raises Unreadable: `nik_number` for a number cell (the spreadsheet kept 15 digits only),
    `nik_letters`, `nik_length`.
    """
    if isinstance(cell, bool | dict):
        raise Unreadable("nik_letters", marks=text(cell)[:12])
    if isinstance(cell, int | float):
        if not cell:
            return ""
        raise Unreadable("nik_number")
    found = text(cell)
    if len(found) == 16 and found.isascii() and found.isdigit():
        return found
    if SCIENTIFIC.match(found.strip("'=\"").replace(" ", "")):
        raise Unreadable("nik_number")
    digits = found.translate(NIK_NOISE)
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit()):
        marks = dict.fromkeys(mark for mark in digits if mark not in "0123456789")
        raise Unreadable("nik_letters", marks=" ".join(marks)[:12])
    if len(digits) != 16:
        raise Unreadable("nik_length", found=len(digits))
    return digits


def nik_fault(digits: str, districts: frozenset[str] | set[str]) -> str:
    """What is odd about 16 digits as a NIK, as a code, or the empty text.

    `districts` are the six-digit codes of every kecamatan of the country today. A code that is
    not among them may be retired: a NIK keeps the code of the day it was issued.
    """
    if digits[12:] == "0000":
        return "nik_serial"
    if not _nik_dates(digits[6:12]):
        return "nik_date"
    if digits[:6] not in districts:
        provinces = _provinces(frozenset(districts))
        return "nik_district" if digits[:2] in provinces else "nik_province"
    return ""


@lru_cache(maxsize=4)
def _provinces(districts: frozenset[str]) -> frozenset[str]:
    return frozenset(code[:2] for code in districts)


def nik_birth_dates(digits: str) -> tuple[dt.date, ...]:
    """The birth dates that digits 7 to 12 may mean: the century is not written in a NIK."""
    return _nik_dates(digits[6:12])


@lru_cache(maxsize=50_000)
def _nik_dates(six: str) -> tuple[dt.date, ...]:
    day, month, year = int(six[:2]), int(six[2:4]), int(six[4:])
    day -= WOMEN if day > WOMEN else 0
    found = []
    for century in (1900, 2000):
        try:
            found.append(dt.date(century + year, month, day))
        except ValueError:
            continue
    return tuple(found)


def nik_sex(digits: str) -> str:
    """P or L: women have 40 added to the day of birth."""
    return "P" if int(digits[6:8]) > WOMEN else "L"


_MONTH_WORDS = {name.lower(): n for n, name in enumerate(MONTHS["id"], 1)}
_MONTH_WORDS |= {name.lower(): n for n, name in enumerate(MONTHS["en"], 1)}
_MONTH_WORDS |= {name[:3]: n for name, n in tuple(_MONTH_WORDS.items())}
_MONTH_WORDS |= {"agt": 8, "agst": 8, "ags": 8, "sept": 9, "nop": 11, "nopember": 11}
_MONTH_WORDS |= {"pebruari": 2, "peb": 2}
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_DAY_FIRST = re.compile(
    r"^(\d{1,2})\s*[-/.,\\ ]\s*(\d{1,2})\s*[-/.,\\ ]\s*(\d{4}|\d{2})"
    r"(?: \d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?$"
)
_WORDS = re.compile(r"^(\d{1,2})[\s.,/-]*([A-Za-z]+)[\s.,/-]*(\d{4}|\d{2})$")


def date(cell: object, today: dt.date) -> dt.date | None:
    """A day from a date cell, ISO, `12-03-1985`, `12/3/85` or `12 Maret 1985` (day first).

    Two-digit years lie in the hundred years before `today`. Raises Unreadable `date`.
    """
    if isinstance(cell, dict):
        return _date_text(cell["d"], today)
    if isinstance(cell, bool) or (isinstance(cell, int | float) and cell):
        raise Unreadable("date", found=text(cell))
    found = text(cell).lstrip("'")
    return _date_text(found, today) if found else None


@lru_cache(maxsize=50_000)
def _date_text(found: str, today: dt.date) -> dt.date:
    if match := _ISO.match(found):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.match(found):
        day, month = int(match[1]), int(match[2])
        year = _year(match[3], today)
    elif (match := _WORDS.match(found)) and match[2].lower() in _MONTH_WORDS:
        day, month = int(match[1]), _MONTH_WORDS[match[2].lower()]
        year = _year(match[3], today)
    else:
        raise Unreadable("date", found=found[:40])
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Unreadable("date", found=found[:40]) from None


_TWO_NUMBERS = re.compile(
    r"(?<!\d)(\d{1,2})(\s*[-/.,\\ ]\s*)(\d{1,2})(?=\s*[-/.,\\ ]\s*(?:\d{4}|\d{2})(?!\d))"
)
_MONTH_WRITTEN = re.compile(r"\d\W*[A-Za-z]{3,}\W*\d")


def turned(cell: object) -> str | None:
    """The text of a cell with its day and month exchanged; None when they are not two numbers."""
    if not isinstance(cell, str):
        return None
    found, count = _TWO_NUMBERS.subn(r"\3\2\1", cell, count=1)
    return found if count else None


def names_month(cell: object) -> bool:
    """Whether a cell writes its month as a word, so that it cannot be taken for the day."""
    return isinstance(cell, str) and bool(_MONTH_WRITTEN.search(cell))


def _year(written: str, today: dt.date) -> int:
    if len(written) == 4:
        return int(written)
    year = today.year - today.year % 100 + int(written)
    return year if year <= today.year else year - 100


def bare_day(cell: object) -> tuple[dt.date, ...] | None:
    """The days that a number alone may mean, None when the cell is more or less than a number.

    `31118` is how spreadsheets count days, `12031985` and `120385` are days without marks. Only
    the NIK can say which is right, so the caller compares.
    """
    if isinstance(cell, bool | dict):
        return None
    digits = text(cell)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit()):
        return () if isinstance(cell, float) else None
    return _bare_days(digits)


@lru_cache(maxsize=10_000)
def _bare_days(digits: str) -> tuple[dt.date, ...]:
    parts: list[tuple[str, str, str]] = []
    if len(digits) == 5:
        return (SERIAL_ZERO + dt.timedelta(days=int(digits)),)
    if len(digits) == 8:
        parts = [(digits[4:], digits[2:4], digits[:2]), (digits[:4], digits[4:6], digits[6:])]
    elif len(digits) == 6:
        parts = [(f"{century}{digits[4:]}", digits[2:4], digits[:2]) for century in (19, 20)]
    found = []
    for year, month, day in parts:
        try:
            found.append(dt.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return tuple(found)


_WEEKDAY = re.compile(r"^(?:SENIN|SELASA|RABU|KAMIS|JUM'?AT|SABTU|MINGGU|AHAD)$", re.IGNORECASE)
_PLACE_LAST = re.compile(r"^([\d/.-]{8,10}|\d{1,2} [A-Za-z]+ \d{4})[ ,/]+([A-Za-z][^\d]*)$")


def place_and_date(cell: object, today: dt.date) -> tuple[str, dt.date | None]:
    """`Banyuwangi, 12-03-1985` as its place and its day; either may be missing."""
    if isinstance(cell, dict):
        return "", date(cell, today)
    found = text(cell).lstrip("'")
    if match := _PLACE_LAST.match(found):
        return match[2].strip(" ,/."), date(match[1], today)
    start = re.search(r"\d", found)
    if start is None:
        return found, None
    place = found[: start.start()].strip(" ,/.:-")
    return "" if _WEEKDAY.match(place) else place, date(found[start.start() :].strip(), today)


_SEX = {
    **dict.fromkeys(
        ("L", "LK", "LAKI", "LAKI LAKI", "LAKILAKI", "LAKI2", "PRIA", "M", "MALE", "1"), "L"
    ),
    **dict.fromkeys(("P", "PR", "PEREMPUAN", "WANITA", "W", "F", "FEMALE", "2"), "P"),
}


def sex(cell: object) -> str:
    """L or P from the habits of lists; empty for an empty cell. Raises Unreadable `sex`."""
    found = text(cell)
    if not found or found in ("L", "P"):
        return found
    key = " ".join(re.sub(r"[^A-Z0-9]+", " ", found.upper()).split())
    if key not in _SEX:
        raise Unreadable("sex", found=found[:20])
    return _SEX[key]


def sex_of_two(male: object, female: object) -> str:
    """L or P from a mark in one of two columns. Raises Unreadable `sex` for a mark in both."""
    marked = [bool(text(cell)) and cell is not False for cell in (male, female)]
    if all(marked):
        raise Unreadable("sex", found="L, P")
    return "L" if marked[0] else "P" if marked[1] else ""


_NOT_DIGITS = re.compile(r"[^0-9]")
_SEVERAL = re.compile(r"[/;,]| atau ", re.IGNORECASE)


def phone(cell: object) -> str:
    """`+62812...` from any writing, with or without the leading zero. Raises Unreadable `phone`."""
    found = text(cell)
    if not found:
        return ""
    digits = found if found.isdigit() else _NOT_DIGITS.sub("", _SEVERAL.split(found)[0])
    digits = digits.removeprefix("00").removeprefix("62").lstrip("0")
    if not 8 <= len(digits) <= 12 or not digits.isascii():
        raise Unreadable("phone")
    return f"+62{digits}"


def person_name(cell: object) -> str:
    """A name as it is written, without a running number in front: `3. SITI` is `SITI`."""
    found = text(cell).strip('"')
    if found[:1].isdigit():
        found = re.sub(r"^\d{1,3} ?[.)] ?(?=\D)", "", found)
    return found[:120]


_TITLE = re.compile(
    r"^(?:H|HJ|DRS?|DRA|IR|PROF|ALM|ALMH|IBU|BPK|BAPAK|SDR|SDRI|NY|TN|NN|KH|UST|USTAZ)\.? +"
    r"(?=\S)"
)
_SAME_NAME = dict.fromkeys(("MOH", "MUH", "MHD", "MOCH", "MUCH", "MOHAMMAD"), "MUHAMMAD")
_SAME_NAME |= dict.fromkeys(("MOHAMAD", "MUHAMAD", "MOCHAMMAD", "MOCHAMAD", "MUCHAMAD"), "MUHAMMAD")


@lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """The form in which names are searched and matched: capitals, titles dropped, Moh. equated.

    Degrees after a comma go (`Suprihandoko, MM`), honorifics before the name go, single spaces.
    """
    found = " ".join(name.upper().split(",")[0].replace("\u2019", "'").replace("`", "'").split())
    while (shorter := _TITLE.sub("", found)) != found:
        found = shorter
    words = [word.rstrip(".") for word in re.sub(r"\.(?=\S)", ". ", found).split()]
    words = [_SAME_NAME.get(word, word) for word in words if word]
    if len(words) > 1 and words[0] == "M":
        words[0] = "MUHAMMAD"
    return " ".join(words)[:120]


@lru_cache(maxsize=20_000)
def place_key(name: str) -> str:
    """The form in which villages, districts and posyandu are matched: capital letters, digits."""
    found = re.sub(r"[^A-Z0-9]+", " ", name.upper()).strip()
    found = re.sub(r"^(?:DESA|KELURAHAN|KEL|DS|KECAMATAN|KEC|POSYANDU|POS) (?=\S)", "", found)
    return found[:100]


_CATEGORIES = (
    (re.compile(r"STUNTING|\bTPK\b|PENDAMPING KELUARGA"), "stunting_cadre"),
    (re.compile(r"\bKPM\b|PEMBANGUNAN MANUSIA"), "development_cadre"),
    (re.compile(r"\bPKK\b|DASA ?WISMA"), "pkk_cadre"),
    (re.compile(r"\bBPD\b"), "village_council_member"),
    (re.compile(r"\bRT\b|\bRW\b|RUKUN (TETANGGA|WARGA)"), "neighbourhood_head"),
    (re.compile(r"PEKERJA RENTAN|\bBURUH\b|\bPETANI\b|\bNELAYAN\b|\bOJEK\b"), "vulnerable_worker"),
    (
        re.compile(r"PERANGKAT|\bKAUR\b|\bKASI\b|KEPALA (DESA|DUSUN)|SEKRETARIS DESA"),
        "village_official",
    ),
    (re.compile(r"KADER|POSYANDU"), "posyandu_cadre"),
)


@lru_cache(maxsize=5_000)
def category(position: str, default: str) -> str:
    """The kind of service that a position means; ranks such as `Ketua` keep the list's own kind."""
    found = position.upper()
    return next((kind for pattern, kind in _CATEGORIES if pattern.search(found)), default)


def age_on(birth: dt.date, day: dt.date) -> int:
    """Completed years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
