"""A roster beside the people who are there: what is found, asked and left out."""

import datetime as dt

import pytest

from accounts.roles import Role
from audit.models import Event
from cadres import actions, findings
from cadres.models import (
    Assignment,
    Cadre,
    Departure,
    Finding,
    ImportRow,
    Posyandu,
    PosyanduChoice,
    RosterImport,
)
from core import runs, sealed
from core.errors import DomainError
from tests import factories
from tests.cadres import rosters

OFFICER = Role.DISTRICT_OFFICER


def person_of(line) -> Cadre:
    return Cadre.objects.get(nik_digest=sealed.digest(line["NIK"]))


def facts_of(roster, code) -> dict:
    finding = Finding.objects.get(roster=roster, code=code)
    assert findings.message(code, finding.facts)
    return finding.facts


def open_services(person) -> set[str]:
    found = Assignment.objects.filter(cadre=person, ended_on=None)
    return {f"{each.category}:{each.posyandu.name if each.posyandu else ''}" for each in found}


# --- several services ---------------------------------------------------------------------


def test_one_person_on_two_lines_serves_at_two_posyandu(world, tmp_path):
    village = world.villages[0]
    line = rosters.line(village)
    roster = rosters.check(world, tmp_path, [line, {**line, "Posyandu": "Kenanga"}])
    assert rosters.codes(roster) == ["nik_two_services"]
    assert (roster.counts["new"], roster.counts["changed"]) == (1, 1)
    rosters.applied(world[Role.VILLAGE_OPERATOR], roster)
    with world.scope():
        person = Cadre.objects.get()
        assert open_services(person) == {"posyandu_cadre:Melati 1", "posyandu_cadre:Kenanga"}


def test_the_same_two_lines_again_change_nothing(world, tmp_path):
    village = world.villages[0]
    line = rosters.line(village)
    lines = [line, {**line, "Posyandu": "Kenanga"}]
    actor = world[Role.VILLAGE_OPERATOR]
    rosters.applied(actor, rosters.check(world, tmp_path, lines))
    roster = rosters.check(world, tmp_path, [*lines, rosters.line(village)])
    assert (roster.counts["new"], roster.counts["unchanged"]) == (1, 2)
    rosters.applied(actor, roster)
    with world.scope():
        assert Assignment.objects.filter(cadre=person_of(line)).count() == 2


def test_a_line_at_another_posyandu_beside_the_old_one_adds_a_service(world, tmp_path):
    village = world.villages[0]
    line = rosters.line(village)
    actor = world[Role.VILLAGE_OPERATOR]
    rosters.applied(actor, rosters.check(world, tmp_path, [line]))
    roster = rosters.check(world, tmp_path, [{**line, "Posyandu": "Kenanga"}, line])
    with world.scope():
        changes = ImportRow.objects.get(roster=roster, effect="changed").changes
        assert changes == {"service": ["", "Kenanga"]}
    rosters.applied(actor, roster)
    with world.scope():
        assert open_services(person_of(line)) == {
            "posyandu_cadre:Melati 1",
            "posyandu_cadre:Kenanga",
        }


def test_another_kind_of_service_is_added(world, tmp_path):
    line = rosters.line(world.villages[0])
    actor = world[Role.VILLAGE_OPERATOR]
    rosters.applied(actor, rosters.check(world, tmp_path, [line]))
    rosters.applied(
        actor, rosters.check(world, tmp_path, [{**line, "Jabatan": "Ketua RT", "Posyandu": ""}])
    )
    with world.scope():
        assert open_services(person_of(line)) == {
            "posyandu_cadre:Melati 1",
            "neighbourhood_head:",
        }


def test_another_person_with_the_same_nik_is_not_a_second_service(world, tmp_path):
    line = rosters.line(world.villages[0])
    other = {**line, "Posyandu": "Kenanga", "Nama": "ORANG LAIN"}
    roster = rosters.check(world, tmp_path, [line, other])
    assert rosters.codes(roster) == ["nik_twice"]


