"""Rosters at the same moment, killed half-way, and across the wall."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.roles import Role
from cadres import actions, staging
from cadres.models import Assignment, Cadre, ImportRow, RosterImport
from core import runs
from tests import factories
from tests.cadres import rosters

OFFICER = Role.DISTRICT_OFFICER


def test_two_workers_check_one_list_once(own_database, django_db_blocker, tmp_path):
    with django_db_blocker.unblock():
        world = factories.World.make()
        village = world.villages[0]
        data = rosters.xlsx(tmp_path, [rosters.line(village) for _ in range(20)])
        with world.scope(Role.VILLAGE_OPERATOR):
            roster = actions.upload_roster(
                by=world[Role.VILLAGE_OPERATOR], chunks=[data], file_name="a.xlsx", village=village
            ).roster
        together(django_db_blocker, *[lambda: runs.drive(roster.regency_id, roster.run_id)] * 2)
        roster = rosters.fresh(roster)
        assert (roster.status, roster.counts["new"]) == (RosterImport.Status.READY, 20)
        with world.scope():
            assert ImportRow.objects.count() == 20
        connection.close()


def test_two_lists_that_name_the_same_people_at_once_save_them_once(
    own_database, django_db_blocker, tmp_path
):
    with django_db_blocker.unblock():
        world = factories.World.make()
        village = world.villages[0]
        lines = [rosters.line(village) for _ in range(20)]
        both = [rosters.check(world, tmp_path, [*lines, rosters.line(village)]) for _ in range(2)]
        actor = world[Role.VILLAGE_OPERATOR]
        together(
            django_db_blocker,
            *[lambda roster=roster: rosters.applied(actor, roster) for roster in both],
        )
        with world.scope():
            assert Cadre.objects.count() == 22
            assert Assignment.objects.count() == 22
            news = sorted(rosters.fresh(roster).counts["new"] for roster in both)
            assert news == [1, 21]
        connection.close()


def together(django_db_blocker, *deeds) -> None:
    """Do things in threads that start at the same moment; a fault in one fails the test."""
    gate = threading.Barrier(len(deeds))

    def at_once(deed) -> None:
        with django_db_blocker.unblock():
            try:
                gate.wait(10)
                deed()
            finally:
                connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        for done in [pool.submit(at_once, deed) for deed in deeds]:
            done.result(60)


def test_a_check_that_is_killed_half_way_leaves_nothing_and_is_done_again(
    world, tmp_path, monkeypatch
):
    village = world.villages[0]
    data = rosters.xlsx(tmp_path, [rosters.line(village)])
    with world.scope():
        roster = actions.upload_roster(
            by=world[OFFICER], chunks=[data], file_name="a.xlsx", village=village
        ).roster

    def killed(roster) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(staging, "note_similar", killed)
        with pytest.raises(SystemExit):
            runs.drive(roster.regency_id, roster.run_id)
    with world.scope():
        assert not ImportRow.objects.exists()
    runs.drive(roster.regency_id, roster.run_id)
    assert rosters.fresh(roster).counts["new"] == 1


def test_an_answer_cannot_name_a_person_of_another_regency(world, elsewhere, tmp_path):
    with elsewhere.scope():
        stranger = factories.cadre(elsewhere.villages[0])
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0])])
    with pytest.raises(IntegrityError), transaction.atomic():
        rosters.answered(world, roster, 2, "same", cadre=stranger)
    with world.scope():
        assert ImportRow.objects.get().effect == "new"
