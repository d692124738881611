"""Ending cover, and opening a member number for a reason."""

import datetime as dt

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.access import Actor
from audit.actions import record, record_many
from cadres.models import Cadre
from core import plans
from core.errors import DomainError
from enrollment import end_reasons, statements
from enrollment.models import BatchRow, Coverage, EnrollmentBatch


def end_coverage(*, by: Actor | None, coverage: Coverage, on: dt.date, reason: str) -> Coverage:
    """End a cover; `on` is its last day, and the month in which it lies stays billed.

    Raises DomainError `coverage_ended`, `ends_before_start`, or what `end_reasons.check` refuses.
    """
    coverage = Coverage.objects.select_for_update().select_related("cadre").get(pk=coverage.pk)
    if coverage.ends_on is not None:
        raise DomainError("coverage_ended", _("Kepesertaan ini sudah berakhir."))
    if on < coverage.starts_on:
        message = _("Hari terakhir tidak boleh sebelum kepesertaan mulai.")
        raise DomainError("ends_before_start", message, {"on": message})
    end_reasons.check(reason, on, coverage.cadre.birth_date, coverage.cadre.died_on)
    coverage.ends_on, coverage.end_reason = on, reason
    coverage.save(update_fields=["ends_on", "end_reason"])
    record(
        "coverage.ended",
        coverage,
        by=by,
        village_id=coverage.village_id,
        facts={"on": on.isoformat(), "reason": _words(reason)},
    )
    return coverage


def end_coverages(
    *, by: Actor | None, coverages: QuerySet[Coverage], on: dt.date, reason: str
) -> int:
    """End many running covers on a day, as `end_coverage` does one; how many.

    Covers that ended before or begin later are left alone.
    """
    found = coverages.filter(ends_on=None, starts_on__lte=on).select_for_update(of=("self",))
    ids = list(found.order_by("pk").values_list("pk", flat=True))
    ended = Coverage.objects.filter(pk__in=ids)
    ended.update(ends_on=on, end_reason=reason)
    facts = {"on": on.isoformat(), "reason": _words(reason)}
    record_many("coverage.ended", [(each, facts) for each in ended.order_by("pk")], by=by)
    return len(ids)


def end_for_death(*, by: Actor | None, cadre: Cadre, died_on: dt.date) -> list[Coverage]:
    """End every open cover of a person on the day of death and return those that held then.

    A cover that would begin only after the death is withdrawn; one that papers already name
    ends on its first day instead.
    """
    found = Coverage.objects.select_for_update().filter(cadre=cadre).not_over(died_on)
    ended = []
    for coverage in found.order_by("starts_on"):
        if coverage.starts_on > died_on:
            _withdraw(by, coverage, died_on)
            continue
        if coverage.ends_on is None or coverage.ends_on > died_on:
            coverage.ends_on, coverage.end_reason = died_on, Coverage.EndReason.DIED
            coverage.save(update_fields=["ends_on", "end_reason"])
            _record_death("coverage.ended", by, coverage, died_on)
        ended.append(coverage)
    return ended


def end_for_replacement(*, by: Actor | None, batch: EnrollmentBatch) -> int:
    """End the covers of those whose seats the accepted people of a batch took over.

    Their last day is the last of the month before the batch's first month; whoever still serves
    elsewhere stays covered. Called when the new covers have begun; returns how many covers ended.
    """
    with plans.for_many() as cursor:
        cursor.execute(statements.END_REPLACED, {"batch": batch.pk})
        ids = [pk for (pk,) in cursor.fetchall()]
    if not ids:
        return 0
    facts = {
        "on": (batch.first_month - dt.timedelta(days=1)).isoformat(),
        "reason": _words(Coverage.EndReason.REPLACED),
    }
    ended = Coverage.objects.filter(pk__in=ids).order_by("pk")
    record_many("coverage.ended", [(each, facts) for each in ended], by=by)
    return len(ids)


