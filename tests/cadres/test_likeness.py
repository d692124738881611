"""Names of posyandu that may mean the same one."""

import pytest

from cadres import likeness


@pytest.mark.parametrize(
    ("key", "other"),
    [
        ("MELATI I", "MELATI 1"),
        ("MELATI 01", "MELATI 1"),
        ("MELATI1", "MELATI 1"),
        ("MELATI", "MELATI 1"),
        ("MELATI IV", "MELATI 4"),
        ("MELATTI 2", "MELATI 2"),
        ("ANGGREK BULAN", "ANGREK BULAN"),
    ],
)
def test_names_that_may_be_one_posyandu_are_offered(key, other):
    assert likeness.near(key, [other, "CEMPAKA 9"]) == [other]


@pytest.mark.parametrize(
    ("key", "other"),
    [
        ("MELATI 1", "MELATI 2"),
        ("MELATI II", "MELATI 1"),
        ("MAWAR", "MELATI"),
        ("MELATI 1", "MELATI 1"),
        ("I", "1"),
    ],
)
def test_other_numbers_and_other_names_are_not(key, other):
    assert likeness.near(key, [other]) == []


def test_the_same_number_is_offered_before_none():
    assert likeness.near("MELATI I", ["MELATI", "MELATI 1"]) == ["MELATI 1", "MELATI"]


@pytest.mark.parametrize(("roman", "number"), [("IX", 9), ("XIV", 14), ("XXXIX", 39), ("III", 3)])
def test_roman_numerals_are_numbers(roman, number):
    assert likeness.numbered(f"MAWAR {roman}") == ("MAWAR", number)
