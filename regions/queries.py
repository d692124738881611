"""Finding areas by what people and files call them."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from regions.models import District, Regency, Village


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


def regency_today(regency: Regency) -> dt.date:
    """The present day where the regency is."""
    return timezone.localdate(timezone=ZoneInfo(regency.time_zone))
