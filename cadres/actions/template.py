"""Handing out the template of a village with the people who serve it now."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from cadres import queries
from cadres.models import Assignment, Category, Posyandu
from cadres.roster_template import Present
from core.errors import DomainError
from regions.models import Village


def take_template(*, by: Actor, village: Village) -> tuple[list[Present], list[str]]:
    """The people of a village in clear, for its own file, and the names of its posyandu.

    It shows every NIK at once, so the trail keeps it as it keeps the reveal of one.
    """
    own = by.membership.village
    if own is not None and own.pk != village.pk:
        raise DomainError("village_not_yours", _("Templat ini untuk desa lain."))
    people = [_present(each) for each in queries.serving_now(village)]
    posyandu = Posyandu.objects.filter(village=village).order_by("name_key")
    record(
        "roster.template_taken",
        village,
        by=by,
        village_id=village.pk,
        facts={"people": len(people), "reason": "templat"},
    )
    return people, list(posyandu.values_list("name", flat=True))


def _present(service: Assignment) -> Present:
    person = service.cadre
    return Present(
        nik=person.nik,
        name=person.name,
        birth_place=person.birth_place,
        birth_date=_day(person.birth_date),
        sex=person.sex,
        phone=person.phone,
        mother_name=person.mother_name,
        posyandu=service.posyandu.name if service.posyandu else "",
        position=str(Category(service.category).label),
        decree_number=service.decree_number,
        decree_date=_day(service.decree_date),
    )


def _day(value: dt.date | None) -> str:
    return f"{value:%d-%m-%Y}" if value else ""
