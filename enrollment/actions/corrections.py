"""A returned row goes back to the branch in the same batch, or leaves it for good."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres.models import Cadre
from core import tenancy
from core.errors import DomainError
from enrollment import under_agreement
from enrollment.marking import check_month, mark_findings
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.queries import ELIGIBLE, with_standing
from enrollment.queries.corrections import changes_since_return
from enrollment.queries.eligibility import ground_of

SHORTEST_NOTE = 5


def resubmit(*, by: Actor, row: BatchRow, note: str = "") -> BatchRow:
    """Send a corrected row to the branch again; it waits in the same batch, which is in review.

    Without a change of the person or the terms the note has to say why. Raises DomainError
    `row_not_returned`, `nothing_corrected`, `still_refused` (with the rule), `waiting_elsewhere`,
    `first_month_out_of_range`, or what the agreement refuses.
    """
    batch, row = _locked(row)
    note = note.strip()
    if len(note) < SHORTEST_NOTE and not any(changes_since_return([row]).values()):
        message = _(
            "Belum ada yang diperbaiki. Perbaiki datanya dahulu, atau tulis catatan mengapa data "
            "yang sama sudah benar."
        )
        raise DomainError("nothing_corrected", message, {"note": message})
    check_month(batch.first_month)
    now = timezone.now()
    # A village neither sees the agreement nor the other places of a quota: the rules ask wider.
    with tenancy.scope(tenancy.current_regency_id(), by=by.id):
        _check_person(row, batch)
        agreement = under_agreement.lock(batch.agreement)
        if agreement is not None:
            under_agreement.check_batch(
                agreement,
                segment=row.segment,
                with_jht=row.with_jht,
                first_month=batch.first_month,
            )
            under_agreement.check_quota(agreement, batch.first_month, more=1)
        row.status, row.corrected_at, row.corrected_by_id = BatchRow.Status.WAITING, now, by.id
        row.correction_note = note[:200]
        _save_waiting(row)
        mark_findings(batch, row_ids=[row.pk])
        if batch.status in EnrollmentBatch.ANSWERED:
            batch.status = EnrollmentBatch.Status.IN_REVIEW
            batch.save(update_fields=["status"])
    record(
        "batch.row_resubmitted",
        row,
        by=by,
        facts={"number": batch.number, "name": row.cadre.name},
    )
    row.refresh_from_db()
    return row


def take_out(*, by: Actor, row: BatchRow, reason: str) -> EnrollmentBatch:
    """Take a returned row out of its batch for good; the reason stays in the trail.

    The person can be put forward in another batch at once. Raises DomainError
    `row_not_returned` or `reason_missing`.
    """
    batch, row = _locked(row)
    reason = reason.strip()
    if not reason:
        message = _("Tulis alasannya.")
        raise DomainError("reason_missing", message, {"reason": message})
    village_id, name = row.village_id, row.cadre.name
    row.delete()
    returned = batch.rows.filter(status=BatchRow.Status.RETURNED).exists()
    if batch.status == EnrollmentBatch.Status.PARTLY_ACCEPTED and not returned:
        batch.status = EnrollmentBatch.Status.ACCEPTED
        batch.save(update_fields=["status"])
    record(
        "batch.row_taken_out",
        batch,
        by=by,
        village_id=village_id,
        facts={"number": batch.number, "name": name, "reason": reason[:200]},
    )
    return batch


def _locked(row: BatchRow) -> tuple[EnrollmentBatch, BatchRow]:
    """Batch, then row, locked: of two who send a row again at once, the second is refused.

    Raises DomainError `row_not_returned`.
    """
    batch = EnrollmentBatch.objects.select_for_update().get(pk=row.batch_id)
    locked = (
        BatchRow.objects.select_for_update(of=("self",))
        .select_related("cadre")
        .filter(pk=row.pk, status=BatchRow.Status.RETURNED)
        .first()
    )
    if locked is None or batch.status == EnrollmentBatch.Status.DRAFT:
        raise DomainError(
            "row_not_returned",
            _("Orang ini tidak sedang dikembalikan. Mungkin sudah dikirim lagi."),
        )
    return batch, locked


def _check_person(row: BatchRow, batch: EnrollmentBatch) -> None:
    """Refuse whom the rules refuse still: the branch would send the row back again."""
    ground = ground_of(batch.programme, batch.first_month, lock=True)
    found: QuerySet = with_standing(
        Cadre.objects.filter(pk=row.cadre_id),
        first_month=batch.first_month,
        programme=batch.programme,
        ground=ground,
    )
    standing = found.values_list("standing", flat=True).get()
    if standing != ELIGIBLE:
        raise DomainError(
            "still_refused",
            _("Belum dapat dikirim kembali: orang ini %(reason)s.")
            % {"reason": ground.rules[standing].reason},
        )


def _save_waiting(row: BatchRow) -> None:
    """The database decides that nobody waits twice."""
    try:
        with transaction.atomic():
            row.save(update_fields=["status", "corrected_at", "corrected_by_id", "correction_note"])
    except IntegrityError as error:
        if "enrollment_batchrow_one_waiting" not in str(error):
            raise
        raise DomainError(
            "waiting_elsewhere", _("Orang ini sedang menunggu dalam pendaftaran lain.")
        ) from error
