"""A death that a roster tells of leads to a death report."""

import datetime as dt

from accounts.roles import Role
from cadres.models import Departure
from claims.actions import report_death
from regions.models import Village
from reports import todo
from tests import factories
from tests.cadres import rosters

OPERATOR = Role.VILLAGE_OPERATOR


def reports_asked(world) -> list[str]:
    with world.scope(OPERATOR):
        items = todo.items_for(
            world[OPERATOR],
            world.regency,
            villages=Village.objects.filter(pk=world.villages[0].pk),
            claim_counts={},
            figures=None,
        )
        return [item["url"] for item in items if "/klaim/lapor/" in item["url"]]


def died(world, tmp_path, *, covered: bool):
    village = world.villages[0]
    with world.scope():
        person = factories.cadre(village, "SITI CONTOH")
        if covered:
            factories.coverage(person, starts_on=dt.date(2026, 1, 1))
    roster = rosters.check(world, tmp_path, [rosters.line(village)])
    with world.scope():
        Departure.objects.create(
            roster=roster, cadre=person, reason="died", day=dt.date(2026, 10, 1)
        )
    rosters.applied(world[OPERATOR], roster)
    return person


def test_who_died_while_covered_is_to_be_reported(world, tmp_path):
    person = died(world, tmp_path, covered=True)
    assert reports_asked(world) == [f"/r/{world.regency.slug}/klaim/lapor/{person.pk}/"]


def test_once_reported_nothing_is_asked(world, tmp_path):
    person = died(world, tmp_path, covered=True)
    with world.scope():
        report_death(cadre_id=person.pk, by=world[OPERATOR], died_on=dt.date(2026, 10, 1))
    assert reports_asked(world) == []


def test_who_was_not_covered_has_nothing_to_report(world, tmp_path):
    died(world, tmp_path, covered=False)
    assert reports_asked(world) == []
