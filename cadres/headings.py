"""The columns of a roster and the many ways in which people write their headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadres.values import text

SURE, MAYBE = 2, 1


@dataclass(frozen=True)
class Column:
    """One thing that a roster may say about a person, and the headings that announce it.

    `words` are whole headings in their plain form (see `plain`); `pattern` finds the longer ones;
    `perhaps` finds headings that may mean it, which only a person can say.
    """

    name: str
    label: str | Promise
    words: frozenset[str]
    pattern: re.Pattern[str] | None = None
    perhaps: re.Pattern[str] | None = None

    def certainty(self, heading: str) -> int:
        """How surely a heading in plain form announces this column; 0 for not at all."""
        if heading in self.words:
            return SURE + 1
        if self.pattern and self.pattern.search(heading):
            return SURE
        return MAYBE if self.perhaps and self.perhaps.search(heading) else 0


def _column(
    name: str, label: str | Promise, words: str, pattern: str = "", perhaps: str = ""
) -> Column:
    return Column(
        name,
        label,
        frozenset(word.strip() for word in words.split(",")),
        re.compile(pattern) if pattern else None,
        re.compile(perhaps) if perhaps else None,
    )


_OTHERS = r"(?!.*\b(?:SUAMI|ISTRI|ANAK|AYAH|AHLI WARIS|BANK|REKENING|PASANGAN)\b)"

# The first column that is called so wins: birth before its parts, mother before name.
COLUMNS = (
    _column("number", "", "NO,NO URUT,NOMOR,NOMOR URUT,URUT,NOMER,NMR,N O"),
    _column(
        "nik",
        _("NIK"),
        "NIK,NO KTP,NOMOR KTP,KTP,NO NIK,NOMOR NIK,NO INDUK KEPENDUDUKAN,NIK KTP",
        _OTHERS + r"(?!.*\bIBU\b)(?!NAMA)(?:.*\bNIK\b|.*INDUK KEPEN|NO\w* (?:E )?KTP)",
        r"NIK|\bKTP\b|IDENTITAS|KEPENDUDUKAN",
    ),
    _column(
        "birth",
        _("Tempat dan tanggal lahir"),
        "TTL,TEMPAT TGL LAHIR,TEMPAT TANGGAL LAHIR,TPT TGL LAHIR",
        _OTHERS + r"(?:.*\b(?:TE?MP\w*|TPT|KOTA)\b.*\b(?:TGL|TANGGAL|TG)\b ?L|^TTL\b)",
    ),
    _column(
        "birth_date",
        _("Tanggal lahir"),
        "TGL LAHIR,TANGGAL LAHIR,LAHIR,TGL LHR,TGLLAHIR,DOB",
        _OTHERS + r"(?:.*\b(?:TGL|TANGGAL|TG|BLN)\b.*\b(?:LAHIR|LHR)|.*LAHIR.*\b(?:TANGGAL|TGL)\b)",
        r"\bLAHIR\b",
    ),
    _column(
        "birth_place",
        _("Tempat lahir"),
        "TEMPAT LAHIR,TMP LAHIR,TMPT LAHIR,TPT LAHIR,KOTA LAHIR",
        _OTHERS + r".*\b(?:TE?MP\w*|TPT|KOTA) (?:LAHIR|LHR)",
    ),
    _column(
        "mother_name",
        _("Nama ibu kandung"),
        "IBU,NAMA IBU,IBU KANDUNG,NM IBU",
        r"^(?!.*\b(?:NIK|HAMIL|BALITA|JUMLAH)\b).*(?:NA?MA?\b.*\bIBU\b|\bIBU KANDUNG\b)",
    ),
    _column(
        "sex",
        _("Jenis kelamin"),
        "L P,LP,JK,J K,JNS KELAMIN,JENIS KELAMIN,KELAMIN,GENDER,SEX,P L,L K P R,JNS KEL,JENKEL",
        r"KELAMIN|^L P\b|^LK PR\b|^JENKEL",
    ),
    _column(
        "phone",
        _("Nomor HP"),
        "HP,NO HP,WA,NO WA,TELP,TELEPON,NOMOR HP,HANDPHONE,KONTAK,NO KONTAK,TLP,NO TLP",
        r"\bHP\b|\bWA\b|WHATS ?APP|TELE?P|PONSEL|HANDPHONE|\bTLP\b|SELULER",
    ),
    _column(
        "decree_number",
        _("Nomor SK"),
        "SK,NO SK,NOMOR SK,SK KADES,SK KEPALA DESA,NO DAN TGL SK,NOMOR DAN TANGGAL SK",
        r"\bNO\w*\b.*\b(?:SK|KEPUTUSAN)\b",
    ),
    _column(
        "decree_date",
        _("Tanggal SK"),
        "TANGGAL SK,TGL SK",
        r"\b(?:TGL|TANGGAL)\b.*\b(?:SK|KEPUTUSAN)\b",
    ),
    _column("decree_number", _("Nomor SK"), "SURAT KEPUTUSAN", r"^(?!TMT).*(?:\bSK\b|KEPUTUSAN)"),
    _column(
        "position",
        _("Jabatan"),
        "JABATAN,TUGAS,KEDUDUKAN,KATEGORI,JENIS KADER,JAB",
        r"\bJABATAN\b|\bTUGAS\b|\bKEDUDUKAN\b",
    ),
    _column(
        "name",
        _("Nama"),
        "NAMA,NAMA LENGKAP,NAMA KADER,NAMA ANGGOTA,NM,NAMA PESERTA,NAMA SESUAI KTP",
        _OTHERS + r"^NA?MA? (?:DAN GELAR|LENGKAP|KADER|ANGGOTA|PESERTA|PETUGAS|PENGURUS|SESUAI|"
        r"PEKERJA|TENAGA|APARAT|PERANGKAT|CALON|TERTANGGUNG|PENERIMA|TANPA|DI KTP|KTP|ASLI)\b",
        _OTHERS + r"^NA?MA?\b(?!.*\b(?:POS ?YANDU|DESA|KEL|KELURAHAN|KEC|KECAMATAN|DUSUN|DSN|"
        r"PUSKESMAS|KABUPATEN|KAB|PROVINSI|LEMBAGA|ORGANISASI|PANGGILAN)\b)",
    ),
    _column(
        "posyandu",
        _("Posyandu"),
        "POSYANDU,NAMA POSYANDU,POS YANDU,POS",
        r"^(?!.*\b(?:ALAMAT|LAMA|STRATA|TANGGAL|JUMLAH|KODE)\b).*POS ?YANDU",
    ),
    _column("district", _("Kecamatan"), "KECAMATAN,KEC,NAMA KECAMATAN", r"\bKECAMATAN\b"),
    _column(
        "village",
        _("Desa/Kelurahan"),
        "DESA,DESA KELURAHAN,KELURAHAN,DESA KEL,KEL DESA,NAMA DESA,DS",
        r"^(?!.*\bALAMAT\b).*(?:\bDESA\b|\bKELURAHAN\b)",
    ),
)
LABELS = {column.name: column.label for column in COLUMNS if column.label}
MAPPABLE = tuple(LABELS)  # what a person may say that a column means
NEEDED = (("nik",), ("name",), ("birth_date", "birth", "birth_year"))
ASKED_WHEN_TWO = frozenset(("nik", "name", "birth_date", "birth", "mother_name", "posyandu"))
_PERSONAL = frozenset(("nik", "name", "birth_date", "birth", "birth_year", "sex"))
_CALLED = frozenset(("nik", "name"))

# A heading of two lines: what the lower word means depends on the upper one.
_MALE, _FEMALE = ("L", "LK", "LAKI", "LAKI LAKI", "PRIA"), ("P", "PR", "PEREMPUAN", "WANITA")
_PARTS: tuple[tuple[re.Pattern[str], dict[str, str]], ...] = (
    (
        re.compile(r"\bLAHIR|\bLHR\b|\bTTL\b|KELAHIRAN"),
        {
            **dict.fromkeys(("TEMPAT", "TMPT", "TMP", "TPT", "KOTA", "KAB KOTA"), "birth_place"),
            **dict.fromkeys(("TGL", "TANGGAL", "TG", "TGL BLN THN"), "birth_date"),
            **dict.fromkeys(("HARI", "HR"), "birth_day"),
            **dict.fromkeys(("BLN", "BULAN"), "birth_month"),
            **dict.fromkeys(("THN", "TAHUN"), "birth_year"),
        },
    ),
    (
        re.compile(r"KELAMIN|^L P$|^JK$|^J K$|GENDER|JENKEL|^SEX$"),
        {**dict.fromkeys(_MALE, "male"), **dict.fromkeys(_FEMALE, "female")},
    ),
    (
        re.compile(r"\bSK\b|KEPUTUSAN"),
        {
            **dict.fromkeys(("NO", "NOMOR"), "decree_number"),
            **dict.fromkeys(("TGL", "TANGGAL"), "decree_date"),
        },
    ),
    (re.compile(r"\bKTP\b|IDENTITAS"), {"NO": "nik", "NOMOR": "nik", "NAMA": "name"}),
)
_SINGLE_PARTS = {
    **dict.fromkeys(("L", "LK", "LAKI LAKI"), "male"),
    **dict.fromkeys(("P", "PR", "PEREMPUAN"), "female"),
}


def plain(heading: object) -> str:
    """A heading in capitals with single spaces and no marks; `N I K` and `N.I.K.` become `NIK`."""
    return _plain(text(heading))


@lru_cache(maxsize=5_000)
def _plain(words: str) -> str:
    found = re.sub(r"[^A-Z0-9]+", " ", words.upper()).strip()
    found = re.sub(r"\b(?:[A-Z] ){2,}[A-Z]\b", lambda match: match[0].replace(" ", ""), found)
    return re.sub(r"^((?:NAMA|NIK|TANGGAL|JABATAN|POSYANDU)) \d$", r"\1", found)


@lru_cache(maxsize=5_000)
def meaning(upper: str, lower: str = "") -> tuple[str, int]:
    """The column that a heading in plain form announces, and how surely; ("", 0) for none."""
    if lower and lower != upper:
        for pattern, parts in _PARTS:
            if lower in parts and pattern.search(upper):
                return parts[lower], SURE + 1
        whole = f"{upper} {lower}".strip()
        tries = (whole, lower) if upper else (lower,)
    else:
        tries = (upper,)
    for heading in tries:
        best = max(
            ((column.name, column.certainty(heading)) for column in COLUMNS),
            key=lambda found: found[1],
            default=("", 0),
        )
        if best[1]:
            return best
    return "", 0


@dataclass(frozen=True)
class Guess:
    """Where each column seems to stand; `unsure` names those that only a person can place."""

    places: dict[str, int] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()

    @property
    def is_heading(self) -> bool:
        """Whether these words look like the heading of a list of people."""
        known = [name for name in self.places if name != "number"]
        return (len(known) >= 2 and bool(_CALLED & self.places.keys())) or (
            len(known) >= 3 and bool(_PERSONAL & self.places.keys())
        )


@lru_cache(maxsize=500)
def guess(words: tuple[tuple[str, str], ...]) -> Guess:
    """Place the columns among the (upper, lower) words of a heading, in plain form."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, (upper, lower) in enumerate(words):
        if upper or lower:
            name, certainty = meaning(upper, lower)
            if name:
                found.setdefault(name, []).append((certainty, place))
    places: dict[str, int] = {}
    unsure: set[str] = set()
    for name, candidates in found.items():
        best = max(certainty for certainty, _place in candidates)
        at = [place for certainty, place in candidates if certainty == best]
        places[name] = at[0]
        if name in ASKED_WHEN_TWO and (len(at) > 1 or best == MAYBE):
            unsure.add(name)
    if "birth_date" in unsure and "birth" in places and "birth" not in unsure:
        unsure.discard("birth_date")
        del places["birth_date"]
    _add_parts(words, places)
    return Guess(places, frozenset(unsure))


def _add_parts(words: Sequence[tuple[str, str]], places: dict[str, int]) -> None:
    """Sex in two columns and a date in three, which only mean something together."""
    if "birth_year" in places and "birth_month" in places and "birth_date" in places:
        places["birth_day"] = places.pop("birth_date")
    alone = {
        _SINGLE_PARTS[upper]: place
        for place, (upper, lower) in enumerate(words)
        if upper in _SINGLE_PARTS and lower in ("", upper)
    }
    if len(alone) == 2 and "sex" not in places:
        places.update(alone)
    if ("male" in places) != ("female" in places):
        places.pop("male", None)
        places.pop("female", None)


def missing(places: dict[str, int]) -> list[str]:
    """The columns that every roster needs and this heading lacks."""
    return [names[0] for names in NEEDED if not any(name in places for name in names)]


def is_called(cell: object, column: str) -> bool:
    """Whether a cell is surely the heading of this column."""
    if not isinstance(cell, str) or len(cell) > 80:
        return False
    name, certainty = meaning(plain(cell))
    return name == column and certainty >= SURE
