"""The person's page, its forms and its API, with those who may not beside those who may."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from accounts.tokens import create
from cadres import actions
from cadres.models import Assignment, Cadre
from tests import factories

JANUARY = dt.date(2026, 1, 1)


@pytest.fixture
def person(world):
    with world.scope():
        return factories.cadre(world.villages[0], name="Siti Aminah")


def at(world, name, *args):
    return reverse(f"cadres:{name}", args=[world.regency.slug, *args])


def signed_in(client, actor):
    client.force_login(actor.user)
    return client


def call(client, world, role, path, **body):
    return client.post(
        f"/api/v1/r/{world.regency.slug}/cadres/{path}",
        json.dumps(body),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {create(world[role].user, 'uji')[1]}",
        HTTP_IDEMPOTENCY_KEY=f"{path}{sorted(body.items())}",
    )


def test_the_page_shows_everything_with_few_queries(world, client, person):
    officer = world[Role.DISTRICT_OFFICER]
    with world.scope():
        for category in ("stunting_cadre", "pkk_cadre"):
            actions.add_service(by=officer, cadre=person, category=category, started_on=JANUARY)
        for name, relation in (("Budi", "spouse"), ("Wati", "child"), ("Sumarni", "parent")):
            actions.add_heir(by=officer, cadre=person, name=name, relation=relation)
        actions.record_training(
            by=officer, cadre_ids=[person.pk], title="ILP", starts_on=JANUARY, level="purwa"
        )
        factories.coverage(person, starts_on=JANUARY)
    signed_in(client, officer).get(at(world, "person", person.pk))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(at(world, "person", person.pk)).content.decode()
    own = [q for q in asked.captured_queries if "set_config" not in q["sql"]]
    own = [q for q in own if "SAVEPOINT" not in q["sql"]]
    for words in ("Kader stunting", "Kader Purwa", "urutan 2", "Belum ada SK", "Terlindungi"):
        assert words in page
    assert person.nik not in page
    assert len(own) <= LIMIT, "\n".join(q["sql"][:160] for q in own)


LIMIT = 20  # five of the door and the shell, fifteen of the page and the sections of other apps


def test_what_is_missing_leads_to_its_form(world, client, person):
    page = signed_in(client, world[Role.VILLAGE_OPERATOR]).get(at(world, "person", person.pk))
    found = page.content.decode()
    assert "Ahli waris belum diisi" in found
    assert at(world, "heir_add", person.pk) in found
    assert "Belum ada pelatihan" in found


def test_who_only_reads_gets_no_way_to_change(world, client, person):
    page = signed_in(client, world[Role.AUDITOR]).get(at(world, "person", person.pk))
    for name in ("correct", "service_add", "move", "merge_find", "family", "training_add"):
        assert at(world, name, person.pk) not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("correct", {"name": "Siti A.", "birth_date": "1985-03-12", "sex": "P"}),
        ("service_add", {"category": "pkk_cadre", "started_on": "2026-02-01"}),
        ("heir_add", {"name": "Budi", "relation": "spouse"}),
        ("children", {"child1_name": "P", "child1_birth_date": "2016-01-01", "child1_level": "sd"}),
        ("training_add", {"title": "ILP", "starts_on": "2026-02-01"}),
        ("competences", {"codes": ["post_1"]}),
    ],
)
def test_a_village_fills_in_its_own_people_and_nobody_else(world, client, person, name, more):
    with world.scope():
        neighbour = factories.cadre(world.villages[1])
    signed_in(client, world[Role.VILLAGE_OPERATOR])
    assert client.get(at(world, name, person.pk)).status_code == 200
    assert client.post(at(world, name, person.pk), more).status_code == 302
    assert client.get(at(world, name, neighbour.pk)).status_code == 404
    assert client.post(at(world, name, neighbour.pk), more).status_code == 404


@pytest.mark.parametrize("name", ["move", "correct_nik", "merge_find"])
def test_a_village_neither_moves_nor_merges_nor_corrects_a_nik(world, client, person, name):
    signed_in(client, world[Role.VILLAGE_OPERATOR])
    assert client.get(at(world, name, person.pk)).status_code == 403


def test_a_refused_form_says_why_and_keeps_what_was_typed(world, client, person):
    signed_in(client, world[Role.DISTRICT_OFFICER])
    with world.scope():
        other = factories.cadre(world.villages[1])
    path = at(world, "correct_nik", person.pk)
    answer = client.post(path, {"nik": other.nik, "reason": "salah ketik"})
    assert answer.status_code == 422
    assert "sudah tercatat pada orang lain" in answer.content.decode()


def test_a_service_is_stopped_and_gets_a_decree_on_its_pages(world, client, person):
    signed_in(client, world[Role.VILLAGE_OPERATOR])
    with world.scope():
        service = person.assignments.get()
    decree = {"decree_number": "141/7", "decree_date": "2026-01-02"}
    assert client.post(at(world, "service", person.pk, service.pk), decree).status_code == 302
    stop = {"on": "2026-03-01", "reason": "stopped"}
    assert client.post(at(world, "service_stop", person.pk, service.pk), stop).status_code == 302
    with world.scope():
        service.refresh_from_db()
        assert (service.decree_number, service.ended_on) == ("141/7", dt.date(2026, 3, 1))


def test_two_records_are_compared_and_put_together(world, client, person):
    signed_in(client, world[Role.DISTRICT_OFFICER])
    with world.scope():
        other = factories.cadre(world.villages[1], name="Siti Aminah Wati")
    assert "Siti Aminah Wati" in client.get(at(world, "merge_find", person.pk)).content.decode()
    found = client.post(at(world, "merge_find", person.pk), {"words": other.nik})
    assert "Siti Aminah Wati" in found.content.decode()
    path = at(world, "merge", person.pk, other.pk)
    assert "Digabungkan" in client.get(path).content.decode()
    chosen = {"name": "other", "nik": "kept", "village": "kept", "reason": "orang yang sama"}
    assert client.post(path, chosen).status_code == 302
    with world.scope():
        assert Cadre.objects.get(pk=person.pk).name == "Siti Aminah Wati"
    old = client.get(at(world, "person", other.pk)).content.decode()
    assert "Sudah digabungkan" in old
    assert at(world, "person", person.pk) in old
    assert at(world, "correct", other.pk) not in old


def test_a_refused_merge_changes_nothing(world, client, person):
    signed_in(client, world[Role.DISTRICT_OFFICER])
    with world.scope():
        other = factories.cadre(world.villages[0], name="Siti Aminah Wati")
        for each in (person, other):
            factories.coverage(each, starts_on=JANUARY)
    chosen = {"name": "other", "nik": "kept", "reason": "orang yang sama"}
    answer = client.post(at(world, "merge", person.pk, other.pk), chosen)
    assert answer.status_code == 422
    assert "terlindungi dua kali" in answer.content.decode()
    with world.scope():
        assert Cadre.objects.get(pk=person.pk).name == "Siti Aminah"
        assert Assignment.objects.filter(cadre=other, ended_on=None).count() == 1


def test_an_address_for_the_family_is_shown_once_with_a_text_to_send(world, client, person):
    signed_in(client, world[Role.VILLAGE_OPERATOR])
    shown = client.post(at(world, "family_make_link", person.pk))
    assert "/keluarga/" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert "Teks untuk disalin" not in client.get(at(world, "family", person.pk)).content.decode()


def test_the_api_answers_the_person_without_numbers(world, client, person):
    role = Role.VILLAGE_OPERATOR
    body = {"name": "Budi", "relation": "spouse", "nik": "3510061203850013"}
    call(client, world, role, f"{person.pk}/heirs/", **body)
    call(client, world, role, f"{person.pk}/trainings/", title="ILP", starts_on="2026-02-01")
    call(client, world, role, f"{person.pk}/competences/", codes=["post_1"])
    children = [{"name": "P", "birth_date": "2016-01-01", "level": "sd"}]
    call(client, world, role, f"{person.pk}/school-children/", children=children)
    answer = call(client, world, role, f"{person.pk}/confirm-family/")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert found["heirs"][0]["rank"] == 1
    assert (found["competences"], len(found["trainings"])) == (["post_1"], 1)
    assert found["heirs_confirmed_on"]
    assert b"3510061203850013" not in answer.content
    assert person.nik.encode() not in answer.content


def test_a_repeated_call_has_one_effect(world, client, person):
    body = {"category": "pkk_cadre", "started_on": "2026-02-01"}
    for _again in range(2):
        answer = call(client, world, Role.VILLAGE_OPERATOR, f"{person.pk}/services/", **body)
        assert answer.status_code == 200, answer.content
    with world.scope():
        assert Assignment.objects.filter(cadre=person, category="pkk_cadre").count() == 1


def test_the_api_moves_stops_and_merges_for_who_may(world, client, person):
    officer, operator = Role.DISTRICT_OFFICER, Role.VILLAGE_OPERATOR
    with world.scope():
        other = factories.cadre(world.villages[0])
        service = person.assignments.get()
    move = {"village": world.villages[1].code, "on": "2026-02-01"}
    merge = {"other": other.pk, "reason": "orang yang sama"}
    stop = {"service": service.pk, "on": "2026-01-15", "reason": "stopped"}
    assert call(client, world, operator, f"{person.pk}/move/", **move).status_code == 403
    assert call(client, world, operator, f"{person.pk}/merge/", **merge).status_code == 403
    assert call(client, world, operator, f"{person.pk}/stop/", **stop).status_code == 200
    moved = call(client, world, officer, f"{person.pk}/move/", **move).json()
    assert moved["village"] == world.villages[1].code
    assert call(client, world, operator, f"{person.pk}/stop/", **stop).status_code == 404
    merged = call(client, world, officer, f"{person.pk}/merge/", **merge)
    assert merged.status_code == 200, merged.content
    again = call(client, world, officer, f"{other.pk}/correct/", phone="081234567")
    assert (again.status_code, again.json()["code"]) == (409, "person_merged")


def test_the_api_knows_nobody_of_another_regency(world, elsewhere, client):
    with elsewhere.scope():
        stranger = factories.cadre(elsewhere.villages[0])
    for path in ("correct/", "heirs/", "move/", "merge/", "death/", "trainings/", "stop/"):
        answer = call(client, world, Role.DISTRICT_OFFICER, f"{stranger.pk}/{path}")
        assert answer.status_code == 404, path
