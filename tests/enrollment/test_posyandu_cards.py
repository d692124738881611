"""The cards of one posyandu as one PDF: the people who serve there, and nobody else."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from cadres import actions
from core import private_files, runs
from core.errors import DomainError
from core.models import Run
from enrollment import card_actions, card_queries
from enrollment.models import CardOrder
from tests import factories

OFFICER = Role.DISTRICT_OFFICER


@pytest.fixture
def post(world):
    """A posyandu with two covered people, one who is not, and one who has stopped."""
    first = world.villages[0]
    start = dt.date(2026, 1, 1)
    with world.scope():
        for name in ("Siti Dua", "Siti Satu"):
            factories.coverage(factories.cadre(first, name=name), starts_on=start)
        factories.cadre(first, name="Siti Menunggu")
        gone = factories.cadre(first, name="Siti Berhenti")
        factories.coverage(gone, starts_on=start)
        gone.assignments.update(ended_on=dt.date(2026, 3, 31))
        found = gone.assignments.get().posyandu
        other = factories.cadre(first, name="Siti Lain")
        factories.coverage(other, starts_on=start)
        other.assignments.update(posyandu=factories.posyandu(first, "Mawar 2"))
    return found


def _order(world, post, role=OFFICER, layout="a4"):
    return card_actions.order_cards(
        by=world[role], village=post.village, posyandu=post, layout=layout
    )


def test_an_order_prints_those_who_serve_there_by_name(world, post):
    with world.scope():
        placed = _order(world, post, layout="card")
    runs.drive(world.regency.pk, placed.run_id)
    with world.scope():
        done = card_queries.orders().get(pk=placed.pk)
        pages = PdfReader(private_files.path_of(done.paper.file)).pages
        names = [" ".join(page.extract_text().split()) for page in pages]
    assert (done.people, done.posyandu_id, done.posyandu_name) == (2, post.pk, post.name)
    assert ["Siti Dua" in names[0], "Siti Satu" in names[1], len(names)] == [True, True, 2]


def test_orders_of_posyandu_and_village_are_not_mistaken_for_each_other(world, post):
    with world.scope():
        one = _order(world, post)
        assert _order(world, post).pk == one.pk
        whole = card_actions.order_cards(by=world[OFFICER], village=post.village, layout="a4")
    assert (whole.pk != one.pk, whole.people, one.people) == (True, 4, 2)


def test_the_trail_names_the_posyandu(world, post):
    with world.scope():
        placed = _order(world, post)
        event = Event.objects.get(kind="card_order.created", object_id=placed.pk)
    assert event.facts["place"] == f"Posyandu {post.name}, {post.village.name}"


def test_an_order_outlives_its_posyandu(world, post):
    with world.scope():
        placed = _order(world, post)
        into = factories.posyandu(post.village, "Kenanga")
        actions.merge_posyandu(by=world[OFFICER], posyandu=post, into=into)
        assert CardOrder.objects.get(pk=placed.pk).posyandu_name == "Melati 1"


def test_a_village_prints_its_own_posyandu_only(world, post):
    with world.scope(Role.VILLAGE_OPERATOR):
        assert _order(world, post, role=Role.VILLAGE_OPERATOR).people == 2
    with world.scope():
        foreign = factories.posyandu(world.villages[1])
        with pytest.raises(DomainError) as refused:
            _order(world, foreign, role=Role.VILLAGE_OPERATOR)
    assert refused.value.code == "village_not_yours"


def test_the_button_on_the_page_of_the_posyandu_leads_to_the_order(world, post, client):
    client.force_login(world[OFFICER].user)
    page = reverse("cadres:posyandu", args=[world.regency.slug, post.pk])
    address = reverse("enrollment:posyandu_cards", args=[world.regency.slug, post.pk])
    text = client.get(page).content.decode()
    assert address in text
    assert "Siapkan 2 kartu posyandu ini" in text
    answer = client.post(address, {"layout": "card"})
    with world.scope():
        placed = CardOrder.objects.get()
    assert placed.layout == "card"
    assert answer["Location"] == reverse(
        "enrollment:card_order", args=[world.regency.slug, placed.pk]
    )
    shown = client.get(answer["Location"]).content.decode()
    assert f"Kartu Posyandu {post.name}, {post.village.full_name}" in shown
    listed = client.get(reverse("enrollment:cards", args=[world.regency.slug])).content.decode()
    assert f"Posyandu {post.name}, {post.village.full_name}" in listed


def test_where_nobody_is_covered_there_is_no_button(world, client):
    with world.scope():
        empty = factories.cadre(world.villages[0]).assignments.get().posyandu
    client.force_login(world[OFFICER].user)
    address = reverse("enrollment:posyandu_cards", args=[world.regency.slug, empty.pk])
    page = reverse("cadres:posyandu", args=[world.regency.slug, empty.pk])
    assert address not in client.get(page).content.decode()
    told = client.post(address, {"layout": "a4"}, HTTP_REFERER=f"http://testserver{page}")
    assert told.status_code in (302, 409)
    with world.scope():
        assert not Run.objects.exists()


def test_strangers_and_readers_order_nothing(world, elsewhere, post, client):
    client.force_login(elsewhere[OFFICER].user)
    there = reverse("enrollment:posyandu_cards", args=[elsewhere.regency.slug, post.pk])
    assert client.post(there, {"layout": "a4"}).status_code == 404
    client.force_login(world[Role.AUDITOR].user)
    here = reverse("enrollment:posyandu_cards", args=[world.regency.slug, post.pk])
    assert client.post(here, {"layout": "a4"}).status_code == 403


def test_by_api(world, elsewhere, post, client):
    _row, token = tokens.create(world[OFFICER].user, "uji")
    headers = {"Authorization": f"Bearer {token}"}

    def ask(body):
        return client.post(
            "/api/v1/r/banyuwangi/cards/",
            json.dumps(body),
            content_type="application/json",
            headers=headers,
        )

    made = ask({"posyandu": post.pk})
    assert made.status_code == 201
    told = client.get(f"/api/v1/r/banyuwangi/cards/{made.json()['id']}/", headers=headers).json()
    assert (told["people"], told["posyandu_id"], told["posyandu_name"]) == (2, post.pk, "Melati 1")
    assert told["village"] == post.village.code
    with elsewhere.scope():
        foreign = factories.posyandu(elsewhere.villages[0])
    refused = ask({"posyandu": foreign.pk})
    assert (refused.status_code, refused.json()["code"]) == (400, "posyandu_unknown")
