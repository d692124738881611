"""Reads of quotas: how many places a village has, and how many of them are taken."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cadres.models import Assignment, Cadre, Quota, QuotaPlace, QuotaShare
from regions.models import Village


@dataclass(frozen=True)
class VillageQuota:
    """One village under one quota: its places, people inside, people waiting."""

    village: Village
    places: int
    inside: int
    waiting: int
    own: bool = False

    @property
    def free(self) -> int:
        """Places without anybody; never negative."""
        return max(self.places - self.inside, 0)

    @property
    def over(self) -> int:
        """People inside beyond the number, after a number was lowered."""
        return max(self.inside - self.places, 0)

    @property
    def parts(self) -> list[tuple[int, str]]:
        """What `<c-bar>` shows."""
        return [(self.inside, "g"), (min(self.waiting, self.free), "y")]


def quotas() -> QuerySet[Quota]:
    """Quotas of the scope with `inside` and `waiting`, the newest first."""
    return Quota.objects.annotate(
        inside=Count("people", filter=Q(people__status=QuotaPlace.Status.INSIDE)),
        waiting=Count("people", filter=Q(people__status=QuotaPlace.Status.WAITING)),
    ).order_by("-starts_on", "name")


def running(day: dt.date) -> Q:
    """Quotas in force on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def places_of(quota: Quota, village_id: int) -> int:
    """The number of a village: its own, or the one for every village."""
    own = QuotaShare.objects.filter(quota=quota, village_id=village_id).first()
    return quota.per_village if own is None else own.places


def by_village(quota: Quota, villages: QuerySet[Village]) -> list[VillageQuota]:
    """Every village under a quota, in the order of the villages; three statements."""
    shares = dict(QuotaShare.objects.filter(quota=quota).values_list("village_id", "places"))
    status = QuotaPlace.Status
    counted: dict[int, Mapping[str, int]] = {
        row["village_id"]: row
        for row in QuotaPlace.objects.filter(quota=quota)
        .order_by()
        .values("village_id")
        .annotate(
            inside=Count("id", filter=Q(status=status.INSIDE)),
            waiting=Count("id", filter=Q(status=status.WAITING)),
        )
    }
    return [
        VillageQuota(
            village,
            shares.get(village.pk, quota.per_village),
            counted.get(village.pk, {}).get("inside", 0),
            counted.get(village.pk, {}).get("waiting", 0),
            own=village.pk in shares,
        )
        for village in villages
    ]


def people_of(quota: Quota, village_id: int) -> QuerySet[QuotaPlace]:
    """The list of a village in its order: who came first is first."""
    return (
        QuotaPlace.objects.filter(quota=quota, village_id=village_id)
        .select_related("cadre")
        .order_by("since", "id")
    )


def candidates(quota: Quota, village: Village) -> QuerySet[Cadre]:
    """People who serve a village in the quota's kind and are not on its list."""
    serves = Assignment.objects.filter(
        cadre=OuterRef("pk"), ended_on=None, category=quota.category, village=village
    )
    listed = QuotaPlace.objects.filter(quota=quota, cadre=OuterRef("pk")).exclude(
        status=QuotaPlace.Status.LEFT
    )
    return Cadre.objects.filter(Exists(serves), ~Exists(listed), died_on=None, merged_into=None)


def quota_left(category: str, village: Village, *, day: dt.date | None = None) -> int | None:
    """Free places of a village for a kind of service on a day (default today).

    None where no quota in force holds for the kind: then nothing limits it.
    """
    found = list(Quota.objects.filter(running(day or timezone.localdate()), category=category))
    if not found:
        return None
    left = 0
    for quota in found:
        inside = QuotaPlace.objects.filter(
            quota=quota, village=village, status=QuotaPlace.Status.INSIDE
        ).count()
        left += max(places_of(quota, village.pk) - inside, 0)
    return left
