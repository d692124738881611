"""Finding areas by what people and files call them."""

import re

from django.db.models import Q, QuerySet

from regions.models import District, HealthCentre, Regency, Village


def plain_code(text: str) -> str:
    """A code without dots and blanks: `35.10.01.2001` as `3510012001`."""
    return re.sub(r"[.\s]", "", text)


def village_by_code(text: str) -> Village | None:
    """The village of a code with or without dots, in force today; None when there is none."""
    return (
        Village.objects.filter(code=plain_code(text), valid_to=None)
        .select_related("district", "regency")
        .first()
    )


def villages_of(regency: Regency) -> QuerySet[Village]:
    """The villages of a regency in force today, in the order of their codes."""
    return (
        Village.objects.filter(regency=regency, valid_to=None)
        .select_related("district")
        .order_by("code")
    )


def districts_of(regency: Regency) -> QuerySet[District]:
    """The districts of a regency in force today, in the order of their codes."""
    return District.objects.filter(regency=regency, valid_to=None).order_by("code")


def health_centres_of(regency: Regency) -> QuerySet[HealthCentre]:
    """The health centres of a regency by name."""
    return HealthCentre.objects.filter(regency=regency).order_by("name")


def find_villages(regency: Regency, words: str) -> QuerySet[Village]:
    """Villages of a regency whose name or district has the words, or whose code begins so."""
    found = villages_of(regency)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(district__name__icontains=word)
            | Q(code__startswith=plain_code(word))
        )
    return found
