"""The correction file: somebody's own roster back, with what is wrong beside each bad line.

An xlsx of ordinary size keeps its cells and their look; other formats and larger files are
written anew with the same sheets, lines and columns. No cell of it is ever a formula.
"""

import datetime as dt
import logging
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from cadres.correction_survey import (
    Corrections,
    Problem,
    Sheet,
    Summary,
    fixed_cells,
    place_of,
    sentences,
    survey,
)
from cadres.correction_words import MARK, REASON, REMEDY, SUMMARY, is_summary
from cadres.importing.tables import Table
from core.sheets import UNREADABLE_ZIP, Book, Row
from core.sheets_out import LONGEST, SAFE

log = logging.getLogger(__name__)
KEPT_ROWS, KEPT_BYTES, KEPT_UNPACKED, KEPT_CELLS = 2_000, 2_000_000, 20_000_000, 200_000
COMMENTS = 5_000
TOLD_EVERY = 500  # lines
Told = Callable[[int], None]
AUTHOR = "KaderJamsos"
BAD, NOTED, HEAD = "FFC7CE", "FFEB9C", "DDE8E3"
WIDTH = 44


def can_keep(path: Path, rows: int) -> bool:
    """Whether the original workbook is small enough to be changed in place."""
    if rows > KEPT_ROWS or path.stat().st_size > KEPT_BYTES or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        return "xl/workbook.xml" in archive.namelist() and (
            sum(entry.file_size for entry in entries) <= KEPT_UNPACKED
        )


def _own_workbook(path: Path) -> openpyxl.Workbook | None:
    """The stored workbook, or None when the library that keeps its look cannot read it."""
    with path.open("rb") as source:
        try:
            found = openpyxl.load_workbook(source, data_only=True, keep_links=False)
        except (*UNREADABLE_ZIP, SyntaxError, KeyError, TypeError, AttributeError, IndexError):
            log.info("a roster is written anew: its workbook has parts that cannot be kept")
            return None
    if any(each.max_row * each.max_column > KEPT_CELLS for each in found.worksheets):
        return None
    return found


def write(
    out: BinaryIO, path: Path, book: Book, told: Corrections, *, rows: int, told_so_far: Told
) -> int:
    """Write the correction file of a stored roster, opened as `book`, to `out`.

    Returns how many lines it has; `told_so_far` hears of them on the way.
    """
    workbook = _own_workbook(path) if can_keep(path, rows) else None
    if workbook is None:
        return _write_anew(out, book, told, told_so_far)
    count = _change(workbook, book, told)
    workbook.save(out)
    return count


# In place: the person's own workbook.


def _change(workbook: openpyxl.Workbook, book: Book, told: Corrections) -> int:
    by_name = {each.title: each for each in workbook.worksheets}
    known = by_name.get(SUMMARY)
    if known is not None and is_summary(SUMMARY, known["A1"].value):
        workbook.remove(known)
    surveyed = survey(book, told.mapping)
    for sheet in surveyed.values():
        _clean(by_name[sheet.name])
        for table in sheet.tables:
            _head(by_name[sheet.name], sheet, table)
    listed, summary = workbook.create_sheet(SUMMARY), Summary()
    _write_text(listed, 1, 1, MARK)
    listed["A1"].font = Font(bold=True)
    count = 0
    for row in book.rows():
        if row.sheet not in surveyed:
            continue
        count += 1
        sheet = surveyed[row.sheet]
        problems = told.problems.of(row.sheet, row.number)
        fixes = told.fixes.get((row.sheet, row.number), {})
        _mark(by_name[row.sheet], sheet, row, problems, fixes)
        if problems and sheet.table_of(row.number):
            for at, cells in summary.lines(sheet, row, problems, fixes):
                for column, text in enumerate(cells, 1):
                    if text:
                        _write_text(listed, at, column, text)
    workbook.defined_names.clear()
    for each in workbook.worksheets:
        _disarm(each)
    return count


def _clean(worksheet: Worksheet) -> None:
    """Take away what an earlier correction file coloured and commented."""
    for row in worksheet.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _disarm(worksheet: Worksheet) -> None:
    """Make every text that begins like a formula a plain text."""
    for row in worksheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@"):
                cell.data_type = "s"
                cell.quotePrefix = True


def _head(worksheet: Worksheet, sheet: Sheet, table: Table) -> None:
    if not table.number:
        return
    end = sheet.end(table)
    for at, word in enumerate((REASON, REMEDY), end + 1):
        cell = worksheet.cell(table.number, at, word)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", HEAD)
        worksheet.column_dimensions[cell.column_letter].width = WIDTH


def _mark(
    worksheet: Worksheet,
    sheet: Sheet,
    row: Row,
    problems: Sequence[Problem],
    fixes: Mapping[str, str],
) -> None:
    """Write the reasons of a line beside it, and what was typed into it."""
    table = sheet.table_of(row.number)
    if table is None:
        return
    if table.has("nik") and row.number >= table.number + table.height:
        worksheet.cell(row.number, table.places["nik"] + 1).number_format = "@"
    for place, text in fixed_cells(row, table, fixes).items():
        _write_text(worksheet, row.number, place + 1, text)
    end = sheet.end(table)
    ours = (end + 1, end + 2)
    if problems:
        for at, text in zip(ours, sentences(problems), strict=True):
            _write_text(worksheet, row.number, at, text)
            worksheet.cell(row.number, at).alignment = Alignment(wrap_text=True, vertical="top")
        _colour(worksheet, row.number, table, problems)
    elif row.number >= table.number + table.height and end < len(row.cells):
        for at in ours:
            worksheet.cell(row.number, at).value = None


