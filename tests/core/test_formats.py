"""How numbers, money, dates and identity numbers are written."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core import formats

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "Rp0"), (16800, "Rp16.800"), (193166400, "Rp193.166.400"), (-50400, "−Rp50.400")],
)
def test_rupiah_has_dots_between_thousands_and_no_cents(amount, words):
    assert formats.rupiah(amount) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (950, "Rp950"),
        (16800, "Rp16,8~rb"),
        (193166400, "Rp193,2~jt"),
        (2_000_000_000, "Rp2~M"),
        (-5_500_000, "Rp−5,5~jt"),
    ],
)
def test_short_rupiah_uses_the_words_of_indonesia(amount, words):
    assert formats.rupiah_short(amount) == words.replace("~", NBSP)


def test_counts_have_dots():
    assert formats.thousands(11498) == "11.498"
    assert formats.thousands(-3) == "−3"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (11498, 11584, "99,3%"),
        (534, 534, "100%"),
        (0, 534, "0%"),
        (3, 0, "–"),
        (99999, 100000, "99,9%"),
        (1, 100000, "0,1%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_to_nothing(part, whole, words):
    assert formats.percent(part, whole) == words


def test_dates_follow_the_language_of_the_reader():
    value = date(2026, 8, 2)
    assert formats.day(value) == "2 Agu 2026"
    assert formats.day(value, "en-gb") == "2 Aug 2026"
    assert formats.long_day(value) == "2 Agustus 2026"
    assert formats.long_day(value, weekday=True) == "Minggu, 2 Agustus 2026"
    assert formats.month(value) == "Agustus 2026"
    assert formats.month(value, "en") == "August 2026"
    assert formats.short_month(value) == "Agu 2026"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Jakarta", "12 Sep 2024, 10.15 WIB"),
        ("Asia/Makassar", "12 Sep 2024, 10.15 WITA"),
        ("Asia/Jayapura", "12 Sep 2024, 10.15 WIT"),
        ("UTC", "12 Sep 2024, 10.15 UTC"),
    ],
)
def test_a_moment_names_the_zone_of_the_regency(zone, words):
    assert formats.moment(datetime(2024, 9, 12, 10, 15, tzinfo=ZoneInfo(zone))) == words


def test_a_nik_shows_its_ends_only():
    assert formats.mask_nik("3510065203850012") == "3510 •••• •••• 0012".replace(" ", NBSP)
    assert formats.mask_nik("3510 0652 0385 0012") == formats.mask_nik("3510065203850012")


@pytest.mark.parametrize("damaged", ["351006520385012", "3,51006520385012E+15", "1"])
def test_a_damaged_nik_shows_nothing(damaged):
    assert not any(c.isdigit() for c in formats.mask_nik(damaged))


def test_a_revealed_nik_stands_in_fours():
    assert formats.group_nik("3510065203850012") == "3510 0652 0385 0012".replace(" ", NBSP)


def test_a_member_number_shows_its_ends_only():
    assert formats.mask_kpj("24081234512") == "2408•••••12"
    assert formats.mask_kpj("2408123") == "•" * 8


@pytest.mark.parametrize(
    ("size", "words"),
    [(10, "1 KB"), (1536, "2 KB"), (5 * 1024 * 1024, "5 MB"), (1_600_000, "1,5 MB")],
)
def test_a_file_size_is_short(size, words):
    assert formats.file_size(size) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "5 detik"), (44, "45 detik"), (95, "2 menit"), (3600, "1 jam"), (3900, "1 jam 5 menit")],
)
def test_time_left_is_rounded(seconds, words):
    assert formats.duration(seconds) == words


def test_a_public_name_is_initials():
    assert formats.initials("Sri Wahyuni") == f"S.{NBSP}W."
    assert formats.initials("") == ""
