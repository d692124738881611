"""A roster from file to people: what is found, what is saved, and who may."""

import datetime as dt
import threading

import pytest
from django.db import connection

from accounts.roles import Role
from audit.models import Event
from cadres import actions, queries
from cadres.models import Assignment, Cadre, ImportRow, Posyandu, RosterImport
from cadres.staging import writing
from core import private_files, runs, sealed, tenancy
from core.errors import DomainError
from tests import factories
from tests.cadres import rosters


def test_a_clean_list_is_checked_and_nothing_is_saved(world, tmp_path):
    village = world.villages[0]
    roster = rosters.check(world, tmp_path, [rosters.line(village) for _ in range(3)])
    assert roster.status == RosterImport.Status.READY
    assert roster.counts == {
        "rows": 3,
        "new": 3,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
        "skipped": 0,
        "warnings": 0,
        "missing": 0,
    }
    with world.scope():
        assert not Cadre.objects.exists()
        assert not Posyandu.objects.exists()


def test_a_confirmed_list_becomes_people_with_service_history_and_one_event(world, tmp_path):
    village = world.villages[0]
    line = rosters.line(village, Nama="Sri Wahyuni")
    roster = rosters.check(world, tmp_path, [line])
    roster = rosters.applied(world[Role.VILLAGE_OPERATOR], roster)
    assert roster.status == RosterImport.Status.APPLIED
    assert roster.number.startswith("DK-")
    with world.scope():
        person = Cadre.objects.get()
        assert (person.name, person.nik, person.phone) == (
            "Sri Wahyuni",
            line["NIK"],
            "+6281234567890",
        )
        service = Assignment.objects.get(cadre=person)
        assert service.posyandu.name == "Melati 1"
        assert service.started_on == dt.date(2026, 1, 2)
        applied = Event.objects.get(kind="roster.applied")
        assert applied.facts["new"] == 1
        assert line["NIK"] not in str(applied.facts)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM cadres_cadreevent WHERE pgh_obj_id = %s", [person.pk]
            )
            assert cursor.fetchone()[0] == 1


def test_the_same_file_again_shows_the_earlier_result(world, tmp_path):
    village = world.villages[0]
    data = rosters.xlsx(tmp_path, [rosters.line(village)])
    actor = world[Role.VILLAGE_OPERATOR]
    first = rosters.checked(actor, world.regency.pk, data, village)
    with world.scope(Role.VILLAGE_OPERATOR):
        again = actions.upload_roster(
            by=actor, chunks=[data], file_name="lain.xlsx", village=village
        )
        assert again.repeated
        assert again.roster.pk == first.pk
        assert RosterImport.objects.count() == 1
    assert len(list(private_files.path_of(first.file).parent.iterdir())) == 1


def test_applying_twice_changes_nothing(world, tmp_path):
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0])])
    actor = world[Role.VILLAGE_OPERATOR]
    roster = rosters.applied(actor, roster)
    again = rosters.applied(actor, roster)
    assert again.number == roster.number
    with world.scope():
        assert Cadre.objects.count() == 1
        assert Event.objects.filter(kind="roster.applied").count() == 1


def test_a_change_shows_old_and_new_and_is_applied(world, tmp_path):
    village = world.villages[0]
    line = rosters.line(village)
    actor = world[Role.VILLAGE_OPERATOR]
    rosters.applied(actor, rosters.check(world, tmp_path, [line, rosters.line(village)]))
    other = {**line, "No HP": "081399998888", "Posyandu": "Kenanga", "Nama Ibu Kandung": "-"}
    roster = rosters.check(world, tmp_path, [other])
    assert (roster.counts["changed"], roster.counts["missing"]) == (1, 1)
    with world.scope():
        row = ImportRow.objects.get(roster=roster)
        assert row.changes == {
            "phone": ["+6281234567890", "+6281399998888"],
            "posyandu": ["Melati 1", "Kenanga"],
        }
    rosters.applied(actor, roster)
    with world.scope():
        person = Cadre.objects.get(nik_digest=sealed.digest(line["NIK"]))
        assert person.phone == "+6281399998888"
        assert person.mother_name == "IBU CONTOH"
        open_ones = Assignment.objects.filter(cadre=person, ended_on=None)
        assert [each.posyandu.name for each in open_ones] == ["Kenanga"]
        assert Assignment.objects.filter(cadre=person).count() == 2
        assert Cadre.objects.count() == 2


def test_the_same_people_again_are_unchanged(world, tmp_path):
    village = world.villages[0]
    line = rosters.line(village)
    actor = world[Role.VILLAGE_OPERATOR]
    rosters.applied(actor, rosters.check(world, tmp_path, [line]))
    roster = rosters.check(
        world, tmp_path, [{**line, "Nama": line["Nama"].title(), "Jabatan": "Ketua"}]
    )
    assert roster.counts["unchanged"] == 1
    with pytest.raises(DomainError) as refused:
        rosters.applied(actor, roster)
    assert refused.value.code == "roster_without_changes"


def test_a_village_operator_may_not_touch_another_village(world, tmp_path):
    mine, theirs = world.villages[:2]
    actor = world[Role.VILLAGE_OPERATOR]
    data = rosters.xlsx(tmp_path, [rosters.line(theirs)])
    for village in (theirs, None):
        with pytest.raises(DomainError) as refused:
            rosters.checked(actor, world.regency.pk, data, village)
        assert refused.value.code == "village_not_yours"
    roster = rosters.checked(actor, world.regency.pk, data, mine)
    assert rosters.codes(roster) == ["village_other"]


