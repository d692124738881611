"""Who took over whose seat, and what that means for cover: one seat is paid once a month."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from cadres.models import Assignment, Cadre
from enrollment.models import BatchRow, Coverage


def takeovers() -> QuerySet[Assignment]:
    """Services in force that took over a seat from somebody who serves nowhere else now."""
    serving = Assignment.objects.filter(cadre_id=OuterRef("replaces__cadre_id"), ended_on=None)
    return Assignment.objects.filter(~Exists(serving), ended_on=None, replaces__isnull=False)


def seat_paid_services(first_month: dt.date, programme: str) -> QuerySet[Assignment]:
    """Services on a seat that is still paid for the one before in `first_month`.

    Whoever takes over after the first day of a month is insured from the next one. A person who
    serves elsewhere, too, has another reason to be insured and is not among them.
    """
    paid = Coverage.objects.filter(
        cadre_id=OuterRef("replaces__cadre_id"), programme=programme
    ).active_in(first_month)
    elsewhere = Assignment.objects.filter(
        cadre_id=OuterRef("cadre_id"), ended_on=None, replaces=None
    )
    return takeovers().filter(Exists(paid), ~Exists(elsewhere), started_on__gt=first_month)


def ending_with(people: QuerySet[Cadre], first_month: dt.date, programme: str) -> int:
    """How many covers end when these people are accepted for a first month."""
    service = takeovers().filter(cadre_id__in=people.values("pk"))
    return (
        Coverage.objects.filter(
            cadre_id__in=service.values("replaces__cadre_id"), programme=programme
        )
        .not_over(first_month)
        .filter(starts_on__lt=first_month)
        .count()
    )


def with_predecessor(rows: QuerySet[BatchRow]) -> QuerySet[BatchRow]:
    """Adds `replaces_name`, whom the person of a row took over from."""
    service = Assignment.objects.filter(
        cadre_id=OuterRef("cadre_id"), ended_on=None, replaces__isnull=False
    ).order_by("-id")
    return rows.annotate(replaces_name=Subquery(service.values("replaces__cadre__name")[:1]))


def still_covered(day: dt.date) -> QuerySet[Coverage]:
    """Covers that run after a day although the person's seat was handed over, oldest first.

    Adds `successor_name`, `successor_id` and `handed_over_on`.
    """
    successor = Assignment.objects.filter(replaces__cadre_id=OuterRef("cadre_id")).order_by("-id")
    serving = Assignment.objects.filter(cadre_id=OuterRef("cadre_id"), ended_on=None)
    return (
        Coverage.objects.not_over(day + dt.timedelta(days=1))
        .filter(Exists(successor), ~Exists(serving))
        .annotate(
            successor_id=Subquery(successor.values("cadre_id")[:1]),
            successor_name=Subquery(successor.values("cadre__name")[:1]),
            handed_over_on=Subquery(successor.values("started_on")[:1]),
        )
        .select_related("cadre", "village__district")
        .order_by(F("handed_over_on"), "id")
    )


@dataclass(frozen=True)
class CoverMonth:
    """One month of a seat: who is insured in it, in words of their names."""

    month: dt.date
    old: bool
    new: bool


def months_of(service: Assignment, months: list[dt.date]) -> list[CoverMonth]:
    """Who of the two is insured in each month, as the covers stand now."""
    old_id = service.replaces.cadre_id
    covers = list(Coverage.objects.filter(cadre_id__in=(old_id, service.cadre_id)))

    def holds(cadre_id: int, month: dt.date) -> bool:
        return any(each.cadre_id == cadre_id and each.holds_on(month) for each in covers)

    return [
        CoverMonth(month, holds(old_id, month), holds(service.cadre_id, month)) for month in months
    ]
