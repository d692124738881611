"""Returned rows on their pages and in the API: who reads, who sends back, who takes out."""

import pytest
from django.urls import reverse

from accounts import tokens
from accounts.roles import Role
from enrollment import correction_words
from tests.enrollment.corrections import (
    NOTE,
    page,
    with_one_returned,
)


@pytest.fixture
def desk(world):
    """Two people: one accepted, one returned to the first village."""
    return with_one_returned(world)


def test_a_village_sends_back_only_its_own_rows(desk, client):
    stranger = desk.actor(Role.VILLAGE_OPERATOR, "lain@desa.test", desk.villages[1])
    client.force_login(stranger.user)
    for name in ("returned_row", "returned_send", "returned_terms"):
        assert client.get(page(desk, name, desk.row.pk)).status_code == 404
    assert client.post(page(desk, "returned_send", desk.row.pk), {"note": NOTE}).status_code == 404
    assert "Siti A" not in client.get(page(desk, "returned")).content.decode()


@pytest.mark.parametrize(
    ("role", "reads", "sends", "takes_out"),
    [
        (Role.VILLAGE_OPERATOR, 200, 302, 403),
        (Role.DISTRICT_OFFICER, 200, 302, 302),
        (Role.HEALTH_CENTRE_OFFICER, 200, 403, 403),
        (Role.BRANCH_OFFICER, 200, 403, 403),
        (Role.AUDITOR, 200, 403, 403),
    ],
)
def test_who_reads_who_sends_and_who_takes_out(desk, client, role, reads, sends, takes_out):
    client.force_login(desk[role].user)
    assert client.get(page(desk, "returned")).status_code == reads
    shown = client.get(page(desk, "returned_row", desk.row.pk))
    assert shown.status_code == reads
    assert ("Kirim kembali ke cabang" in shown.content.decode()) is (sends == 302)
    out = client.post(page(desk, "returned_take_out", desk.row.pk), {"reason": ""})
    assert out.status_code == (200 if takes_out == 302 else 403)
    sent = client.post(page(desk, "returned_send", desk.row.pk), {"note": NOTE})
    assert sent.status_code == sends


def test_the_page_says_why_and_what_to_do(desk, client):
    client.force_login(desk[Role.VILLAGE_OPERATOR].user)
    shown = client.get(page(desk, "returned_row", desk.row.pk)).content.decode()
    assert "Nama berbeda dengan data kependudukan" in shown
    assert "Lihat KTP" in shown
    assert str(correction_words.TODO["name_mismatch"].text) in shown
    assert reverse("cadres:correct", args=[desk.regency.slug, desk.people[0].pk]) in shown
    refused = client.post(page(desk, "returned_send", desk.row.pk), {"note": ""})
    assert "Belum ada yang diperbaiki" in refused.content.decode()


def test_the_text_for_whatsapp_names_nobody(desk, client):
    client.force_login(desk[Role.DISTRICT_OFFICER].user)
    code = desk.villages[0].code
    shown = client.get(page(desk, "returned") + f"?village={code}").content.decode()
    text = shown.split('id="pesan"')[-1].split("</textarea>")[0]
    assert desk.villages[0].name in text
    assert "mengembalikan 1 orang" in text
    assert "Siti A" not in text
    assert "/kepesertaan/dikembalikan/" in text


def test_the_home_page_leads_the_village_to_its_returned_people(desk, client):
    home = f"/r/{desk.regency.slug}/beranda/"
    address = page(desk, "returned")
    client.force_login(desk[Role.VILLAGE_OPERATOR].user)
    shown = client.get(home).content.decode()
    assert "Cabang mengembalikan 1 orang" in shown
    assert address in shown
    client.force_login(desk.actor(Role.VILLAGE_OPERATOR, "b@desa.test", desk.villages[1]).user)
    assert "Cabang mengembalikan" not in client.get(home).content.decode()


def test_the_api_lists_corrects_and_sends_back(desk, client):
    _row, token = tokens.create(desk[Role.VILLAGE_OPERATOR].user, "test")
    heads = {"Authorization": f"Bearer {token}"}
    base = f"/api/v1/r/{desk.regency.slug}/returned-rows/"
    listed = client.get(base + "?reason=name_mismatch", headers=heads).json()
    assert [each["id"] for each in listed["results"]] == [desk.row.pk]
    one = f"{base}{desk.row.pk}/"
    body = {"work_place": "Posyandu Mawar", "works_from": "08:00", "works_until": "11:00"}
    changed = client.patch(f"{one}terms/", body, content_type="application/json", headers=heads)
    assert changed.json()["work_place"] == "Posyandu Mawar"
    refused = client.patch(
        f"{one}terms/", {"segment": "PU"}, content_type="application/json", headers=heads
    )
    assert refused.json()["code"] == "terms_of_department"
    keyed = heads | {"Idempotency-Key": "kirim-1"}
    answers = [
        client.post(
            f"{one}resubmit/", {"note": NOTE}, content_type="application/json", headers=keyed
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["status"] == "waiting"
    again = client.post(
        f"{one}resubmit/", {"note": NOTE}, content_type="application/json", headers=heads
    )
    assert (again.status_code, again.json()["code"]) == (409, "row_not_returned")
    out = client.post(
        f"{one}take-out/", {"reason": "x"}, content_type="application/json", headers=heads
    )
    assert out.status_code == 403
