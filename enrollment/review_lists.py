"""The branch's own list of answers, as a spreadsheet: lines in, decisions and problems out."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.sheets import Row, SheetRefused, opened
from enrollment.branch_columns import Column
from enrollment.decisions import Decision, Problem
from enrollment.models import BatchRow

HEADINGS = {
    "nik": {"nik", "nomorindukkependudukan", "noktp", "nomorktp"},
    "member_no": {
        "nomorpeserta",
        "nopeserta",
        "kpj",
        "nokpj",
        "nomorkpj",
        "nomorkepesertaan",
        "nokepesertaan",
    },
    "status": {"status", "hasil", "keputusan", "statusvalidasi"},
    "reason": {"alasan", "kodealasan", "alasanpenolakan"},
    "reason_text": {"keterangan", "catatan"},
}
ACCEPTED = {
    "diterima",
    "terima",
    "accept",
    "accepted",
    "ok",
    "valid",
    "sukses",
    "berhasil",
    "aktif",
}
RETURNED = {
    "dikembalikan",
    "kembali",
    "return",
    "returned",
    "ditolak",
    "tolak",
    "gagal",
    "tidakvalid",
}
SILENT = {"", "menunggu", "waiting"}
SEARCHED_LINES = 20


def own_headings(columns: Sequence[Column]) -> dict[str, str]:
    """The headings that a branch gives to what is read back, as they are compared."""
    return {_key(each.heading): each.field.name for each in columns if each.field.answer}


def _key(heading: object) -> str:
    return re.sub(r"[^a-z]", "", str(heading or "").lower())


def read_upload(
    chunks: Iterable[bytes], own: Mapping[str, str] | None = None
) -> tuple[list[Decision], list[Problem]]:
    """The decisions of an uploaded XLSX or CSV list, and its lines that say nothing usable.

    `own` are the branch's own headings, as `own_headings` gives them. Raises DomainError with the
    reason when the file is not read or has no column NIK.
    """
    with tempfile.NamedTemporaryFile() as stored:
        for chunk in chunks:
            stored.write(chunk)
        stored.flush()
        try:
            with opened(Path(stored.name)) as book:
                return read(book.rows(), own)
        except SheetRefused as refused:
            message = str(refused.message) % refused.facts if refused.facts else refused.message
            raise DomainError(refused.code, message, {"file": message}) from refused


def read(
    rows: Iterable[Row], own: Mapping[str, str] | None = None
) -> tuple[list[Decision], list[Problem]]:
    """Decisions and problems of lines; the heading is searched in the first twenty lines."""
    lines = iter(rows)
    columns = _columns(lines, own or {})
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for row in lines:
        told = {name: _text(row.cells, at) for name, at in columns.items()}
        if not any(told.values()):
            continue
        answer = _answer(told, row.number)
        if isinstance(answer, Decision):
            decisions.append(answer)
        elif answer is not None:
            problems.append(answer)
    return decisions, problems


def _columns(lines: Iterator[Row], own: Mapping[str, str]) -> dict[str, int]:
    for _index, row in zip(range(SEARCHED_LINES), lines, strict=False):
        keys = [_key(cell) for cell in row.cells]
        found = {
            name: at
            for name, words in HEADINGS.items()
            for at, key in enumerate(keys)
            if key in words and key not in own
        }
        found |= {own[key]: at for at, key in enumerate(keys) if key in own}
        if "nik" in found:
            return found
    message = _("Daftar ini tidak mempunyai kolom NIK. Pakai daftar yang diunduh dari halaman ini.")
    raise DomainError("list_without_nik", message, {"file": message})


def _text(cells: list[Any], at: int) -> str:
    value = cells[at] if at < len(cells) else ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value if value is not None else "").strip()


def _answer(told: dict[str, str], line: int) -> Decision | Problem | None:
    """One line as a decision, as a problem, or None when it says nothing about its person."""
    word = re.sub(r"[^a-z]", "", told.get("status", "").lower())
    member_no = told.get("member_no", "")
    reason, text = _reason(told.get("reason", ""), told.get("reason_text", ""))
    if word in ACCEPTED or (word in SILENT and member_no):
        accept = True
    elif word in RETURNED or (word in SILENT and reason):
        accept, reason = False, reason or BatchRow.Reason.OTHER
    elif word in SILENT:
        return None
    else:
        return Problem(
            line, "status_unknown", _("Status tidak dikenal. Tulis diterima atau dikembalikan.")
        )
    return Decision(
        accept=accept,
        nik=re.sub(r"[\s.\-'`\u00a0]", "", told["nik"]),
        member_no=member_no,
        reason=reason,
        reason_text=text,
        line=line,
    )


def _reason(written: str, text: str) -> tuple[str, str]:
    """A reason code from its code or its words; anything else is kept as text under `other`."""
    if not written:
        return "", text
    wanted = written.casefold()
    for code, label in BatchRow.Reason.choices:
        if wanted in (code, str(label).casefold()):
            return code, text
    return BatchRow.Reason.OTHER, f"{written}. {text}".strip(" .")
