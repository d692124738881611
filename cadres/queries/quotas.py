"""Reads of quotas: how many places a village has, and how many of them are taken."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
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


@dataclass(frozen=True)
class Room:
    """Free places under the quotas of one kind of service: of villages with a number of their own
    or with people inside, and of every other village.
    """

    others: int
    by_village: Mapping[int, int]

    def left(self, village_id: int) -> int:
        """Free places of a village; never negative."""
        return self.by_village.get(village_id, self.others)

    def less(self, taken: Mapping[int, int]) -> "Room":
        """The same when so many more people of each village have a place."""
        left = {village_id: max(self.left(village_id) - n, 0) for village_id, n in taken.items()}
        return Room(self.others, {**self.by_village, **left})


def rooms(day: dt.date, *, village: Village | None = None, lock: bool = False) -> dict[str, Room]:
    """Free places by kind of service on a day; a kind that nothing limits is not among them.

    Only one village is counted where `village` is given; with `lock` the quotas are held until
    the transaction ends. One statement without quotas, else two.
    """
    quotas = Quota.objects.filter(running(day)).order_by("pk")
    found = list(quotas.select_for_update() if lock else quotas)
    if not found:
        return {}
    only = Q() if village is None else Q(village=village)
    shares: dict[tuple[int, int], int] = {}
    inside: dict[tuple[int, int], int] = {}
    of_village = QuotaShare.objects.filter(only, quota__in=found).order_by()
    entered = QuotaPlace.objects.filter(only, quota__in=found, status=QuotaPlace.Status.INSIDE)
    for quota_id, village_id, number, is_share in of_village.values_list(
        "quota_id", "village_id", "places", Value(True)
    ).union(
        entered.order_by()
        .values("quota_id", "village_id")
        .annotate(people=Count("id"), is_share=Value(False))
        .values_list("quota_id", "village_id", "people", "is_share"),
        all=True,
    ):
        (shares if is_share else inside)[quota_id, village_id] = number
    by_kind: dict[str, list[Quota]] = {}
    for quota in found:
        by_kind.setdefault(quota.category, []).append(quota)
    return {kind: _room(quotas, shares, inside) for kind, quotas in by_kind.items()}


Counted = Mapping[tuple[int, int], int]


def _room(quotas: list[Quota], shares: Counted, inside: Counted) -> Room:
    """The free places of several quotas of one kind together."""
    ids = {quota.pk for quota in quotas}
    named = {village_id for quota_id, village_id in (*shares, *inside) if quota_id in ids}

    def left(village_id: int) -> int:
        return sum(
            max(
                shares.get((quota.pk, village_id), quota.per_village)
                - inside.get((quota.pk, village_id), 0),
                0,
            )
            for quota in quotas
        )

    others = sum(quota.per_village for quota in quotas)
    return Room(others, {village_id: left(village_id) for village_id in named})


def quota_left(category: str, village: Village, *, day: dt.date | None = None) -> int | None:
    """Free places of a village for a kind of service on a day (default today).

    None where no quota in force holds for the kind: then nothing limits it.
    """
    found = rooms(day or timezone.localdate(), village=village).get(category)
    return None if found is None else found.left(village.pk)
