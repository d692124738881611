"""What pages of places say about cover: cards of a posyandu, months of a seat that changed."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.roles import Perm
from cadres.models import Assignment, Posyandu
from cadres.place_sections import PlaceSection
from cadres.seats import first_paid_month, last_paid_day, months_of_seat
from enrollment.card_queries import printable_at
from enrollment.models import BatchRow, Coverage
from enrollment.queries.replacements import months_of


def cards(posyandu: Posyandu, actor: Actor) -> Mapping[str, Any]:
    """How many people of a posyandu are covered today, and how many cards can be printed."""
    today = timezone.localdate()
    wanted = printable_at(posyandu, today)
    told = wanted.aggregate(
        cards=Count("pk"),
        covered=Count("cadre_id", filter=Q(starts_on__lte=today), distinct=True),
    )
    return told | {"may_print": actor.may(Perm.CARD_PRINT)}


def cover(service: Assignment, actor: Actor) -> Mapping[str, Any]:
    """Month by month who is insured on a seat after it changed, and what has to happen yet."""
    planned = [each.month for each in months_of_seat(service.started_on)]
    old = Coverage.objects.filter(cadre_id=service.replaces.cadre_id).order_by("-starts_on").first()
    row = BatchRow.objects.filter(cadre_id=service.cadre_id).order_by("-id").first()
    return {
        "service": service,
        "first": first_paid_month(service.started_on),
        "last": last_paid_day(service.started_on),
        "months": months_of(service, planned),
        "old": old,
        "row": row,
        "may_prepare": actor.may(Perm.BATCH_PREPARE),
    }


POSYANDU = (PlaceSection(_("Kartu"), "enrollment/_posyandu.html", Perm.COVERAGE_VIEW, cards),)
REPLACEMENT = (
    PlaceSection(
        _("Perlindungan bulan demi bulan"),
        "enrollment/_replacement.html",
        Perm.COVERAGE_VIEW,
        cover,
    ),
)
