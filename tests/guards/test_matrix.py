"""Every address and method of one regency asked with the ids of another, as every role.

The door must answer 404 (403 where the role may not do it anywhere, 405 where nobody may), and
with the door taken away the wall alone must still show nothing.
"""

import logging
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.test import Client
from django.utils import timezone

from accounts import access, rest, tokens
from accounts.roles import Perm, Role, allows
from kaderjamsos import urls
from tests import factories
from tests.guards import objects
from tests.guards.places import Place, regency_places

pytestmark = pytest.mark.long
PLACES = regency_places()
# POSTs by which nobody changes a fact: the search keeps what is searched for out of the address;
# taking a list along writes that it was taken, and may be stopped; a proof is a paper about facts;
# a question about a list of people writes how many were asked about.
READING_POSTS = {
    "cari",
    "ekspor",
    "hentikan",
    "terbitkan",
    "proof",
    "daftar",
    "coverage-questions",
}
# GETs that keep the paper that they draw, so that it stays the same (ADR 9).
KEEPING = {"invoices/<int:invoice_id>/pdf/", "tagihan/<int:invoice_id>/pdf/"}
FREE = set(objects.PLAIN)


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Thousands of expected refusals need no log, and no page around them."""
    logging.disable(logging.CRITICAL)
    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", _plainly(status), raising=False)
    yield
    logging.disable(logging.NOTSET)


def _plainly(status: int) -> Callable[..., HttpResponse]:
    return lambda request, exception: HttpResponse(str(exception), status=status)


@pytest.fixture(autouse=True)
def standing_once(monkeypatch):
    """Nobody's memberships change while a matrix is walked: each is looked up once."""
    known: dict[tuple[int, str], object] = {}
    look_up = access._standing

    def standing(user, slug):
        if (user.pk, slug) not in known:
            try:
                known[user.pk, slug] = look_up(user, slug)
            except Http404 as error:
                known[user.pk, slug] = error
        found = known[user.pk, slug]
        if isinstance(found, Http404):
            raise found
        return found

    monkeypatch.setattr(access, "_standing", standing)


@pytest.fixture
def worlds(world, elsewhere):
    """(owner's world, its objects, stranger's world, its objects)."""
    return world, objects.make(world), elsewhere, objects.make(elsewhere)


def _clients(world: factories.World) -> dict[str, Client]:
    """A signed-in client for each role, whose API calls carry a token."""
    found = {}
    for role, actor in world.actors.items():
        token, text = tokens.create(actor.user, "guard")
        client = Client(raise_request_exception=False, HTTP_AUTHORIZATION=f"Bearer {text}")
        client.force_login(actor.user)
        client.get("/profil/")
        client.get(f"/api/v1/r/{world.regency.slug}/")
        type(token).objects.filter(pk=token.pk).update(last_used_on=timezone.localdate())
        found[role] = client
    return found


def _ask(client: Client, method: str, path: str) -> HttpResponse:
    """One request whose effects are undone."""
    extra = {} if method == "GET" else {"content_type": "application/json", "data": "{}"}
    if "/api/" not in path and method == "POST":
        extra = {"data": {}}
    with transaction.atomic():
        answer = client.generic(method, path, **_encoded(extra))
        transaction.set_rollback(True)
    return answer


def _encoded(extra: dict) -> dict:
    if extra.get("data") == {}:
        return {"data": "", "content_type": "application/x-www-form-urlencoded"}
    return extra


def _body(answer: HttpResponse) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode("utf-8", "replace")


def _with_ids() -> list[Place]:
    return [each for each in PLACES if set(each.objects) - FREE]


def test_every_argument_is_known_to_the_matrix(worlds):
    unknown = [
        each.route
        for each in PLACES
        if set(each.args) - set(objects.values_for(each.route, worlds[1]))
    ]
    assert unknown == []
    assert len(_with_ids()) > 8


