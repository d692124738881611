"""The API as its description says: no server errors, one effect per key, no warnings."""

import json
import threading

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from accounts import tokens
from accounts.roles import Role
from core.models import IdempotencyKey
from enrollment.models import FundSource
from tests import factories
from tests.guards import objects

ROLES = (Role.VILLAGE_OPERATOR, Role.DISTRICT_OFFICER, Role.BRANCH_OFFICER, Role.AUDITOR)


def test_the_description_has_no_warnings(db, tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "api.yml"))


def test_the_page_of_the_description_needs_nothing_from_elsewhere(db, client):
    page = client.get("/api/v1/").content.decode()
    assert "swagger-ui" in page
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page


def _headers(world: factories.World, role: Role) -> dict[str, str]:
    _row, text = tokens.create(world[role].user, "guard")
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture(scope="module")
def calls() -> list["schemathesis.Case"]:  # noqa: F821
    """Calls of every operation of a regency, drawn from its description; the same in each run.

    They are drawn before a test's transaction begins, which may not be idle for long.
    """
    import schemathesis  # takes seconds, which only who draws should spend

    schema = schemathesis.openapi.from_dict(Client().get("/api/v1/schema/?format=json").json())
    operations = [each.ok() for each in schema.get_all_operations()]
    return [
        case
        for operation in operations
        if "/r/{regency}/" in operation.path
        for case in _drawn(operation)
    ]


def _drawn(operation) -> list["schemathesis.Case"]:  # noqa: F821
    """Three calls; a read that takes nothing is called once. Only what is sent is drawn."""
    drawn = []
    not_sent = {
        "path_parameters": {
            each.name: "" for each in operation.path_parameters if each.name != "id"
        },
        "headers": {each.name: "" for each in operation.headers},
    }

    @settings(
        max_examples=3,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(**not_sent))
    def draw(case) -> None:
        drawn.append(case)

    draw()
    return drawn if operation.method == "get" else (drawn * 3)[:3]


@pytest.mark.xdist_group("calls")  # which are drawn once
@pytest.mark.parametrize("role", ROLES)
def test_no_call_that_fits_the_description_breaks_the_server(calls, world, role, quiet):
    known = objects.make(world)
    headers = _headers(world, role)
    client = Client(raise_request_exception=False)
    broken = []
    for turn, case in enumerate(calls):
        body = case.body if isinstance(case.body, dict | list) else {}
        values = objects.values_for(case.operation.path, known)
        if turn % 2:  # the others keep the number that was drawn, which names nothing
            values["id"] = values.get("pk")
        answer = client.generic(
            case.method.upper(),
            case.operation.path.format(**case.path_parameters | values),
            query_params={name: value for name, value in case.query.items() if value is not None},
            data=json.dumps(body, default=str),
            content_type="application/json",
            headers=headers,
        )
        if answer.status_code >= 500:
            broken.append((case.method, case.operation.path, case.query, body))
    assert len({case.operation.label for case in calls}) > 15
    assert broken == []


def test_a_hundred_repetitions_with_one_key_have_one_effect(own_database):
    world = factories.World.make()
    headers = _headers(world, Role.DISTRICT_OFFICER) | {"Idempotency-Key": "satu"}
    address = f"/api/v1/r/{world.regency.slug}/fund-sources/"
    body = json.dumps({"name": "APBD", "kind": "regency_budget", "billed_to": "regency"})
    answers, together = [], threading.Barrier(20)

    def repeat() -> None:
        client = Client(raise_request_exception=False)
        together.wait(30)
        for _ in range(5):
            answer = client.post(address, body, content_type="application/json", headers=headers)
            answers.append((answer.status_code, answer.content))
        connections.close_all()

    threads = [threading.Thread(target=repeat) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(answers) == 100
    assert {status for status, _body in answers} == {201}
    first = json.loads(answers[0][1])
    assert all(json.loads(content) == first for _status, content in answers)
    with world.scope():
        assert FundSource.objects.count() == 1
        assert IdempotencyKey.objects.count() == 1
    other = json.dumps({"name": "Lain", "kind": "regency_budget", "billed_to": "regency"})
    again = Client().post(address, other, content_type="application/json", headers=headers)
    assert (again.status_code, again.json()["code"]) == (409, "idempotency_key_reused")
