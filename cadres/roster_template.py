"""The file that a village fills in: its present people, text columns, lists to choose from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from cadres.models import Category
from core.sheets_out import SAFE

ROOM = 500  # lines under the heading that offer the lists
LISTED = 200  # posyandu that are offered
HEADINGS = (
    "NIK",
    "Nama",
    "Tempat Lahir",
    "Tanggal Lahir",
    "L/P",
    "No HP",
    "Nama Ibu Kandung",
    "Posyandu",
    "Jabatan",
    "Nomor SK",
    "Tanggal SK",
)
WIDTHS = (20, 32, 18, 14, 6, 17, 26, 20, 26, 22, 14)
LIST_SHEET = "Petunjuk"


@dataclass(frozen=True)
class Present:
    """One person as the template shows it; every value is text."""

    nik: str
    name: str
    birth_place: str
    birth_date: str
    sex: str
    phone: str
    mother_name: str
    posyandu: str
    position: str
    decree_number: str
    decree_date: str

    def cells(self) -> tuple[str, ...]:
        """In the order of HEADINGS."""
        return (
            self.nik,
            self.name,
            self.birth_place,
            self.birth_date,
            self.sex,
            self.phone,
            self.mother_name,
            self.posyandu,
            self.position,
            self.decree_number,
            self.decree_date,
        )


def write(out: BinaryIO, village: str, people: Iterable[Present], posyandu: Sequence[str]) -> int:
    """Write the template of one village and return how many people are in it."""
    book = xlsxwriter.Workbook(out, SAFE)
    try:
        positions = [str(label) for label in Category.labels]
        count = _people(book, people, len(posyandu[:LISTED]), len(positions))
        _guide(book, village, posyandu[:LISTED], positions)
        return count
    finally:
        book.close()


def _people(
    book: xlsxwriter.Workbook, people: Iterable[Present], posyandu: int, positions: int
) -> int:
    sheet = book.add_worksheet("Kader")
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "bg_color": "#e3efe9", "bottom": 1, "num_format": "@"})
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 2)
    count = 0
    for count, person in enumerate(people, 1):
        for column, value in enumerate(person.cells()):
            if value:
                sheet.write_string(count, column, value, text)
    _choices(sheet, count + ROOM, posyandu, positions)
    return count


def _choices(sheet: Worksheet, last: int, posyandu: int, positions: int) -> None:
    """What each column accepts; warnings only, so that nothing stops somebody who is in a hurry."""
    sheet.data_validation(
        1,
        0,
        last,
        0,
        {
            "validate": "length",
            "criteria": "==",
            "value": 16,
            "error_type": "warning",
            "error_title": _("NIK harus 16 angka"),
            "error_message": _("Ketik 16 angka dari KTP, tanpa spasi."),
        },
    )
    sheet.data_validation(1, 4, last, 4, {"validate": "list", "source": ["L", "P"]})
    lists = ((7, "D", posyandu), (8, "E", positions))
    for column, letter, size in lists:
        if size:
            source = f"={LIST_SHEET}!${letter}$2:${letter}${size + 1}"
            options = {"validate": "list", "source": source, "error_type": "information"}
            sheet.data_validation(1, column, last, column, options)


def _guide(
    book: xlsxwriter.Workbook, village: str, posyandu: Sequence[str], positions: Sequence[str]
) -> None:
    """The sheet that explains, and that holds the lists."""
    sheet = book.add_worksheet(LIST_SHEET)
    sheet.set_column(0, 0, 92)
    sheet.set_column(3, 4, 28)
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    lines = (
        _("Cara mengisi daftar kader %(village)s") % {"village": village},
        _("1. Isi di lembar Kader. Satu baris untuk satu orang, tanpa baris kosong di tengah."),
        _("2. Ketik NIK 16 angka seperti di KTP. Jangan mengubah format kolom NIK."),
        _("3. Tulis tanggal dengan urutan tanggal, bulan, tahun. Contoh: 12-03-1985."),
        _("4. Isi L untuk laki-laki, P untuk perempuan."),
        _("5. Pilih posyandu dan jabatan dari daftar yang muncul. Posyandu baru boleh diketik."),
        _("6. Bila data tidak diketahui, kosongkan saja. Jangan diisi angka 0 atau tanda strip."),
        _("7. Kader yang sudah berhenti: hapus barisnya. Alasannya ditanyakan waktu diunggah."),
        _("8. Simpan, lalu unggah berkas ini. Isinya diperiksa dulu sebelum disimpan."),
        _("Berkas ini berisi NIK. Jangan dibagikan ke grup WhatsApp; hapus sesudah diunggah."),
    )
    names = (_("Pilihan posyandu"), *posyandu)
    kinds = (_("Pilihan jabatan"), *positions)
    for row in range(max(len(lines), len(names), len(kinds))):
        if row < len(lines):
            sheet.write_string(row, 0, lines[row], bold if row == 0 else wrap)
        if row < len(names):
            sheet.write_string(row, 3, names[row], bold if row == 0 else wrap)
        if row < len(kinds):
            sheet.write_string(row, 4, kinds[row], bold if row == 0 else wrap)
