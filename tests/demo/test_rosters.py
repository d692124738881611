"""Sample rosters: for any regency, spread over all of it, readable by the importer."""

import datetime as dt
import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from cadres.headings import COLUMNS, meaning, plain
from demo import rosters
from regions.models import Regency
from regions.queries import villages_of


def read(path) -> list[list]:
    """The cells of a roster without its heading."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]


@pytest.mark.parametrize("slug", ["banyuwangi", "situbondo", "kota-jayapura", "jakarta-pusat"])
def test_a_roster_reaches_every_village_and_posyandu(db, tmp_path, slug):
    call_command("sample_roster", slug, tmp_path / "r.xlsx", people=1200, posyandu=600)
    rows = read(tmp_path / "r.xlsx")
    assert len(rows) == 1200
    assert len({row[3] for row in rows}) == 1200
    assert len({tuple(row[:3]) for row in rows}) == 600
    regency = Regency.objects.get(slug=slug)
    assert len({tuple(row[:2]) for row in rows}) == villages_of(regency).count()


def test_identity_numbers_are_text_and_dates_are_dates(db, tmp_path):
    call_command("sample_roster", "banyuwangi", tmp_path / "r.xlsx", people=5, posyandu=5)
    for row in read(tmp_path / "r.xlsx"):
        assert isinstance(row[3], str)
        assert len(row[3]) == 16
        assert isinstance(row[8], str)
        assert isinstance(row[6], dt.date)
        assert isinstance(row[12], dt.date)


def test_the_importer_knows_every_column(db):
    known = {column.name for column in COLUMNS} - {"birth", "number"}
    found = [meaning(plain(heading))[0] for heading in rosters.HEADINGS]
    assert sorted(found) == sorted(known)


def test_two_villages_of_one_name_are_told_apart_by_their_code(db, tmp_path):
    call_command("sample_roster", "kota-jayapura", tmp_path / "r.xlsx", people=100, posyandu=100)
    names = Counter(row[1] for row in read(tmp_path / "r.xlsx"))
    waena = [name for name in names if name.startswith("Waena")]
    assert sorted(waena) == ["Waena (91.71.05.1002)", "Waena (91.71.05.2005)"]


def test_the_same_roster_is_the_same_file(db, tmp_path):
    for name in ("a", "b"):
        call_command("sample_roster", "jember", tmp_path / name, people=50, posyandu=10)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_one_village_in_ten_has_no_roster(db):
    villages = list(villages_of(Regency.objects.get(slug="banyuwangi")))
    assert len(rosters.without_roster(villages)) == 21


def test_an_unknown_regency_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="no regency"):
        call_command("sample_roster", "atlantis", tmp_path / "r.xlsx")


def test_more_posyandu_than_people_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="posyandu"):
        call_command("sample_roster", "jember", tmp_path / "r.xlsx", people=5, posyandu=10)


def test_the_command_says_what_it_wrote(db, tmp_path):
    out = io.StringIO()
    call_command("sample_roster", "jember", tmp_path / "r.xlsx", people=50, posyandu=10, stdout=out)
    assert "50 people, 10 posyandu, Kabupaten Jember" in out.getvalue()
