"""The correction file of a stored roster: what the database knows of it, put into its file."""

from collections import defaultdict
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from cadres import correction_file, findings, fixing, queries
from cadres.correction_survey import Corrections, Line, Problem
from cadres.models import Finding, RosterImport, RowFix
from core import private_files, sealed, sheets
from core.errors import DomainError

TOLD = (Finding.Level.REJECT, Finding.Level.WARNING)
READ = (
    RosterImport.Status.READY,
    RosterImport.Status.WAITING,
    RosterImport.Status.APPLIED,
    RosterImport.Status.UNDONE,
)


def write(out: BinaryIO, roster: RosterImport) -> None:
    """Write the correction file of a checked roster to `out`.

    Raises DomainError `roster_not_checked` before its check is done, `roster_file_gone` when the
    file is no longer kept, and SheetRefused when it can no longer be read.
    """
    if roster.status not in READ:
        raise DomainError(
            "roster_not_checked", _("Daftar ini belum selesai diperiksa, jadi belum ada berkasnya.")
        )
    path = private_files.path_of(roster.file)
    if not path.exists():
        raise DomainError("roster_file_gone", _("Berkas asli daftar ini sudah tidak disimpan."))
    told = Corrections(_problems(roster), _fixes(roster), roster.mapping)
    with sheets.opened(path) as book:
        correction_file.write(out, path, book, told, rows=roster.counts.get("rows", 0))


def _problems(roster: RosterImport) -> dict[Line, list[Problem]]:
    found: dict[Line, list[Problem]] = defaultdict(list)
    for each in queries.findings_of(roster).filter(level__in=TOLD, number__gt=0):
        found[each.sheet, each.number].append(
            Problem(
                column=fixing.column_of(each.code),
                heading=each.column,
                reason=findings.message(each.code, each.facts),
                remedy=findings.fix(each.code, each.facts),
                rejects=each.level == Finding.Level.REJECT,
            )
        )
    return dict(found)


def _fixes(roster: RosterImport) -> dict[Line, dict[str, str]]:
    found: dict[Line, dict[str, str]] = defaultdict(dict)
    for each in RowFix.objects.filter(roster=roster):
        found[each.sheet, each.number][each.column] = sealed.unseal(each.value_sealed)
    return dict(found)
