"""Reads of quotas: how many places a village has, and how many of them are taken."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from cadres import quota_takers
from cadres.models import Assignment, Cadre, Quota, QuotaPlace, QuotaShare
from regions.models import Village


@dataclass(frozen=True)
class VillageQuota:
    """One village under one quota: its places, people inside, people waiting.

    `outside` are the places of people who are not inside: other apps say who has one.
    """

    village: Village
    places: int
    inside: int
    waiting: int
    own: bool = False
    outside: int = 0

    @property
    def free(self) -> int:
        """Places without anybody; never negative."""
        return max(self.places - self.inside - self.outside, 0)

    @property
    def over(self) -> int:
        """People inside beyond the number, after a number was lowered."""
        return max(self.inside - self.places, 0)

    @property
    def parts(self) -> list[tuple[int, str]]:
        """What `<c-bar>` shows."""
        return [(self.inside, "g"), (self.outside, "b"), (min(self.waiting, self.free), "y")]


def quotas() -> QuerySet[Quota]:
    """Quotas of the scope with `inside` and `waiting`, the newest first."""
    return Quota.objects.annotate(
        inside=Count("people", filter=Q(people__status=QuotaPlace.Status.INSIDE)),
        waiting=Count("people", filter=Q(people__status=QuotaPlace.Status.WAITING)),
    ).order_by("-starts_on", "name")


def running(day: dt.date) -> Q:
    """Quotas in force on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


@dataclass
class _Numbers:
    """One quota of a kind: its number, those of single villages, people inside and waiting."""

    kind: str = ""
    per_village: int = 0
    share: dict[int, int] = field(default_factory=dict)
    inside: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, int] = field(default_factory=dict)

    def places(self, village_id: int) -> int:
        return self.share.get(village_id, self.per_village)

    def free(self, village_id: int) -> int:
        return max(self.places(village_id) - self.inside.get(village_id, 0), 0)


def _numbers(quotas: QuerySet[Quota], only: Q) -> dict[int, _Numbers]:
    """The numbers of quotas by id, in the order of ids, for the villages that `only` leaves.

    One statement.
    """
    quotas = quotas.order_by()
    nobody = Value(None, IntegerField())
    of_quotas = quotas.values_list("pk", "category", nobody, "per_village", Value("quota"))
    ids = {"quota__in": quotas.values("pk")}
    shares = QuotaShare.objects.filter(only, **ids).order_by()
    listed = QuotaPlace.objects.filter(only, **ids).exclude(status=QuotaPlace.Status.LEFT)
    none = Value("")
    found: dict[int, _Numbers] = {}
    for quota_id, kind, village_id, number, what in of_quotas.union(
        shares.values_list("quota_id", none, "village_id", "places", Value("share")),
        listed.order_by()
        .values("quota_id", "village_id", "status")
        .annotate(people=Count("id"), kind=none)
        .values_list("quota_id", "kind", "village_id", "people", "status"),
        all=True,
    ):
        each = found.setdefault(quota_id, _Numbers())
        if what == "quota":
            each.kind, each.per_village = kind, number
        else:
            getattr(each, what)[village_id] = number
    return dict(sorted(found.items()))


def by_village(quota: Quota, villages: Iterable[Village]) -> list[VillageQuota]:
    """Every village under a quota, in the order of the villages; three statements.

    Of several quotas of a kind in force, the oldest gives its places first to people from outside.
    """
    villages = list(villages)
    village_id = villages[0].pk if len(villages) == 1 else None
    only = Q() if village_id is None else Q(village=village_id)
    day, ended = day_of(quota)
    same = Quota.objects.filter(Q(category=quota.category) & running(day) | Q(pk=quota.pk))
    found = _numbers(same, only)
    outside = {} if ended else quota_takers.counted(quota.category, day, village_id)
    own = found.pop(quota.pk)
    older = [each for quota_id, each in found.items() if quota_id < quota.pk]
    return [
        VillageQuota(
            village,
            own.places(village.pk),
            own.inside.get(village.pk, 0),
            own.waiting.get(village.pk, 0),
            own=village.pk in own.share,
            outside=min(
                max(outside.get(village.pk, 0) - sum(each.free(village.pk) for each in older), 0),
                own.free(village.pk),
            ),
        )
        for village in villages
    ]


def day_of(quota: Quota) -> tuple[dt.date, bool]:
    """The day for which the places of a quota are counted, and whether the quota has ended."""
    today = timezone.localdate()
    return max(today, quota.starts_on), quota.ends_on is not None and quota.ends_on < today


def next_inside(quota: Quota, state: VillageQuota) -> list[int]:
    """Ids of the places on a village's list that may come inside now, in their order.

    Who has a place from outside already brings it along; the others need a free one. Who died
    is passed over. One statement, two when places are taken from outside.
    """
    if not state.waiting or not (state.free or state.outside):
        return []
    village_id = state.village.pk
    bring: set[int] = set()
    if state.outside:
        bring = quota_takers.people(quota.category, day_of(quota)[0], village_id)
    waiting = people_of(quota, village_id).filter(
        status=QuotaPlace.Status.WAITING, cadre__died_on=None
    )
    chosen, left = [], {True: state.outside, False: state.free}
    for pk, cadre_id in waiting.values_list("pk", "cadre_id"):
        if left[cadre_id in bring]:
            left[cadre_id in bring] -= 1
            chosen.append(pk)
    return chosen


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
    the transaction ends. One statement, two with `lock`.
    """
    quotas = Quota.objects.filter(running(day))
    if lock and not list(quotas.order_by("pk").select_for_update().values_list("pk")):
        return {}
    by_kind: dict[str, list[_Numbers]] = {}
    for each in _numbers(quotas, Q() if village is None else Q(village=village)).values():
        by_kind.setdefault(each.kind, []).append(each)
    return {kind: _room(quotas) for kind, quotas in by_kind.items()}


def _room(quotas: list[_Numbers]) -> Room:
    """The free places of several quotas of one kind together."""
    named = {village_id for each in quotas for village_id in (*each.share, *each.inside)}
    return Room(
        sum(each.per_village for each in quotas),
        {village_id: sum(each.free(village_id) for each in quotas) for village_id in named},
    )


def quota_left(category: str, village: Village, *, day: dt.date | None = None) -> int | None:
    """Places of a village without anybody inside, for a kind of service on a day (default today).

    None where no quota in force holds for the kind: then nothing limits it.
    """
    found = rooms(day or timezone.localdate(), village=village).get(category)
    return None if found is None else found.left(village.pk)
