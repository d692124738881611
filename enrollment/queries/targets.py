"""Questions about targets: which holds, how many people are covered now, and how it came about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from enrollment.models import Coverage, EnrollmentBatch, Target
from enrollment.targets import Progress

PROGRAMME = EnrollmentBatch.Programme.JKK_JKM


def targets() -> QuerySet[Target]:
    """Every number that was set, the newest first."""
    return Target.objects.order_by("-set_at", "-id")


def latest_of(category: str) -> Target | None:
    """The number of this kind of people that was set last."""
    return targets().filter(category=category).first()


@dataclass(frozen=True)
class Holding:
    """A target that holds, and how far it is today."""

    target: Target
    far: Progress


def current(today: dt.date, *, category: str = "") -> list[Holding]:
    """The number of each kind that was set last, with living people covered; one statement."""
    covers = _covering(today).filter(category=OuterRef("category")).order_by()
    people = covers.annotate(n=Func("cadre_id", function="COUNT")).values("n")
    found = Target.objects.order_by("category", "-set_at", "-id").distinct("category")
    if category:
        found = found.filter(category=category)
    counted = found.annotate(covered=Coalesce(Subquery(people, output_field=IntegerField()), 0))
    return [Holding(each, Progress(each.people, each.baseline, each.covered)) for each in counted]


def covered_in(category: str, months: Sequence[dt.date]) -> list[int]:
    """People of a kind covered on the first day of each of these months; one statement."""
    covers = Coverage.objects.filter(programme=PROGRAMME, category=category)
    counted = covers.aggregate(
        **{
            f"m{at}": Count(
                "id", filter=Q(starts_on__lte=month) & (Q(ends_on=None) | Q(ends_on__gte=month))
            )
            for at, month in enumerate(months)
        }
    )
    return [counted[f"m{at}"] for at in range(len(months))]


def _covering(day: dt.date) -> QuerySet[Coverage]:
    """Covers of living people on a day; one a person, since covers do not overlap."""
    return Coverage.objects.active_on(day).filter(programme=PROGRAMME, cadre__died_on=None)
