"""The columns of a list of BPJS, and the many words in which it announces them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadres import headings
from cadres.headings import MAYBE, SURE, Column, plain

_ROSTER = {column.name: column for column in reversed(headings.COLUMNS)}
_NOT_FAMILY = r"(?!.*\b(?:KELUARGA|KK|KTP|NIK|INDUK|IDENTITAS)\b)"


def _column(
    name: str, label: str | Promise, words: str, pattern: str = "", perhaps: str = ""
) -> Column:
    return Column(
        name,
        label,
        frozenset(words.split(",")),
        re.compile(pattern) if pattern else None,
        re.compile(perhaps) if perhaps else None,
    )


COLUMNS = (
    _ROSTER["number"],
    _ROSTER["nik"],
    _column(
        "member_no",
        _("Nomor peserta (KPJ)"),
        "KPJ,NO KPJ,NOMOR KPJ,NO PESERTA,NOMOR PESERTA,NO KARTU,NOMOR KARTU,NO KEPESERTAAN,"
        "NOMOR KEPESERTAAN,NO KARTU PESERTA,KODE PESERTA,NO ANGGOTA,NOMOR ANGGOTA",
        _NOT_FAMILY + r"(?:.*\bKPJ\b|NO\w* (?:KARTU|PESERTA|KEPESERTAAN|ANGGOTA|TK)\b)",
        _NOT_FAMILY + r"NO\w* .*\bKARTU\b",
    ),
    _ROSTER["birth_date"],
    _ROSTER["birth"],
    _ROSTER["name"],
    _column(
        "payer",
        _("Pembayar (NPP, perusahaan atau wadah)"),
        "NPP,NO NPP,NOMOR NPP,KODE NPP,NAMA PERUSAHAAN,PERUSAHAAN,BADAN USAHA,NAMA BADAN USAHA,"
        "PEMBERI KERJA,NAMA PEMBERI KERJA,WADAH,NAMA WADAH,NPW,PEMBAYAR,NAMA PEMBAYAR,"
        "PEMBAYAR IURAN",
        r"^(?!.*\b(?:STATUS|JUMLAH|TANGGAL|TGL|ALAMAT)\b)"
        r".*\b(?:NPP|NPW|PERUSAHAAN|BADAN USAHA|PEMBERI KERJA|WADAH|PEMBAYAR)\b",
    ),
    _column("jkk", _("Iuran JKK"), "JKK,IURAN JKK,JKK RP", r"^(?:IURAN|JUMLAH) JKK\b"),
    _column("jkm", _("Iuran JKM"), "JKM,JK,IURAN JKM,IURAN JK,JKM RP", r"^(?:IURAN|JUMLAH) JKM\b"),
    _column("jht", _("Iuran JHT"), "JHT,IURAN JHT,JHT RP", r"^(?:IURAN|JUMLAH) JHT\b"),
    _column(
        "amount",
        _("Jumlah iuran"),
        "IURAN,JUMLAH IURAN,TOTAL IURAN,TOTAL,JUMLAH,NOMINAL,TAGIHAN,JUMLAH TAGIHAN,TOTAL TAGIHAN,"
        "IURAN RP,JUMLAH RP,TOTAL RP,BESAR IURAN,NILAI IURAN,IURAN PER BULAN,JUMLAH BAYAR",
        r"^(?!.*\b(?:JKK|JKM|JHT|BULAN BERJALAN KE|ORANG|PESERTA|UPAH)\b)"
        r"(?:IURAN\b|.*\b(?:TOTAL|JUMLAH|JML|NOMINAL|BESAR\w*|NILAI)\b.*\b(?:IURAN|TAGIHAN|RP)\b|"
        r".*\bTAGIHAN\b)",
        r"\bRP\b|\bRUPIAH\b|\bBAYAR",
    ),
    _column(
        "segment",
        _("Segmen (BPU atau PU)"),
        "SEGMEN,SEGMENT,SEGMENTASI,JENIS KEPESERTAAN,JENIS PESERTA,SEGMEN PESERTA",
        r"\bSEGMEN|\bJENIS (?:KEPESERTAAN|PESERTA)\b",
    ),
    _column(
        "status",
        _("Status kepesertaan atau iuran"),
        "STATUS,STATUS PESERTA,STATUS KEPESERTAAN,STATUS AKTIF,KEAKTIFAN,STATUS IURAN,"
        "STATUS PEMBAYARAN,STATUS BAYAR",
        r"^STATUS\b(?!.*\b(?:KAWIN|NIKAH|PERKAWINAN|RUMAH)\b)|\bKEAKTIFAN\b",
        r"^KET(?:ERANGAN)?$",
    ),
)
LABELS: dict[str, str | Promise] = {each.name: each.label for each in COLUMNS if each.label}
MAPPABLE = tuple(LABELS)
# One of these names the person; without either nothing can be compared.
IDENTITIES = ("nik", "member_no")
PARTS = ("jkk", "jkm", "jht")
_ASKED_WHEN_TWO = frozenset(("nik", "member_no", "amount"))


@dataclass(frozen=True)
class Guess:
    """Where each column seems to stand; `unsure` when only a person can say it."""

    places: dict[str, int] = field(default_factory=dict)
    unsure: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether these words look like the heading of a list of people."""
        known = [name for name in self.places if name != "number"]
        return len(known) >= 2 and bool({"nik", "member_no", "name"} & self.places.keys())


def meaning(heading: str) -> tuple[str, int]:
    """The column that a heading in plain form announces, and how surely; ("", 0) for none."""
    best = max(
        ((column.name, column.certainty(heading)) for column in COLUMNS),
        key=lambda found: found[1],
    )
    return best if best[1] else ("", 0)


def guess(words: Sequence[tuple[str, str]]) -> Guess:
    """Place the columns among the (upper, lower) words of a heading, as written.

    `IURAN` over `JKK`, `JKM` and `JUMLAH` are three columns; the lower word decides, else both
    together, else the upper one. Where two columns are called NIK, KPJ or the amount with equal
    right, or one is only perhaps called so, somebody has to say it.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for place, pair in enumerate(words):
        upper, lower = plain(pair[0]), plain(pair[1])
        tries = [lower, f"{upper} {lower}"] if lower and upper != lower else [upper]
        if lower and "LAHIR" in upper and "LAHIR" not in lower:
            tries.reverse()
        best = max((meaning(each) for each in tries if each), key=lambda it: it[1], default=("", 0))
        if best[1]:
            found.setdefault(best[0], []).append((best[1], place))
    places: dict[str, int] = {}
    unsure = False
    for name, candidates in found.items():
        top = max(certainty for certainty, _place in candidates)
        at = [place for certainty, place in candidates if certainty == top]
        if top == MAYBE and name not in IDENTITIES:
            unsure = unsure or name == "amount"
            if name == "amount":
                continue
        places[name] = at[0]
        if name in _ASKED_WHEN_TWO and (len(at) > 1 or (top < SURE and name in IDENTITIES)):
            unsure = True
    return Guess(places, unsure)


def is_enough(places: Mapping[str, int]) -> bool:
    """Whether the columns name the person."""
    return any(name in places for name in IDENTITIES)
