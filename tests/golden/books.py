"""Small spreadsheets of every kind, the same bytes at every writing."""

import csv
import datetime as dt
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt

ALWAYS = dt.datetime(2026, 1, 2)
EPOCH = (2026, 1, 2, 0, 0, 0)


@dataclass
class Sheet:
    """One sheet: its lines (None leaves a cell empty), merged ranges and whether it is hidden.

    `merged` holds (top, left, bottom, right) from 0; the value is that of the upper left cell.
    `blank` formatted lines without values follow the table.
    """

    name: str
    rows: list[list]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    blank: int = 0


def write(path: Path, sheets: list[Sheet]) -> None:
    """Write a workbook of the kind that the name ends in."""
    {".xlsx": _xlsx, ".xls": _xls, ".ods": _ods}[path.suffix](path, sheets)


def _xlsx(path: Path, sheets: list[Sheet]) -> None:
    with path.open("wb") as out:
        write_xlsx(out, sheets)


def write_xlsx(out: IO[bytes], sheets: list[Sheet]) -> None:
    """Write a workbook of today's kind into a file."""
    book = xlsxwriter.Workbook(out)
    book.set_properties({"created": ALWAYS})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    bold = book.add_format({"bold": True})
    for told in sheets:
        sheet = book.add_worksheet(told.name)
        for top, left, bottom, right in told.merged:
            sheet.merge_range(top, left, bottom, right, "")
        for at, row in enumerate(told.rows):
            for place, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(at, place, dt.datetime(*cell.timetuple()[:3]), day)
                elif isinstance(cell, str):
                    sheet.write_string(at, place, cell)
                elif cell is not None:
                    sheet.write(at, place, cell)
        for at in range(len(told.rows), len(told.rows) + told.blank):
            for place in range(8):
                sheet.write_blank(at, place, None, bold)
        if told.hidden:
            sheet.hide()
    book.close()


def _xls(path: Path, sheets: list[Sheet]) -> None:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD-MM-YYYY")
    for told in sheets:
        sheet = book.add_sheet(told.name)
        corners = {(top, left): (bottom, right) for top, left, bottom, right in told.merged}
        for at, row in enumerate(told.rows):
            for place, cell in enumerate(row):
                if cell is None:
                    continue
                style = [day] if isinstance(cell, dt.date) else []
                if (at, place) in corners:
                    bottom, right = corners[at, place]
                    sheet.write_merge(at, bottom, place, right, cell, *style)
                else:
                    sheet.write(at, place, cell, *style)
        sheet.visibility = int(told.hidden)
    book.save(str(path))


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:automatic-styles>"
    '<style:style style:name="hide" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="show" style:family="table">'
    '<style:table-properties table:display="true"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet>"
    "</office:body></office:document-content>"
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{}'
    "</manifest:file-entry></manifest:manifest>"
)
ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def _ods(path: Path, sheets: list[Sheet]) -> None:
    tables = []
    for told in sheets:
        corners = {(top, left): (bottom, right) for top, left, bottom, right in told.merged}
        covered = {
            (at, place)
            for top, left, bottom, right in told.merged
            for at in range(top, bottom + 1)
            for place in range(left, right + 1)
        } - corners.keys()
        lines = []
        for at, row in enumerate(told.rows):
            cells = []
            for place, cell in enumerate(row):
                if (at, place) in covered:
                    cells.append("<table:covered-table-cell/>")
                    continue
                span = ""
                if (at, place) in corners:
                    bottom, right = corners[at, place]
                    span = (
                        f' table:number-rows-spanned="{bottom - at + 1}"'
                        f' table:number-columns-spanned="{right - place + 1}"'
                    )
                cells.append(f"<table:table-cell{span}{_ods_cell(cell)}</table:table-cell>")
            lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
        style = "hide" if told.hidden else "show"
        tables.append(
            f'<table:table table:name={quoteattr(told.name)} table:style-name="{style}">'
            f"{''.join(lines)}</table:table>"
        )
    pack(
        path,
        {
            "mimetype": ODS_KIND,
            "content.xml": _ODS.format("".join(tables)),
            "META-INF/manifest.xml": MANIFEST.format(""),
        },
    )


def _ods_cell(cell: object) -> str:
    if cell is None:
        return ">"
    if isinstance(cell, dt.date):
        told = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f" {told}><text:p>{cell:%d-%m-%Y}</text:p>"
    if isinstance(cell, int | float):
        return f' office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p>'
    return f' office:value-type="string"><text:p>{escape(str(cell))}</text:p>'


def pack(path: Path, entries: dict[str, str | bytes]) -> None:
    """A zip of these entries."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)


def locked(data: bytes) -> bytes:
    """An old workbook that says it is locked: its record of the writer becomes that of the lock."""
    return data.replace(b"\x5c\0\x70\0", b"\x2f\0\x70\0", 1)


def text(rows: list[list], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """Lines as a CSV file; days as `12/03/1985`, which is how Excel writes them here."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    for row in rows:
        writer.writerow([f"{cell:%d/%m/%Y}" if isinstance(cell, dt.date) else cell for cell in row])
    return out.getvalue().encode(encoding)
