"""The branch's answer: accept or return rows, give member numbers, turn them into cover."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.access import Actor
from audit.actions import record
from core import plans
from core.errors import DomainError
from enrollment import statements
from enrollment.actions import moves
from enrollment.actions.coverages import end_for_replacement
from enrollment.decisions import PROBLEMS, Checked, Decision, Problem, check
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.queries import covered_rows, people_words, row_counts


@dataclass
class Report:
    """What one review did: people accepted, returned, and lines that could not be used."""

    accepted: int = 0
    returned: int = 0
    problems: list[Problem] = field(default_factory=list)


def review(
    *,
    by: Actor,
    batch: EnrollmentBatch,
    decisions: Iterable[Decision] = (),
    accept_rest: bool = False,
    finish_now: bool = False,
    partial: bool = False,
) -> Report:
    """Decide rows, then perhaps accept all clean remaining rows, then perhaps finish.

    Lines that cannot be used refuse everything (DomainError `decisions_invalid`), unless
    `partial` and nothing further is asked for: then the usable ones count and the others are
    reported. Raises what `finish` raises.
    """
    report = decide(by=by, batch=batch, decisions=decisions, accept_rest=accept_rest)
    if report.problems and (accept_rest or finish_now or not partial):
        raise invalid(report.problems)
    if finish_now:
        finish(by=by, batch=batch)
    return report


def invalid(problems: list[Problem]) -> DomainError:
    """The refusal of a list with problems, naming the first twenty."""
    lines = " ".join(f"[{each.line}] {each.message}" for each in problems[:20])
    message = ngettext(
        "%(count)s baris tidak dapat dipakai.",
        "%(count)s baris tidak dapat dipakai.",
        len(problems),
    ) % {"count": len(problems)}
    return DomainError("decisions_invalid", message, {"decisions": lines})


def decide(
    *,
    by: Actor,
    batch: EnrollmentBatch,
    decisions: Iterable[Decision] = (),
    accept_rest: bool = False,
) -> Report:
    """Write the branch's answers on the rows, in a handful of statements.

    `accept_rest` accepts every waiting row without a finding. An answer may be changed until
    the review is finished. Raises DomainError `batch_not_submitted`.
    """
    batch = _locked_submitted(batch)
    checked = _checked(batch, decisions)
    if checked.ids:
        _write(batch, checked)
        moves.rows_follow(by=by, rows=checked.returned())
    accepted = checked.statuses.count(BatchRow.Status.ACCEPTED)
    report = Report(accepted, len(checked.ids) - accepted, checked.problems)
    if accept_rest:
        report.accepted += batch.rows.filter(status=BatchRow.Status.WAITING, findings=[]).update(
            status=BatchRow.Status.ACCEPTED, decided_at=timezone.now(), reason="", reason_text=""
        )
    if report.accepted or report.returned:
        if batch.status == EnrollmentBatch.Status.SUBMITTED:
            batch.status = EnrollmentBatch.Status.IN_REVIEW
            batch.save(update_fields=["status"])
        record(
            "batch.rows_decided",
            batch,
            by=by,
            facts={
                "number": batch.number,
                "accepted": report.accepted,
                "returned": report.returned,
            },
        )
    return report


def finish(*, by: Actor, batch: EnrollmentBatch) -> EnrollmentBatch:
    """Close the review: accepted rows become cover from the first day of the first month.

    Whoever was covered by another batch meanwhile, or died before the first month, is sent
    back: the exclusion constraint decides. Whose seat an accepted person took over is covered
    until the month before. Rows that became cover in a review before stay as they are. Raises
    DomainError `batch_not_submitted`, `rows_waiting`, `member_no_missing` or `member_no_taken`.
    """
    batch = _locked_submitted(batch)
    counts = row_counts(batch)
    before = covered_rows(batch).count()
    accepted = counts.accepted - before
    if counts.waiting:
        raise DomainError(
            "rows_waiting",
            _("%(people)s belum diputuskan. Terima atau kembalikan dahulu.")
            % {"people": people_words(counts.waiting)},
        )
    if counts.without_number:
        raise DomainError(
            "member_no_missing",
            _("%(people)s yang diterima belum mempunyai nomor peserta.")
            % {"people": people_words(counts.without_number)},
        )
    with plans.for_many() as cursor:
        cursor.execute(statements.START_COVERAGES, {"batch": batch.pk})
        covered = cursor.rowcount
        sent_back = 0
        if covered < accepted:
            cursor.execute(statements.SEND_BACK_UNCOVERED, {"batch": batch.pk})
            sent_back = cursor.rowcount
    if covered + sent_back < accepted:
        raise DomainError(
            "member_no_taken",
            _("%(people)s memakai nomor peserta yang sudah dimiliki orang lain.")
            % {"people": people_words(accepted - covered - sent_back)},
        )
    plans.grown(covered, "enrollment_coverage", "enrollment_batchrow")
    end_for_replacement(by=by, batch=batch)
    moves.rows_follow(by=by, rows=list(batch.rows.values_list("pk", flat=True)))
    returned = counts.returned + sent_back
    batch.status = _answered(batch, before + covered, returned)
    batch.reviewed_by_id, batch.reviewed_at = by.id, timezone.now()
    batch.save(update_fields=["status", "reviewed_by_id", "reviewed_at"])
    record(
        "batch.reviewed" if before + covered else "batch.returned",
        batch,
        by=by,
        facts={"number": batch.number, "accepted": covered, "returned": returned},
    )
    return batch


def _answered(batch: EnrollmentBatch, covered: int, returned: int) -> EnrollmentBatch.Status:
    """The state of a batch whose rows are all decided."""
    if not covered:
        return EnrollmentBatch.Status.RETURNED
    if batch.first_month <= timezone.localdate():
        return EnrollmentBatch.Status.ACTIVE
    if returned:
        return EnrollmentBatch.Status.PARTLY_ACCEPTED
    return EnrollmentBatch.Status.ACCEPTED


def download(*, by: Actor, batch: EnrollmentBatch) -> int:
    """Write down that somebody took the list with full NIK; returns how many people it names."""
    people = batch.rows.count()
    record("batch.downloaded", batch, by=by, facts={"number": batch.number, "people": people})
    return people


def _locked_submitted(batch: EnrollmentBatch) -> EnrollmentBatch:
    locked = EnrollmentBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.status not in EnrollmentBatch.AT_BRANCH:
        raise DomainError(
            "batch_not_submitted", _("Pendaftaran ini tidak sedang menunggu tinjauan cabang.")
        )
    return locked


def _checked(batch: EnrollmentBatch, decisions: Iterable[Decision]) -> Checked:
    """The decisions against the rows of the batch and the member numbers in use."""
    decisions = list(decisions)
    if not decisions:
        return Checked()
    rows = list(batch.rows.values_list("id", "cadre__nik_digest", "member_no_digest"))
    checked = check(
        decisions,
        row_ids={row_id for row_id, _nik, _number in rows},
        by_nik={bytes(nik): row_id for row_id, nik, _number in rows},
        covered={
            pk: bytes(number)
            for pk, number in covered_rows(batch).values_list("pk", "member_no_digest")
        },
    )
    answered = set(checked.ids)
    taken = {bytes(number) for row_id, _nik, number in rows if row_id not in answered}
    taken &= set(checked.digests)
    checked.drop(
        (taken - {b""}) | _taken_by_cover(checked), "member_no_taken", PROBLEMS["member_no_taken"]
    )
    return checked


def _taken_by_cover(checked: Checked) -> set[bytes]:
    """Digests of the numbers that a running cover of somebody else carries."""
    numbered = [pair for pair in zip(checked.ids, checked.digests, strict=True) if pair[1]]
    with plans.for_many() as cursor:
        cursor.execute(
            statements.TAKEN,
            {"ids": [row for row, _d in numbered], "digests": [digest for _r, digest in numbered]},
        )
        return {bytes(digest) for (digest,) in cursor.fetchall()}


def _write(batch: EnrollmentBatch, checked: Checked) -> None:
    with plans.for_many() as cursor:
        cursor.execute(
            statements.DECIDE,
            {
                "batch": batch.pk,
                "ids": checked.ids,
                "statuses": checked.statuses,
                "reasons": checked.reasons,
                "texts": checked.texts,
                "sealed": checked.sealed,
                "digests": checked.digests,
            },
        )
