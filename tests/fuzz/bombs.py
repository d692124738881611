"""Files made to exhaust whoever opens them; each must end in a refusal."""

import io
import zipfile

import xlsxwriter

from tests.golden import books


def _workbook() -> dict[str, bytes]:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Kader").write_row(0, 0, ["NIK", "Nama", "Tanggal Lahir"])
    book.close()
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name, books.EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def zip_bomb() -> bytes:
    """A sheet of 200 MB of the same letter."""
    return _packed(_workbook() | {"xl/worksheets/sheet1.xml": b"0" * 200_000_000})


def lying_zip() -> bytes:
    """A sheet whose size in the directory is a small part of what it unpacks to."""
    big = b"<row/>" * 20_000_000
    data = bytearray(_packed(_workbook() | {"xl/worksheets/sheet1.xml": big}))
    size = len(big).to_bytes(4, "little")
    return bytes(data.replace(size, (1000).to_bytes(4, "little")))


def far_cell() -> bytes:
    """One cell at the end of the sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Kader")
    sheet.write(0, 0, "NIK")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    return out.getvalue()


def shared_strings() -> bytes:
    """Three million texts that no cell shows."""
    head = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    texts = "".join(f"<si><t>{number}</t></si>" for number in range(3_000_000))
    return _packed(_workbook() | {"xl/sharedStrings.xml": f"{head}{texts}</sst>".encode()})


def laughs() -> bytes:
    """Entities that name each other, declared after a long comment."""
    declared = "".join(
        f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' if at else '<!ENTITY l0 "lol">'
        for at in range(10)
    )
    comment = f"<!--{'x' * 5000}-->"
    part = f'<?xml version="1.0"?>{comment}<!DOCTYPE w [{declared}]><workbook>&l9;</workbook>'
    return _packed(_workbook() | {"xl/workbook.xml": part.encode()})


def quoting() -> bytes:
    """A text of nested quotation marks that never ends."""
    return b"NIK;Nama;Tanggal Lahir\n" + b'"' + b'""' * 2_000_000 + b";" + b'"a;""\n' * 500_000


BOMBS = (zip_bomb, lying_zip, far_cell, shared_strings, laughs, quoting)