def test_empty_cells_change_nothing(world, tmp_path):
    line = rosters.line(world.villages[0])
    actor = world[Role.VILLAGE_OPERATOR]
    rosters.applied(actor, rosters.check(world, tmp_path, [line]))
    blank = dict.fromkeys(("Tempat Lahir", "No HP", "Nama Ibu Kandung", "Posyandu", "Nomor SK"), "")
    roster = rosters.check(world, tmp_path, [{**line, **blank, "Tanggal SK": None}])
    assert roster.counts["unchanged"] == 1


# --- answers ------------------------------------------------------------------------------


def test_a_skipped_line_is_left_out_and_counted_apart(world, tmp_path):
    village = world.villages[0]
    roster = rosters.check(world, tmp_path, [rosters.line(village), rosters.line(village)])
    roster = rosters.answered(world, roster, 2, "skip")
    assert (roster.counts["new"], roster.counts["skipped"]) == (1, 1)
    rosters.applied(world[Role.VILLAGE_OPERATOR], roster)
    with world.scope():
        assert Cadre.objects.count() == 1


def test_a_person_of_another_village_moves_only_when_somebody_says_so(world, tmp_path):
    here, there = world.villages[:2]
    with world.scope():
        person = factories.cadre(there, "SITI PINDAH")
    line = rosters.line(here, NIK=person.nik, Nama=person.name)
    roster = rosters.check(world, tmp_path, [line, rosters.line(here)], role=OFFICER)
    rosters.applied(world[OFFICER], rosters.answered(world, roster, 2, "move", yes=False))
    with world.scope():
        person.refresh_from_db()
        assert person.village_id == there.pk
        assert Cadre.objects.count() == 2


def test_probably_the_same_person_is_shown_and_never_merged_alone(world, tmp_path):
    village = world.villages[0]
    with world.scope():
        person = factories.cadre(village, "SITI AMINAH", mother_name="SUMIATI")
    line = rosters.line(village, Nama="SITI AMINNAH", **{"Nama Ibu Kandung": "SUMIYATI"})
    roster = rosters.check(world, tmp_path, [line])
    assert rosters.codes(roster) == ["person_similar"]
    with world.scope():
        assert facts_of(roster, "person_similar")["cadre"] == person.pk
    assert roster.counts["new"] == 1


def test_the_answer_same_person_corrects_the_nik_and_history_keeps_the_old(world, tmp_path):
    village = world.villages[0]
    with world.scope():
        person = factories.cadre(village, "SITI AMINAH", mother_name="SUMIATI")
        old = bytes(person.nik_digest)
    line = rosters.line(village, Nama="SITI AMINAH", **{"Nama Ibu Kandung": "SUMIATI"})
    roster = rosters.check(world, tmp_path, [line])
    assert roster.counts["missing"] == 1
    roster = rosters.answered(world, roster, 2, "same", cadre=person)
    told = {name: roster.counts[name] for name in ("new", "changed", "missing")}
    assert told == {"new": 0, "changed": 1, "missing": 0}
    rosters.applied(world[Role.VILLAGE_OPERATOR], roster)
    with world.scope():
        assert Cadre.objects.get().nik == line["NIK"]
        kept = person.events.order_by("pgh_id").values_list("nik_digest", flat=True)
        assert [bytes(each) for each in kept][0] == old


def test_the_answer_another_person_makes_a_new_one(world, tmp_path):
    village = world.villages[0]
    with world.scope():
        factories.cadre(village, "SITI AMINAH", mother_name="SUMIATI")
    line = rosters.line(village, Nama="SITI AMINAH", **{"Nama Ibu Kandung": "SUMIATI"})
    roster = rosters.answered(world, rosters.check(world, tmp_path, [line]), 2, "same", yes=False)
    assert rosters.codes(roster) == []
    rosters.applied(world[Role.VILLAGE_OPERATOR], roster)
    with world.scope():
        assert Cadre.objects.count() == 2


