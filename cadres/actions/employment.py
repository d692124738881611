"""Noting that somebody is a civil servant, or a wage earner elsewhere."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.access import Actor
from audit.actions import record_many
from cadres.models import Cadre
from core.errors import DomainError


def note_employment(
    *, by: Actor, people: QuerySet[Cadre] | Iterable[Cadre], employment: str, reason: str
) -> int:
    """Note on people what `Cadre.Employment` says, empty to take it back; how many changed.

    It keeps them out of the next enrolment. Raises DomainError `employment_unknown`.
    """
    if employment and employment not in Cadre.Employment.values:
        message = _("Pekerjaan ini tidak dikenal.")
        raise DomainError("employment_unknown", message, {"employment": message})
    ids = [person.pk for person in people]
    changed = Cadre.objects.select_for_update().filter(pk__in=ids).exclude(employment=employment)
    found = list(changed.order_by("pk"))
    Cadre.objects.filter(pk__in=[person.pk for person in found]).update(employment=employment)
    with override("id"):
        words = str(Cadre.Employment(employment).label if employment else _("tidak ada"))
    facts = {"employment": words, "reason": reason[:200]}
    record_many("cadre.employment_noted", [(person, facts) for person in found], by=by)
    return len(found)
