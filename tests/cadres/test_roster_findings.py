"""What is found in a roster: lines that cannot be used, warnings, and lists refused whole."""

import datetime as dt

import pytest

from accounts.roles import Role
from cadres import findings
from cadres.models import Finding, ImportRow, RosterImport
from tests import factories
from tests.cadres import rosters

NIK_FAULTS = [
    ({"NIK": ""}, "nik_missing"),
    ({"NIK": 3510065203850012}, "nik_number"),
    ({"NIK": "351006520385001"}, "nik_length"),
    ({"NIK": "9999995203850012"}, "nik_province"),
    ({"Tanggal Lahir": ""}, "birth_date_missing"),
    ({"Tanggal Lahir": "-"}, "birth_date_missing"),
    ({"Tanggal Lahir": "0"}, "birth_date_missing"),
    ({"Tanggal Lahir": "besok"}, "birth_date_unreadable"),
    ({"Tanggal Lahir": "12-03-2085"}, "birth_date_future"),
    ({"Nama": ""}, "name_missing"),
]


@pytest.mark.parametrize(("cells", "code"), NIK_FAULTS)
def test_a_line_that_cannot_be_used_is_rejected_with_its_reason(world, tmp_path, cells, code):
    village = world.villages[0]
    lines = [rosters.line(village), rosters.line(village), rosters.line(village, **cells)]
    roster = rosters.check(world, tmp_path, lines)
    assert rosters.codes(roster) == [code]
    assert (roster.counts["new"], roster.counts["rejected"]) == (2, 1)
    with world.scope():
        finding = Finding.objects.get(roster=roster)
        assert (finding.level, finding.number) == ("reject", 4)
        assert findings.message(code, finding.facts)
        assert findings.fix(code, finding.facts)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"Tanggal Lahir": dt.date(1985, 12, 3)}, "birth_date_swapped"),
        ({"Tanggal Lahir": dt.date(1985, 3, 13)}, "nik_birth_date"),
        ({"L/P": "L"}, "nik_sex"),
        ({"L/P": "?"}, "sex_unreadable"),
        ({"No HP": "12"}, "phone_unreadable"),
        ({"Tanggal SK": "segera"}, "decree_date_unreadable"),
    ],
)
def test_what_disagrees_is_a_warning_and_the_line_is_used(world, tmp_path, cells, code):
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0], **cells)])
    assert rosters.codes(roster) == [code]
    assert (roster.counts["new"], roster.counts["warnings"]) == (1, 1)


@pytest.mark.parametrize(("year", "code"), [(2015, "age_under"), (1950, "age_over")])
def test_young_and_old_people_are_warned_about(world, tmp_path, year, code):
    village = world.villages[0]
    born = dt.date(year, 1, 2)
    cells = {"NIK": factories.nik_for(village, born, serial=77), "Tanggal Lahir": born}
    assert rosters.codes(rosters.check(world, tmp_path, [rosters.line(village, **cells)])) == [code]


def test_a_nik_of_another_regency_is_a_warning(world, elsewhere, tmp_path):
    nik = factories.nik_for(elsewhere.villages[0], rosters.BORN, serial=88)
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0], NIK=nik)])
    assert rosters.codes(roster) == ["nik_region"]
    assert roster.counts["new"] == 1


def test_the_second_line_with_the_same_nik_is_rejected(world, tmp_path):
    line = rosters.line(world.villages[0])
    roster = rosters.check(world, tmp_path, [line, {**line, "Nama": "ORANG LAIN"}])
    assert rosters.codes(roster) == ["nik_twice"]
    assert (roster.counts["new"], roster.counts["rejected"]) == (1, 1)
    with world.scope():
        assert Finding.objects.get(roster=roster).facts["first_row"] == 2


def test_a_list_whose_nik_column_is_a_number_is_refused_whole(world, tmp_path):
    village = world.villages[0]
    lines = [rosters.line(village, NIK=3510065203850010 + number) for number in range(4)]
    roster = rosters.check(world, tmp_path, lines)
    assert roster.status == RosterImport.Status.REFUSED
    assert roster.refusal_code == "nik_column_number"
    assert "4 dari 4" in findings.refusal(roster.refusal_code, roster.refusal_facts)
    with world.scope():
        assert not ImportRow.objects.filter(roster=roster).exists()


def test_a_list_whose_nik_all_end_in_zero_is_refused_whole(world, tmp_path):
    village = world.villages[0]
    lines = [
        rosters.line(village, NIK=factories.nik_for(village, rosters.BORN, serial=number * 10))
        for number in range(1, 12)
    ]
    assert rosters.check(world, tmp_path, lines).refusal_code == "nik_column_zeros"


@pytest.mark.parametrize(
    ("heading", "code"),
    [(("Nama", "Alamat"), "no_table"), (("NIK", "Nama", "Tanggal Lahir"), "no_rows")],
)
def test_a_file_without_a_table_or_rows_is_refused(world, tmp_path, heading, code):
    roster = rosters.check(world, tmp_path, [], heading=heading)
    assert (roster.status, roster.refusal_code) == ("refused", code)


def test_a_regency_list_finds_villages_by_name_and_district(world, tmp_path):
    lines = [rosters.line(village) for village in world.villages[:3]]
    lines.append(rosters.line(world.villages[0], **{"Desa/Kelurahan": "Entah Berantah"}))
    lines.append(rosters.line(world.villages[0], **{"Desa/Kelurahan": world.villages[1].dotted}))
    roster = rosters.check(world, tmp_path, lines, role=Role.DISTRICT_OFFICER)
    assert rosters.codes(roster) == ["village_unknown"]
    assert roster.counts["new"] == 4


def test_a_regency_list_without_a_village_column_is_refused(world, tmp_path):
    line = rosters.line(world.villages[0])
    roster = rosters.check(
        world,
        tmp_path,
        [line],
        role=Role.DISTRICT_OFFICER,
        heading=("NIK", "Nama", "Tanggal Lahir"),
    )
    assert roster.refusal_code == "no_village_column"
