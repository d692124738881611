"""The API of villages, posyandu, replacements and quotas."""

import datetime as dt
import json

import pytest

from accounts.roles import Role
from accounts.tokens import create
from cadres.models import Assignment, Category
from tests import factories

OFFICER = Role.DISTRICT_OFFICER


class Api:
    """Calls with a token of one actor."""

    def __init__(self, client, world, role: str) -> None:
        self.client, self.base = client, f"/api/v1/r/{world.regency.slug}/"
        self.token = f"Bearer {create(world[role].user, 'uji')[1]}"

    def __call__(self, method: str, path: str, body: dict | None = None, **headers):
        return self.client.generic(
            method,
            self.base + path,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            HTTP_AUTHORIZATION=self.token,
            **headers,
        )


@pytest.fixture
def api(world, client):
    return Api(client, world, OFFICER)


def test_villages_tell_the_age_of_their_rosters(world, api):
    with world.scope():
        factories.cadre(world.villages[0])
    fresh = api("GET", "villages/?status=fresh").json()
    assert [each["code"] for each in fresh["results"]] == [world.villages[0].code]
    district = world.villages[0].district.code
    within = api("GET", f"villages/?district={district}&page_size=2").json()
    assert len(within["results"]) == 2
    assert {each["district"] for each in within["results"]} == {district}


def test_a_posyandu_is_changed_funded_and_merged(world, api):
    with world.scope():
        kept = factories.cadre(world.villages[0]).assignments.get().posyandu
        gone = factories.posyandu(world.villages[0], "Melati I")
    changed = api("PUT", f"posyandu/{kept.pk}/", {"name": "Melati Satu"})
    assert (changed.status_code, changed.json()["name"]) == (200, "Melati Satu")
    seats = api("PUT", f"posyandu/{kept.pk}/seats/", {"seats": 0}).json()["seats"]
    assert (seats["funded"], seats["filled"], seats["over"], seats["own"]) == (0, 1, 1, True)
    merged = api("POST", f"posyandu/{gone.pk}/merge/", {"into": kept.pk})
    assert merged.json()["id"] == kept.pk
    assert api("GET", f"posyandu/{gone.pk}/").status_code == 404
    listed = api("GET", f"posyandu/?village={world.villages[0].code}").json()
    assert [each["id"] for each in listed["results"]] == [kept.pk]


def test_the_norm_is_read_and_set(api):
    assert api("GET", "seat-norm/").json()["confirmed"] is False
    told = {"seats": 15, "basis": "Perbup 9/2026", "confirmed": True}
    assert api("PUT", "seat-norm/", told).json() == told
    assert api("PUT", "seat-norm/", {"seats": 0, "basis": "x"}).status_code == 400


def test_a_replacement_has_one_effect_however_often_it_is_sent(world, api):
    with world.scope():
        service = factories.cadre(world.villages[0]).assignments.get()
        nik = factories.nik_for(world.villages[0], dt.date(1990, 5, 6))
    told = {"service": service.pk, "takes_over": "2026-11-16", "nik": nik, "name": "BARU"}
    missing = api("POST", "replacements/", told)
    assert (missing.status_code, list(missing.json()["fields"])) == (400, ["birth_date"])
    told |= {"birth_date": "1990-05-06", "sex": "P"}
    first = api("POST", "replacements/", told, HTTP_IDEMPOTENCY_KEY="satu")
    again = api("POST", "replacements/", told, HTTP_IDEMPOTENCY_KEY="satu")
    assert (first.status_code, first.json()) == (201, again.json())
    assert first.json()["first_month"] == "2026-12"
    assert first.json()["paid_until"] == "2026-11-30"
    twice = api("POST", "replacements/", told)
    assert (twice.status_code, twice.json()["code"]) == (409, "service_replaced")
    with world.scope():
        assert Assignment.objects.filter(replaces=service).count() == 1
    assert nik not in api("GET", "replacements/").content.decode()


def test_services_and_people_of_another_regency_are_unknown(world, elsewhere, api):
    with elsewhere.scope():
        foreign = factories.cadre(elsewhere.villages[0])
        service = foreign.assignments.get()
    with world.scope():
        own = factories.cadre(world.villages[0]).assignments.get()
    told = {"takes_over": "2026-11-16"}
    wrong = api("POST", "replacements/", told | {"service": service.pk, "person": foreign.pk})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "service_unknown")
    wrong = api("POST", "replacements/", told | {"service": own.pk, "person": foreign.pk})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "person_unknown")


def test_a_quota_is_run_by_the_api(world, api, client):
    village = world.villages[0]
    with world.scope():
        people = [
            factories.cadre(village, f"PEKERJA {n}", category=Category.VULNERABLE_WORKER)
            for n in range(3)
        ]
    told = {
        "name": "1 Desa 2",
        "category": "vulnerable_worker",
        "per_village": 2,
        "starts_on": "2026-01-01",
    }
    quota = api("POST", "quotas/", told).json()["id"]
    place = f"quotas/{quota}/villages/{village.code}/"
    assert api("POST", f"{place}people/", {"cadre": people[2].pk}).json()["waiting"] == 1
    assert api("POST", f"{place}people/", {"cadre": None}).json()["waiting"] == 3
    assert api("POST", f"{place}admit/", {"most": 9}).json()["inside"] == 2
    full = api("POST", f"{place}admit/", {})
    assert (full.status_code, full.json()["code"]) == (409, "quota_full")
    inside = api("GET", f"{place}people/?status=inside").json()["results"]
    assert inside[0]["name"] == "PEKERJA 2"
    left = api("POST", f"quota-places/{inside[0]['id']}/leave/", {"reason": "sudah bekerja"})
    assert left.json()["status"] == "left"
    assert api("PUT", place, {"places": 5}).json()["free"] == 4
    assert api("PUT", f"quotas/{quota}/", told | {"per_village": 3}).json()["per_village"] == 3
    assert api("GET", f"quotas/{quota}/villages/").json()["count"] > 1
    village_api = Api(client, world, Role.VILLAGE_OPERATOR)
    assert village_api("PUT", place, {"places": 9}).status_code == 403
    other = f"quotas/{quota}/villages/{world.villages[1].code}/"
    assert village_api("GET", other).status_code == 404
