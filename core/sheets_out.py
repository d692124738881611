"""Lists as XLSX in flat memory, in which no cell is ever a formula or a link."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import xlsxwriter
from django.utils.translation import gettext_lazy as _
from xlsxwriter.worksheet import Worksheet

from core.errors import DomainError

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters that a cell holds
MOST = 1_048_575  # rows that a sheet holds under its heading
SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}

Cell = str | int | dt.date | None


def write_xlsx(
    out: BinaryIO, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> int:
    """Write one sheet to `out`, row after row, and return how many rows there were.

    Numbers stay numbers and dates dates; every text is written as text, whatever it begins
    with. Identity numbers must be given as text. Raises DomainError `too_many_rows` rather than
    leave rows out.
    """
    book = xlsxwriter.Workbook(out, SAFE)
    try:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, str(heading), bold)
        sheet.set_column(0, max(len(headings) - 1, 0), 20)
        sheet.freeze_panes(1, 0)
        count = 0
        for count, row in enumerate(rows, 1):
            if count > MOST:
                raise DomainError("too_many_rows", _("Daftar ini terlalu panjang untuk XLSX."))
            for column, value in enumerate(row):
                _write(sheet, count, column, value, day)
        return count
    finally:
        book.close()


def _write(sheet: Worksheet, row: int, column: int, value: Cell, day: object) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value[:LONGEST])
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, str(value)[:LONGEST])
