"""After a roster was saved: the families of its new people are asked by one-time addresses."""

import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Event
from cadres import actions, queries
from cadres.models import Cadre, FamilyLink
from core.errors import DomainError
from tests import factories
from tests.cadres import rosters
from tests.cadres.test_roster_desk import at

LINK = re.compile(r"http://testserver(/keluarga/[^ ]+)")
OPERATOR = Role.VILLAGE_OPERATOR


@pytest.fixture
def as_village(world, client):
    client.force_login(world[OPERATOR].user)
    return client


@pytest.fixture
def saved(world, tmp_path):
    """A saved list of two new people and one who was known; another person is not in it."""
    village = world.villages[0]
    with world.scope():
        known = factories.cadre(village, "SITI LAMA")
        factories.cadre(village, "SITI LAIN")
    lines = [
        rosters.line(village, Nama="ANI BARU"),
        rosters.line(village, Nama="BUNGA BARU", **{"No HP": ""}),
        rosters.line(village, NIK=known.nik, Nama=known.name),
    ]
    return rosters.applied(world[OPERATOR], rosters.check(world, tmp_path, lines))


def test_the_new_people_without_heirs_are_offered(world, as_village, saved):
    done = as_village.get(at(world, "roster", saved.pk)).content.decode()
    address = at(world, "roster_families", saved.pk)
    assert "2 orang baru belum punya ahli waris" in done
    assert address in done
    page = as_village.get(address).content.decode()
    assert "ANI BARU" in page
    assert "tanpa nomor HP" in page
    assert "SITI" not in page
    with world.scope(OPERATOR):
        ani = Cadre.objects.get(name="ANI BARU")
        actions.add_heir(by=world[OPERATOR], cadre=ani, name="Budi", relation="spouse")
    assert "ANI BARU" not in as_village.get(address).content.decode()


def test_an_address_for_each_chosen_person_is_shown_once(world, as_village, saved, client):
    address = at(world, "roster_families", saved.pk)
    with world.scope():
        ani, bunga = queries.without_heirs(saved)
        other = Cadre.objects.get(name="SITI LAIN")
    answer = as_village.post(address, {"people": [ani.pk, bunga.pk, other.pk, "x", "9" * 30]})
    assert answer["Cache-Control"] == "no-store"
    shown = answer.content.decode()
    links = LINK.findall(shown)
    assert len(links) == 2
    assert "2 tautan siap dikirim" in shown
    with world.scope():
        assert {each.cadre_id for each in FamilyLink.objects.all()} == {ani.pk, bunga.pk}
        assert Event.objects.filter(kind="family.link_made").count() == 2
    later = as_village.get(address).content.decode()
    assert "tautan berlaku sampai" in later
    assert links[0] not in later
    as_village.logout()
    assert "Data keluarga" in client.get(links[0]).content.decode()


def test_a_new_address_closes_the_one_before(world, as_village, saved):
    address = at(world, "roster_families", saved.pk)
    with world.scope():
        ani = queries.without_heirs(saved).first()
    first, second = (
        LINK.search(as_village.post(address, {"people": ani.pk}).content.decode())[1]
        for _ in range(2)
    )
    assert as_village.get(first).status_code == 410
    assert as_village.get(second).status_code == 200


def test_nobody_chosen_is_said_in_words(world, as_village, saved):
    answer = as_village.post(at(world, "roster_families", saved.pk))
    assert answer.status_code == 422
    assert "Pilih dulu orangnya" in answer.content.decode()


def test_who_died_gets_no_address_and_a_hundred_are_enough(world, saved):
    by = world[OPERATOR]
    with world.scope(OPERATOR):
        ani, bunga = queries.without_heirs(saved)
        actions.record_death(by=by, cadre=ani, died_on=rosters.BORN.replace(year=2026))
        assert set(actions.make_family_links(by=by, cadres=[ani, bunga])) == {bunga.pk}
        with pytest.raises(DomainError) as refused:
            actions.make_family_links(by=by, cadres=[bunga] * 101)
    assert refused.value.code == "people_too_many"


def test_only_of_a_saved_list_and_only_who_may_edit(world, as_village, saved, client, tmp_path):
    checked = rosters.check(world, tmp_path, [rosters.line(world.villages[0])])
    answer = as_village.get(at(world, "roster_families", checked.pk))
    assert answer["Location"] == at(world, "roster", checked.pk)
    client.force_login(world[Role.AUDITOR].user)
    assert client.get(at(world, "roster_families", saved.pk)).status_code == 403
    assert reverse("cadres:roster_families", args=[world.regency.slug, saved.pk]) not in (
        client.get(at(world, "roster", saved.pk)).content.decode()
    )
