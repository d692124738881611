"""The list of a batch for the branch, as XLSX with cells that are only text."""

from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from core import formats
from enrollment.models import EnrollmentBatch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    book = xlsxwriter.Workbook(
        content, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Pendaftaran")
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, text in enumerate(columns()):
        sheet.write_string(0, column, text, bold)
    sheet.freeze_panes(1, 3)
    sheet.set_column(1, 2, 22)
    sheet.set_column(3, 15, 16)
    rows = batch.rows.select_related("cadre", "village__district").order_by("id")
    for number, row in enumerate(rows.iterator(chunk_size=2000), 1):
        person = row.cadre
        cells = [
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
        for column, text in enumerate(cells):
            sheet.write_string(number, column, text)
    book.close()
    return content.getvalue()


def file_name(batch: EnrollmentBatch) -> str:
    """A name without anything personal: `PD-2026-0001-november-2026.xlsx`."""
    return f"{batch.number}-{formats.month(batch.first_month).lower().replace(' ', '-')}.xlsx"
