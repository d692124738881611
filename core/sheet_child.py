"""The child that opens a stranger's spreadsheet: no Django, limited memory and processor time.

Run as `python core/sheet_child.py KIND FILE MEMORY SECONDS`; writes JSON lines to standard
output: `{"sheet": name, "hidden": true}`, `{"rows": [[number, [cell, ...]], ...]}`, and at the
end `{"end": true}` or `{"error": code}`. A date cell becomes `{"d": "1985-03-12"}`. A value
merged over several lines is told on each of them.
"""

import csv
import datetime as dt
import errno
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Literal, TextIO
from xml.parsers import expat

CHUNK = 1000
CHUNK_BYTES = 2 * 1024 * 1024
MAX_CELLS = 200  # columns of one row that are looked at
MAX_LETTERS = 1000  # of one cell; the longest that a roster means has 120
MAX_ROWS = 250_000  # lines with something in them, of all sheets
MAX_SHEETS = 400
MAX_MERGED = 20_000
OUTPUT_BYTES = 400 * 1024 * 1024
LONGEST_SHEET = 60
QUOTED_MARKS = 3  # more separators than these in a quoted cell of several lines: a stray mark
_SPANNED = re.compile(rb'number-rows-spanned="(?!1")')
ENCODINGS = ("utf-8-sig", "cp1252")


class TooManyRows(Exception):
    """More lines than any roster has."""


class Teller:
    """Writes what was found, a bounded piece at a time."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._rows = 0
        self._names: set[str] = set()

    def say(self, line: object) -> None:
        """Write one line."""
        self._out.write(json.dumps(line, default=_plain, ensure_ascii=False))
        self._out.write("\n")

    def sheet(self, name: str, hidden: bool = False) -> None:
        """Begin a sheet, under a name that no other sheet of the file has."""
        clean = "".join(letter for letter in name if letter.isprintable())[: LONGEST_SHEET - 6]
        told, again = clean, 1
        while told in self._names:
            again += 1
            told = f"{clean} ({again})"
        self._names.add(told)
        self.say({"sheet": told, "hidden": hidden})

    def rows(self, rows: Iterable[list], first: int = 1) -> None:
        """Every line with something in it."""
        chunk: list = []
        room = CHUNK_BYTES
        for number, cells in enumerate(rows, first):
            if not any(cells) and all(cell in ("", None) for cell in cells):
                continue
            if len(cells) > MAX_CELLS:
                cells = cells[:MAX_CELLS]
            room -= _trim(cells)
            chunk.append([number, cells])
            if len(chunk) == CHUNK or room < 0:
                self._tell(chunk)
                chunk, room = [], CHUNK_BYTES
        if chunk:
            self._tell(chunk)

    def _tell(self, chunk: list) -> None:
        self._rows += len(chunk)
        if self._rows > MAX_ROWS:
            raise TooManyRows
        self.say({"rows": chunk})


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime | dt.date):
        return {"d": value.isoformat()[:10]}
    return str(value)


def _trim(cells: list) -> int:
    """Shorten endless texts and drop letters that no database keeps; the size of the line."""
    size = 0
    for at, cell in enumerate(cells):
        if isinstance(cell, str):
            if len(cell) > MAX_LETTERS:
                cell = cells[at] = cell[:MAX_LETTERS]
            if "\0" in cell:
                cells[at] = cell.replace("\0", "")
            size += len(cell)
    return size


def _workbook(path: str, teller: Teller) -> str:
    import python_calamine

    try:
        book = python_calamine.load_workbook(path)
    except python_calamine.PasswordError:
        return "password_protected"
    except python_calamine.CalamineError:
        return "damaged"
    spans = ods_spans(path)
    work = python_calamine.SheetTypeEnum.WorkSheet
    visible = python_calamine.SheetVisibleEnum.Visible
    for index, about in enumerate(book.sheets_metadata[:MAX_SHEETS]):
        if about.typ != work:
            continue
        hidden = about.visible != visible
        teller.sheet(about.name, hidden)
        if hidden:
            continue
        try:
            sheet = book.get_sheet_by_index(index)
            merged = sheet.merged_cell_ranges or spans.get(index, ())
            teller.rows(_spread(_from_first_column(sheet), merged))
        except python_calamine.CalamineError:
            return "damaged"
    return ""


def _from_first_column(sheet: Any) -> Iterator[list]:
    """Lines from column A on: the library leaves out the columns before the first used one."""
    empty = [""] * min(sheet.start[1] if sheet.start else 0, MAX_CELLS)
    rows = sheet.iter_rows()
    return ([*empty, *cells] for cells in rows) if empty else rows


def ods_spans(path: str) -> dict[int, list[tuple]]:
    """Where cells of an OpenDocument sheet are merged over lines, by the number of the sheet."""
    try:
        with zipfile.ZipFile(path) as archive:
            content = archive.read("content.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return {}
    found: dict[int, list[tuple]] = {}
    if not _SPANNED.search(content):
        return found
    sheet, row, column, repeats = -1, 0, 0, 1

    def begin(name: str, about: dict[str, str]) -> None:
        nonlocal sheet, row, column, repeats
        if name == "table:table":
            sheet, row = sheet + 1, 0
        elif name == "table:table-row":
            column, repeats = 0, int(about.get("table:number-rows-repeated", 1))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            down = int(about.get("table:number-rows-spanned", 1))
            if down > 1:
                found.setdefault(sheet, []).append(((row, column), (row + down - 1, column)))
            column += int(about.get("table:number-columns-repeated", 1))

    def end(name: str) -> None:
        nonlocal row
        if name == "table:table-row":
            row += repeats

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        return {}
    return found


def _spread(rows: Iterator[list], merged: Iterable[tuple]) -> Iterator[list]:
    """Lines with the value of a merged cell on each line that it covers."""
    starting: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in list(merged)[:MAX_MERGED]:
        if bottom > top and left < MAX_CELLS:
            starting.setdefault(top, []).append((left, bottom))
    if not starting:
        yield from rows
        return
    open_: dict[int, tuple[int, object]] = {}
    for number, cells in enumerate(rows):
        for left, (bottom, value) in tuple(open_.items()):
            if left < len(cells) and cells[left] in ("", None):
                cells[left] = value
            if number >= bottom:
                del open_[left]
        for left, bottom in starting.get(number, ()):
            if left < len(cells) and cells[left] not in ("", None):
                open_[left] = (bottom, cells[left])
        yield cells


def _encodings(raw: bytes) -> tuple[str, ...]:
    """How these bytes may be text: told by a mark, or by where the empty bytes are."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    head = raw[:4096]
    if head.count(b"\0") * 3 > len(head):
        return (
            ("utf-16-le",) if head[1::2].count(b"\0") > head[::2].count(b"\0") else ("utf-16-be",)
        )
    return ENCODINGS


