"""The columns of a branch's list: which, in which order, under which headings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from enrollment.models import BatchRow, EnrollmentBatch

LONGEST = 60


@dataclass(frozen=True)
class Field:
    """One thing that a list can say of a person: its usual heading and the text of a row.

    `answer` fields are read back from the branch's own list.
    """

    name: str
    heading: str | Promise
    text: Callable[[BatchRow, EnrollmentBatch, int], str]
    sample: str
    answer: bool = False


def _hours(row: BatchRow) -> str:
    if not row.works_from or not row.works_until:
        return ""
    return f"{row.works_from:%H.%M}-{row.works_until:%H.%M}"


FIELDS = (
    Field("number", "No.", lambda r, b, n: str(n), "1"),
    Field("nik", "NIK", lambda r, b, n: r.cadre.nik, "3510014503850001", answer=True),
    Field("name", _("Nama lengkap"), lambda r, b, n: r.cadre.name, "Siti Contoh"),
    Field("birth_place", _("Tempat lahir"), lambda r, b, n: r.cadre.birth_place, "Banyuwangi"),
    Field(
        "birth_date",
        _("Tanggal lahir"),
        lambda r, b, n: f"{r.cadre.birth_date:%d-%m-%Y}",
        "05-03-1985",
    ),
    Field("sex", _("Jenis kelamin"), lambda r, b, n: r.cadre.sex, "P"),
    Field("mother_name", _("Nama ibu kandung"), lambda r, b, n: r.cadre.mother_name, "Ibu Contoh"),
    Field("phone", _("Nomor HP"), lambda r, b, n: r.cadre.phone, "081200000000"),
    Field(
        "category",
        _("Jenis kader"),
        lambda r, b, n: str(r.get_category_display()),
        "Kader posyandu",
    ),
    Field("village", _("Desa"), lambda r, b, n: r.village.name, "Benculuk"),
    Field("district", _("Kecamatan"), lambda r, b, n: r.village.district.name, "Cluring"),
    Field("postal_code", _("Kode pos"), lambda r, b, n: r.village.postal_code, "68482"),
    Field("occupation", _("Pekerjaan"), lambda r, b, n: r.occupation, "Kader posyandu"),
    Field("second_occupation", _("Pekerjaan kedua"), lambda r, b, n: r.second_occupation, ""),
    Field(
        "work_place",
        _("Lokasi kerja"),
        lambda r, b, n: r.work_place,
        "Posyandu Melati 1, Benculuk",
    ),
    Field("hours", _("Jam kerja"), lambda r, b, n: _hours(r), "08.00-12.00"),
    Field(
        "income_base",
        _("Penghasilan"),
        lambda r, b, n: str(r.income_base or ""),
        "1000000",
    ),
    Field("segment", _("Segmen"), lambda r, b, n: r.segment, "BPU"),
    Field(
        "programme",
        _("Program"),
        lambda r, b, n: "JKK,JKM,JHT" if r.with_jht else "JKK,JKM",
        "JKK,JKM",
    ),
    Field(
        "first_day",
        _("Tanggal kepesertaan"),
        lambda r, b, n: f"{b.first_month:%d-%m-%Y}",
        "01-12-2026",
    ),
    Field("findings", _("Catatan sistem"), lambda r, b, n: "; ".join(r.finding_labels), ""),
    Field("member_no", _("Nomor peserta"), lambda r, b, n: r.member_no, "", answer=True),
    Field(
        "status", _("Status"), lambda r, b, n: str(r.get_status_display()), "menunggu", answer=True
    ),
    Field("reason", _("Alasan"), lambda r, b, n: str(r.get_reason_display()), "", answer=True),
    Field("reason_text", _("Keterangan"), lambda r, b, n: r.reason_text, "", answer=True),
)
BY_NAME = {field.name: field for field in FIELDS}
USUAL = (
    "number nik name birth_place birth_date sex mother_name phone category village district "
    "findings member_no status reason reason_text"
).split()


@dataclass(frozen=True)
class Column:
    """One column of a list: a field under a heading."""

    field: Field
    heading: str

    def kept(self) -> dict[str, str]:
        """As the branch's columns are stored."""
        return {"field": self.field.name, "heading": self.heading}


def usual() -> list[Column]:
    """The columns of a branch that has set none."""
    return [Column(BY_NAME[name], str(BY_NAME[name].heading)) for name in USUAL]


def stored(kept: Iterable[dict[str, str]]) -> list[Column]:
    """The columns as a branch keeps them; fields that are no longer known are left out."""
    return [
        Column(BY_NAME[each["field"]], each["heading"])
        for each in kept
        if each.get("field") in BY_NAME
    ]


def _is_shown(letter: str) -> bool:
    return letter.isprintable() or letter.isspace()


def checked(chosen: Sequence[tuple[str, str]]) -> list[Column]:
    """Columns of (field, heading) in order.

    What cannot be seen in a heading is left out. Raises DomainError `columns_without_nik`,
    `column_unknown`, `column_twice`, `heading_missing` or `heading_twice`.
    """
    found: list[Column] = []
    for name, heading in chosen:
        heading = " ".join("".join(filter(_is_shown, heading)).split())[:LONGEST]
        if name not in BY_NAME:
            raise DomainError("column_unknown", _("Ada kolom yang tidak dikenal."))
        if name in {column.field.name for column in found}:
            raise DomainError("column_twice", _("Satu isi hanya boleh punya satu kolom."))
        if not heading:
            raise DomainError("heading_missing", _("Setiap kolom yang dipakai perlu judul."))
        if heading.casefold() in {column.heading.casefold() for column in found}:
            raise DomainError(
                "heading_twice",
                _("Judul %(heading)s dipakai untuk dua kolom.") % {"heading": heading},
            )
        found.append(Column(BY_NAME[name], heading))
    if "nik" not in {column.field.name for column in found}:
        raise DomainError(
            "columns_without_nik",
            _("Kolom NIK harus ada, supaya hasilnya dapat dicocokkan kembali."),
        )
    return found