def _write_text(worksheet: Worksheet, number: int, column: int, text: str) -> None:
    cell = worksheet.cell(number, column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"


def _colour(worksheet: Worksheet, number: int, table: Table, problems: Sequence[Problem]) -> None:
    for problem in problems:
        place = place_of(problem, table)
        if place is None:
            continue
        cell = worksheet.cell(number, place + 1)
        cell.fill = PatternFill("solid", BAD if problem.rejects else NOTED)
        said = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(
            f"{said}{problem.reason} {problem.remedy}", AUTHOR, height=120, width=280
        )


# Anew: the same sheets, lines and columns in a workbook of our own, in flat memory.


def _write_anew(out: BinaryIO, book: Book, told: Corrections, told_so_far: Told) -> int:
    workbook = xlsxwriter.Workbook(out, SAFE)
    formats = {
        "text": workbook.add_format({"num_format": "@"}),
        "day": workbook.add_format({"num_format": "dd-mm-yyyy"}),
        "bad": workbook.add_format({"num_format": "@", "bg_color": f"#{BAD}"}),
        "noted": workbook.add_format({"num_format": "@", "bg_color": f"#{NOTED}"}),
        "head": workbook.add_format({"bold": True, "bg_color": f"#{HEAD}"}),
        "wrap": workbook.add_format({"text_wrap": True, "valign": "top"}),
    }
    count, comments, summary = 0, COMMENTS, Summary()
    try:
        surveyed = survey(book, told.mapping)
        sheets = {
            name: workbook.add_worksheet(title)
            for name, title in zip(surveyed, titles(surveyed), strict=True)
        }
        listed = workbook.add_worksheet(SUMMARY)
        listed.write_string(0, 0, MARK, formats["text"])
        for name, sheet in surveyed.items():
            sheets[name].set_column(0, max(sheet.widest - 1, 0), 20, formats["text"])
            sheets[name].set_column(sheet.widest, sheet.widest + 1, WIDTH)
        for count, row in enumerate(book.rows(), 1):
            if count % TOLD_EVERY == 0:
                told_so_far(count)
            if row.sheet not in surveyed:
                continue
            sheet = surveyed[row.sheet]
            problems = told.problems.of(row.sheet, row.number)
            fixes = told.fixes.get((row.sheet, row.number), {})
            comments -= _write_row(
                sheets[row.sheet], sheet, row, problems, fixes, formats, comments
            )
            if problems:
                for at, cells in summary.lines(sheet, row, problems, fixes):
                    for column, text in enumerate(cells):
                        if text:
                            listed.write_string(at - 1, column, text, formats["text"])
    finally:
        workbook.close()
    return count


def titles(names: Iterable[str]) -> list[str]:
    """Sheet names that Excel takes, each once; text files have one sheet without a name."""
    found: list[str] = []
    used = {SUMMARY.lower()}
    for name in names:
        plain = "".join("_" if letter in "[]:*?/\\" else letter for letter in name).strip("'")
        title = plain[:31] or "Daftar"
        again = 1
        while title.lower() in used:
            again += 1
            title = f"{plain[:27]} {again}"
        used.add(title.lower())
        found.append(title)
    return found


def _write_row(
    worksheet: Any,
    sheet: Sheet,
    row: Row,
    problems: Sequence[Problem],
    fixes: Mapping[str, str],
    formats: Mapping[str, Any],
    comments: int,
) -> int:
    """Write one line and, after it, what is wrong; the number of comments that it took."""
    at, table = row.number - 1, sheet.table_of(row.number)
    end = sheet.end(table)
    cells = dict(enumerate(row.cells[:end]))
    looks: dict[int, str] = {}
    notes: dict[int, list[str]] = defaultdict(list)
    if table is not None:
        cells |= fixed_cells(row, table, fixes)
        for problem in problems:
            place = place_of(problem, table)
            if place is not None:
                looks[place] = "bad" if problem.rejects else looks.get(place, "noted")
                notes[place].append(f"{problem.reason} {problem.remedy}")
    for place in sorted({*cells, *looks}):
        look = looks.get(place, "text")
        _write_cell(worksheet, at, place, cells.get(place), formats[look], formats["day"])
    if table is not None and row.number == table.number:
        worksheet.write_string(at, end, REASON, formats["head"])
        worksheet.write_string(at, end + 1, REMEDY, formats["head"])
    if problems:
        for place, text in enumerate(sentences(problems), end):
            worksheet.write_string(at, place, text, formats["wrap"])
    taken = list(notes.items())[: max(comments, 0)]
    for place, said in taken:
        worksheet.write_comment(at, place, "\n".join(said), {"x_scale": 2, "author": AUTHOR})
    return len(taken)


def _write_cell(worksheet: Any, row: int, column: int, cell: object, look: Any, day: Any) -> None:
    """Text stays text and a number a number: a NIK that lost its last digit must not look whole."""
    if isinstance(cell, dict):
        worksheet.write_datetime(row, column, dt.datetime.fromisoformat(cell["d"]), day)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        worksheet.write_number(row, column, cell, look)
    elif cell in ("", None):
        worksheet.write_blank(row, column, None, look)
    else:
        worksheet.write_string(row, column, str(cell)[:LONGEST], look)
