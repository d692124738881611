"""Fictitious people: structurally right, all different, the same every time."""

import datetime as dt

import pytest
from lokal.nik import parse_nik
from lokal.phone import parse_phone
from lokal.wilayah import wilayah_name

from cadres import values
from demo.people import FIRST_SERIAL, nik_of, people

DISTRICTS = ["351001", "351006", "631007"] * 400
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def made():
    """Twelve hundred people of three districts."""
    return list(people(DISTRICTS, "Banyuwangi", seed="uji"))


def test_the_same_seed_gives_the_same_people(made):
    assert made == list(people(DISTRICTS, "Banyuwangi", seed="uji"))


def test_another_seed_gives_other_people(made):
    assert made[0] != next(people(DISTRICTS, "Banyuwangi", seed="lain"))


def test_nobody_has_the_nik_of_somebody_else(made):
    assert len({person.nik for person in made}) == len(made)


def test_two_series_of_one_regency_never_share_a_nik(made):
    other = people(DISTRICTS, "Banyuwangi", seed="lain", first_serial=9501)
    assert not {person.nik for person in made} & {person.nik for person in other}


def test_a_nik_says_what_the_person_says(made):
    for person, district in zip(made, DISTRICTS, strict=True):
        assert person.nik[:6] == district
        assert values.nik_sex(person.nik) == person.sex
        assert person.birth_date in values.nik_birth_dates(person.nik)
        assert int(person.nik[12:]) >= FIRST_SERIAL


def test_lokal_reads_a_nik_as_we_do(made):
    for person in made:
        read = parse_nik(person.nik, lookup_wilayah=wilayah_name, reference_date=TODAY)
        assert read.valid
        assert not read.warnings
        assert (read.gender, read.birth_date) == (person.sex, person.birth_date.isoformat())
        assert values.nik_fault(person.nik, {person.nik[:6]}) == ""


@pytest.mark.parametrize(
    ("nik", "ours"),
    [
        ("3510014101800000", "nik_serial"),
        ("3510013102800001", "nik_date"),
        ("3510017202800001", "nik_date"),
        ("3510010013800001", "nik_date"),
    ],
)
def test_lokal_and_we_refuse_the_same_numbers(nik, ours):
    assert values.nik_fault(nik, {"351001"}) == ours
    assert not parse_nik(nik, reference_date=TODAY).valid


def test_where_we_refuse_an_unknown_district_lokal_only_warns():
    nik = nik_of("359901", dt.date(1980, 1, 1), "P", 1)
    assert values.nik_fault(nik, {"351001"}) == "nik_district"
    read = parse_nik(nik, lookup_wilayah=wilayah_name, reference_date=TODAY)
    assert read.valid
    assert [each.code for each in read.warnings] == ["wilayah_unknown"]


def test_women_have_forty_added_to_the_day():
    birth = dt.date(1985, 3, 12)
    assert nik_of("351001", birth, "P", 9001) == "3510015203859001"
    assert nik_of("351001", birth, "L", 9001) == "3510011203859001"


def test_phones_belong_to_no_operator(made):
    read = parse_phone(made[0].phone)
    assert read.valid
    assert read.operator is None
    assert len({person.phone for person in made}) == len(made)


def test_everybody_is_of_an_age_that_may_be_covered(made):
    assert all(17 < values.age_on(person.birth_date, TODAY) < 64 for person in made)


def test_most_are_women_unless_told_otherwise(made):
    women = sum(person.sex == "P" for person in made)
    assert 0.94 < women / len(made) < 1
    workers = list(people(DISTRICTS, "Sangatta", seed="pekerja", women=0.35))
    assert 0.28 < sum(person.sex == "P" for person in workers) / len(workers) < 0.42
