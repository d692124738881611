"""Files that people take along: text stays text in both formats, numbers and days their kind."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from core import exports
from tests.formulas import PAYLOADS

ROWS = [["Siti", "3510 •••• •••• 0012", 16800, dt.date(2026, 11, 1), None]]
HEADINGS = ["Nama", "NIK", "Iuran", "Mulai", "Berakhir"]


def _csv(rows, headings=HEADINGS):
    out = io.BytesIO()
    exports.write_csv(out, headings, rows)
    return out.getvalue()


def _cells(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_csv_opens_in_an_indonesian_excel_as_it_is():
    content = _csv(ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    assert _cells(content) == [
        HEADINGS,
        ["Siti", "3510 •••• •••• 0012", "16800", "2026-11-01", ""],
    ]


def test_there_are_forty_payloads():
    assert len(set(PAYLOADS)) == 40


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_csv_cell_begins_as_a_formula_does(text):
    (cell,) = _cells(_csv([[text]], ["Nama"]))[1]
    assert cell.removeprefix("'") == text
    assert cell.startswith("'") or text.lstrip()[0] in '{"S'


def test_ordinary_text_is_left_alone():
    names = ["Siti", "d'Arc", "Ni Made-Ayu", "–", "3510065203850012", ""]
    assert [row[0] for row in _cells(_csv([[name] for name in names], ["Nama"]))[1:]] == names


def test_a_semicolon_or_a_quote_does_not_open_another_cell():
    assert _cells(_csv([['A";=1+1;"', "x"]], ["a", "b"]))[1] == ['A";=1+1;"', "x"]


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_xlsx_cell_is_a_formula(text):
    out = io.BytesIO()
    exports.FORMATS["xlsx"][0](out, "Kader", ["Nama"], [[text]])
    cell = openpyxl.load_workbook(out).active["A2"]
    assert cell.data_type in "s", cell.data_type
    assert cell.hyperlink is None
