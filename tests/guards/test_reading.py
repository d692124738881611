"""Reading costs few queries and shows no identity number in clear, at every address.

A view's queries are those asked while its scope is open. The session, the user, the door and
the scope itself come before; the roles that the person may switch to are asked of accounts, once
a page. Neither is counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import access, tokens
from accounts.roles import Role, allows
from cadres.models import Cadre
from tests.guards import objects
from tests.guards.places import regency_places

pytestmark = pytest.mark.long
MOST = 12
# A page about one object also tells its history.
OF_ONE = 15
NOT_OF_THE_VIEW = (
    "SAVEPOINT",
    "RELEASE SAVEPOINT",
    "ROLLBACK TO SAVEPOINT",
    'SELECT "accounts_membership"',
    'SELECT ("regions_branch_regencies"',
)
ROLES = (Role.VILLAGE_OPERATOR, Role.DISTRICT_OFFICER, Role.BRANCH_OFFICER, Role.AUDITOR)


@dataclass
class Reading:
    """One address read by one role."""

    name: str
    most: int
    queries: list[str]
    text: str


@pytest.fixture
def readings(world, monkeypatch) -> tuple[list[Reading], set[str]]:
    """Every page and API answer that the roles may read, and the numbers not to be seen."""
    asked: list[str] = []
    opened = access.Entry.scope

    @contextmanager
    def counted(entry: access.Entry) -> Iterator[None]:
        with opened(entry), CaptureQueriesContext(connection) as captured:
            yield
        asked.extend(q["sql"] for q in captured if not q["sql"].startswith(NOT_OF_THE_VIEW))

    known = objects.make(world)
    with world.scope():
        numbers = {person.nik for person in Cadre.objects.all()}
    monkeypatch.setattr(access.Entry, "scope", counted)
    found = []
    for role in ROLES:
        _row, token = tokens.create(world[role].user, "guard")
        client = Client(headers={"Authorization": f"Bearer {token}"})
        client.force_login(world[role].user)
        for place in regency_places():
            perm = place.methods().get("GET")
            if perm is None or not allows(role, perm):
                continue
            asked.clear()
            answer = client.get(place.path(objects.values_for(place.route, known, role)))
            text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
            most = OF_ONE if place.objects else MOST
            found.append(Reading(f"{role.value} {place.route}", most, list(asked), text))
    return found, numbers


def test_no_page_takes_many_queries_and_none_shows_a_number(readings):
    read, numbers = readings
    assert len(read) > 100
    assert len(numbers) > 1
    costly = [f"{len(each.queries)} {each.name}" for each in read if len(each.queries) > each.most]
    assert not costly, "\n".join(costly)
    shown = [each.name for each in read if any(number in each.text for number in numbers)]
    assert not shown, "\n".join(shown)