def reopen_after_mistake(*, by: Actor, cadre: Cadre, died_on: dt.date) -> list[Coverage]:
    """Let the covers go on that a mistaken death ended, until when they did before it.

    The next run bills the months between. Raises DomainError `cover_changed` when the person was
    enrolled anew since.
    """
    ended = list(
        Coverage.objects.select_for_update()
        .filter(cadre=cadre, end_reason=Coverage.EndReason.DIED)
        .order_by("starts_on")
    )
    if not ended:
        return []
    if Coverage.objects.filter(cadre=cadre, starts_on__gt=died_on).exclude(
        pk__in=[each.pk for each in ended]
    ):
        raise DomainError(
            "cover_changed",
            _(
                "Orang ini sudah didaftarkan lagi sesudah tanggal itu. Akhiri pendaftaran barunya "
                "dahulu, atau biarkan kepesertaan lamanya berakhir."
            ),
        )
    for coverage in ended:
        coverage.ends_on, coverage.end_reason = _end_before_death(coverage)
        coverage.save(update_fields=["ends_on", "end_reason"])
        _record_reopened(by, coverage, died_on)
    return ended


def begin_withdrawn(*, by: Actor, cadre: Cadre, died_on: dt.date) -> list[Coverage]:
    """Let the covers begin after all that a mistaken death withdrew before their first day.

    The branch had accepted the person, and its answer still stands on the row.
    """
    cover = Coverage.objects.filter(batch_row=OuterRef("pk"))
    rows = BatchRow.objects.filter(
        ~Exists(cover),
        cadre=cadre,
        status=BatchRow.Status.ACCEPTED,
        batch__status__in=EnrollmentBatch.ANSWERED,
    )
    begun: list[Coverage] = []
    for row in list(rows.order_by("batch__first_month")):
        with plans.for_many() as cursor:
            cursor.execute(statements.START_COVERAGES, {"batch": row.batch_id})
        begun += Coverage.objects.filter(batch_row=row)
    for coverage in begun:
        _record_reopened(by, coverage, died_on)
    return begun


def reveal_member_no(*, by: Actor, coverage: Coverage, reason: str) -> str:
    """The member number in clear, for a reason that stays in the trail.

    Raises DomainError `reason_missing`.
    """
    reason = reason.strip()
    if not reason:
        message = _("Tulis alasan membuka nomor peserta.")
        raise DomainError("reason_missing", message, {"reason": message})
    record(
        "coverage.number_revealed",
        coverage,
        by=by,
        village_id=coverage.village_id,
        facts={"reason": reason[:200]},
    )
    return coverage.member_no


def _end_before_death(coverage: Coverage) -> tuple[dt.date | None, str]:
    """The last day and the reason that a cover had before a death was recorded."""
    events = apps.get_model("enrollment", "CoverageEvent")._default_manager
    told = events.filter(pgh_obj_id=coverage.pk)
    before = told.exclude(end_reason=Coverage.EndReason.DIED).order_by("pgh_id").last()
    return (before.ends_on, before.end_reason) if before else (None, "")


def _record_reopened(by: Actor, coverage: Coverage, died_on: dt.date) -> None:
    record(
        "coverage.reopened",
        coverage,
        by=by,
        village_id=coverage.village_id,
        facts={"on": died_on.isoformat()},
    )


def _withdraw(by: Actor | None, coverage: Coverage, died_on: dt.date) -> None:
    _record_death("coverage.withdrawn", by, coverage, died_on)
    try:
        with transaction.atomic():
            Coverage.objects.filter(pk=coverage.pk).delete()
    except ProtectedError:
        coverage.ends_on, coverage.end_reason = coverage.starts_on, Coverage.EndReason.DIED
        coverage.save(update_fields=["ends_on", "end_reason"])


def _record_death(kind: str, by: Actor | None, coverage: Coverage, died_on: dt.date) -> None:
    record(
        kind,
        coverage,
        by=by,
        village_id=coverage.village_id,
        facts={"on": died_on.isoformat(), "reason": _words(Coverage.EndReason.DIED)},
    )


def _words(reason: str) -> str:
    """The reason as the trail keeps it: in Indonesian, whoever acts."""
    with override("id"):
        return str(Coverage.EndReason(reason).label)
