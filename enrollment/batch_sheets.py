"""The list of a batch for the branch, as XLSX with cells that are only text."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from django.utils.translation import gettext as _

from core import formats
from core.sheets_out import write_xlsx
from enrollment.models import BatchRow, EnrollmentBatch


def columns() -> list[str]:
    """The headings; NIK, Nomor peserta, Status and Alasan are read back by `review_lists`."""
    return [
        "No",
        "NIK",
        _("Nama lengkap"),
        _("Tempat lahir"),
        _("Tanggal lahir"),
        _("Jenis kelamin"),
        _("Nama ibu kandung"),
        _("Nomor HP"),
        _("Jenis kader"),
        _("Desa"),
        _("Kecamatan"),
        _("Catatan sistem"),
        "Nomor peserta",
        "Status",
        "Alasan",
        "Keterangan",
    ]


def workbook(batch: EnrollmentBatch) -> bytes:
    """The whole batch with full NIK; who may have it is the caller's question."""
    content = BytesIO()
    rows = batch.rows.select_related("cadre", "village__district").order_by("id")
    write_xlsx(content, "Pendaftaran", columns(), _lines(rows.iterator(chunk_size=2000)))
    return content.getvalue()


def _lines(rows: Iterable[BatchRow]) -> Iterator[list[str]]:
    """One line of texts for each person; dates too are text, as the branch's form wants them."""
    for number, row in enumerate(rows, 1):
        person = row.cadre
        yield [
            str(number),
            person.nik,
            person.name,
            person.birth_place,
            f"{person.birth_date:%d-%m-%Y}",
            person.sex,
            person.mother_name,
            person.phone,
            row.get_category_display(),
            row.village.name,
            row.village.district.name,
            "; ".join(row.finding_labels),
            row.member_no,
            str(row.get_status_display()),
            str(row.get_reason_display()),
            row.reason_text,
        ]


def file_name(batch: EnrollmentBatch) -> str:
    """A name without anything personal: `PD-2026-0001-november-2026.xlsx`."""
    return f"{batch.number}-{formats.month(batch.first_month).lower().replace(' ', '-')}.xlsx"