def _text(raw: bytes) -> str | None:
    """The text of a CSV file, or None when these bytes are not text."""
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(1 for letter in text[:20000] if letter < " " and letter not in "\t\r\n\x0b\x0c")
        return None if odd else text.replace("\0", "")
    return None


def _delimiter(lines: list[str]) -> str:
    """The separator that most lines of the beginning share."""
    best, most = ";", 0
    for candidate in ";\t,|":
        counts = sorted(line.count(candidate) for line in lines)
        shared = counts[len(counts) // 2] if counts else 0
        if shared > most:
            best, most = candidate, shared
    return best


def _quoting(text: str, delimiter: str) -> Literal[0, 3]:
    """Whether quotation marks hold cells together, or one of them only strayed in."""
    if '"' not in text:
        return csv.QUOTE_NONE
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any("\n" in cell and cell.count(delimiter) > QUOTED_MARKS for cell in cells):
                return csv.QUOTE_NONE
    except csv.Error:
        return csv.QUOTE_NONE
    return csv.QUOTE_MINIMAL


def _csv(path: str, teller: Teller) -> str:
    with open(path, "rb") as source:
        text = _text(source.read())
    if text is None:
        return "not_a_spreadsheet"
    csv.field_size_limit(100_000)
    first = 1
    delimiter = ""
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        delimiter, text = text[4], text[5:]  # a line for Excel, which shows the file without it
        first = 0
    lines = [line for line in text[:50000].splitlines()[:60] if line.strip()]
    whole = sum(line.startswith('"') and line.endswith('"') for line in lines)
    delimiter = delimiter or _delimiter(lines)
    rows = _cells(text, delimiter)
    if whole and whole == len(lines) and all(len(row) < 2 for row in _cells(text, delimiter, 60)):
        rows = _cells("\n".join(row[0] if row else "" for row in rows), delimiter)
    teller.sheet("")
    try:
        teller.rows(rows, first)
    except csv.Error:
        return "damaged"
    return ""


def _cells(text: str, delimiter: str, limit: int | None = None) -> Iterator[list]:
    quoting = _quoting(text, delimiter)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    for number, row in enumerate(reader):
        if number == limit:
            return
        yield row


def read(kind: str, path: str, out: TextIO) -> None:
    """Read one file into `out`; the limits are the caller's."""
    teller = Teller(out)
    try:
        error = _csv(path, teller) if kind == "csv" else _workbook(path, teller)
    except MemoryError:
        error = "hostile"
    except TooManyRows:
        error = "too_many_rows"
    except OSError as fault:
        error = "hostile" if fault.errno == errno.EFBIG else "damaged"
    teller.say({"error": error} if error else {"end": True})
    out.flush()


def limit(memory: int, seconds: int) -> None:
    """Bind this process to its memory in bytes, its processor time and its output."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit(int(sys.argv[3]), int(sys.argv[4]))
    read(sys.argv[1], sys.argv[2], sys.stdout)