def test_a_village_list_does_not_take_a_person_of_another_village(world, tmp_path):
    mine, theirs = world.villages[:2]
    with world.scope():
        person = factories.cadre(theirs, "SITI TETANGGA")
    line = rosters.line(mine, NIK=person.nik, Nama="SITI TETANGGA")
    roster = rosters.check(world, tmp_path, [line])
    assert rosters.codes(roster) == ["person_other_village"]
    roster = rosters.check(world, tmp_path, [line], role=Role.DISTRICT_OFFICER)
    assert rosters.codes(roster) == ["person_moves"]
    assert roster.counts["skipped"] == 1
    roster = rosters.answered(world, roster, 2, "move")
    assert roster.counts["changed"] == 1
    rosters.applied(world[Role.DISTRICT_OFFICER], roster)
    with world.scope():
        person.refresh_from_db()
        assert person.village_id == mine.pk


def test_a_person_who_died_does_not_come_back(world, tmp_path):
    village = world.villages[0]
    with world.scope():
        person = factories.cadre(village, "ALMARHUMAH")
        actions.record_death(
            by=world[Role.DISTRICT_OFFICER], cadre=person, died_on=dt.date(2026, 9, 1)
        )
    line = rosters.line(village, NIK=person.nik, Nama=person.name)
    assert rosters.codes(rosters.check(world, tmp_path, [line])) == ["person_died"]


def test_apply_judges_again_against_the_present_state(world, tmp_path):
    village = world.villages[0]
    line = rosters.line(village)
    roster = rosters.check(world, tmp_path, [line, rosters.line(village)])
    assert roster.counts["new"] == 2
    with world.scope():
        factories.cadre(village, line["Nama"], nik=line["NIK"])
    roster = rosters.applied(world[Role.VILLAGE_OPERATOR], roster)
    assert (roster.counts["new"], roster.counts["changed"]) == (1, 1)
    with world.scope():
        assert Cadre.objects.count() == 2


def test_a_fault_half_way_saves_nothing(world, tmp_path, monkeypatch):
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0])])
    actor = world[Role.VILLAGE_OPERATOR]
    broken = (*writing.APPLY[:3], "SELECT 1 / 0")
    monkeypatch.setattr(writing, "APPLY", broken)
    with world.scope(Role.VILLAGE_OPERATOR):
        roster = actions.apply_roster(by=actor, roster=roster)
    for _ in range(runs.MAX_ATTEMPTS):
        with pytest.raises(Exception, match="division by zero"):
            runs._drive_part(world.regency.pk, roster.run_id)
    roster = rosters.fresh(roster)
    assert (roster.status, roster.refusal_code) == (RosterImport.Status.READY, "internal_error")
    with world.scope():
        assert not Cadre.objects.exists()
        assert not Posyandu.objects.exists()
    monkeypatch.undo()
    assert rosters.applied(actor, roster).status == RosterImport.Status.APPLIED


def test_another_list_that_was_saved_makes_a_check_stale(world, tmp_path):
    village = world.villages[0]
    actor = world[Role.VILLAGE_OPERATOR]
    line = rosters.line(village)
    first = rosters.check(world, tmp_path, [line])
    rosters.applied(actor, rosters.check(world, tmp_path, [line, rosters.line(village)]))
    with world.scope(Role.VILLAGE_OPERATOR):
        assert queries.is_stale(first)
        again = actions.recheck_roster(by=actor, roster=first)
    runs.drive(world.regency.pk, again.run_id)
    first = rosters.fresh(first)
    assert (first.counts["unchanged"], first.counts["missing"]) == (1, 1)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_lists_are_read_like_workbooks(world, delimiter):
    village = world.villages[0]
    data = rosters.as_csv([rosters.line(village)], delimiter, "utf-8-sig")
    roster = rosters.checked(world[Role.VILLAGE_OPERATOR], world.regency.pk, data, village)
    assert (roster.counts["new"], rosters.codes(roster)) == (1, [])


def test_rows_of_another_regency_are_not_there(world, elsewhere, tmp_path):
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0])])
    with elsewhere.scope():
        assert not RosterImport.objects.filter(pk=roster.pk).exists()
        assert not ImportRow.objects.filter(roster_id=roster.pk).exists()


def test_two_who_confirm_at_once_apply_once(own_database, django_db_blocker, tmp_path):
    with django_db_blocker.unblock():
        world = factories.World.make()
        actor = world[Role.VILLAGE_OPERATOR]
        roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0]) for _ in range(5)])
        faults: list[Exception] = []
        gate = threading.Barrier(2)

        def confirm() -> None:
            with django_db_blocker.unblock():
                try:
                    gate.wait(10)
                    rosters.applied(actor, roster)
                except Exception as fault:  # noqa: BLE001 - shown below
                    faults.append(fault)
                finally:
                    connection.close()

        threads = [threading.Thread(target=confirm) for _ in range(2)]
        [thread.start() for thread in threads]
        [thread.join(60) for thread in threads]
        assert not faults
        with tenancy.scope(world.regency.pk):
            assert Cadre.objects.count() == 5
            assert Event.objects.filter(kind="roster.applied").count() == 1
        connection.close()
