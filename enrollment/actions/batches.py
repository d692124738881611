"""Putting people forward: one person prepares, another submits."""

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from core import numbers, plans
from core.errors import DomainError
from enrollment import statements, terms, under_agreement
from enrollment.marking import check_month, mark_findings
from enrollment.models import Agreement, EnrollmentBatch, FundSource
from enrollment.queries import Choice, eligible, standings
from enrollment.queries.eligibility import Ground, ground_of


def prepare(
    *,
    by: Actor,
    fund_source: FundSource,
    segment: str,
    first_month: dt.date,
    choice: Choice,
    programme: str = EnrollmentBatch.Programme.JKK_JKM,
    note: str = "",
    agreement: Agreement | None = None,
    begin_with: terms.BatchTerms | None = None,
) -> EnrollmentBatch:
    """A draft with every chosen person who can be put forward; set-based.

    `first_month` is the first day of a month, at most 12 months back and 12 ahead; the rows
    begin with the terms `begin_with`. Raises DomainError `first_month_out_of_range`,
    `fund_source_inactive`, `nobody_eligible`, or what `under_agreement` and `terms.check` refuse.
    """
    check_month(first_month)
    values = (begin_with or terms.BatchTerms()).values()
    terms.check(values)
    agreement = under_agreement.lock(agreement)
    if agreement is not None:
        under_agreement.check_batch(
            agreement, segment=segment, with_jht=values["with_jht"], first_month=first_month
        )
        going = eligible(choice, first_month=first_month, programme=programme)
        under_agreement.check_people(agreement, going)
    if not fund_source.active:
        message = _("Sumber dana ini tidak dipakai lagi.")
        raise DomainError("fund_source_inactive", message, {"fund_source": message})
    year = timezone.localdate().year
    batch = EnrollmentBatch.objects.create(
        number=f"PD-{year}-{numbers.take('enrollment_batch', year):04d}",
        programme=programme,
        segment=segment,
        agreement=agreement,
        fund_source=fund_source,
        first_month=first_month,
        note=note.strip(),
        prepared_by_id=by.id,
        **values,
    )
    ground = ground_of(programme, first_month, lock=True)
    people = _add_rows(batch, choice, ground)
    if not people:
        counted = standings(choice, first_month=first_month, programme=programme)
        reasons = "; ".join(counted.exclusions()) or _("tidak ada orang yang cocok")
        raise DomainError(
            "nobody_eligible",
            _("Tidak ada yang dapat didaftarkan: %(reasons)s.") % {"reasons": reasons},
        )
    if agreement is not None:
        under_agreement.check_quota(agreement, first_month)
    mark_findings(batch, ground=ground)
    plans.grown(people, "enrollment_batchrow")
    record(
        "batch.prepared",
        batch,
        by=by,
        facts={"number": batch.number, "people": people, "month": first_month.isoformat()[:7]},
    )
    return batch


def narrow(*, by: Actor, batch: EnrollmentBatch, row_ids: Collection[int]) -> int:
    """Take people out of a draft and return how many; raises DomainError `batch_not_draft`."""
    batch = _locked_draft(batch)
    with plans.for_many() as cursor:
        cursor.execute(
            "DELETE FROM enrollment_batchrow WHERE batch_id = %s AND id = ANY (%s)",
            [batch.pk, list(row_ids)],
        )
        people = cursor.rowcount
    if people:
        record("batch.narrowed", batch, by=by, facts={"number": batch.number, "people": people})
    return people


def delete(*, by: Actor, batch: EnrollmentBatch) -> None:
    """Delete a draft and its rows; raises DomainError `batch_not_draft`."""
    batch = _locked_draft(batch)
    with plans.for_many() as cursor:
        cursor.execute("DELETE FROM enrollment_batchrow WHERE batch_id = %s", [batch.pk])
        people = cursor.rowcount
    record("batch.deleted", batch, by=by, facts={"number": batch.number, "people": people})
    batch.delete()


def submit(*, by: Actor, batch: EnrollmentBatch) -> EnrollmentBatch:
    """Send a draft to the branch; never by the one who prepared it.

    Raises DomainError `batch_not_draft`, `batch_same_person`, `batch_empty`, or what
    `under_agreement` refuses since.
    """
    batch = _locked_draft(batch)
    if batch.prepared_by_id == by.id:
        raise DomainError(
            "batch_same_person",
            _("Yang mengajukan harus orang lain daripada yang menyusun. Minta penyetuju lain."),
        )
    people = batch.rows.count()
    if not people:
        raise DomainError("batch_empty", _("Pendaftaran ini tidak berisi siapa pun."))
    agreement = under_agreement.lock(batch.agreement)
    if agreement is not None:
        under_agreement.check_batch(
            agreement,
            segment=batch.segment,
            with_jht=batch.with_jht,
            first_month=batch.first_month,
        )
        under_agreement.check_rows(agreement, batch.rows.all())
        under_agreement.check_quota(agreement, batch.first_month)
    mark_findings(batch)
    batch.status = EnrollmentBatch.Status.SUBMITTED
    batch.submitted_by_id, batch.submitted_at = by.id, timezone.now()
    batch.save(update_fields=["status", "submitted_by_id", "submitted_at"])
    record("batch.submitted", batch, by=by, facts={"number": batch.number, "people": people})
    return batch


def _locked_draft(batch: EnrollmentBatch) -> EnrollmentBatch:
    """The batch, locked: of two who submit at once, the second waits here and is refused."""
    locked = EnrollmentBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.status != EnrollmentBatch.Status.DRAFT:
        raise DomainError(
            "batch_not_draft", _("Pendaftaran ini sudah diajukan dan tidak dapat diubah lagi.")
        )
    return locked


def _add_rows(batch: EnrollmentBatch, choice: Choice, ground: Ground) -> int:
    """Insert the eligible people in one statement; the database decides who waits elsewhere."""
    people: QuerySet = eligible(
        choice, first_month=batch.first_month, programme=batch.programme, ground=ground
    )
    chosen, parameters = people.values(
        "id", "village_id", "name_key", "row_category"
    ).query.sql_with_params()
    with plans.for_many() as cursor:
        cursor.execute(
            statements.ADD_ROWS.format(chosen=chosen),
            [*parameters, batch.pk],
        )
        return cursor.rowcount
