"""Reads of exceptions from the rules of eligibility."""

from django.db.models import QuerySet

from accounts.access import Actor
from cadres.models import Cadre
from enrollment.models import EligibilityOverride


def overrides() -> QuerySet[EligibilityOverride]:
    """Exceptions of the scope with person and village, the newest first."""
    return EligibilityOverride.objects.select_related("cadre", "village__district").order_by("-id")


def of_person(cadre: Cadre) -> list[EligibilityOverride]:
    """Every exception of one person, the newest first; one statement."""
    return list(EligibilityOverride.objects.filter(cadre=cadre).order_by("-id"))


def to_answer(actor: Actor) -> QuerySet[EligibilityOverride]:
    """What waits for an answer that the actor may give: never one's own."""
    return EligibilityOverride.objects.filter(status=EligibilityOverride.Status.ASKED).exclude(
        asked_by_id=actor.id
    )