def test_ids_of_another_regency_are_not_found_in_ones_own(worlds):
    world, own, _elsewhere, foreign = worlds
    wrong = []
    for role, client in _clients(world).items():
        for place in _with_ids():
            values = objects.values_for(place.route, foreign)
            path = place.path(values | {"regency": own["regency"]})
            for method, perm in place.methods().items():
                answer = _ask(client, method, path)
                wanted = {404, 405} if allows(role, perm) else {403, 404, 405}
                if answer.status_code not in wanted or objects.mark_of(_elsewhere) in _body(answer):
                    wrong.append((role.value, method, place.route, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_another_regency_does_not_exist(worlds):
    world, _own, elsewhere, foreign = worlds
    wrong = []
    for role, client in _clients(world).items():
        for place in PLACES:
            values = objects.values_for(place.route, foreign)
            for method in place.methods():
                status = _ask(client, method, place.path(values)).status_code
                if status not in (404, 405):
                    wrong.append((role.value, method, place.route, status))
    assert not wrong, "\n".join(map(str, wrong))


def test_with_the_door_switched_off_the_wall_holds_alone(worlds, monkeypatch):
    world, own, elsewhere, foreign = worlds

    class Anything(access.Actor):
        def may(self, perm: Perm) -> bool:
            return True

    officer = world[Role.DISTRICT_OFFICER]
    actor = Anything(officer.user, officer.role, officer.membership)
    entry = access.Entry(elsewhere.regency, actor)
    walled = access.Entry(world.regency, actor)
    # The door takes everybody for somebody of the asked regency; the wall knows better.
    monkeypatch.setattr(access.Entry, "scope", lambda self: access.scope(world.regency.pk))
    monkeypatch.setattr(access, "enter", lambda *args, **kwargs: entry)
    monkeypatch.setattr(rest, "enter_by_token", lambda *args, **kwargs: entry)
    client = _clients(world)[Role.DISTRICT_OFFICER]
    wrong = []
    assert walled.regency != entry.regency
    for place in PLACES:
        values = objects.values_for(place.route, foreign)
        for method in place.methods():
            answer = _ask(client, method, place.path(values))
            body = _body(answer)
            if objects.mark_of(elsewhere) in body.replace("RahasiaJember Undangan", ""):
                wrong.append((method, place.route, "leak"))
            by_id = set(place.objects) - FREE - OUTSIDE_THE_WALL
            if by_id and answer.status_code not in (404, 405):
                wrong.append((method, place.route, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


# Objects that the door itself reads before a scope exists; see `catalogue.OPEN`.
OUTSIDE_THE_WALL = {"membership_id", "invitation_id"}


def test_each_role_gets_what_its_permissions_say(worlds):
    world, own, _elsewhere, _foreign = worlds
    wrong = []
    for role, client in _clients(world).items():
        for place in PLACES:
            values = objects.values_for(place.route, own, role)
            for method, perm in place.methods().items():
                status = _ask(client, method, place.path(values)).status_code
                if not _as_declared(role, perm, method, status):
                    wrong.append((role.value, method, place.route, perm.value, status))
    assert not wrong, "\n".join(map(str, wrong))


def _as_declared(role: Role, perm: Perm, method: str, status: int) -> bool:
    if status == 405:
        return True
    if role == Role.PLATFORM_OPERATOR:
        return status == 404
    if not allows(role, perm):
        return status == 403
    if method == "GET":
        return status in (200, 302, 404 if role in NARROW else 200)
    return status < 500 and status != 401


# Roles that see some villages only; what belongs to the regency as a whole is not theirs.
NARROW = {Role.VILLAGE_OPERATOR, Role.HEALTH_CENTRE_OFFICER}


def test_reading_never_writes(worlds):
    world, own, _elsewhere, _foreign = worlds
    wrong = []
    for role in (Role.DISTRICT_OFFICER, Role.BRANCH_OFFICER, Role.DISTRICT_APPROVER):
        client = _clients(world)[role] if role == Role.DISTRICT_OFFICER else None
        client = client or _client_of(world, role)
        for place in PLACES:
            values = objects.values_for(place.route, own, role)
            if place.route.split("<slug:regency>/")[-1] in KEEPING:
                continue
            if "GET" in place.methods() and not _read_only(client, "GET", place.path(values)):
                wrong.append((role.value, place.route))
    assert not wrong, "\n".join(map(str, wrong))


def _client_of(world: factories.World, role: Role) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world[role].user)
    return client


def _read_only(client: Client, method: str, path: str) -> bool:
    """Whether the request is answered in a transaction that may not write."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        answer = client.generic(method, path)
        transaction.set_rollback(True)
    return answer.status_code < 500


def test_an_auditor_reads_everything_and_changes_nothing(worlds):
    world, own, _elsewhere, _foreign = worlds
    client = _clients(world)[Role.AUDITOR]
    unread, written = [], []
    for place in PLACES:
        values = objects.values_for(place.route, own, Role.AUDITOR)
        for method, perm in place.methods().items():
            path = place.path(values)
            if method == "GET" and perm.value.endswith(".view"):
                status = _ask(client, method, path).status_code
                if status not in (200, 302, 405):
                    unread.append((place.route, status))
            if method != "GET":
                with transaction.atomic():
                    with connection.cursor() as cursor:
                        cursor.execute("SET TRANSACTION READ ONLY")
                    status = client.generic(method, path).status_code
                    transaction.set_rollback(True)
                if status not in (403, 405) and not set(path.split("/")) & READING_POSTS:
                    written.append((method, place.route, status))
    assert not unread, "\n".join(map(str, unread))
    assert not written, "\n".join(map(str, written))


def test_the_matrix_sees_an_address_that_answers_everybody(worlds):
    _world, own, _elsewhere, _foreign = worlds
    stranger = Client(raise_request_exception=False)
    assert stranger.get(f"/r/{own['regency']}/jejak/").status_code == 302
    assert _as_declared(Role.AUDITOR, Perm.CLAIM_DECIDE, "POST", 200) is False
    assert _as_declared(Role.AUDITOR, Perm.CLAIM_VIEW, "GET", 500) is False
