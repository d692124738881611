"""Reads of rosters where more than one model meets."""

import datetime as dt
from collections import defaultdict

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from cadres import values
from cadres.importing import Answers, Ground
from cadres.models import (
    Assignment,
    Cadre,
    ColumnMemory,
    Finding,
    ImportRow,
    RosterImport,
    RowFix,
)
from cadres.queries.people import people
from core import sealed
from regions.models import District, Regency
from regions.queries import villages_of


def district_codes() -> frozenset[str]:
    """The six-digit codes of every kecamatan of the country, of any vintage that is loaded."""
    return frozenset(District.objects.values_list("code", flat=True))


def village_places(regency: Regency) -> dict[tuple[str, str], tuple[int, ...]]:
    """(district key or empty, village key or code) -> village ids, to match a roster's words."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for village in villages_of(regency):
        key = values.place_key(village.name)
        found[values.place_key(village.district.name), key].append(village.pk)
        found["", key].append(village.pk)
        found["", village.code].append(village.pk)
    return {place: tuple(ids) for place, ids in found.items()}


def ground_of(roster: RosterImport, today: dt.date) -> Ground:
    """What a roster is read against on a day."""
    regency = roster.regency
    return Ground(
        today=today,
        regency_code=regency.code,
        districts=district_codes(),
        villages=village_places(regency),
        village_id=roster.village_id,
        category=roster.category,
    )


def answers_of(roster: RosterImport) -> Answers:
    """What people said about a file, and what they said before about files of its village's."""
    places: dict[str, dict[str, int]] = {}
    turned: dict[str, bool] = {}
    remembered = ColumnMemory.objects.filter(
        Q(village=None) | Q(village=roster.village_id)
    ).order_by(F("village").asc(nulls_first=True))
    for memory in remembered:
        turned[memory.shape] = memory.month_first
        if memory.places:
            places[memory.shape] = memory.places
    fixes: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for fix in RowFix.objects.filter(roster=roster):
        fixes[fix.sheet, fix.number][fix.column] = sealed.unseal(fix.value_sealed)
    sure = roster.month_first
    return Answers(
        mapping={**places, **roster.mapping},
        fixes=fixes,
        month_first={shape: shape in sure for shape, said in (turned | sure).items() if said},
    )


def shapes_with(roster: RosterImport, code: str) -> set[str]:
    """The shapes of a roster's tables that have a finding about the whole table."""
    found = Finding.objects.filter(roster=roster, code=code)
    return {each.facts["shape"] for each in found if "shape" in each.facts}


def missing(roster: RosterImport) -> QuerySet[Cadre]:
    """People in service in the places and kinds of a roster whom the roster does not name.

    A rejected line still names its person when the NIK is readable, or when name and village fit.
    """
    rows = ImportRow.objects.filter(roster=roster)
    usable = rows.exclude(effect=ImportRow.Effect.REJECTED)
    places = [roster.village_id] if roster.village_id else usable.values("village_id").distinct()
    kinds = usable.values("category").distinct()
    return (
        people()
        .filter(died_on=None, village_id__in=places)
        .filter(
            Exists(
                Assignment.objects.filter(cadre=OuterRef("pk"), ended_on=None, category__in=kinds)
            )
        )
        .filter(~Exists(rows.filter(nik_digest=OuterRef("nik_digest"))))
        .filter(~Exists(rows.filter(cadre=OuterRef("pk"))))  # by another NIK, as answered
        .filter(
            ~Exists(
                rows.filter(
                    effect=ImportRow.Effect.REJECTED,
                    name_key=OuterRef("name_key"),
                    village_id=OuterRef("village_id"),
                )
            )
        )
    )


