"""Every address and method of one regency asked with the ids of another, as every role.

The door must answer 404 (403 where the role may not do it anywhere, 405 where nobody may), and
with the door taken away the wall alone must still show nothing.
"""

import pytest

from accounts import access, rest
from accounts.roles import Perm, Role, allows
from tests.guards import objects, walk
from tests.guards.places import Place, regency_places

pytestmark = pytest.mark.long
PLACES = regency_places()
FREE = set(objects.PLAIN)


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
    world, own, elsewhere, foreign = worlds
    mark = objects.mark_of(elsewhere)
    wrong = []
    for role, client in walk.clients(world).items():
        for place in _with_ids():
            values = objects.values_for(place.route, foreign)
            path = place.path(values | {"regency": own["regency"]})
            for method, perm in place.methods().items():
                answer = walk.ask(client, method, path)
                wanted = {404, 405} if allows(role, perm) else {403, 404, 405}
                if answer.status_code not in wanted or mark in walk.body(answer):
                    wrong.append((role.value, method, place.route, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_another_regency_does_not_exist(worlds):
    world, _own, elsewhere, foreign = worlds
    wrong = []
    for role, client in walk.clients(world).items():
        for place in PLACES:
            values = objects.values_for(place.route, foreign)
            for method in place.methods():
                status = walk.ask(client, method, place.path(values)).status_code
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
    client = walk.clients(world)[Role.DISTRICT_OFFICER]
    wrong = []
    assert walled.regency != entry.regency
    for place in PLACES:
        values = objects.values_for(place.route, foreign)
        for method in place.methods():
            answer = walk.ask(client, method, place.path(values))
            body = walk.body(answer)
            if objects.mark_of(elsewhere) in body.replace("RahasiaJember Undangan", ""):
                wrong.append((method, place.route, "leak"))
            by_id = set(place.objects) - FREE - OUTSIDE_THE_WALL
            if by_id and answer.status_code not in (404, 405):
                wrong.append((method, place.route, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


# Objects that the door itself reads before a scope exists; see `catalogue.OPEN`.
OUTSIDE_THE_WALL = {"membership_id", "invitation_id"}