def test_a_village_is_not_told_about_like_people_elsewhere(world, tmp_path):
    here, there = world.villages[:2]
    with world.scope():
        factories.cadre(there, "SITI AMINAH", mother_name="SUMIATI")
    line = rosters.line(here, Nama="SITI AMINAH", **{"Nama Ibu Kandung": "SUMIATI"})
    assert rosters.codes(rosters.check(world, tmp_path, [line])) == []


# --- findings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("employment", "code"),
    [("civil_servant", "person_civil_servant"), ("wage_earner", "person_wage_earner")],
)
def test_who_is_paid_elsewhere_is_a_warning(world, tmp_path, employment, code):
    village = world.villages[0]
    with world.scope():
        person = factories.cadre(village, employment=employment)
    line = rosters.line(village, NIK=person.nik, Nama=person.name)
    assert rosters.codes(rosters.check(world, tmp_path, [line])) == [code]


def test_covered_in_another_regency_tells_the_cover_and_nothing_else(world, elsewhere, tmp_path):
    with elsewhere.scope():
        person = factories.cadre(elsewhere.villages[0], "NAMA RAHASIA")
        factories.coverage(person, starts_on=dt.date(2026, 1, 1))
    line = rosters.line(world.villages[0], NIK=person.nik)
    roster = rosters.check(world, tmp_path, [line, rosters.line(world.villages[0])])
    assert rosters.codes(roster) == ["nik_region", "covered_elsewhere"]
    with world.scope():
        assert facts_of(roster, "covered_elsewhere") == {"cover": "JKK, JKM", "segment": "BPU"}
        asked = Event.objects.get(kind="roster.compared")
        assert asked.facts == {"rows": 2, "found": 1}


def test_the_first_list_of_a_village_begins_its_posyandu(world, tmp_path):
    village = world.villages[0]
    lines = [rosters.line(village), rosters.line(village, Posyandu="Kenanga")]
    assert rosters.codes(rosters.check(world, tmp_path, lines)) == []


def test_alike_names_in_one_list_are_told(world, tmp_path):
    village = world.villages[0]
    lines = [rosters.line(village), rosters.line(village, Posyandu="Melati I")]
    roster = rosters.check(world, tmp_path, lines)
    assert rosters.codes(roster) == ["posyandu_alike"]
    with world.scope():
        assert facts_of(roster, "posyandu_alike")["other"] == "Melati 1"


def test_an_unknown_posyandu_is_told_and_made_when_the_list_is_saved(world, tmp_path):
    village = world.villages[0]
    with world.scope():
        factories.posyandu(village, "Melati 1")
    roster = rosters.check(world, tmp_path, [rosters.line(village, Posyandu="Kenanga")])
    assert rosters.codes(roster) == ["posyandu_new"]
    rosters.applied(world[Role.VILLAGE_OPERATOR], roster)
    with world.scope():
        assert Posyandu.objects.filter(name="Kenanga").exists()


def test_a_near_name_is_asked_before_anything_is_saved(world, tmp_path):
    village = world.villages[0]
    with world.scope():
        known = factories.posyandu(village, "Melati 1")
    line = rosters.line(village, Posyandu="MELATI I")
    roster = rosters.check(world, tmp_path, [line])
    assert rosters.codes(roster) == ["posyandu_near"]
    with world.scope():
        assert facts_of(roster, "posyandu_near")["near"] == [{"id": known.pk, "name": "Melati 1"}]
    with pytest.raises(DomainError) as refused:
        rosters.applied(world[Role.VILLAGE_OPERATOR], roster)
    assert refused.value.code == "posyandu_unanswered"


@pytest.mark.parametrize("same", [True, False])
def test_the_chosen_posyandu_is_used(world, tmp_path, same):
    village = world.villages[0]
    with world.scope():
        known = factories.posyandu(village, "Melati 1")
    line = rosters.line(village, Posyandu="MELATI I")
    roster = rosters.check(world, tmp_path, [line])
    with world.scope():
        PosyanduChoice.objects.create(
            roster=roster, village=village, name_key="MELATI I", posyandu=known if same else None
        )
        roster = actions.recheck_roster(by=world[OFFICER], roster=roster)
    runs.drive(roster.regency_id, roster.run_id)
    roster = rosters.applied(world[Role.VILLAGE_OPERATOR], rosters.fresh(roster))
    with world.scope():
        assert Assignment.objects.get().posyandu.name == ("Melati 1" if same else "MELATI I")
        assert Posyandu.objects.count() == (1 if same else 2)


