"""A table whose days and months are swapped is read the other way round in one tap."""

import datetime as dt

import pytest
from django.test import Client

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from cadres import actions, queries
from cadres.importing import Answers, Reader, tables
from cadres.models import Cadre, ColumnMemory, RosterImport
from core.errors import DomainError
from tests import factories
from tests.cadres import rosters
from tests.cadres.test_reading import _rows, _swapped
from tests.cadres.test_roster_desk import at, checked_again
from tests.golden.people import HEAD, person, table
from tests.golden.reading import ground

OPERATOR = Role.VILLAGE_OPERATOR
KEY = tables.key_of([(word, "") for word in HEAD])
BORN = dt.date(1985, 3, 9)


def _read(rows, sure=True, **answers):
    reader = Reader(ground(1), answers=Answers(month_first={KEY: sure}, **answers))
    found = list(reader.people(_rows(rows)))
    return [each.birth_date for each in found], reader.notes


def _nik(born: dt.date, serial: int = 77) -> str:
    return f"351006{born.day + 40:02d}{born:%m%y}{serial:04d}"


def test_swapped_days_become_right_and_the_table_says_so():
    days, notes = _read(table(_swapped(20)))
    assert days == [dt.date(1980, 1 + at % 5, 7 + at % 5) for at in range(20)]
    (note,) = notes
    assert (note.code, note.number) == ("dates_month_first", 1)
    assert note.facts == {"count": 20, "total": 20, "shape": KEY}


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("03/09/1985", BORN),
        ("3/9/85", BORN),
        ("1985-09-03", BORN),
        ("Banyuwangi, 03-09-1985", BORN),
        ("9 Maret 1985", BORN),
        ("03/25/1985", dt.date(1985, 3, 25)),
        ("25/03/1985", dt.date(1985, 3, 25)),
        (dt.date(1985, 9, 3), BORN),
        (dt.date(1985, 3, 9), BORN),
        (dt.date(1985, 3, 3), dt.date(1985, 3, 3)),
    ],
    ids=str,
)
def test_a_day_is_read_with_the_month_first_unless_only_the_written_one_fits(cell, day):
    (found,), notes = _read(table([person(1, NIK=_nik(day), Tanggal_Lahir=cell, **{"L/P": "P"})]))
    assert found == day
    assert {note.code for note in notes} <= {"dates_month_first"}


@pytest.mark.parametrize(
    ("sure", "day"), [(True, dt.date(1985, 3, 9)), (False, dt.date(1985, 9, 3))]
)
def test_a_day_that_the_nik_does_not_tell_is_turned_only_when_said_of_this_file(sure, day):
    row = person(
        1, NIK=_nik(dt.date(1985, 1, 1)), Tanggal_Lahir=dt.date(1985, 9, 3), **{"L/P": "P"}
    )
    (found,), notes = _read(table([row]), sure)
    assert found == day
    assert "nik_birth_date" in {note.code for note in notes}


def test_what_somebody_typed_is_read_as_typed():
    rows = table([person(1, NIK=_nik(BORN), Tanggal_Lahir="03/09/1985", **{"L/P": "P"})])
    fix = {("Kader", 2): {"birth_date": "04-05-1985"}}
    (found,), _notes = _read(rows, fixes=fix)
    assert found == dt.date(1985, 5, 4)


def test_a_day_that_is_no_day_either_way_stays_unreadable():
    rows = table([person(1, NIK=_nik(BORN), Tanggal_Lahir="13/25/1985", **{"L/P": "P"})])
    (found,), notes = _read(rows)
    assert found is None
    assert notes[0].code == "birth_date_unreadable"
    assert notes[0].facts["found"] == "13/25/1985"


@pytest.fixture
def swapped(world, tmp_path):
    """A list of six people whose days and months are all swapped."""
    village = world.villages[0]
    lines = []
    for serial in range(6):
        born = dt.date(1985, 1 + serial, 9)
        shown = born.replace(day=born.month, month=born.day)
        nik = factories.nik_for(village, born, serial=7000 + serial)
        lines.append(rosters.line(village, NIK=nik, **{"Tanggal Lahir": shown}))
    return rosters.check(world, tmp_path, lines), lines


def test_one_tap_reads_the_whole_list_and_is_remembered(world, client, tmp_path, swapped):
    roster, lines = swapped
    client.force_login(world[OPERATOR].user)
    page = client.get(at(world, "roster", roster.pk)).content.decode()
    assert "Baca sebagai bulan, tanggal, tahun" in page
    client.post(at(world, "dates", roster.pk), {"month_first": "1"})
    roster = checked_again(world, roster)
    assert roster.counts["warnings"] == 0
    page = client.get(at(world, "roster", roster.pk)).content.decode()
    assert "Baca seperti tertulis" in page
    rosters.applied(world[OPERATOR], roster)
    with world.scope():
        assert set(Cadre.objects.values_list("birth_date", flat=True)) == {
            dt.date(1985, 1 + serial, 9) for serial in range(6)
        }
        assert Event.objects.filter(kind="roster.dates_turned").count() == 1
        memory = ColumnMemory.objects.get()
        assert (memory.places, memory.month_first) == ({}, True)
    again = rosters.check(world, tmp_path, [*lines, rosters.line(world.villages[0])])
    assert (again.counts["unchanged"], again.counts["changed"], again.counts["new"]) == (6, 0, 1)
    with world.scope():
        assert Cadre.objects.filter(birth_date=rosters.BORN).count() == 0
    assert "dates_month_first" in rosters.codes(again)


def test_the_answer_can_be_taken_back_also_by_the_api(world, swapped):
    roster, _lines = swapped
    _row, text = tokens.create(world[OPERATOR].user, "uji")
    api = Client(headers={"Authorization": f"Bearer {text}"})
    address = f"/api/v1/r/{world.regency.slug}/roster-imports/{roster.pk}/dates/"
    sent = {"month_first": True, "remember": False}
    assert api.post(address, sent, content_type="application/json").json()["status"] == "checking"
    roster = checked_again(world, roster)
    with world.scope():
        assert not ColumnMemory.objects.exists()
    assert api.post(address, sent, content_type="application/json").status_code == 409
    api.post(address, {"month_first": False}, content_type="application/json")
    roster = checked_again(world, roster)
    assert "dates_swapped_all" in rosters.codes(roster)
    with world.scope():
        assert ColumnMemory.objects.get().month_first is False
        assert queries.answers_of(roster).month_first == {}


def test_columns_and_dates_are_remembered_beside_each_other(world, swapped):
    roster, _lines = swapped
    by = world[OPERATOR]
    with world.scope(OPERATOR):
        (shape,) = queries.shapes_with(roster, "dates_swapped_all")
        places = {"nik": 3, "name": 4, "birth_date": 6}
        actions.map_columns(by=by, roster=roster, shape=shape, places=places)
    roster = checked_again(world, roster)
    with world.scope(OPERATOR):
        actions.read_dates(by=by, roster=roster, month_first=True)
        memory = ColumnMemory.objects.get()
    assert (memory.places, memory.month_first) == (places, True)


def test_a_list_with_right_days_is_not_turned(world, tmp_path):
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0])])
    with world.scope(OPERATOR), pytest.raises(DomainError) as refused:
        actions.read_dates(by=world[OPERATOR], roster=roster, month_first=True)
    assert refused.value.code == "dates_not_swapped"
    assert rosters.fresh(roster).status == RosterImport.Status.READY
