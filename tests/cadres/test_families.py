"""Heirs in the legal order, school children, the yearly confirmation and the family's address."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from cadres import actions, heirs, queries
from cadres.models import Cadre, FamilyLink, Heir, SchoolChild
from cadres.views import family_public
from core import tenancy
from core.errors import DomainError
from tests import factories

CHILD = actions.Child("Putra", dt.date(2016, 5, 1), "sd")
ANSWER = {
    "heir1_name": "Budi Contoh",
    "heir1_relation": "spouse",
    "heir1_nik": "3510 0612 0385 0013",
    "child1_name": "Putri Contoh",
    "child1_birth_date": "2015-02-03",
    "child1_level": "sd",
}


@pytest.fixture
def operator(world):
    return world[Role.VILLAGE_OPERATOR]


@pytest.fixture
def person(world):
    with world.scope():
        return factories.cadre(world.villages[0], name="Siti Aminah")


@pytest.fixture
def address(world, operator, person):
    with world.scope(Role.VILLAGE_OPERATOR):
        return reverse("family_link", args=[actions.make_family_link(by=operator, cadre=person)])


def _heirs(person, *relations):
    return [Heir(cadre=person, name=relation, relation=relation) for relation in relations]


@pytest.mark.parametrize(
    ("relations", "entitled"),
    [
        (("sibling", "child", "parent", "spouse"), {"child", "spouse"}),
        (
            ("sibling", "grandparent", "grandchild", "parent"),
            {"grandparent", "grandchild", "parent"},
        ),
        (("will", "parent_in_law", "sibling"), {"sibling"}),
        (("will", "parent_in_law"), {"parent_in_law"}),
        (("will",), {"will"}),
    ],
)
def test_only_the_first_rank_with_somebody_in_it_is_entitled(world, person, relations, entitled):
    with world.scope():
        ranks = heirs.in_order(_heirs(person, *relations))
    assert {heir.relation for rank in ranks if rank.entitled for heir in rank.heirs} == entitled
    assert sum(len(rank.heirs) for rank in ranks) == len(relations)


def test_every_relation_has_a_rank():
    assert {heirs.rank(relation) for relation in Heir.Relation.values} == {1, 2, 3, 4, 5}


def test_two_children_at_most_also_for_the_database(world, operator, person):
    with world.scope():
        with pytest.raises(DomainError) as refused:
            actions.set_school_children(by=operator, cadre=person, children=[CHILD] * 3)
        assert refused.value.code == "children_many"
        with pytest.raises(IntegrityError), transaction.atomic():
            SchoolChild.objects.create(
                cadre=person, position=3, name="C", birth_date=dt.date(2015, 1, 1), level="sd"
            )


def test_children_replace_those_who_were_there(world, operator, person):
    other = actions.Child("Putri", dt.date(2018, 1, 1), "tk")
    with world.scope():
        actions.set_school_children(by=operator, cadre=person, children=[CHILD, other])
        actions.set_school_children(by=operator, cadre=person, children=[other])
        assert [each.name for each in person.school_children.all()] == ["Putri"]


def test_the_scholarship_is_not_for_somebody_of_23_years(world, operator, person):
    old = actions.Child("Dewasa", dt.date(1999, 1, 1), "higher")
    with world.scope(), pytest.raises(DomainError) as refused:
        actions.set_school_children(by=operator, cadre=person, children=[old])
    assert refused.value.fields.keys() == {"child1_birth_date"}


def test_a_family_is_confirmed_once_a_year_and_needs_an_heir(world, operator, person):
    with world.scope(Role.VILLAGE_OPERATOR):
        with pytest.raises(DomainError):
            actions.confirm_family(by=operator, cadre=person)
        actions.add_heir(by=operator, cadre=person, name="Budi", relation="spouse")
        assert person in queries.families_due(world.villages[0].pk)
        actions.confirm_family(by=operator, cadre=person)
        assert person not in queries.families_due()
        Cadre.objects.filter(pk=person.pk).update(
            heirs_confirmed_on=timezone.localdate() - dt.timedelta(days=366)
        )
        assert person in queries.families_due()


def test_an_heir_who_is_paid_a_benefit_stays(world, operator, person):
    from claims.models import Claim

    with world.scope():
        heir = actions.add_heir(by=operator, cadre=person, name="Budi", relation="spouse")
        claim = Claim.objects.create(
            number="K/1",
            cadre=person,
            village=person.village,
            died_on=dt.date(2026, 1, 2),
            outcome="full",
            heir=heir,
            reported_by_id=1,
        )
        with pytest.raises(DomainError):
            actions.remove_heir(by=operator, heir=heir)
        claim.delete()
        actions.remove_heir(by=operator, heir=heir)
        assert not person.heirs.exists()


def test_a_family_fills_in_its_address_once(world, client, person, address):
    page = client.get(address).content.decode()
    assert "Data keluarga Siti" in page
    assert "Aminah" not in page
    assert person.nik not in page
    assert "data keluarga tersimpan" in client.post(address, ANSWER).content.decode()
    with world.scope():
        person.refresh_from_db()
        heir = person.heirs.get()
        assert (heir.name, heir.relation) == ("Budi Contoh", "spouse")
        assert b"3510061203850013" not in bytes(heir.nik_sealed)
        assert person.school_children.get().level == "sd"
        assert person.heirs_confirmed_on == timezone.localdate()
        event = Event.objects.get(kind="family.answered")
        assert (event.actor_id, event.facts) == (None, {"heirs": 1, "children": 1})
    again = client.post(address, ANSWER | {"heir1_name": "Orang Lain"})
    assert again.status_code == 410
    assert "sudah dipakai" in again.content.decode()
    with world.scope():
        assert person.heirs.count() == 1


def test_what_a_family_wrote_wrongly_leaves_nothing_behind(world, client, person, address):
    wrong = ANSWER | {"child1_birth_date": "1990-02-03"}
    answer = client.post(address, wrong)
    assert answer.status_code == 422
    assert "Beasiswa berakhir pada usia 23 tahun." in answer.content.decode()
    with world.scope():
        assert not person.heirs.exists()
    assert client.post(address, ANSWER).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"heir1_name": ""},
        {"heir1_relation": ""},
        {"heir1_nik": "123"},
        {"child1_level": ""},
        {"child1_birth_date": ""},
    ],
)
def test_a_family_is_told_what_is_missing(client, address, wrong):
    assert client.post(address, ANSWER | wrong).status_code == 422


def test_a_new_address_closes_the_old_one_and_an_old_one_runs_out(
    world, client, operator, person, address
):
    with world.scope(Role.VILLAGE_OPERATOR):
        fresh = reverse("family_link", args=[actions.make_family_link(by=operator, cadre=person)])
    assert client.get(address).status_code == 410
    assert client.get(fresh).status_code == 200
    with world.scope():
        FamilyLink.objects.update(expires_at=timezone.now())
    assert client.get(fresh).status_code == 410


def test_an_unknown_address_says_nothing(db, client):
    answer = client.get(reverse("family_link", args=["tidak-ada"]))
    assert answer.status_code == 404
    assert "Tautan tidak dikenal" in answer.content.decode()


def test_an_address_is_not_stored_in_clear(world, address):
    token = address.rstrip("/").rpartition("/")[2]
    with world.scope():
        assert token.encode() not in bytes(FamilyLink.objects.get().token_digest)


def test_one_phone_does_not_try_addresses_endlessly(db, client, monkeypatch):
    monkeypatch.setattr(family_public, "LIMIT", 2)
    monkeypatch.setattr(family_public, "WINDOW", 60)
    path = reverse("family_link", args=["coba"])
    answers = [client.get(path, REMOTE_ADDR="10.9.8.7").status_code for _each in range(4)]
    assert answers[-1] == 429


def test_an_answer_reaches_only_the_village_of_the_person(world, client, person, address):
    gate = queries.family_gate(address.rstrip("/").rpartition("/")[2])
    assert gate is not None
    with world.scope():
        other = factories.cadre(world.villages[1])
    with tenancy.scope(gate.regency_id, villages=(gate.village_id,)):
        assert not Cadre.objects.filter(pk=other.pk).exists()


def test_a_village_sees_whose_family_to_ask_and_a_neighbour_does_not(
    world, client, operator, person
):
    client.force_login(operator.user)
    slug, (own, other) = world.regency.slug, world.villages[:2]
    page = client.get(reverse("cadres:families", args=[slug, own.code])).content.decode()
    assert "Siti Aminah" in page
    assert "belum pernah" in page
    assert client.get(reverse("cadres:families", args=[slug, other.code])).status_code == 404
    home = client.get(reverse("reports:dashboard", args=[slug])).content.decode()
    assert "Data keluarga 1 orang perlu dipastikan" in home
    with world.scope(Role.VILLAGE_OPERATOR):
        actions.add_heir(by=operator, cadre=person, name="Budi", relation="spouse")
        actions.confirm_family(by=operator, cadre=person)
    page = client.get(reverse("cadres:families", args=[slug, own.code])).content.decode()
    assert "Semua data keluarga sudah dipastikan" in page
