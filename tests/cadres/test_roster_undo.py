"""A saved roster is taken back within a day, unless something stands on it."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from cadres import actions, queries
from cadres.models import Assignment, Cadre, Departure, Heir, Posyandu, RosterImport
from core import sealed, tenancy
from core.errors import DomainError
from enrollment.models import BatchRow, Coverage
from tests import factories
from tests.cadres import rosters

OPERATOR = Role.VILLAGE_OPERATOR


def undone(world, roster, role=OPERATOR) -> RosterImport:
    with world.scope(role):
        return actions.undo_roster(by=world[role], roster=roster)


def saved(world, tmp_path, lines) -> RosterImport:
    return rosters.applied(world[OPERATOR], rosters.check(world, tmp_path, lines))


def refused(world, roster) -> str:
    with pytest.raises(DomainError) as fault:
        undone(world, roster)
    return fault.value.code


def state() -> list:
    """Everything that a roster may write, as plain rows."""
    found: list = []
    for model in (Cadre, Assignment, Posyandu):
        for row in model.objects.order_by("id").values():
            found.append(
                {name: bytes(v) if name.startswith("nik") else v for name, v in row.items()}
            )
    return found


def test_everything_that_a_first_list_made_is_gone_again(world, tmp_path):
    village = world.villages[0]
    roster = saved(world, tmp_path, [rosters.line(village) for _ in range(3)])
    roster = undone(world, roster)
    assert roster.status == RosterImport.Status.UNDONE
    with world.scope():
        assert state() == []
        event = Event.objects.get(kind="roster.undone")
        assert (event.facts["removed"], event.facts["restored"]) == (3, 0)


def test_changes_moves_and_departures_are_as_before(world, tmp_path):
    village = world.villages[0]
    with world.scope():
        moves = factories.cadre(village, "SITI SATU", phone="+628111111111")
        dies = factories.cadre(village, "SITI DUA")
        stops = factories.cadre(village, "SITI TIGA")
        before = state()
    lines = [
        rosters.line(village, NIK=moves.nik, Nama=moves.name, Posyandu="Kenanga"),
        rosters.line(village),
    ]
    roster = rosters.check(world, tmp_path, lines)
    with world.scope():
        for person, reason in ((dies, "died"), (stops, "stopped")):
            Departure.objects.create(
                roster=roster, cadre=person, reason=reason, day=dt.date(2026, 10, 1)
            )
    roster = rosters.applied(world[OPERATOR], roster)
    with world.scope():
        assert state() != before
    undone(world, roster)
    with world.scope():
        assert state() == before


def test_a_corrected_nik_is_the_old_one_again(world, tmp_path):
    village = world.villages[0]
    with world.scope():
        person = factories.cadre(village, "SITI AMINAH", mother_name="SUMIATI")
        before = state()
    line = rosters.line(village, Nama="SITI AMINAH", **{"Nama Ibu Kandung": "SUMIATI"})
    roster = rosters.check(world, tmp_path, [line])
    roster = rosters.applied(
        world[OPERATOR], rosters.answered(world, roster, 2, "same", cadre=person)
    )
    undone(world, roster)
    with world.scope():
        assert state() == before


def test_history_shows_the_list_and_that_it_was_taken_back(world, tmp_path):
    village = world.villages[0]
    line = rosters.line(village)
    roster = saved(world, tmp_path, [line])
    with world.scope():
        person = Cadre.objects.get(nik_digest=sealed.digest(line["NIK"]))
    undone(world, roster)
    with world.scope(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, pgh_context->>'roster' FROM cadres_cadreevent "
            "WHERE pgh_obj_id = %s ORDER BY pgh_id",
            [person.pk],
        )
        assert cursor.fetchall() == [("insert", str(roster.pk)), ("delete", None)]


def test_taking_back_twice_changes_nothing(world, tmp_path):
    roster = saved(world, tmp_path, [rosters.line(world.villages[0])])
    assert undone(world, undone(world, roster)).status == RosterImport.Status.UNDONE
    with world.scope():
        assert Event.objects.filter(kind="roster.undone").count() == 1


def test_after_a_day_it_stays(world, tmp_path):
    roster = saved(world, tmp_path, [rosters.line(world.villages[0])])
    with world.scope():
        day_ago = timezone.now() - dt.timedelta(hours=24, minutes=1)
        RosterImport.objects.filter(pk=roster.pk).update(applied_at=day_ago)
    assert refused(world, roster) == "roster_not_undoable"


def test_the_same_file_may_be_sent_again_afterwards(world, tmp_path):
    village = world.villages[0]
    data = rosters.xlsx(tmp_path, [rosters.line(village)])
    actor = world[OPERATOR]
    first = rosters.applied(actor, rosters.checked(actor, world.regency.pk, data, village))
    undone(world, first)
    again = rosters.checked(actor, world.regency.pk, data, village)
    assert (again.pk != first.pk, again.counts["new"]) == (True, 1)


def test_a_list_that_was_checked_meanwhile_does_not_hold_it_back(world, tmp_path):
    village = world.villages[0]
    line = rosters.line(village)
    first = saved(world, tmp_path, [line])
    later = rosters.check(world, tmp_path, [line, rosters.line(village)])
    undone(world, first)
    with world.scope():
        assert queries.is_stale(later)
    later = rosters.applied(world[OPERATOR], later)
    assert later.counts["new"] == 2


def test_a_stranger_cannot_take_it_back(world, elsewhere, tmp_path):
    roster = saved(world, tmp_path, [rosters.line(world.villages[0])])
    with elsewhere.scope(), pytest.raises(RosterImport.DoesNotExist):
        actions.undo_roster(by=elsewhere[Role.DISTRICT_OFFICER], roster=roster)


def change(world, person):
    Cadre.objects.filter(pk=person.pk).update(phone="+62800000000")


def new_service(world, person):
    Assignment.objects.create(
        cadre=person,
        village_id=person.village_id,
        category="pkk_cadre",
        started_on=dt.date(2026, 1, 1),
    )


def heir(world, person):
    Heir.objects.create(cadre=person, name="Ahli Waris", relation="spouse")


def cover(world, person):
    factories.coverage(person, starts_on=dt.date(2026, 12, 1))


@pytest.mark.parametrize("later", [change, new_service, heir, cover])
@pytest.mark.parametrize("known", [False, True], ids=["new person", "changed person"])
def test_what_stands_on_a_person_holds_it_back(
    own_database, django_db_blocker, tmp_path, later, known
):
    with django_db_blocker.unblock():
        world = factories.World.make()
        village = world.villages[0]
        line = rosters.line(village)
        if known:
            with world.scope():
                factories.cadre(village, line["Nama"], nik=line["NIK"])
        roster = saved(world, tmp_path, [line])
        with world.scope():
            person = Cadre.objects.get()
            later(world, person)
            before = state()
        assert refused(world, roster) == "roster_built_upon"
        with world.scope():
            assert state() == before
            assert RosterImport.objects.get().status == RosterImport.Status.APPLIED
        connection.close()


def test_a_row_of_a_batch_holds_it_back(own_database, django_db_blocker, tmp_path):
    with django_db_blocker.unblock():
        world = factories.World.make()
        roster = saved(world, tmp_path, [rosters.line(world.villages[0])])
        with world.scope():
            factories.coverage(Cadre.objects.get(), starts_on=dt.date(2026, 12, 1))
            Coverage.objects.all().delete()
            assert BatchRow.objects.count() == 1
        assert refused(world, roster) == "roster_built_upon"
        connection.close()


def test_taking_back_and_saving_another_list_at_once_leaves_one_truth(
    own_database, django_db_blocker, tmp_path
):
    with django_db_blocker.unblock():
        world = factories.World.make()
        village = world.villages[0]
        line = rosters.line(village)
        first = saved(world, tmp_path, [line])
        second = rosters.check(world, tmp_path, [{**line, "No HP": "081399998888"}])
        faults: list[Exception] = []
        gate = threading.Barrier(2)

        def at_once(do) -> None:
            with django_db_blocker.unblock():
                try:
                    gate.wait(10)
                    do()
                except DomainError as fault:
                    faults.append(fault)
                finally:
                    connection.close()

        threads = [
            threading.Thread(target=at_once, args=[do])
            for do in (
                lambda: undone(world, first),
                lambda: rosters.applied(world[OPERATOR], second),
            )
        ]
        [thread.start() for thread in threads]
        [thread.join(60) for thread in threads]
        with tenancy.scope(world.regency.pk):
            assert Cadre.objects.count() == 1
            assert Cadre.objects.get().phone == "+6281399998888"
            assert [fault.code for fault in faults] in ([], ["roster_built_upon"])
        connection.close()
