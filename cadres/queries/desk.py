"""Reads for what people decide about a roster."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, Min, OuterRef

from cadres import likeness
from cadres.importing import MappingNeeded, Reader, RosterRefused, Shape
from cadres.models import Assignment, Departure, ImportRow, Posyandu, PosyanduChoice, RosterImport
from cadres.queries.rosters import answers_of, ground_of
from core import private_files, sheets
from regions.models import Village
from regions.queries import regency_today

NAMED = 40  # unknown posyandu that one page asks about
NEAR = 3


@dataclass(frozen=True)
class UnknownPosyandu:
    """A posyandu that a roster names and nobody knows yet: who it may be, and what was said.

    `chosen`: the posyandu that somebody chose; `answered` with `chosen` None is a new one.
    """

    village: Village
    key: str
    name: str
    people: int
    near: list[Posyandu] = field(default_factory=list)
    others: list[Posyandu] = field(default_factory=list)
    chosen: Posyandu | None = None
    answered: bool = False


def unknown_posyandu(roster: RosterImport) -> list[UnknownPosyandu]:
    """The posyandu of a roster that are not recorded, those named most often first."""
    there = Posyandu.objects.filter(
        village_id=OuterRef("village_id"), name_key=OuterRef("posyandu_key")
    )
    named = (
        ImportRow.objects.filter(roster=roster)
        .exclude(effect__in=(ImportRow.Effect.REJECTED, ImportRow.Effect.SKIPPED))
        .exclude(posyandu_key="")
        .exclude(village=None)
        .filter(~Exists(there))
        .values("village_id", "posyandu_key")
        .annotate(people=Count("id"), name=Min("posyandu_name"))
        .order_by("-people", "posyandu_key")[:NAMED]
    )
    found = list(named)
    if not found:
        return []
    ids = {each["village_id"] for each in found}
    villages = Village.objects.select_related("district").in_bulk(ids)
    posts: dict[int, list[Posyandu]] = {pk: [] for pk in ids}
    for post in Posyandu.objects.filter(village__in=ids).order_by("name_key"):
        posts[post.village_id].append(post)
    answers = {
        (each.village_id, each.name_key): each
        for each in PosyanduChoice.objects.filter(roster=roster).select_related("posyandu")
    }
    unknown = []
    for each in found:
        village_id, key = each["village_id"], each["posyandu_key"]
        by_key = {post.name_key: post for post in posts[village_id]}
        near = [by_key[other] for other in likeness.near(key, by_key)[:NEAR]]
        answer = answers.get((village_id, key))
        unknown.append(
            UnknownPosyandu(
                village=villages[village_id],
                key=key,
                name=each["name"],
                people=each["people"],
                near=near,
                others=[post for post in posts[village_id] if post not in near],
                chosen=answer.posyandu if answer else None,
                answered=answer is not None,
            )
        )
    return unknown


def unmatched(roster: RosterImport) -> tuple[Shape, ...]:
    """The tables of a roster whose columns nobody has matched yet, read from its file."""
    today = regency_today(roster.regency)
    reader = Reader(ground_of(roster, today), answers=answers_of(roster))
    with sheets.opened(private_files.path_of(roster.file)) as book:
        try:
            for _person in reader.people(book.rows()):
                continue
        except MappingNeeded as needed:
            return needed.shapes
        except RosterRefused:
            return ()
    return ()


def departures_of(roster: RosterImport) -> dict[int, Departure]:
    """What was said about people who are missing from a roster, by person."""
    return {each.cadre_id: each for each in Departure.objects.filter(roster=roster)}


def newcomers(roster: RosterImport) -> list[tuple[str, int, str]]:
    """The people of a roster who may take over a seat: sheet, line and name of each."""
    effects = (ImportRow.Effect.NEW, ImportRow.Effect.CHANGED)
    rows = ImportRow.objects.filter(roster=roster, effect__in=effects).order_by("name_key")
    return list(rows.values_list("sheet", "number", "name")[:300])


def has_many_sheets(roster: RosterImport) -> bool:
    """Whether the people of a roster stand on more than one sheet."""
    rows = ImportRow.objects.filter(roster=roster).order_by("sheet")
    return rows.values_list("sheet", flat=True).distinct()[:2].count() > 1


def serving_now(village: Village) -> list[Assignment]:
    """One service in force of everybody who serves a village, the first of each, by name."""
    services = (
        Assignment.objects.filter(
            village=village, ended_on=None, cadre__died_on=None, cadre__merged_into=None
        )
        .select_related("cadre", "posyandu")
        .order_by("cadre__name_key", "cadre_id", "id")
    )
    first: dict[int, Assignment] = {}
    for service in services:
        first.setdefault(service.cadre_id, service)
    return list(first.values())
