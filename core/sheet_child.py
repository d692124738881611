"""The child that opens a stranger's spreadsheet: no Django, limited memory and processor time.

Run as `python core/sheet_child.py KIND FILE MEMORY SECONDS`; writes JSON lines to standard
output: `{"sheet": name, "hidden": true}`, `{"rows": [[number, [cell, ...]], ...]}`, and at the
end `{"end": true}` or `{"error": code}`. A date cell becomes `{"d": "1985-03-12"}`.
"""

import csv
import datetime as dt
import json
import resource
import sys
from collections.abc import Iterator

CHUNK = 1000
MAX_CELLS = 200  # columns of one row that are looked at
OUTPUT_BYTES = 400 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "cp1252")


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime | dt.date):
        return {"d": value.isoformat()[:10]}
    return str(value)


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line, default=_plain, ensure_ascii=False))
    sys.stdout.write("\n")


def _say_rows(rows: Iterator[list]) -> None:
    chunk: list = []
    for number, cells in enumerate(rows, 1):
        if any(cell not in ("", None) for cell in cells):
            chunk.append([number, cells[:MAX_CELLS]])
            if len(chunk) == CHUNK:
                _say({"rows": chunk})
                chunk = []
    if chunk:
        _say({"rows": chunk})


def _workbook(path: str) -> None:
    import python_calamine

    try:
        book = python_calamine.load_workbook(path)
    except python_calamine.PasswordError:
        return _say({"error": "password_protected"})
    except python_calamine.CalamineError:
        return _say({"error": "damaged"})
    work = python_calamine.SheetTypeEnum.WorkSheet
    visible = python_calamine.SheetVisibleEnum.Visible
    for about in book.sheets_metadata:
        if about.typ != work:
            continue
        hidden = about.visible != visible
        _say({"sheet": about.name, "hidden": hidden})
        if hidden:
            continue
        try:
            _say_rows(book.get_sheet_by_name(about.name).iter_rows())
        except python_calamine.CalamineError:
            return _say({"error": "damaged"})
    return _say({"end": True})


def _text(raw: bytes) -> str | None:
    """The text of a CSV file, or None when these bytes are not text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(1 for letter in text[:20000] if letter < " " and letter not in "\t\r\n\x0b\x0c")
        return None if odd else text
    return None


def _delimiter(text: str) -> str:
    """The separator that most lines of the beginning share."""
    lines = [line for line in text[:50000].splitlines()[:60] if line.strip()]
    best, most = ";", 0
    for candidate in ";\t,|":
        counts = sorted(line.count(candidate) for line in lines)
        shared = counts[len(counts) // 2] if counts else 0
        if shared > most:
            best, most = candidate, shared
    return best


def _csv(path: str) -> None:
    with open(path, "rb") as source:
        text = _text(source.read())
    if text is None:
        return _say({"error": "not_a_spreadsheet"})
    csv.field_size_limit(100_000)
    _say({"sheet": "", "hidden": False})
    try:
        _say_rows(csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text)))
    except csv.Error:
        return _say({"error": "damaged"})
    return _say({"end": True})


def main(kind: str, path: str, memory: str, seconds: str) -> None:
    """Read one file within the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        _csv(path) if kind == "csv" else _workbook(path)
    except MemoryError:
        _say({"error": "hostile"})


if __name__ == "__main__":
    main(*sys.argv[1:])
