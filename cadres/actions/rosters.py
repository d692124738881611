"""What people do with rosters; nothing else writes these tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres import findings, queries, staging
from cadres.importing import Note, Reader, RosterRefused
from cadres.models import Category, RosterImport
from core import plans, private_files, runs, sheets
from core.errors import DomainError
from regions.models import Village
from regions.queries import regency_today

CHECK = "roster.check"


@dataclass(frozen=True)
class Upload:
    """An uploaded roster; `repeated` when the same file had been uploaded before."""

    roster: RosterImport
    repeated: bool


def upload_roster(
    *,
    by: Actor,
    chunks: Iterable[bytes],
    file_name: str,
    village: Village | None = None,
    category: str = Category.POSYANDU_CADRE,
) -> Upload:
    """Store a file and start its check; the same file for the same place gives the earlier import.

    Raises DomainError `too_large`. What is wrong inside the file becomes the import's refusal.
    """
    own = by.membership.village
    if own is not None and (village is None or village.pk != own.pk):
        raise DomainError(
            "village_not_yours", _("Anda hanya dapat mengunggah daftar desa Anda sendiri.")
        )
    name, sha256, size = private_files.save(_limited(chunks), ".roster")
    with connection.cursor() as cursor:  # two people may send the same file at once
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [sha256])
    village_id = village.pk if village else None
    if found := queries.earlier(sha256, village_id, category):
        private_files.path_of(name).unlink()
        return Upload(found, repeated=True)
    roster = RosterImport.objects.create(
        village=village,
        file=name,
        file_name=PurePath(file_name.replace("\\", "/")).name[-200:],
        sha256=sha256,
        size=size,
        category=category,
        limited=own is not None,
        uploaded_by_id=by.id,
    )
    record("roster.uploaded", roster, by=by, village_id=village_id, facts={"size": size})
    start(roster, CHECK, by)
    return Upload(roster, repeated=False)


def _limited(chunks: Iterable[bytes]) -> Iterable[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > settings.KJ_ROSTER_MAX_BYTES:
            limit = f"{settings.KJ_ROSTER_MAX_BYTES // 1048576} MB"
            message = findings.refusal("too_large", {"limit": limit})
            raise DomainError("too_large", message, {"file": message})
        yield chunk


def start(roster: RosterImport, kind: str, by: Actor | None) -> None:
    """Let a worker check or write a roster once this transaction commits."""
    weight = roster.counts.get("rows") or 1
    roster.run = runs.start(
        runs.kind_named(kind),
        [runs.PlannedPart({"roster": roster.pk}, weight=weight)],
        by=by.id if by else roster.uploaded_by_id,
    )
    roster.save(update_fields=["run"])


def check_roster(*, roster_id: int) -> RosterImport:
    """Read a stored file, keep its rows and findings, and say what applying it would do.

    What people answered so far is read with it. Raises MappingNeeded when somebody has to say
    which column means what, SheetRefused or RosterRefused when it cannot be used at all; then the
    transaction cannot go on.
    """
    roster = RosterImport.objects.select_for_update().get(pk=roster_id)
    if roster.status != RosterImport.Status.CHECKING:
        return roster
    today = regency_today(roster.regency)
    reader = Reader(queries.ground_of(roster, today), answers=queries.answers_of(roster))
    staging.forget(roster)
    with sheets.opened(private_files.path_of(roster.file)) as book:
        staging.stage(reader.people(book.rows()))
        notes = [Note("", 0, "", "sheet_hidden", {"name": name[:60]}) for name in book.hidden]
    with plans.for_many():
        staging.keep_rows(roster)
        staging.note_known(roster)
        staging.note_similar(roster)
        notes += [*reader.notes, *staging.posyandu_notes(roster)]
    elsewhere = staging.elsewhere_notes(roster, today)
    with plans.for_many():
        staging.keep_notes(roster, [*notes, *(elsewhere or ())])
        roster.counts = queries.counts(roster)
    plans.grown(roster.counts["rows"], "cadres_importrow", "cadres_finding")
    roster.status = RosterImport.Status.READY
    roster.checked_at = timezone.now()
    roster.save(update_fields=["counts", "status", "checked_at"])
    if elsewhere is not None:
        record(
            "roster.compared",
            roster,
            by=None,
            village_id=roster.village_id,
            facts={"rows": roster.counts["rows"], "found": len(elsewhere)},
        )
    return roster


def ask_for_columns(*, roster_id: int) -> RosterImport:
    """Let a list wait until somebody says which column means what; nothing of it is kept."""
    roster = RosterImport.objects.select_for_update().get(pk=roster_id)
    if roster.status == RosterImport.Status.CHECKING:
        staging.forget(roster)
        roster.status, roster.counts = RosterImport.Status.MAPPING, {}
        roster.checked_at = timezone.now()
        roster.save(update_fields=["counts", "status", "checked_at"])
    return roster


def refuse_roster(*, roster_id: int, error: sheets.SheetRefused | RosterRefused) -> RosterImport:
    """Say of a whole file why it cannot be used."""
    roster = RosterImport.objects.select_for_update().get(pk=roster_id)
    if roster.status == RosterImport.Status.CHECKING:
        roster.status = RosterImport.Status.REFUSED
        roster.refusal_code, roster.refusal_facts = error.code, error.facts
        roster.checked_at = timezone.now()
        roster.save(update_fields=["status", "refusal_code", "refusal_facts", "checked_at"])
        record(
            "roster.refused",
            roster,
            by=None,
            village_id=roster.village_id,
            facts={"code": error.code},
        )
    return roster


def fail_roster(*, roster_id: int, code: str) -> None:
    """After a fault: the check failed; what saved nothing is ready, or saved, as it was before."""
    roster = RosterImport.objects.select_for_update().get(pk=roster_id)
    if roster.status == RosterImport.Status.UNDOING:
        roster.status = RosterImport.Status.APPLIED
        code = "undo_failed" if code == "internal_error" else code
    elif roster.status == RosterImport.Status.APPLYING:
        roster.status = RosterImport.Status.READY
    elif roster.status == RosterImport.Status.CHECKING:
        roster.status = RosterImport.Status.FAILED
    roster.refusal_code = code
    roster.save(update_fields=["status", "refusal_code"])


def recheck_roster(*, by: Actor, roster: RosterImport) -> RosterImport:
    """Check a roster again: with what was answered, against the people who are there now."""
    roster = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if roster.status not in (RosterImport.Status.READY, RosterImport.Status.MAPPING):
        raise DomainError("roster_not_ready", _("Daftar ini tidak sedang menunggu disimpan."))
    roster.status, roster.refusal_code = RosterImport.Status.CHECKING, ""
    roster.save(update_fields=["status", "refusal_code"])
    start(roster, CHECK, by)
    return roster
