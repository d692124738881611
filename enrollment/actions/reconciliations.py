"""What people do with a list of BPJS: upload it, point out its columns, withdraw it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.access import Actor
from audit.actions import record
from core import months, numbers, plans, private_files, runs, sheets
from core.errors import DomainError
from enrollment.models import FundSource, Reconciliation, ReconciliationColumns
from enrollment.queries import reconciliations as queries
from enrollment.reconciliation import columns, comparing, staging, wording
from enrollment.reconciliation.reading import ListRefused, Reader
from regions.queries import regency_today

READ = "reconciliation.read"
SERIES = "reconciliation"
Status = Reconciliation.Status
PARTS = (("read", 3), ("compare", 1))  # the step and its share of the progress
SHORTEST_REASON = 5


@dataclass(frozen=True)
class UploadedList:
    """An uploaded list; `repeated` when the same file had been uploaded for the month before."""

    reconciliation: Reconciliation
    repeated: bool


def upload_list(
    *,
    by: Actor,
    chunks: Iterable[bytes],
    file_name: str,
    month: date,
    kind: str,
    fund_source: FundSource | None = None,
    ask_columns: bool = False,
) -> UploadedList:
    """Store a list for a contribution month and start to read it.

    `fund_source` when the list is of one payer only. The same file for the same month gives the
    earlier reconciliation. With `ask_columns` nothing is guessed: somebody points out the columns.
    Raises DomainError `too_large` or `month_ahead`; what is wrong inside becomes a refusal.
    """
    if month > months.add_months(months.this_month(), 1):
        message = _("Bulan ini masih terlalu jauh di depan.")
        raise DomainError("month_ahead", message, {"month": message})
    name, sha256, _size = private_files.save(_limited(chunks), ".bpjs")
    with connection.cursor() as cursor:  # two people may send the same file at once
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{month}{sha256}"])
    if found := queries.earlier_list(month, sha256):
        private_files.path_of(name).unlink()
        return UploadedList(found, repeated=True)
    today = timezone.localdate()
    number = numbers.take(SERIES, today.year)
    made = Reconciliation.objects.create(
        number=f"{number:04d}/REK/{numbers.roman_month(today.month)}/{today.year}",
        month=month,
        kind=kind,
        fund_source=fund_source,
        file=name,
        file_name=PurePath(file_name.replace("\\", "/")).name[-200:],
        file_sha256=sha256,
        columns={queries.ASK_ALL: {}} if ask_columns else {},
        uploaded_by_id=by.id,
    )
    record(
        "reconciliation.uploaded",
        made,
        by=by,
        facts={"number": made.number, "month": month.isoformat()},
    )
    _start(made, by)
    return UploadedList(made, repeated=False)


def _limited(chunks: Iterable[bytes]) -> Iterable[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > settings.KJ_ROSTER_MAX_BYTES:
            limit = f"{settings.KJ_ROSTER_MAX_BYTES // 1048576} MB"
            message = wording.refusal("too_large", {"limit": limit})
            raise DomainError("too_large", message, {"file": message})
        yield chunk


def _start(reconciliation: Reconciliation, by: Actor) -> None:
    """Let a worker read and compare once this transaction commits."""
    reconciliation.run = runs.start(
        runs.kind_named(READ),
        [
            runs.PlannedPart({"step": step, "reconciliation": reconciliation.pk}, weight=weight)
            for step, weight in PARTS
        ],
        by=by.id,
    )
    reconciliation.save(update_fields=["run"])


def point_out_columns(
    *,
    by: Actor,
    reconciliation: Reconciliation,
    shape: str,
    places: Mapping[str, int],
    remember: bool = True,
) -> Reconciliation:
    """Say which column of a list means what; `places` is {name of a column: place from 0}.

    With `remember` the regency's next file of this shape is read so without asking. Raises
    DomainError `columns_missing`, `columns_unknown`, `columns_twice` or `not_waiting`.
    """
    found = Reconciliation.objects.select_for_update().get(pk=reconciliation.pk)
    if found.status != Status.MAPPING:
        raise DomainError("not_waiting", _("Daftar ini tidak sedang menunggu letak kolomnya."))
    if not set(columns.MAPPABLE).issuperset(places) or any(at < 0 for at in places.values()):
        raise DomainError("columns_unknown", _("Ada kolom yang tidak dikenal."))
    if not columns.is_enough(places):
        raise DomainError(
            "columns_missing", _("Tunjukkan kolom yang berisi NIK atau nomor peserta (KPJ).")
        )
    if len(set(places.values())) != len(places):
        raise DomainError("columns_twice", _("Satu kolom hanya boleh punya satu arti."))
    found.columns = {**found.columns, shape[:64]: dict(places)}
    found.status = Status.READING
    found.save(update_fields=["columns", "status"])
    if remember:
        ReconciliationColumns.objects.update_or_create(
            shape=shape[:64], defaults={"columns": dict(places)}
        )
    record("reconciliation.mapped", found, by=by, facts={"columns": len(places)})
    _start(found, by)
    return found


def withdraw_list(*, by: Actor, reconciliation: Reconciliation, reason: str) -> Reconciliation:
    """Take back a list that was uploaded by mistake; its rows and answers stay to be read.

    Raises DomainError `reconciliation_closed`, `still_reading` or `reason_missing`.
    """
    found = Reconciliation.objects.select_for_update().get(pk=reconciliation.pk)
    if found.status == Status.CLOSED:
        raise DomainError("reconciliation_closed", _("Rekonsiliasi ini sudah ditutup."))
    if found.status == Status.READING:
        raise DomainError("still_reading", _("Daftar ini masih dibaca. Tunggu sampai selesai."))
    if found.status == Status.WITHDRAWN:
        return found
    found.closing_note = told_reason(by=by, text=reason)
    found.status = Status.WITHDRAWN
    found.save(update_fields=["status", "closing_note"])
    record(
        "reconciliation.withdrawn",
        found,
        by=by,
        facts={"number": found.number, "reason": found.closing_note},
    )
    return found


def told_reason(*, by: Actor, text: str) -> str:
    """A reason with single spaces, at most 300 letters; raises DomainError `reason_missing`."""
    reason = " ".join(text.split())
    if len(reason) < SHORTEST_REASON:
        message = _("Tulis alasannya, paling sedikit 5 huruf.")
        raise DomainError("reason_missing", message, {"reason": message})
    return reason[:300]


def read_list(*, by: None, reconciliation_id: int) -> None:
    """Keep every line of a stored list as a row; a step of its run.

    Raises ColumnsNeeded, ListRefused or SheetRefused; then the transaction cannot go on.
    """
    found = Reconciliation.objects.select_for_update().get(pk=reconciliation_id)
    if found.status != Status.READING:
        return
    staging.forget(found)
    answers, asking = queries.known_columns(found)
    reader = Reader(regency_today(found.regency), answers, asking)
    with sheets.opened(private_files.path_of(found.file)) as book:
        staging.stage(reader.lines(book.rows()))
        hidden = list(book.hidden)
    rows = staging.keep(found)
    plans.grown(rows, "enrollment_reconciliationrow")
    found.shape = reader.shapes[0]
    found.counts = {"rows": rows, "skipped": reader.skipped, "hidden": hidden[:10]}
    found.save(update_fields=["shape", "counts"])


def compare_list(*, by: None, reconciliation_id: int) -> None:
    """Write the differences of a list that was read and open it; a step of its run."""
    found = Reconciliation.objects.select_for_update().get(pk=reconciliation_id)
    if found.status != Status.READING:
        return
    counts = comparing.compare(found)
    found.counts = {
        **found.counts,
        **counts,
        "problems": queries.problems_of(found),
    }
    found.status = Status.OPEN
    found.save(update_fields=["counts", "status"])
    differences = sum(counts[kind]["people"] for kind in comparing.classes.KINDS)
    plans.grown(differences, "enrollment_reconciliationdifference")
    record(
        "reconciliation.compared",
        found,
        by=None,
        facts={
            "rows": found.counts["rows"],
            "matched": counts["matched"]["people"],
            "found": differences,
        },
    )


def compare_again(*, by: Actor, reconciliation: Reconciliation) -> Reconciliation:
    """Let a worker compare an open list once more with what is recorded by now.

    While it is being compared, a second request changes nothing. Raises DomainError
    `reconciliation_not_open`.
    """
    found = Reconciliation.objects.select_for_update().get(pk=reconciliation.pk)
    if found.status != Status.OPEN:
        raise DomainError(
            "reconciliation_not_open", _("Rekonsiliasi ini tidak sedang diselesaikan.")
        )
    if found.run is None or not found.run.is_open:
        part = {"step": "again", "reconciliation": found.pk}
        found.run = runs.start(runs.kind_named(READ), [runs.PlannedPart(part)], by=by.id)
        found.save(update_fields=["run"])
    return found


def write_again(*, by: Actor | None, reconciliation_id: int, asked_by_id: int | None) -> None:
    """Bring the differences of an open list up to date; the step of a run that compares again.

    Who asked for it settles what is gone. Does nothing once the list is closed or withdrawn.
    """
    found = Reconciliation.objects.select_for_update().get(pk=reconciliation_id)
    if found.status != Status.OPEN:
        return
    with override("id"):
        reason = str(wording.GONE)
    counts, changes = comparing.compare_again(found, by=asked_by_id, reason=reason)
    found.counts = {
        **found.counts,
        **counts,
        "compared_at": timezone.now().isoformat(timespec="seconds"),
    }
    found.save(update_fields=["counts"])
    plans.grown(changes.new, "enrollment_reconciliationdifference")
    record(
        "reconciliation.compared_again",
        found,
        by=by,
        facts={
            "matched": counts["matched"]["people"],
            "gone": changes.gone,
            "new": changes.new,
        },
    )


def ask_for_columns(*, by: None, reconciliation_id: int) -> None:
    """Let a list wait until somebody says which column means what; nothing of it is kept."""
    _end(reconciliation_id, status=Status.MAPPING)


def refuse_list(
    *, by: None, reconciliation_id: int, error: sheets.SheetRefused | ListRefused
) -> None:
    """Say of a whole list why it cannot be compared."""
    _end(
        reconciliation_id,
        status=Status.REFUSED,
        refusal_code=error.code,
        refusal_facts=error.facts,
    )


def fail_list(*, by: None, reconciliation_id: int) -> None:
    """After an unexpected fault: nothing was kept, and the page says so."""
    _end(reconciliation_id, status=Status.REFUSED, refusal_code="internal_error")


def _end(reconciliation_id: int, **changes: object) -> None:
    found = Reconciliation.objects.select_for_update().get(pk=reconciliation_id)
    if found.status != Status.READING:
        return
    staging.forget(found)
    for name, value in changes.items():
        setattr(found, name, value)
    found.save(update_fields=list(changes))
    if found.status == Status.REFUSED:
        record("reconciliation.refused", found, by=None, facts={"code": found.refusal_code})
