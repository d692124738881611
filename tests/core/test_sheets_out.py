"""Exports: text stays text."""

import datetime as dt
import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from core import sheets_out

LIVE = [
    '=cmd|"/c calc"!A1',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    '=HYPERLINK("http://example.test","x")',
    "{=1+1}",
    "http://example.test/a",
    "mailto:a@example.test",
    '=IMPORTXML("http://example.test")',
    "＝1+1",
    "%0A=1+1",
    "'=1+1",
]


def written(rows):
    out = BytesIO()
    sheets_out.write_xlsx(out, "Kader", ["Nama", "NIK"], rows)
    out.seek(0)
    return out


@pytest.mark.parametrize("text", LIVE)
def test_no_text_becomes_a_formula_or_a_link(text):
    with zipfile.ZipFile(written([[text, text]])) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.namelist()
    assert "<f>" not in sheet
    assert "<f " not in sheet
    assert "<hyperlink" not in sheet
    assert not any("_rels/sheet" in name for name in names)


def test_numbers_and_dates_stay_what_they_are_and_identity_numbers_are_text():
    rows = [["Siti", "3510065203850012"], [16800, dt.date(2026, 11, 1)], [None, ""]]
    sheet = CalamineWorkbook.from_filelike(written(rows)).get_sheet_by_index(0).to_python()
    assert sheet[:3] == [
        ["Nama", "NIK"],
        ["Siti", "3510065203850012"],
        [16800.0, dt.date(2026, 11, 1)],
    ]


def test_the_number_of_rows_is_returned():
    assert (
        sheets_out.write_xlsx(BytesIO(), "Kader", ["Nama"], ([str(n)] for n in range(500))) == 500
    )
