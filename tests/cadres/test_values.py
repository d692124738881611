"""What cells mean."""

import datetime as dt

import pytest

from cadres import headings, values
from cadres.models import Category

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    "cell",
    [
        "3510065203850012",
        "'3510065203850012",
        "3510 0652 0385 0012",
        "3510.0652.0385.0012",
        "3510\u00a00652\u00a00385\u00a00012",
        " 3510-0652-0385-0012 ",
    ],
)
def test_nik_is_read_through_the_marks_that_people_write(cell):
    assert values.nik(cell) == "3510065203850012"


@pytest.mark.parametrize("cell", ["", "-", "0", 0, None, " ", "\u2013"])
def test_empty_nik_never_becomes_a_value(cell):
    assert values.nik(cell) == ""


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (3510065203850012.0, "nik_number"),
        (3510065203850010, "nik_number"),
        ("3,51001E+15", "nik_number"),
        ("3.51006520385001E+15", "nik_number"),
        ("351006520385001", "nik_length"),
        ("35100652038500123", "nik_length"),
        ("35100652O3850012", "nik_letters"),
        ("\u0663510065203850012", "nik_letters"),
    ],
)
def test_damaged_nik_is_told_apart(cell, code):
    with pytest.raises(values.Unreadable) as fault:
        values.nik(cell)
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        ("3510065203850012", ""),
        ("3510065203850000", "nik_serial"),
        ("3510067203850012", "nik_date"),
        ("3510065213850012", "nik_date"),
        ("3510067102850012", "nik_date"),
        ("9999995203850012", "nik_province"),
        ("3599995203850012", "nik_district"),
    ],
)
def test_structure_of_a_nik_is_checked(digits, code):
    assert values.nik_fault(digits, {"351006"}) == code


@pytest.mark.parametrize(
    "cell",
    [
        {"d": "1985-03-12"},
        "1985-03-12",
        "12-03-1985",
        "12/3/85",
        "12.03.1985",
        "12 Maret 1985",
        "12 Mar 1985",
        "12-mar-1985",
        "12 MARET 1985",
    ],
)
def test_dates_are_read_day_first(cell):
    assert values.date(cell, TODAY) == dt.date(1985, 3, 12)


@pytest.mark.parametrize("cell", ["", "-", "0", 0, None])
def test_empty_date_never_becomes_today(cell):
    assert values.date(cell, TODAY) is None


@pytest.mark.parametrize("cell", ["31-02-1985", "besok", 31118.0, "1985", "12-13-1985"])
def test_what_is_no_date_is_not_guessed(cell):
    with pytest.raises(values.Unreadable):
        values.date(cell, TODAY)


def test_two_digit_years_lie_in_the_past():
    assert values.date("12/3/26", TODAY) == dt.date(2026, 3, 12)
    assert values.date("12/3/27", TODAY) == dt.date(1927, 3, 12)


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("L", "L"),
        ("Laki-laki", "L"),
        ("Pr", "P"),
        ("wanita", "P"),
        ("1", "L"),
        (2.0, "P"),
        ("-", ""),
    ],
)
def test_sex_is_read_in_every_habit(cell, sex):
    assert values.sex(cell) == sex


@pytest.mark.parametrize(
    "cell", ["081234567890", "81234567890", 81234567890.0, "+62 812-3456-7890", "0812 3456 7890"]
)
def test_phones_become_international(cell):
    assert values.phone(cell) == "+6281234567890"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Hj. Siti Aminah, S.Pd.", "SITI AMINAH"),
        ("Alm. Ibu Suprehatin", "SUPREHATIN"),
        ("Drs. Suprihandoko., MM", "SUPRIHANDOKO"),
        ("Moh. Ali", "MUHAMMAD ALI"),
        ("M. Ali", "MUHAMMAD ALI"),
        ("  sri   wahyuni ", "SRI WAHYUNI"),
        ("Nur'aini", "NUR'AINI"),
        ("Sulastri", "SULASTRI"),
    ],
)
def test_matching_ignores_titles(name, key):
    assert values.name_key(name) == key


def test_place_and_date_in_one_cell_are_told_apart():
    assert values.place_and_date("Banyuwangi, 12-03-1985", TODAY) == (
        "Banyuwangi",
        dt.date(1985, 3, 12),
    )


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("NIK", "nik"),
        ("N I K", "nik"),
        ("No. KTP", "nik"),
        ("Nomor Induk Kependudukan", "nik"),
        ("Nama (sesuai KTP)", "name"),
        ("NAMA KADER", "name"),
        ("Nama Ibu Kandung", "mother_name"),
        ("Nama Posyandu", "posyandu"),
        ("Tgl. Lahir", "birth_date"),
        ("tgl/bln/thn lahir", "birth_date"),
        ("Tempat/Tgl Lahir", "birth"),
        ("TTL", "birth"),
        ("Tempat Lahir", "birth_place"),
        ("L/P", "sex"),
        ("Jns Kelamin", "sex"),
        ("WA", "phone"),
        ("Tanggal SK", "decree_date"),
        ("Nomor SK", "decree_number"),
        ("Desa/Kelurahan", "village"),
    ],
)
def test_headings_are_recognised_in_every_habit(heading, column):
    assert headings.is_called(heading, column)


def test_a_line_that_names_one_column_is_no_heading():
    words = tuple((headings.plain(word), "") for word in ("No", "Nama", "Alamat"))
    assert not headings.guess(words).is_heading


@pytest.mark.parametrize("kind", Category)
def test_every_kind_of_service_is_read_back_from_its_own_name(kind):
    assert values.category(str(kind.label), "other") == kind.value
