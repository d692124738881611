"""Asking every address as every role: thousands of requests by the same few people."""

import copy
import logging
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.template import Template
from django.test import Client
from django.utils import timezone
from rest_framework.authentication import get_authorization_header

from accounts import access, tokens
from accounts.roles import Perm, Role, allows
from cadres.models import Cadre
from kaderjamsos import urls
from tests import factories
from tests.guards import objects
from tests.guards.places import Place, regency_places

# GETs that keep the paper that they draw, so that it stays the same (ADR 9).
KEEPING = {"invoices/<int:invoice_id>/pdf/", "tagihan/<int:invoice_id>/pdf/"}


@contextmanager
def prepared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Expected refusals need no log and no page; who asks is looked up once."""
    logging.disable(logging.WARNING)
    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", _plainly(status), raising=False)
    # Test clients copy the context of every template, which no guard reads.
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
    looked_up_once(monkeypatch)
    yield
    logging.disable(logging.NOTSET)


def _plainly(status: int) -> Callable[..., HttpResponse]:
    return lambda request, exception: HttpResponse(str(exception), status=status)


def looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions, people, tokens and memberships do not change while a guard walks."""
    for owner, name, key in (
        (access, "_standing", lambda user, slug: (user.pk, slug)),
        (SessionStore, "_get_session_from_db", lambda store: store.session_key),
        (ModelBackend, "get_user", lambda backend, user_id: user_id),
        (tokens.BearerAuthentication, "authenticate", lambda _, a: get_authorization_header(a)),
    ):
        monkeypatch.setattr(owner, name, _once(getattr(owner, name), key))


def _once(look_up: Callable[..., Any], key: Callable[..., Hashable]) -> Callable[..., Any]:
    """The look-up, made once for each key; what is not there is looked for again."""
    known: dict[Hashable, Any] = {}

    def found(*args: Any) -> Any:
        asked = key(*args)
        if not known.get(asked):
            try:
                known[asked] = look_up(*args)
            except Http404 as error:
                known[asked] = error
        if isinstance(known[asked], Http404):
            raise known[asked]
        return _own(known[asked])

    return found


def _own(found: Any) -> Any:
    """A copy: a request may change what it gets, and is then undone."""
    if isinstance(found, tuple | list):
        return type(found)(map(_own, found))
    return copy.copy(found)


def clients(world: factories.World) -> dict[str, Client]:
    """A signed-in client for each role, whose API calls carry a token."""
    found = {}
    for role, actor in world.actors.items():
        token, text = tokens.create(actor.user, "guard")
        type(token).objects.filter(pk=token.pk).update(last_used_on=timezone.localdate())
        client = Client(raise_request_exception=False, HTTP_AUTHORIZATION=f"Bearer {text}")
        client.force_login(actor.user)
        client.get("/profil/")
        found[role] = client
    return found


def ask(client: Client, method: str, path: str, *, may_write: bool = True) -> HttpResponse:
    """One request whose effects are undone; one that may not write and does is a 500."""
    extra: dict[str, Any] = {}
    if method != "GET" and "/api/" in path:
        extra = {"content_type": "application/json", "data": "{}"}
    elif method != "GET":
        extra = {"content_type": "application/x-www-form-urlencoded"}
    with transaction.atomic():
        if not may_write:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
        answer = client.generic(method, path, **extra)
        transaction.set_rollback(True)
    return answer


def body(answer: HttpResponse) -> str:
    """What was answered, as text."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode("utf-8", "replace")


@dataclass
class Answer:
    """What one address of one's own regency answered to one role.

    `queries` are those of the view, `number` whether an identity number stands in it in clear.
    """

    role: Role
    method: str
    place: Place
    perm: Perm
    path: str
    status: int
    queries: list[str]
    number: bool


def own_regency(
    world: factories.World, own: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> list[Answer]:
    """Every address and method asked as every role. Reading, and who is refused, may not write."""
    queries = _of_the_view(monkeypatch)
    with world.scope():
        numbers = {person.nik for person in Cadre.objects.all()}
    assert len(numbers) > 1
    found = []
    for role, client in clients(world).items():
        for place in regency_places():
            path = place.path(objects.values_for(place.route, own, role))
            keeps = place.route.split("<slug:regency>/")[-1] in KEEPING
            for method, perm in place.methods().items():
                may_write = allows(role, perm) and (method != "GET" or keeps)
                queries.clear()
                answer = ask(client, method, path, may_write=may_write)
                text = "" if answer.streaming else body(answer)
                shown = any(number in text for number in numbers)
                found.append(
                    Answer(role, method, place, perm, path, answer.status_code, [*queries], shown)
                )
    return found


def _of_the_view(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements made while an entry's scope is open, from now on."""
    asked: list[str] = []
    opened = access.Entry.scope

    def seen(execute, sql, params, many, context) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    @contextmanager
    def counted(entry: access.Entry) -> Iterator[None]:
        with opened(entry), connection.execute_wrapper(seen):
            yield

    monkeypatch.setattr(access.Entry, "scope", counted)
    return asked
