"""Files from strangers: each ends in a stated code or is read."""

import io
import json
import signal
import zipfile

import pytest
import xlsxwriter

from core import sheet_child, sheets


def _zip(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def _refused(path):
    with pytest.raises(sheets.SheetRefused) as refused, sheets.opened(path) as book:
        list(book.rows())
    assert refused.value.code in sheets.REFUSALS
    return refused.value.code


def _outcome(path):
    try:
        with sheets.opened(path) as book:
            list(book.rows())
    except sheets.SheetRefused as refused:
        return refused.code
    return "read"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "picture"),
        (b"%PDF-1.7\n\0\0", "picture"),
        (b"\0\1\2\3 abc", "not_a_spreadsheet"),
        (b"{\\rtf1 abc}", "word_document"),
        (b"Rar!\x1a\x07\x01", "archive"),
        (b"abc\x01\x02\x03;def\n", "not_a_spreadsheet"),
        (b"<html><table><tr><td>NIK</td></tr></table></html>", "html_renamed"),
        (b"\xef\xbb\xbf <!DOCTYPE html><html>", "html_renamed"),
        (b"PK\x03\x04 half a file", "damaged"),
        (sheets.OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
        (sheets.OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "word_document"),
        (sheets.OLE + b"\0" * 600 + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
        (sheets.OLE + b"\0" * 5000, "damaged"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_its_code(tmp_path, data, code):
    path = tmp_path / "x"
    path.write_bytes(data)
    assert _refused(path) == code


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path, settings):
    settings.KJ_ROSTER_MAX_BYTES = 10
    path = tmp_path / "x"
    path.write_bytes(b"a;b\n" * 10)
    assert _refused(path) == "too_large"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    assert _refused(_zip(tmp_path / "x", {"Index/Document.iwa": "x"})) == "not_a_spreadsheet"
    assert _refused(_zip(tmp_path / "x", {"word/document.xml": "<a/>"})) == "word_document"


def test_a_bomb_is_not_unpacked(tmp_path):
    bomb = _zip(
        tmp_path / "x",
        {"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b"0" * 40_000_000},
    )
    assert _refused(bomb) == "hostile"


def test_entities_are_refused(tmp_path):
    part = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><workbook/>'
    assert _refused(_zip(tmp_path / "x", {"xl/workbook.xml": part})) == "hostile"


def test_macros_are_refused(tmp_path):
    book = _zip(tmp_path / "x", {"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": b"x"})
    assert _refused(book) == "macros"


def test_a_far_cell_does_not_fill_the_memory(tmp_path):
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "NIK")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    assert _refused(path) in {"hostile", "too_slow"}


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_in_its_separator_and_encoding(tmp_path, delimiter, encoding):
    path = tmp_path / "x"
    path.write_bytes(f"NIK{delimiter}Nama\n1{delimiter}Andr\u00e9\n".encode(encoding))
    with sheets.opened(path) as book:
        assert [row.cells for row in book.rows()] == [["NIK", "Nama"], ["1", "Andr\u00e9"]]


def test_lines_keep_the_numbers_that_people_see_and_hidden_sheets_are_named(tmp_path):
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Kader")
    sheet.write(2, 1, "NIK")
    sheet.write(5, 1, "x")
    book.add_worksheet("Rahasia").hide()
    book.close()
    with sheets.opened(path) as read:
        assert [(row.sheet, row.number) for row in read.rows()] == [("Kader", 3), ("Kader", 6)]
        assert read.hidden == ("Rahasia",)


def test_mutilated_workbooks_end_in_a_code_or_are_read(tmp_path):
    import random

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write_row(0, 0, ["NIK", "Nama"])
    book.close()
    whole, chance = out.getvalue(), random.Random(7)
    for turn in range(25):
        data = bytearray(whole)
        for _ in range(1 + turn):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = tmp_path / "x"
        path.write_bytes(bytes(data))
        assert _outcome(path) in {"read", *sheets.REFUSALS}


def _told(kind, path):
    out = io.StringIO()
    sheet_child.read(kind, str(path), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_sheets_of_one_name_are_told_apart():
    out = io.StringIO()
    teller = sheet_child.Teller(out)
    for name in ("Kader", "Kader", "Ka\0der", "x" * 90, "x" * 91):
        teller.sheet(name)
    names = [json.loads(line)["sheet"] for line in out.getvalue().splitlines()]
    assert len(set(names)) == 5
    assert names[:3] == ["Kader", "Kader (2)", "Kader (3)"]
    assert max(map(len, names)) <= sheet_child.LONGEST_SHEET


def test_letters_that_no_database_keeps_and_endless_texts_are_cut():
    out = io.StringIO()
    sheet_child.Teller(out).rows([["Na\0ma", "x" * 5000, 1.5, None]])
    ((_number, cells),) = json.loads(out.getvalue())["rows"]
    assert cells == ["Nama", "x" * sheet_child.MAX_LETTERS, 1.5, None]


def test_more_lines_than_any_list_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet_child, "MAX_ROWS", 10)
    monkeypatch.setattr(sheet_child, "CHUNK", 4)
    path = tmp_path / "x"
    path.write_bytes(b"a;b\n" * 20)
    assert _told("csv", path)[-1] == {"error": "too_many_rows"}
    assert "too_many_rows" in sheets.REFUSALS


def test_what_a_merged_cell_says_is_said_on_each_of_its_lines():
    rows = [["Melati", 1], ["", 2], ["x", 3], ["", 4]]
    spread = list(sheet_child._spread(iter(rows), [((0, 0), (2, 0)), ((9, 0), (12, 0))]))
    assert [row[0] for row in spread] == ["Melati", "Melati", "x", ""]


def test_a_busy_machine_is_waited_for_and_endless_work_is_not(tmp_path, monkeypatch):
    path = tmp_path / "x"
    path.write_bytes(b"a;b\n1;2\n")
    monkeypatch.setattr(sheets, "parse", lambda kind, path, out: -signal.SIGXCPU)
    assert _refused(path) == "too_slow"
