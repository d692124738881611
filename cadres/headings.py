"""The columns of a roster and the many ways in which people write their headings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cadres.values import text
from core.sheets import Row

SEARCHED_ROWS = 40


@dataclass(frozen=True)
class Column:
    """One thing that a roster may say about a person, and the headings that announce it.

    `words` are whole headings in their plain form (see `plain`), `pattern` finds the longer ones.
    """

    name: str
    words: frozenset[str]
    pattern: re.Pattern[str] | None = None

    def is_called(self, heading: str) -> bool:
        """Whether a heading in plain form announces this column."""
        return heading in self.words or bool(self.pattern and self.pattern.search(heading))


def _column(name: str, words: str, pattern: str = "") -> Column:
    return Column(
        name,
        frozenset(word.strip() for word in words.split(",")),
        re.compile(pattern) if pattern else None,
    )


# The first column that is called so wins: birth before its parts, mother before name.
COLUMNS = (
    _column(
        "nik", "NIK,NO KTP,NOMOR KTP,KTP,NO NIK,NOMOR NIK", r"\bNIK\b|INDUK KEPENDUDUKAN|^NO\w* KTP"
    ),
    _column(
        "birth",
        "TTL,TEMPAT TGL LAHIR,TEMPAT TANGGAL LAHIR",
        r"TEMPAT.*(TGL|TANGGAL|TG) ?L|TMPT.*TGL|^TTL\b",
    ),
    _column(
        "birth_date",
        "TGL LAHIR,TANGGAL LAHIR,LAHIR,TGL LHR",
        r"(TGL|TANGGAL|BLN|THN)\b.*\bLAHIR|LAHIR.*TANGGAL",
    ),
    _column("birth_place", "TEMPAT LAHIR,TMP LAHIR,TMPT LAHIR,KOTA LAHIR", r"\bTEMP\w* LAHIR"),
    _column("mother_name", "IBU,NAMA IBU,IBU KANDUNG", r"\bIBU\b"),
    _column("sex", "L P,LP,JK,JNS KELAMIN,JENIS KELAMIN,KELAMIN,GENDER,SEX,P L", r"KELAMIN|^L P\b"),
    _column(
        "phone",
        "HP,NO HP,WA,NO WA,TELP,TELEPON,NOMOR HP,HANDPHONE",
        r"\bHP\b|\bWA\b|WHATSAPP|TELE?P|PONSEL|HANDPHONE",
    ),
    _column("decree_date", "TANGGAL SK,TGL SK", r"(TGL|TANGGAL)\b.*\b(SK|KEPUTUSAN)\b"),
    _column("decree_number", "SK,NO SK,NOMOR SK,SK KADES", r"\bSK\b|KEPUTUSAN"),
    _column("posyandu", "POSYANDU,NAMA POSYANDU,POS YANDU,POS", r"POS ?YANDU"),
    _column("district", "KECAMATAN,KEC,NAMA KECAMATAN", r"\bKECAMATAN\b"),
    _column(
        "village",
        "DESA,DESA KELURAHAN,KELURAHAN,DESA KEL,KEL DESA,NAMA DESA",
        r"\bDESA\b|\bKELURAHAN\b",
    ),
    _column("position", "JABATAN,TUGAS,KEDUDUKAN,KATEGORI,JENIS KADER", r"\bJABATAN\b|\bTUGAS\b"),
    _column("name", "NAMA,NAMA LENGKAP,NAMA KADER,NAMA ANGGOTA", r"^NAMA\b"),
)
REQUIRED = ("nik", "name")


def plain(heading: object) -> str:
    """A heading in capitals with single spaces and no marks; `N I K` and `N.I.K.` become `NIK`."""
    found = re.sub(r"[^A-Z0-9]+", " ", text(heading).upper()).strip()
    return re.sub(r"\b(?:[A-Z] ){2,}[A-Z]\b", lambda match: match[0].replace(" ", ""), found)


@dataclass(frozen=True)
class Heading:
    """The heading of one table: where each known column stands, and its words as written."""

    sheet: str
    number: int
    places: dict[str, int]
    written: dict[str, str]

    def has(self, name: str) -> bool:
        """Whether the table has this column."""
        return name in self.places


def recognise(row: Row) -> Heading | None:
    """The heading that a line is, or None when it lacks the columns that every roster needs."""
    places: dict[str, int] = {}
    written: dict[str, str] = {}
    for place, cell in enumerate(row.cells):
        if not isinstance(cell, str) or not cell.strip() or len(cell) > 80:
            continue
        heading = plain(cell)
        found = next((column.name for column in COLUMNS if column.is_called(heading)), None)
        if found and found not in places:
            places[found], written[found] = place, text(cell)
    if not all(name in places for name in REQUIRED):
        return None
    return Heading(row.sheet, row.number, places, written)


def first_heading(rows: Iterable[Row]) -> Heading | None:
    """The first heading among the first lines of any sheet."""
    seen: dict[str, int] = {}
    for row in rows:
        seen[row.sheet] = seen.get(row.sheet, 0) + 1
        if seen[row.sheet] <= SEARCHED_ROWS and (found := recognise(row)):
            return found
    return None
