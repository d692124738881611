"""Questions about cards: who gets one, what it says, and what the public may know."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import override

from cadres.models import Assignment, Posyandu
from cadres.queries import in_force
from core.sealed import unseal
from enrollment.card_faces import Face
from enrollment.models import Card, CardOrder, Coverage
from regions.models import Village


@dataclass(frozen=True)
class VillageCards:
    """A village and how many of its people can have a card."""

    village: Village
    people: int


def printable(day: dt.date) -> QuerySet[Coverage]:
    """Covers that hold on a day or begin later."""
    return Coverage.objects.not_over(day)


def villages_with_cards(day: dt.date) -> list[VillageCards]:
    """The villages of the scope with people to print for, by district and name."""
    counted = dict(printable(day).order_by().values_list("village_id").annotate(people=Count("pk")))
    villages = Village.objects.filter(pk__in=counted).select_related("district")
    return [
        VillageCards(village, counted[village.pk])
        for village in villages.order_by("district__name", "name")
    ]


def printable_at(posyandu: Posyandu, day: dt.date) -> QuerySet[Coverage]:
    """Those of them whose people serve at a posyandu on that day, wherever they live."""
    serving = Assignment.objects.filter(
        in_force(day), cadre_id=OuterRef("cadre_id"), posyandu=posyandu
    )
    return printable(day).filter(Exists(serving))


def coverages_to_print(
    day: dt.date, village: Village | None, posyandu: Posyandu | None = None
) -> list[int]:
    """Ids of the covers whose cards are wanted, in the order in which cards are handed over."""
    if posyandu is not None:
        wanted = printable_at(posyandu, day)
    else:
        wanted = printable(day)
        if village is not None:
            wanted = wanted.filter(village=village)
    return list(
        wanted.order_by(
            "village__district__code", "village__code", "cadre__name_key", "pk"
        ).values_list("pk", flat=True)
    )


def faces(coverage_ids: Sequence[int]) -> list[Face]:
    """The words of the cards of these covers, in the given order; one statement."""
    found = {
        card.coverage_id: card
        for card in Card.objects.filter(coverage_id__in=coverage_ids).select_related(
            "coverage__cadre", "coverage__village__district"
        )
    }
    return [_face(found[pk]) for pk in coverage_ids if pk in found]


def _face(card: Card) -> Face:
    coverage, village = card.coverage, card.coverage.village
    with override("id"):
        role = str(coverage.get_category_display())
    return Face(
        key=card.pk,
        name=coverage.cadre.name,
        role=role,
        place=f"{village.full_name}, Kec. {village.district.name}",
        member_no=unseal(coverage.member_no_sealed),
        starts_on=coverage.starts_on,
        token=card.token,
    )


def orders(village_ids: Collection[int] = ()) -> QuerySet[CardOrder]:
    """Card orders with what lists show of them, newest first."""
    found = CardOrder.objects.select_related("village__district", "run", "paper")
    if village_ids:
        found = found.filter(village_id__in=village_ids)
    return found.order_by("-created_at", "-pk")


@dataclass(frozen=True)
class CardCheck:
    """All that a stranger with a card may learn."""

    valid: bool
    initials: str
    regency: str
    starts_on: dt.date
    ends_on: dt.date | None


def check_card(token: str, day: dt.date) -> CardCheck | None:
    """What the public page says of a token on a day; None when no card has it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM enrollment_card_check(%s, %s)", [token, day])
        row = cursor.fetchone()
    if row is None:
        return None
    return CardCheck(*row)


def card_of(coverage_id: int) -> Card | None:
    """The card of a cover, if it was issued."""
    return Card.objects.filter(coverage_id=coverage_id).first()