def test_more_people_than_seats_is_a_warning_and_than_an_unsure_norm_a_note(world, tmp_path):
    village = world.villages[0]
    lines = [rosters.line(village) for _ in range(6)]
    roster = rosters.check(world, tmp_path, lines)
    assert rosters.codes(roster) == ["posyandu_over_norm"]
    with world.scope():
        Posyandu.objects.create(village=village, name="Melati 1", name_key="MELATI 1", seats=3)
        assert facts_of(roster, "posyandu_over_norm")["people"] == 6
    roster = rosters.check(world, tmp_path, lines[:4])
    assert rosters.codes(roster) == ["posyandu_over_seats"]


# --- people who left ----------------------------------------------------------------------


def left(world, tmp_path, reason, **details):
    """A list that misses one person of two, with the reason; the person and the list as saved."""
    village = world.villages[0]
    first, second = rosters.line(village), rosters.line(village)
    actor = world[Role.VILLAGE_OPERATOR]
    rosters.applied(actor, rosters.check(world, tmp_path, [first, second]))
    newcomer = rosters.line(village)
    roster = rosters.check(world, tmp_path, [second, newcomer])
    with world.scope():
        person = person_of(first)
        Departure.objects.create(roster=roster, cadre=person, reason=reason, **details)
    roster = rosters.applied(actor, roster)
    assert roster.status == RosterImport.Status.APPLIED
    return person, newcomer


@pytest.mark.parametrize("reason", ["stopped", "moved"])
def test_who_left_has_services_that_ended_with_the_reason(world, tmp_path, reason):
    day = dt.date(2026, 10, 31)
    person, _newcomer = left(world, tmp_path, reason, day=day)
    with world.scope():
        service = Assignment.objects.get(cadre=person)
        assert (service.ended_on, service.end_reason) == (day, reason)
        assert Event.objects.filter(kind="roster.applied").latest("id").facts["left"] == 1


def test_who_stays_keeps_the_service(world, tmp_path):
    person, _newcomer = left(world, tmp_path, "stays")
    with world.scope():
        assert Assignment.objects.get(cadre=person).ended_on is None


def test_who_died_is_recorded_as_dead(world, tmp_path):
    day = dt.date(2026, 9, 1)
    person, _newcomer = left(world, tmp_path, "died", day=day)
    with world.scope():
        person.refresh_from_db()
        assert person.died_on == day
        assert Assignment.objects.get(cadre=person).ended_on == day


def test_who_takes_over_follows_the_day_after(world, tmp_path):
    day = dt.date(2026, 10, 31)
    person, newcomer = left(
        world,
        tmp_path,
        "replaced",
        day=day,
        replaced_by_sheet="Kader",
        replaced_by_number=3,
    )
    with world.scope():
        old = Assignment.objects.get(cadre=person)
        new = Assignment.objects.get(cadre=person_of(newcomer))
        assert (old.end_reason, new.replaces_id) == ("replaced", old.pk)
        assert new.started_on == dt.date(2026, 11, 1)


def test_nobody_leaves_without_a_reason(world, tmp_path):
    village = world.villages[0]
    first, second = rosters.line(village), rosters.line(village)
    actor = world[Role.VILLAGE_OPERATOR]
    rosters.applied(actor, rosters.check(world, tmp_path, [first, second]))
    roster = rosters.check(world, tmp_path, [rosters.line(village)])
    assert roster.counts["missing"] == 2
    rosters.applied(actor, roster)
    with world.scope():
        assert not Assignment.objects.exclude(ended_on=None).exists()
        assert Cadre.objects.count() == 3
