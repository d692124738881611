"""The correction file of a stored roster: what the database knows of it, put into its file."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from accounts.roles import Perm
from audit.exporting import DIRECT, Asked, Document
from cadres import correction_file, findings, fixing
from cadres.correction_file import Told
from cadres.correction_survey import Corrections, Line, Problem
from cadres.models import Finding, RosterImport, RowFix
from core import private_files, sealed, sheets
from core.errors import DomainError

TOLD = (Finding.Level.REJECT, Finding.Level.WARNING)
LONGEST_SHEET = 60  # letters that a finding keeps of a sheet's name
CHUNK = 2_000
READ = (
    RosterImport.Status.READY,
    RosterImport.Status.WAITING,
    RosterImport.Status.APPLIED,
    RosterImport.Status.UNDONE,
)


def is_long(roster: RosterImport) -> bool:
    """Whether making the file is worth waiting for, so that it is made by a worker."""
    return roster.counts.get("rows", 0) > DIRECT


def write(out: BinaryIO, roster: RosterImport, told_so_far: Told = lambda _count: None) -> int:
    """Write the correction file of a checked roster to `out`; returns how many lines it has.

    Raises DomainError `roster_not_checked` before its check is done, `roster_file_gone` when the
    file is no longer kept, and SheetRefused when it can no longer be read.
    """
    need_checked(roster)
    path = private_files.path_of(roster.file)
    if not path.exists():
        raise DomainError("roster_file_gone", _("Berkas asli daftar ini sudah tidak disimpan."))
    told = Corrections(_Problems(roster), _fixes(roster), roster.mapping)
    with sheets.opened(path) as book:
        rows = roster.counts.get("rows", 0)
        return correction_file.write(out, path, book, told, rows=rows, told_so_far=told_so_far)


def need_checked(roster: RosterImport) -> None:
    """Raise DomainError `roster_not_checked` while a roster is not, or no longer, read."""
    if roster.status not in READ:
        raise DomainError(
            "roster_not_checked", _("Daftar ini belum selesai diperiksa, jadi belum ada berkasnya.")
        )


def write_for(out: BinaryIO, asked: Asked, told_so_far: Told, *, roster: int, **_of: Any) -> int:
    """The same for who asked for it as a long download; its rows are those of the roster."""
    found = RosterImport.objects.filter(pk=roster).first()
    if found is None:
        raise DomainError("list_gone", _("Daftar ini sudah tidak ada."))
    write(out, found, told_so_far)
    return found.counts["rows"]


FILE = Document(
    "perbaikan", _("berkas perbaikan"), Perm.ROSTER_UPLOAD, write_for, "cadres:roster", "roster"
)


class _Problems:
    """The problems of a roster's lines, read as the file is written; one line's are held."""

    def __init__(self, roster: RosterImport) -> None:
        self._roster = roster
        self._sheet: str | None = None
        self._lines: Iterator[tuple[int, list[Problem]]] = iter(())
        self._next: tuple[int, list[Problem]] | None = None

    def of(self, sheet: str, number: int) -> Sequence[Problem]:
        """The problems of one line, in the order of the file."""
        if sheet != self._sheet:
            self._sheet = sheet
            self._lines = self._of_sheet(sheet[:LONGEST_SHEET])
            self._next = next(self._lines, None)
        while self._next is not None and self._next[0] < number:
            self._next = next(self._lines, None)
        return self._next[1] if self._next is not None and self._next[0] == number else ()

    def _of_sheet(self, sheet: str) -> Iterator[tuple[int, list[Problem]]]:
        found = Finding.objects.filter(
            roster=self._roster, sheet=sheet, level__in=TOLD, number__gt=0
        ).order_by("number", "id")
        by_line = groupby(found.iterator(CHUNK), key=lambda each: each.number)
        return ((number, [_problem(each) for each in several]) for number, several in by_line)


def _problem(finding: Finding) -> Problem:
    return Problem(
        column=fixing.column_of(finding.code),
        heading=finding.column,
        reason=findings.message(finding.code, finding.facts),
        remedy=findings.fix(finding.code, finding.facts),
        rejects=finding.level == Finding.Level.REJECT,
    )


def _fixes(roster: RosterImport) -> dict[Line, dict[str, str]]:
    found: dict[Line, dict[str, str]] = defaultdict(dict)
    for each in RowFix.objects.filter(roster=roster):
        found[each.sheet, each.number][each.column] = sealed.unseal(each.value_sealed)
    return dict(found)
