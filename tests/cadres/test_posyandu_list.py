"""The list of posyandu and the files of villages and posyandu."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cadres import actions, queries
from tests import factories
from tests.audit import taking

OFFICER = Role.DISTRICT_OFFICER


def _at(world):
    return reverse("cadres:posyandu_list", args=[world.regency.slug])


@pytest.fixture
def office(world, client):
    client.force_login(world[OFFICER].user)
    return client


@pytest.fixture
def three(world):
    """A posyandu with a person too many, one with free seats, and one that is full."""
    first, second = world.villages[:2]
    with world.scope():
        factories.cadre(first)
        over = factories.cadre(first).assignments.get().posyandu
        actions.fund_seats(by=world[OFFICER], posyandu=over, seats_each=1)
        free = factories.posyandu(first, "Mawar 2")
        full = factories.cadre(second).assignments.get().posyandu
        actions.fund_seats(by=world[OFFICER], posyandu=full, seats_each=1)
        actions.change_posyandu(
            by=world[OFFICER],
            posyandu=full,
            name="Anggrek",
            decree_number="12/2026",
            decree_date=None,
        )
    return over, free, full


def _names(page):
    return [row.record.name for row in page.context["table"].page.object_list]


def test_seats_people_and_decree_of_every_posyandu(world, office, three):
    page = office.get(_at(world))
    assert _names(page) == ["Mawar 2", "Melati 1", "Anggrek"]
    text = page.content.decode()
    for words in ("2 dari 1 kursi", "1 di luar kursi", "0 dari 5 kursi", "5 kosong", "penuh"):
        assert words in text
    assert "12/2026" in text
    assert "Perlu konfirmasi cabang atau dinas." in text


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ({"seats": "over"}, ["Melati 1"]),
        ({"seats": "free"}, ["Mawar 2"]),
        ({"seats": "full"}, ["Anggrek"]),
        ({"seats": "other"}, []),
        ({"decree": "none"}, ["Mawar 2", "Melati 1"]),
        ({"decree": "known"}, ["Anggrek"]),
        ({"q": "mawar"}, ["Mawar 2"]),
        ({"sort": "-seats"}, ["Anggrek", "Mawar 2", "Melati 1"]),
    ],
)
def test_the_list_narrows_and_sorts(world, office, three, told, names):
    assert _names(office.get(_at(world), told)) == names


def test_villages_and_districts_narrow(world, office, three):
    village = world.villages[1]
    assert _names(office.get(_at(world), {"village": village.code})) == ["Anggrek"]
    district = world.villages[0].district
    assert len(_names(office.get(_at(world), {"district": district.code}))) >= 2


def test_the_numbers_are_those_of_one_posyandu(world, three):
    with world.scope():
        found = queries.posyandu_with_seats(timezone.localdate()).get(pk=three[0].pk)
        assert (found.funded, found.filled, found.free, found.over) == (1, 2, 0, 1)


def test_a_village_sees_its_own_and_a_stranger_none(world, elsewhere, client, three):
    client.force_login(world[Role.VILLAGE_OPERATOR].user)
    assert _names(client.get(_at(world))) == ["Mawar 2", "Melati 1"]
    client.force_login(elsewhere[OFFICER].user)
    assert _names(client.get(_at(elsewhere))) == []
    assert client.get(_at(world)).status_code == 404


def test_the_list_takes_few_queries(world, office, three, django_assert_max_num_queries):
    with django_assert_max_num_queries(12 + 4):  # session, user, membership, scope
        assert office.get(_at(world)).status_code == 200


def test_the_file_of_posyandu_holds_what_is_seen(world, three):
    rows = taking.lines(taking.post(world, "posyandu", seats="over"))
    first = world.villages[0]
    assert rows == [
        [
            "Posyandu",
            "Kode desa",
            "Desa",
            "Kecamatan",
            "Orang",
            "Kursi yang dibiayai",
            "Dasar kursi",
            "Kursi terisi",
            "Kursi kosong",
            "Di luar kursi",
            "Nomor SK",
            "Tanggal SK",
        ],
        [
            "Melati 1",
            first.code,
            first.name,
            first.district.name,
            "2",
            "1",
            "jumlah sendiri",
            "2",
            "0",
            "1",
            "",
            "",
        ],
    ]


def test_the_file_of_villages_holds_what_is_seen_and_keeps_the_sorting(world, three):
    rows = taking.lines(taking.post(world, "desa", status="fresh", view="map", sort="-people"))
    assert rows[0] == [
        "Kode desa",
        "Desa",
        "Kecamatan",
        "Status daftar",
        "Daftar terakhir",
        "Umur daftar (hari)",
        "Kader",
    ]
    assert [(row[0], row[3], row[5], row[6]) for row in rows[1:]] == [
        (world.villages[0].code, "terbaru", "0", "2"),
        (world.villages[1].code, "terbaru", "0", "1"),
    ]
    everything = taking.sheet(taking.post(world, "desa", format="xlsx"))
    assert everything.max_row - 1 == len(world.regency.villages.filter(valid_to=None))
    never = taking.lines(taking.post(world, "desa", status="never"))
    assert {(row[4], row[5], row[6]) for row in never[1:]} == {("", "", "0")}
