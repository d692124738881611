"""Spreadsheets from strangers: looked at, guarded, then parsed in a child with limits.

Nothing here knows what the columns mean. A file that is not read is refused with a code;
`REFUSALS` has the sentence of each. The child writes to a file, so a slow reader on our side
never looks like a slow file.
"""

import json
import lzma
import signal
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.sheet_child import OUTPUT_BYTES

SECONDS = 12  # of processor time, so that a refusal is told within 15
PATIENCE = 45  # seconds on the clock: a busy machine is not the file's fault
MEMORY = 1024 * 1024 * 1024
MAX_ENTRIES = 2000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 150
RATIO_MATTERS_FROM = 20 * 1024 * 1024
UNREADABLE_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)
CHILD = Path(__file__).with_name("sheet_child.py")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = (b"<html", b"<table", b"<!doctype html", b"<head", b"<meta", b"<div", b"<style", b"<body")
DOCUMENTS = {
    b"%PDF": "picture",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"RIFF": "picture",
    b"{\\rtf": "word_document",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
}

REFUSALS = {
    "empty": _("Berkas ini kosong. Simpan lagi daftar dari Excel, lalu unggah."),
    "too_large": _(
        "Berkas ini lebih besar dari batas %(limit)s. Hapus gambar dan lembar yang tidak perlu, "
        "lalu unggah lagi."
    ),
    "not_a_spreadsheet": _(
        "Berkas ini bukan lembar kerja. Unggah daftar sebagai berkas Excel (.xlsx) atau CSV."
    ),
    "picture": _(
        "Berkas ini foto atau PDF, jadi isinya tidak dapat dibaca sebagai tabel. Minta berkas "
        "Excel aslinya, atau ketik daftarnya di templat."
    ),
    "word_document": _(
        "Berkas ini dokumen Word. Salin tabelnya ke Excel, simpan sebagai Buku Kerja Excel "
        "(.xlsx), lalu unggah."
    ),
    "archive": _(
        "Berkas ini arsip yang berisi berkas lain. Buka arsipnya, lalu unggah berkas Excel di "
        "dalamnya."
    ),
    "xml_spreadsheet": _(
        "Berkas ini XML Spreadsheet 2003, bentuk lama yang dibuat aplikasi lain. Buka di Excel, "
        "pilih Simpan Sebagai, jenis Buku Kerja Excel (.xlsx), lalu unggah hasilnya."
    ),
    "html_renamed": _(
        "Berkas ini sebenarnya halaman web yang diberi nama Excel. Buka di Excel, pilih Simpan "
        "Sebagai, jenis Buku Kerja Excel (.xlsx), lalu unggah hasilnya."
    ),
    "password_protected": _(
        "Berkas ini dikunci kata sandi. Buka di Excel, hapus kata sandinya di Info, Lindungi Buku "
        "Kerja, simpan, lalu unggah lagi."
    ),
    "damaged": _(
        "Berkas ini rusak dan tidak dapat dibuka. Minta pengirimnya menyimpan lagi, atau buka di "
        "Excel dan pilih Simpan Sebagai, lalu unggah hasilnya."
    ),
    "macros": _(
        "Berkas ini berisi makro. Di Excel pilih Simpan Sebagai, jenis Buku Kerja Excel (.xlsx) "
        "tanpa makro, lalu unggah hasilnya."
    ),
    "hostile": _(
        "Isi berkas ini tidak wajar besarnya sehingga tidak dibuka. Salin tabelnya saja ke berkas "
        "Excel baru, lalu unggah."
    ),
    "too_many_rows": _(
        "Berkas ini berisi lebih dari 250.000 baris. Bagi daftarnya menjadi beberapa berkas, lalu "
        "unggah satu per satu."
    ),
    "too_slow": _(
        "Berkas ini terlalu lama dibaca. Salin tabelnya saja ke berkas Excel baru, lalu unggah."
    ),
}


class SheetRefused(DomainError):
    """A file that is not read as a table; `facts` fill the sentence of its code."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, REFUSALS.get(code, code))
        self.facts = facts


class Row(NamedTuple):
    """A line as people count it in the spreadsheet, and its cells (text, number, date or empty)."""

    sheet: str
    number: int
    cells: list


@dataclass(frozen=True)
class Book:
    """An opened file: `rows()` streams its visible lines; `hidden` names skipped sheets."""

    lines: IO[str]
    hidden: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Every line with something in it, in the order of the file; may be called again."""
        self.lines.seek(0)
        sheet = ""
        for line in self.lines:
            told = json.loads(line)
            if "rows" in told:
                for number, cells in told["rows"]:
                    yield Row(sheet, number, cells)
            elif "sheet" in told:
                sheet = told["sheet"]


