"""Agreements as they stand today, and how much of their quota is used."""

import datetime as dt

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Least

from enrollment.models import Agreement, BatchRow, Coverage, EnrollmentBatch
from enrollment.validity import WARNED, Standing


def agreements() -> QuerySet[Agreement]:
    """Agreements with `last_day`, on which each ends at the latest."""
    return Agreement.objects.annotate(last_day=Least("valid_until", F("ended_on"))).select_related(
        "branch", "village__district"
    )


def standing_in(rows: QuerySet[Agreement], standing: str, today: dt.date) -> QuerySet[Agreement]:
    """Those that stand so today; the same boundaries as `enrollment.validity`."""
    warned = today + dt.timedelta(days=WARNED)
    over = Q(last_day__lt=today)
    begun = ~over & Q(valid_from__lte=today)
    return rows.filter(
        {
            Standing.COMING: ~over & Q(valid_from__gt=today),
            Standing.VALID: begun & Q(last_day__gt=warned),
            Standing.ENDING: begun & Q(last_day__lte=warned),
            Standing.OVER: over & Q(ended_on=None),
            Standing.ENDED: over & Q(ended_on__isnull=False),
        }[Standing(standing)]
    )


def open_agreements(today: dt.date) -> QuerySet[Agreement]:
    """Those on which a batch may still rest, the newest first."""
    return agreements().filter(last_day__gte=today).order_by("-signed_on", "-id")


def ending_soon(today: dt.date) -> QuerySet[Agreement]:
    """Those that hold today and end within sixty days, the nearest first."""
    return standing_in(agreements(), Standing.ENDING, today).order_by("last_day", "id")


def covered_by(agreement_ids: list[int], day: dt.date) -> dict[int, int]:
    """People covered on a day under each of these agreements; one statement."""
    return dict(
        Coverage.objects.active_on(day)
        .filter(agreement__in=agreement_ids)
        .order_by()
        .values_list("agreement")
        .annotate(people=Count("cadre", distinct=True))
    )


def places_taken(agreement: Agreement, month: dt.date) -> int:
    """How much of the quota is used: covers not over before a month, and people put forward.

    A person who was returned takes no place until the row is sent again.
    """
    covered = Coverage.objects.filter(agreement=agreement).not_over(month).count()
    become_cover = Coverage.objects.filter(batch_row=OuterRef("pk"))
    pending = (
        BatchRow.objects.filter(~Exists(become_cover), batch__agreement=agreement)
        .exclude(status=BatchRow.Status.RETURNED)
        .count()
    )
    return covered + pending


def ending_covers(agreement: Agreement, last: dt.date) -> QuerySet[Coverage]:
    """Covers under an agreement that run beyond a day and have begun by then."""
    return Coverage.objects.filter(agreement=agreement, starts_on__lte=last).not_over(
        last + dt.timedelta(days=1)
    )


def batches_of(agreement: Agreement, *, drafts: bool) -> QuerySet[EnrollmentBatch]:
    """The batches that rest on an agreement, newest first; the branch sees no drafts."""
    found = EnrollmentBatch.objects.filter(agreement=agreement)
    return (
        (found if drafts else found.submitted_or_later())
        .with_counts()
        .select_related("fund_source")
        .order_by("-created_at", "-id")
    )
