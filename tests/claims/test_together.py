"""Claims with their neighbours: the next bill, and two people at the same moment."""

import datetime as dt
import threading

import pytest
from django.db import connections

from accounts.roles import Role
from budgets.models import Invoice
from claims import actions
from claims.models import Claim
from core import runs
from enrollment.models import Coverage
from tests import factories
from tests.factories import World


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    """Sunday, 22 November 2026, in the morning in Banyuwangi."""
    time_machine.move_to("2026-11-22T03:00:00Z", tick=True)


def people_billed(world: World, month: dt.date) -> int:
    """Start the month's bill, drive it, and count the people on its invoices."""
    from budgets.actions import start_invoice_run

    with world.scope():
        started = start_invoice_run(by=world[Role.DISTRICT_OFFICER], month=month)
        runs.drive(world.regency.pk, started.run_id)
        return sum(Invoice.objects.filter(month=month).values_list("people", flat=True))


def test_after_a_reported_death_the_next_bill_has_one_person_less(world):
    with world.scope():
        people = [factories.cadre(world.villages[0]) for _ in range(3)]
        for person in people:
            factories.coverage(person, starts_on=dt.date(2026, 10, 1))
    before = people_billed(world, dt.date(2026, 11, 1))
    with world.scope():
        actions.report_death(
            cadre_id=people[0].pk, died_on=dt.date(2026, 11, 2), by=world[Role.VILLAGE_OPERATOR]
        )
    assert (before, people_billed(world, dt.date(2026, 12, 1))) == (3, 2)


def test_two_reports_at_the_same_moment_make_one_claim(own_database):
    world = World.make()
    with world.scope():
        person = factories.cadre(world.villages[0])
        factories.coverage(person, starts_on=dt.date(2026, 1, 1))
    start, answers = threading.Barrier(2), []

    def report(role: str) -> None:
        try:
            start.wait(10)
            with world.scope(role):
                answers.append(
                    actions.report_death(
                        cadre_id=person.pk, died_on=dt.date(2026, 11, 2), by=world[role]
                    )
                )
        finally:
            connections.close_all()

    roles = (Role.VILLAGE_OPERATOR, Role.DISTRICT_OFFICER)
    threads = [threading.Thread(target=report, args=(role,)) for role in roles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(is_new for _claim, is_new in answers) == [False, True]
    assert len({claim.pk for claim, _is_new in answers}) == 1
    with world.scope():
        assert Claim.objects.count() == 1
        assert Coverage.objects.get().ends_on == dt.date(2026, 11, 2)
