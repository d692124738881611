"""A person's own pages, the platform's pages, and the headers of every answer."""

import pytest
from django.test import Client

from accounts import actions, tokens
from accounts.access import SESSION_MEMBERSHIP
from accounts.models import ApiToken, Invitation
from accounts.roles import Role
from regions.models import Regency
from tests import factories

PLATFORM = ("", "cabang/", "cabang/baru/", "pengguna/", "pengguna/undang/", "kesehatan/")


def test_a_person_switches_between_own_roles_only(world, client):
    officer = world[Role.DISTRICT_OFFICER]
    second = factories.Membership.objects.create(
        user=officer.user,
        role=Role.VILLAGE_OPERATOR,
        regency=world.regency,
        village=world.villages[0],
    )
    client.force_login(officer.user)
    answer = client.post("/ganti-peran/", {"membership": second.pk})
    assert answer.headers["Location"] == f"/r/{world.regency.slug}/beranda/"
    assert client.session[SESSION_MEMBERSHIP] == second.pk
    foreign = world[Role.AUDITOR].membership.pk
    for wrong in (foreign, "", "x", "1" * 40):
        assert client.post("/ganti-peran/", {"membership": wrong}).status_code == 404
    assert client.get("/ganti-peran/").status_code == 405


def test_a_token_is_shown_once_and_ends_when_revoked(world, client):
    client.force_login(world[Role.AUDITOR].user)
    page = client.post("/profil/token/", {"name": "Sistem lain"}).content.decode()
    token = ApiToken.objects.get()
    text = page[page.index("kj_") :].split("<")[0]
    assert token.digest == tokens.digest_of(text)
    assert text not in client.get("/profil/").content.decode()
    calls = Client(HTTP_AUTHORIZATION=f"Bearer {text}")
    address = f"/api/v1/r/{world.regency.slug}/claims/"
    assert calls.get(address).status_code == 200
    stranger = Client()
    stranger.force_login(world[Role.DISTRICT_OFFICER].user)
    assert stranger.post(f"/profil/token/{token.pk}/cabut/").status_code == 404
    assert client.post(f"/profil/token/{token.pk}/cabut/").status_code == 302
    assert calls.get(address).status_code == 401


def test_signing_in_needs_the_right_password(world, client):
    officer = world[Role.DISTRICT_OFFICER].user
    data = {"login": officer.email, "password": "salah"}
    assert client.post("/akun/login/", data).status_code == 200
    data["password"] = factories.PASSWORD
    assert client.post("/akun/login/", data).status_code == 302
    for path in ("/akun/2fa/", "/akun/2fa/webauthn/", "/akun/password/change/", "/profil/"):
        assert client.get(path).status_code == 200, path


def test_nobody_signs_up_alone(db, client):
    page = client.get("/akun/signup/")
    assert b"password1" not in page.content


@pytest.mark.parametrize("part", PLATFORM)
def test_the_platform_is_for_its_operator_alone(world, client, part):
    for role, actor in world.actors.items():
        client.force_login(actor.user)
        wanted = 200 if role == Role.PLATFORM_OPERATOR else 404
        assert client.get(f"/pengelola/{part}").status_code == wanted, role


def test_opening_a_regency_lets_its_members_in(world, client):
    client.force_login(world[Role.PLATFORM_OPERATOR].user)
    place = Regency.objects.get(slug="situbondo")
    data = {"active": "on", "time_zone": "Asia/Jakarta", "department": "Dinas Sosial"}
    assert client.post("/pengelola/kabupaten/situbondo/", data).status_code == 302
    place.refresh_from_db()
    assert (place.active, place.department) == (True, "Dinas Sosial")


def test_a_branch_name_is_taken_once(world):
    by = world[Role.PLATFORM_OPERATOR]
    with pytest.raises(actions.DomainError, match="branch_exists"):
        actions.save_branch(by=by, branch=None, name=world.branch.name, regencies=[])


def test_members_page_lists_and_invites(world, client):
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    address = f"/r/{world.regency.slug}/pengguna/"
    page = client.get(address).content.decode()
    assert world[Role.BRANCH_OFFICER].user.email in page
    data = {"email": "a@b.test", "name": "A", "role": "village_operator"}
    assert client.post(f"{address}undang/", data).status_code == 422
    data["village"] = world.villages[1].pk
    assert client.post(f"{address}undang/", data).status_code == 302
    assert "a@b.test" in client.get(address).content.decode()


def test_access_ends_only_after_a_page_that_says_so(world, client):
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    held = world[Role.VILLAGE_OPERATOR].membership
    address = f"/r/{world.regency.slug}/pengguna/{held.pk}/cabut/"
    assert address in client.get(f"/r/{world.regency.slug}/pengguna/").content.decode()
    page = client.get(address).content.decode()
    assert held.user.name in page
    assert "tetap tersimpan atas namanya" in page
    held.refresh_from_db()
    assert held.revoked_at is None
    assert client.post(address).status_code == 302
    held.refresh_from_db()
    assert held.revoked_at is not None
    assert client.get(address).status_code == 404


def test_an_invitation_is_taken_back_after_a_page_that_says_so(world, client):
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    members = f"/r/{world.regency.slug}/pengguna/"
    data = {"email": "a@b.test", "name": "A", "role": "village_operator"}
    client.post(f"{members}undang/", data | {"village": world.villages[1].pk})
    waiting = Invitation.objects.get(email="a@b.test")
    address = f"{members}undangan/{waiting.pk}/batal/"
    assert address in client.get(members).content.decode()
    assert "a@b.test" in client.get(address).content.decode()
    waiting.refresh_from_db()
    assert waiting.revoked_at is None
    assert client.post(address).status_code == 302
    waiting.refresh_from_db()
    assert waiting.revoked_at is not None


def test_nobody_is_asked_to_confirm_what_is_refused(world, client):
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    for role in (Role.DISTRICT_OFFICER, Role.DISTRICT_APPROVER):
        address = f"/r/{world.regency.slug}/pengguna/{world[role].membership.pk}/cabut/"
        answer = client.get(address)
        assert answer.status_code == 409
        assert b'class="btn danger"' not in answer.content


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def test_every_answer_carries_the_security_headers(world):
    officer = Client(raise_request_exception=False)
    officer.force_login(world[Role.DISTRICT_OFFICER].user)
    slug = world.regency.slug
    seen = set()
    for path in (
        "/",
        "/livez",
        "/akun/login/",
        "/profil/",
        "/tidak-ada/",
        "/api/v1/",
        "/pengelola/",
        f"/r/{slug}/jejak/",
        f"/r/{slug}/klaim/0/putusan/",
        "/ganti-peran/",
        f"/api/v1/r/{slug}/claims/",
        "/k/tidak-ada",
    ):
        answer = officer.get(path)
        seen.add(answer.status_code)
        for name, value in HEADERS.items():
            assert answer.headers.get(name) == value, (path, name)
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
    assert {200, 302, 401, 403, 404, 405} <= seen
