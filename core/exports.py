"""Lists as files: a resource says the columns, rows stream through it into XLSX or CSV.

The memory used does not grow with the list: rows come through a cursor of the server and leave
cell by cell. XLSX texts are written as texts (`core.sheets_out`). CSV has no types, so a text
that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises ("CSV
Injection"); whoever reads the CSV by program takes that one apostrophe off again.
"""

import csv
import datetime as dt
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from io import TextIOWrapper
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.db.models.query import ValuesListIterable
from django.utils import timezone
from import_export.fields import Field
from import_export.resources import Resource

from core import formats, sheets_out
from core.sealed import unseal
from core.sheets_out import Cell

CHUNK = 2_000  # rows that the server sends at once
CSV_TYPE = "text/csv; charset=utf-8"
# What a spreadsheet reads as the beginning of a formula, also behind blanks and in wide letters.
LIVE = re.compile(r"[\s\x00-\x1f\u200b\u2060\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")

Lines = Iterable[Sequence[Cell]]
Rows = QuerySet | Sequence[Any]  # asked of the database, or held already


def plain(value: Any) -> Cell:
    """A value as it is: whole numbers and days stay what they are, all else is text."""
    if value is None or isinstance(value, str | int) and not isinstance(value, bool):
        return value
    return value if type(value) is dt.date else str(value)


def nik(sealed: bytes) -> Cell:
    """A sealed NIK, masked."""
    return formats.mask_nik(unseal(sealed))


def member_no(sealed: bytes) -> Cell:
    """A sealed member number (KPJ), masked; empty where there is none yet."""
    number = unseal(sealed)
    return formats.mask_kpj(number) if number else ""


def day(value: dt.datetime | None) -> Cell:
    """The day of a moment, in the regency's own time."""
    return timezone.localtime(value).date() if value else None


def month(value: dt.date) -> Cell:
    """A contribution month as text that sorts: `2026-11`."""
    return f"{value:%Y-%m}"


def moment(value: dt.datetime | None) -> Cell:
    """A moment of the regency's own time as text that sorts: `2026-11-22 10:15:03 WIB`."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{local:%Y-%m-%d %H:%M:%S} {formats.zone_name(local)}".rstrip()


def choice(labels: Iterable[tuple[Any, Any]]) -> Callable[[Any], Cell]:
    """Shows a stored choice in words; an unknown one as it is stored."""
    words = dict(labels)
    return lambda value: str(words.get(value, value or ""))


class Column(Field):
    """One column: its heading, the paths that it is made of, and what makes a cell of them."""

    def __init__(self, heading: Any, *paths: str, show: Callable[..., Cell] = plain) -> None:
        super().__init__(attribute=paths[0], column_name=heading, readonly=True)
        self.paths, self.show = paths, show

    def export(self, instance: Any, **kwargs: Any) -> Cell:
        """The cell of one object, for rows that are held already."""
        return self.show(*(_reach(instance, path) for path in self.paths))


class Sheet(Resource):
    """Columns of a list; the rows of a query are read as plain values, never as objects."""

    def lines(self, rows: Rows) -> Generator[list[Cell], None, None]:
        """One list of cells for each row, in the order of the rows; a query needs a transaction."""
        columns = self.get_export_fields()
        if not isinstance(rows, QuerySet):
            yield from ([column.export(each) for column in columns] for each in rows)
            return
        paths = list(dict.fromkeys(path for column in columns for path in column.paths))
        plan = [(each.show, [paths.index(path) for path in each.paths]) for each in columns]
        for values in _streamed(rows.values_list(*paths)):
            yield [show(*(values[place] for place in places)) for show, places in plan]


def how_many(rows: Rows) -> int:
    """The number of rows."""
    return rows.count() if isinstance(rows, QuerySet) else len(rows)


def _streamed(rows: QuerySet) -> Iterator[tuple]:
    """Rows through a cursor of the server.

    The settings forbid these because PgBouncer may give the next statement another connection;
    inside the transaction that every scope is, it cannot.
    """
    yield from ValuesListIterable(rows, chunked_fetch=True, chunk_size=CHUNK)


def _reach(instance: Any, path: str) -> Any:
    for name in path.split("__"):
        instance = getattr(instance, name, None)
    return instance


def write_csv(out: BinaryIO, headings: Sequence[str], rows: Lines) -> int:
    """Write UTF-8 with a byte order mark and `;`, and return how many rows there were."""
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([_tame(each) for each in headings])
    count = 0
    for row in rows:
        writer.writerow([_tame(cell) for cell in row])
        count += 1
    text.detach()
    return count


def _tame(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, int):
        return cell
    return f"'{cell}" if LIVE.match(cell) else cell


def _xlsx(out: BinaryIO, title: str, headings: Sequence[str], rows: Lines) -> int:
    return sheets_out.write_xlsx(out, title, headings, rows)


def _csv(out: BinaryIO, _title: str, headings: Sequence[str], rows: Lines) -> int:
    return write_csv(out, headings, rows)


FORMATS = {"xlsx": (_xlsx, sheets_out.TYPE), "csv": (_csv, CSV_TYPE)}


def write(
    out: BinaryIO,
    form: str,
    sheet: Sheet,
    rows: Rows,
    *,
    title: str,
    told: Callable[[int], None] | None = None,
) -> int:
    """Write a list as `xlsx` or `csv` in the language in force; returns how many rows there were.

    `told` hears the number of rows so far, every two thousand, and may raise to stop.
    """
    writer, _type = FORMATS[form]
    # Closed here, so that whoever stops half-way leaves no cursor behind the transaction.
    with closing(sheet.lines(rows)) as lines:
        counted = lines if told is None else _counted(lines, told)
        return writer(out, title, sheet.get_export_headers(), counted)


def _counted(lines: Lines, told: Callable[[int], None]) -> Iterator[Sequence[Cell]]:
    for count, line in enumerate(lines):
        if count % CHUNK == 0:
            told(count)
        yield line
