"""What a village does on the check page: cells, lines, questions, people who left, columns."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Event
from cadres import actions
from cadres.models import (
    Cadre,
    ColumnMemory,
    Departure,
    Posyandu,
    PosyanduChoice,
    RosterImport,
    RowDecision,
    RowFix,
)
from core import runs
from core.errors import DomainError
from tests import factories
from tests.cadres import rosters

BAD_NIK = "351006520385001"


def at(world, name, *args):
    return reverse(f"cadres:{name}", args=[world.regency.slug, *args])


@pytest.fixture
def as_village(world, client):
    client.force_login(world[Role.VILLAGE_OPERATOR].user)
    return client


@pytest.fixture
def damaged(world, tmp_path):
    """A list of two people, of whom one has fifteen digits on line 3."""
    village = world.villages[0]
    lines = [rosters.line(village), rosters.line(village, NIK=BAD_NIK, Nama="SITI RUSAK")]
    return rosters.check(world, tmp_path, lines)


def checked_again(world, roster):
    """The roster after the worker did what waits."""
    with world.scope():
        run_id = RosterImport.objects.get(pk=roster.pk).run_id
    runs.drive(world.regency.pk, run_id)
    return rosters.fresh(roster)


def page(client, world, roster):
    return client.get(at(world, "roster", roster.pk)).content.decode()


def test_a_damaged_line_is_fixed_on_the_page_and_the_file_stays(world, as_village, damaged):
    shown = page(as_village, world, damaged)
    name = f"sel:3:nik:{_sheet(world, damaged)}"
    assert f'name="{name}"' in shown
    assert 'inputmode="numeric"' in shown
    right = factories.nik_for(world.villages[0], rosters.BORN, serial=8123)
    answer = as_village.post(at(world, "fix", damaged.pk), {name: right})
    assert answer["Location"] == at(world, "roster", damaged.pk)
    again = checked_again(world, damaged)
    assert (again.counts["new"], again.counts["rejected"]) == (2, 0)
    assert again.sha256 == damaged.sha256
    with world.scope():
        kept = RowFix.objects.get()
        assert right.encode() not in bytes(kept.value_sealed)
        event = Event.objects.get(kind="roster.fixed")
        assert right not in str(event.facts)


def _sheet(world, roster):
    with world.scope():
        return roster.rows.values_list("sheet", flat=True).first()


def test_what_was_typed_wrongly_comes_back_to_be_corrected(world, as_village, damaged):
    name = f"sel:3:nik:{_sheet(world, damaged)}"
    as_village.post(at(world, "fix", damaged.pk), {name: "12345"})
    checked_again(world, damaged)
    assert 'value="12345"' in page(as_village, world, damaged)


def test_skipping_a_line_keeps_what_was_typed_on_the_others(world, as_village, tmp_path):
    village = world.villages[0]
    lines = [rosters.line(village, NIK=BAD_NIK), rosters.line(village, NIK="12")]
    roster = rosters.check(world, tmp_path, lines)
    sheet = _sheet(world, roster)
    right = factories.nik_for(village, rosters.BORN, serial=8124)
    sent = {f"sel:2:nik:{sheet}": right, f"sel:3:nik:{sheet}": "", "skip": f"3:{sheet}"}
    as_village.post(at(world, "fix", roster.pk), sent)
    again = checked_again(world, roster)
    assert again.counts["new"] == 1
    with world.scope():
        assert RowDecision.objects.get().number == 3


def test_a_skipped_line_can_be_taken_in_again(world, as_village, tmp_path):
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0])] * 1)
    key = f"2:{_sheet(world, roster)}"
    as_village.post(at(world, "skip", roster.pk), {"skip": key})
    assert checked_again(world, roster).counts["skipped"] == 1
    listed = as_village.get(at(world, "rows", roster.pk, "skipped")).content.decode()
    assert "Ikutkan lagi" in listed
    as_village.post(at(world, "skip", roster.pk), {"keep": key})
    assert checked_again(world, roster).counts["new"] == 1


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, "cells_missing"),
        ({("", 999, "nik"): "1"}, "lines_unknown"),
        ({("", 2, "sandi"): "1"}, "columns_unknown"),
        ({("", number, "nik"): "1" for number in range(501)}, "cells_too_many"),
    ],
)
def test_cells_that_cannot_be_are_refused(world, damaged, cells, code):
    with world.scope(Role.VILLAGE_OPERATOR), pytest.raises(DomainError) as caught:
        actions.fix_cells(by=world[Role.VILLAGE_OPERATOR], roster=damaged, cells=cells)
    assert caught.value.code == code


def test_nothing_is_changed_in_a_roster_that_is_saved(world, tmp_path):
    actor = world[Role.VILLAGE_OPERATOR]
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0])])
    saved = rosters.applied(actor, roster)
    with world.scope(Role.VILLAGE_OPERATOR), pytest.raises(DomainError) as caught:
        actions.skip_rows(by=actor, roster=saved, lines=[("", 2)])
    assert caught.value.code == "roster_not_open"


@pytest.fixture
def with_missing(world, tmp_path):
    """A saved list of two, then one that names only the first and a newcomer."""
    village, actor = world.villages[0], world[Role.VILLAGE_OPERATOR]
    stays, leaves = rosters.line(village), rosters.line(village, Nama="YUNI KELUAR")
    rosters.applied(actor, rosters.check(world, tmp_path, [stays, leaves]))
    newcomer = rosters.line(village, Nama="RINA BARU")
    roster = rosters.check(world, tmp_path, [stays, newcomer])
    with world.scope():
        return roster, Cadre.objects.get(name="YUNI KELUAR")


def test_people_who_left_are_asked_about_and_the_reason_is_kept(world, as_village, with_missing):
    roster, person = with_missing
    assert "YUNI KELUAR" in page(as_village, world, roster)
    listed = as_village.get(at(world, "rows", roster.pk, "missing")).content.decode()
    assert "Mengapa tidak ada di daftar?" in listed
    assert "RINA BARU" in listed
    today = dt.date.today().isoformat()
    sheet = _sheet(world, roster)
    sent = {
        f"reason-{person.pk}": "replaced",
        f"day-{person.pk}": today,
        f"by-{person.pk}": f"3:{sheet}",
    }
    as_village.post(at(world, "departures", roster.pk), sent)
    with world.scope():
        kept = Departure.objects.get()
        assert (kept.reason, kept.replaced_by_number) == ("replaced", 3)
    checked_again(world, roster)
    assert "digantikan" in page(as_village, world, roster)
    confirm = as_village.get(at(world, "apply", roster.pk)).content.decode()
    assert "1 orang digantikan" in confirm


@pytest.mark.parametrize(
    ("reason", "day", "by", "code"),
    [
        ("stopped", "", "", "departure_day"),
        ("stopped", "2999-01-01", "", "departure_day"),
        ("replaced", "2026-01-02", "", "departure_successor"),
        ("terbang", "2026-01-02", "", "departure_reason"),
        ("", "", "", "departures_missing"),
    ],
)
def test_a_reason_that_is_not_whole_is_refused(
    world, as_village, with_missing, reason, day, by, code
):
    roster, person = with_missing
    sent = {f"reason-{person.pk}": reason, f"day-{person.pk}": day, f"by-{person.pk}": by}
    answer = as_village.post(at(world, "departures", roster.pk), sent)
    assert answer.status_code == 409
    with world.scope():
        assert Departure.objects.count() == 0


def test_a_person_who_is_named_cannot_have_left(world, with_missing):
    roster, _person = with_missing
    actor = world[Role.VILLAGE_OPERATOR]
    with world.scope(Role.VILLAGE_OPERATOR):
        named = Cadre.objects.exclude(name="YUNI KELUAR").first()
        answers = [actions.Leaving(named.pk, "stays")]
        with pytest.raises(DomainError) as caught:
            actions.note_departures(by=actor, roster=roster, answers=answers)
    assert caught.value.code == "departure_person"


def test_an_unknown_posyandu_with_a_like_name_is_chosen(world, as_village, tmp_path):
    village, actor = world.villages[0], world[Role.VILLAGE_OPERATOR]
    first = rosters.line(village, Posyandu="Melati 1")
    rosters.applied(actor, rosters.check(world, tmp_path, [first]))
    roster = rosters.check(world, tmp_path, [first, rosters.line(village, Posyandu="MELATI I")])
    shown = page(as_village, world, roster)
    assert "Ini Posyandu Melati 1" in shown
    with world.scope():
        post = Posyandu.objects.get()
        key = roster.rows.get(number=3).posyandu_key
    sent = {"village": village.pk, "name_key": key, "posyandu": post.pk}
    as_village.post(at(world, "choose_posyandu", roster.pk), sent)
    with world.scope():
        assert PosyanduChoice.objects.get().posyandu_id == post.pk
    rosters.applied(actor, checked_again(world, roster))
    with world.scope():
        assert Posyandu.objects.count() == 1


def test_probably_the_same_person_is_shown_side_by_side(world, as_village, tmp_path):
    village, actor = world.villages[0], world[Role.VILLAGE_OPERATOR]
    known = rosters.line(village, Nama="LILIK HANDAYANI")
    rosters.applied(actor, rosters.check(world, tmp_path, [known]))
    other = rosters.line(village, Nama="LILIK HANDAYANI")
    roster = rosters.check(world, tmp_path, [other])
    listed = as_village.get(at(world, "finding", roster.pk, "person_similar")).content.decode()
    assert "Sudah tercatat" in listed
    assert 'class="differs"' in listed
    assert other["NIK"] not in listed
    assert known["NIK"] not in listed
    with world.scope():
        person = Cadre.objects.get()
    sent = {f"jawab:same:2:{_sheet(world, roster)}": person.pk}
    as_village.post(at(world, "answer", roster.pk), sent)
    assert checked_again(world, roster).counts["changed"] == 1
    again = page(as_village, world, roster)
    assert "yang di daftar ini" in again


def test_an_officer_is_asked_whether_somebody_moves(world, client, tmp_path):
    village = world.villages[0]
    known = rosters.line(village)
    officer = world[Role.DISTRICT_OFFICER]
    rosters.applied(world[Role.VILLAGE_OPERATOR], rosters.check(world, tmp_path, [known]))
    moved = {**known, "Desa/Kelurahan": world.villages[1].name}
    moved["Kecamatan"] = world.villages[1].district.name
    data = rosters.xlsx(tmp_path, [moved])
    roster = rosters.checked(officer, world.regency.pk, data, world.villages[1])
    client.force_login(officer.user)
    listed = client.get(at(world, "finding", roster.pk, "person_moves")).content.decode()
    assert "Ya, pindah ke desa ini" in listed
    sent = {f"jawab:move:2:{_sheet(world, roster)}": "ya"}
    client.post(at(world, "answer", roster.pk), sent)
    assert checked_again(world, roster).counts["changed"] == 1


STRANGE = ("Identitas", "Panggilan lengkapnya", "Hari jadi", "Keterangan")


def _strange(world, tmp_path):
    village = world.villages[0]
    people = [rosters.line(village) for _ in range(4)]
    lines = [
        dict(zip(STRANGE, (one["NIK"], one["Nama"], one["Tanggal Lahir"], "baik"), strict=True))
        for one in people
    ]
    return rosters.xlsx(tmp_path, lines, heading=STRANGE), people


def test_columns_are_asked_for_once_and_remembered(world, as_village, tmp_path):
    actor, village = world[Role.VILLAGE_OPERATOR], world.villages[0]
    data, people = _strange(world, tmp_path)
    roster = rosters.checked(actor, world.regency.pk, data, village)
    assert roster.status == RosterImport.Status.MAPPING
    assert as_village.get(at(world, "roster", roster.pk))["Location"] == at(
        world, "mapping", roster.pk
    )
    shown = as_village.get(at(world, "mapping", roster.pk)).content.decode()
    assert people[0]["Nama"] in shown
    assert people[0]["NIK"] not in shown
    with world.scope(Role.VILLAGE_OPERATOR):
        from cadres import queries

        (shape,) = queries.unmatched(roster)
    wrong = {"shape": shape.key, "kolom-0": "nik", "kolom-1": "nik"}
    answer = as_village.post(at(world, "mapping", roster.pk), wrong)
    assert answer.status_code == 422
    assert "Pilih satu saja" in answer.content.decode()
    sent = {
        "shape": shape.key,
        "kolom-0": "nik",
        "kolom-1": "name",
        "kolom-2": "birth_date",
        "remember": "1",
    }
    as_village.post(at(world, "mapping", roster.pk), sent)
    assert checked_again(world, roster).counts["new"] == 4
    with world.scope():
        assert ColumnMemory.objects.get().places == {"nik": 0, "name": 1, "birth_date": 2}
    again, _people = _strange(world, tmp_path)
    assert rosters.checked(actor, world.regency.pk, again, village).status == "ready"
