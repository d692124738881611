"""Reads of villages: how old their rosters are, who serves there, and what is still missing."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadres.models import Assignment, Cadre, Heir, ImportRow, RosterImport
from cadres.queries.seats import in_force
from core.formats import thousands
from regions.models import Village

OLD_DAYS = 90
NEVER, OLD, WAITING, FRESH = "never", "old", "waiting", "fresh"
STATUS = {
    NEVER: _("belum pernah mengirim"),
    OLD: _("lebih dari 90 hari"),
    WAITING: _("sedang diproses"),
    FRESH: _("terbaru"),
}
TONES = {NEVER: "r", OLD: "y", WAITING: "b", FRESH: "g"}
OPEN = (
    RosterImport.Status.CHECKING,
    RosterImport.Status.MAPPING,
    RosterImport.Status.READY,
    RosterImport.Status.WAITING,
    RosterImport.Status.APPLYING,
)


@dataclass(frozen=True)
class VillageState:
    """A village and its roster: when it was last written, and what is on its way."""

    village: Village
    status: str
    last: dt.datetime | None
    people: int
    waiting_id: int | None = None

    @property
    def tone(self) -> str:
        """The letter of the tag."""
        return TONES[self.status]

    @property
    def label(self) -> str:
        """The status in words."""
        return str(STATUS[self.status])

    @property
    def days(self) -> int | None:
        """Whole days since the roster was written."""
        return (timezone.now() - self.last).days if self.last else None


def village_states(villages: Iterable[Village]) -> list[VillageState]:
    """Every village with the age of its roster and its people; three statements.

    A village counts as written by its own roster, or by a roster of the regency that names it.
    Where neither is in sight, the day on which its last person was noted stands for it.
    """
    people = {
        row["village_id"]: row
        for row in Cadre.objects.filter(died_on=None, merged_into=None)
        .order_by()
        .values("village_id")
        .annotate(n=Count("id"), noted=Max("created_at"))
    }
    waiting: dict[int, int] = {}
    own: dict[int, dt.datetime] = {}
    rosters = RosterImport.objects.exclude(village=None).filter(
        status__in=(*OPEN, RosterImport.Status.APPLIED)
    )
    for pk, village_id, status, applied_at in rosters.order_by("id").values_list(
        "id", "village_id", "status", "applied_at"
    ):
        if status == RosterImport.Status.APPLIED:
            own[village_id] = applied_at
            waiting.pop(village_id, None)
        else:
            waiting[village_id] = pk
    shared = dict(
        ImportRow.objects.filter(
            roster__status=RosterImport.Status.APPLIED,
            roster__village=None,
            effect__in=[ImportRow.Effect.NEW, "changed", "unchanged"],
        )
        .order_by()
        .values_list("village_id")
        .annotate(at=Max("roster__applied_at"))
    )
    found = []
    for village in villages:
        known: Mapping[str, Any] = people.get(village.pk, {})
        times = [at for at in (own.get(village.pk), shared.get(village.pk)) if at]
        last = max(times) if times else known.get("noted")
        waits = waiting.get(village.pk)
        found.append(VillageState(village, _status(last, waits), last, known.get("n", 0), waits))
    return found


def _status(last: dt.datetime | None, waits: int | None) -> str:
    if waits is not None:
        return WAITING
    if last is None:
        return NEVER
    return OLD if timezone.now() - last > dt.timedelta(days=OLD_DAYS) else FRESH


def without_news(villages: QuerySet[Village], since: dt.date) -> QuerySet[Village]:
    """Villages of which no list was applied, and no person noted, from a day on."""
    applied = RosterImport.objects.filter(
        status=RosterImport.Status.APPLIED, applied_at__date__gte=since
    )
    named = ImportRow.objects.filter(
        village=OuterRef("pk"), roster__in=applied.filter(village=None)
    )
    noted = Cadre.objects.filter(village=OuterRef("pk"), created_at__date__gte=since)
    return villages.exclude(
        Exists(applied.filter(village=OuterRef("pk"))) | Exists(named) | Exists(noted)
    )


def by_status(states: Iterable[VillageState]) -> dict[str, int]:
    """How many villages stand in each status, in the order of urgency."""
    counted = Counter(state.status for state in states)
    return {status: counted.get(status, 0) for status in STATUS}


def by_district(states: Iterable[VillageState]) -> list[tuple[str, list[int]]]:
    """Each district with its villages by status, in the order of `STATUS`."""
    found: dict[str, Counter[str]] = {}
    for state in states:
        found.setdefault(state.village.district.name, Counter())[state.status] += 1
    return [(name, [counts[status] for status in STATUS]) for name, counts in found.items()]


@dataclass(frozen=True)
class Missing:
    """One thing that people of a village still lack."""

    label: str
    people: int

    @property
    def shown(self) -> str:
        """The number with dots."""
        return thousands(self.people)


def missing_in(village: Village) -> list[Missing]:
    """What living people of a village who serve still lack, the largest number first."""
    serving = Assignment.objects.filter(cadre=OuterRef("pk"), ended_on=None)
    heirs = Heir.objects.filter(cadre=OuterRef("pk"))
    decree = serving.exclude(decree_number="")
    counted = Cadre.objects.filter(
        Exists(serving), village=village, died_on=None, merged_into=None
    ).aggregate(
        phone=Count("id", filter=Q(phone="")),
        mother=Count("id", filter=Q(mother_name="")),
        place=Count("id", filter=Q(birth_place="")),
        decree=Count("id", filter=~Exists(decree)),
        heirs=Count("id", filter=~Exists(heirs)),
    )
    labels = {
        "heirs": _("ahli waris"),
        "decree": _("nomor SK"),
        "mother": _("nama ibu kandung"),
        "phone": _("nomor HP"),
        "place": _("tempat lahir"),
    }
    found = [Missing(str(label), counted[name]) for name, label in labels.items()]
    return sorted((each for each in found if each.people), key=lambda each: -each.people)


def empty_seats(posyandu_id: int, day: dt.date) -> QuerySet[Assignment]:
    """Services of a posyandu that ended within a year and that nobody has taken over."""
    followed = Assignment.objects.filter(replaces=OuterRef("pk"))
    return (
        Assignment.objects.filter(~Exists(followed), posyandu_id=posyandu_id)
        .filter(ended_on__gte=day - dt.timedelta(days=365), ended_on__lt=day)
        .exclude(end_reason=Assignment.EndReason.CORRECTED)
        .select_related("cadre")
        .order_by("-ended_on", "id")
    )


def services_at(posyandu_id: int, day: dt.date) -> QuerySet[Assignment]:
    """Services of a posyandu in force on a day or beginning later, by name."""
    later = Q(started_on__gt=day, ended_on=None)
    return (
        Assignment.objects.filter(in_force(day) | later, posyandu_id=posyandu_id)
        .select_related("cadre", "replaces__cadre")
        .order_by("cadre__name_key", "id")
    )