def counts(roster: RosterImport) -> dict[str, int]:
    """What a checked roster comes to: rows by effect, rows with a warning, people missing."""
    effects = dict(
        ImportRow.objects.filter(roster=roster).values_list("effect").annotate(Count("id"))
    )
    named = {effect.value: effects.get(effect.value, 0) for effect in ImportRow.Effect}
    warned = (
        Finding.objects.filter(roster=roster, level=Finding.Level.WARNING)
        .exclude(
            Exists(
                ImportRow.objects.filter(
                    roster=roster,
                    sheet=OuterRef("sheet"),
                    number=OuterRef("number"),
                    effect=ImportRow.Effect.REJECTED,
                )
            )
        )
        .values("sheet", "number")
        .distinct()
        .count()
    )
    return {
        "rows": sum(named.values()),
        **named,
        "warnings": warned,
        "missing": missing(roster).count(),
    }


def groups(roster: RosterImport) -> list[dict]:
    """Findings of a roster by code with their number: what cannot be used first."""
    order = {"reject": 0, "warning": 1, "info": 2}
    found = (
        Finding.objects.filter(roster=roster)
        .values("code", "level")
        .annotate(count=Count("id"))
        .order_by("-count", "code")
    )
    return sorted(found, key=lambda group: order[group["level"]])


def findings_of(roster: RosterImport) -> QuerySet[Finding]:
    """Findings in the order of the file, each with the name and the sealed NIK on its line."""
    line = ImportRow.objects.filter(
        roster=roster, sheet=OuterRef("sheet"), number=OuterRef("number")
    )
    return (
        Finding.objects.filter(roster=roster)
        .annotate(
            person=Subquery(line.values("name")[:1]),
            nik_sealed=Subquery(line.values("nik_sealed")[:1]),
        )
        .order_by("sheet", "number", "id")
    )


def first_findings(roster: RosterImport, each: int) -> list[Finding]:
    """The first lines of every kind of finding, in the order of the file."""
    place = Window(RowNumber(), partition_by=F("code"), order_by=[F("sheet"), F("number"), F("id")])
    chosen = [
        pk
        for pk, number in Finding.objects.filter(roster=roster)
        .annotate(place=place)
        .filter(place__lte=each)
        .values_list("id", "place")
    ]
    return list(findings_of(roster).filter(pk__in=chosen))


def rows_of(roster: RosterImport, effect: str) -> QuerySet[ImportRow]:
    """Lines of a roster with one effect, in the order of the file."""
    return (
        ImportRow.objects.filter(roster=roster, effect=effect)
        .select_related("village")
        .order_by("sheet", "number")
    )


def earlier(sha256: str, village_id: int | None, category: str) -> RosterImport | None:
    """The latest import of the same file for the same place, unless it failed or was undone."""
    return (
        RosterImport.objects.filter(sha256=sha256, village_id=village_id, category=category)
        .exclude(status__in=[RosterImport.Status.FAILED, RosterImport.Status.UNDONE])
        .order_by("-id")
        .first()
    )


def is_stale(roster: RosterImport) -> bool:
    """Whether another roster was applied, or taken back, since this one was checked."""
    since = Q(applied_at__gt=roster.checked_at) | Q(undone_at__gt=roster.checked_at)
    return (
        roster.status == RosterImport.Status.READY and RosterImport.objects.filter(since).exists()
    )


def latest_rosters() -> dict[int, dt.datetime]:
    """Village -> when its roster was last applied, by a list of its own."""
    return dict(
        RosterImport.objects.filter(status=RosterImport.Status.APPLIED)
        .exclude(village=None)
        .order_by("applied_at")
        .values_list("village_id", "applied_at")
    )


def lines_naming(cadre_id: int) -> QuerySet[ImportRow]:
    """Lines of applied rosters that name a person, the newest roster first."""
    return (
        ImportRow.objects.filter(cadre=cadre_id, roster__status=RosterImport.Status.APPLIED)
        .select_related("roster")
        .order_by("-roster__applied_at", "number")
    )


def roster_age(village_id: int) -> RosterImport | None:
    """The roster that last wrote people of a village, its own or the regency's."""
    return (
        RosterImport.objects.filter(status=RosterImport.Status.APPLIED)
        .filter(
            Q(village_id=village_id)
            | Q(
                village=None,
                pk__in=ImportRow.objects.filter(village_id=village_id)
                .values("roster_id")
                .distinct(),
            )
        )
        .order_by(F("applied_at").desc())
        .first()
    )