def sniff(path: Path) -> str:
    """`book` or `csv`, by what the bytes are and not by the name; raises SheetRefused."""
    size = path.stat().st_size
    if size == 0:
        raise SheetRefused("empty")
    if size > settings.KJ_ROSTER_MAX_BYTES:
        raise SheetRefused("too_large", limit=f"{settings.KJ_ROSTER_MAX_BYTES // 1048576} MB")
    with path.open("rb") as source:
        head = source.read(4096)
    if head.startswith(b"PK"):
        _guard_zip(path)
        return "book"
    if head.startswith(OLE):
        _guard_ole(path.read_bytes())
        return "book"
    for mark, code in DOCUMENTS.items():
        if head.startswith(mark):
            raise SheetRefused(code)
    _guard_text(head)
    return "csv"


def _guard_ole(data: bytes) -> None:
    """Refuse locked workbooks, macros and documents of the old kinds by the names inside them."""
    for name, code in (
        ("EncryptedPackage", "password_protected"),
        ("WordDocument", "word_document"),
        ("_VBA_PROJECT", "macros"),
    ):
        if name.encode("utf-16-le") in data:
            raise SheetRefused(code)


def _guard_text(head: bytes) -> None:
    """Refuse web pages, XML and bytes that are no text."""
    utf_16 = head.startswith((b"\xff\xfe", b"\xfe\xff")) or 3 * head.count(0) > len(head)
    if b"\0" in head and not utf_16:
        raise SheetRefused("not_a_spreadsheet")
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").strip(b"\xff\xfe \t\r\n").lower()
    if start.startswith(b"mime-version:") or start.startswith(HTML):
        raise SheetRefused("html_renamed")
    if start.startswith((b"<?xml", b"<!doctype", b"<!--")):
        if any(mark in start for mark in HTML):
            raise SheetRefused("html_renamed")
        known = b"urn:schemas-microsoft-com:office:spreadsheet" in start
        raise SheetRefused("xml_spreadsheet" if known else "not_a_spreadsheet")


def _guard_zip(path: Path) -> None:
    """Refuse bombs, other kinds of zip, macros and locked entries before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            declared = _declares_entities(archive, entries)
    except UNREADABLE_ZIP:
        raise SheetRefused("damaged") from None
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        declared
        or len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or packed > path.stat().st_size
        or any(
            entry.file_size > RATIO_MATTERS_FROM
            and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
            for entry in entries
        )
    ):
        raise SheetRefused("hostile")
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetRefused("password_protected")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise SheetRefused("macros")
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise SheetRefused(_other_zip(names))


def _other_zip(names: set[str]) -> str:
    """The code for a zip that is no workbook: a document, or files put together."""
    if "word/document.xml" in names:
        return "word_document"
    inside = (".xlsx", ".xls", ".ods", ".csv")
    return (
        "archive" if any(name.lower().endswith(inside) for name in names) else "not_a_spreadsheet"
    )


def _declares_entities(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bool:
    """Whether a part begins with a document type, which spreadsheets never need."""
    for entry in entries[:MAX_ENTRIES]:
        if entry.filename.endswith((".xml", ".rels")) and not entry.flag_bits & 1:
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(65536).upper():
                    return True
    return False


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    """Read a file in the child and give its lines; raises SheetRefused with its code."""
    kind = sniff(path)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        yield Book(out, _verdict(out, parse(kind, path, out)))


def parse(kind: str, path: Path, out: IO[str]) -> int:
    """Let the child write what it reads into `out`; its exit code. Raises SheetRefused."""
    command = [sys.executable, "-S", str(CHILD), kind, str(path), str(MEMORY), str(SECONDS)]
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env=_environment(),
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        raise SheetRefused("too_slow") from None


def _environment() -> dict[str, str]:
    """The child knows where the reader's library is, and no key and no database."""
    import python_calamine

    library = str(Path(python_calamine.__file__).parent.parent)
    return {"PYTHONPATH": library, "PYTHONIOENCODING": "utf-8", "PATH": ""}


def _verdict(out: IO[str], code: int) -> tuple[str, ...]:
    """The hidden sheets of a file that was read to its end; raises SheetRefused otherwise."""
    out.seek(0)
    hidden, ended = [], False
    for line in out:
        if line.startswith('{"rows"'):
            continue
        try:
            told = json.loads(line)
        except ValueError:
            break
        if "error" in told:
            raise SheetRefused(told["error"])
        if told.get("hidden"):
            hidden.append(told["sheet"])
        ended = ended or "end" in told
    if not ended:
        if code == -signal.SIGXCPU:
            raise SheetRefused("too_slow")
        full = out.seek(0, 2) >= OUTPUT_BYTES
        raise SheetRefused("hostile" if code < 0 or full else "damaged")
    return tuple(hidden)
