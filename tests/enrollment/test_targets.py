"""Targets: how far a regency is, who set which number, and what was refused."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from cadres.models import Cadre, Category
from core.errors import DomainError
from enrollment.actions.targets import set_target
from enrollment.models import Target
from enrollment.queries import targets as questions
from enrollment.targets import Progress
from tests import factories

OFFICER = Role.DISTRICT_OFFICER
WORKER = Category.VULNERABLE_WORKER
END = dt.date(2099, 12, 31)


def _set(world, people=10, **fields) -> Target:
    told = {"category": WORKER, "until": END, "source": "Keputusan Bupati 1", "baseline": 2}
    return set_target(by=world[OFFICER], people=people, **(told | fields))


def _covered(world, count: int) -> list[Cadre]:
    source = factories.fund_source()
    people = [factories.cadre(world.villages[0], category=WORKER) for _ in range(count)]
    for person in people:
        factories.coverage(
            person, source=source, category=WORKER, starts_on=timezone.localdate().replace(day=1)
        )
    return people


@pytest.mark.parametrize(
    ("numbers", "missing", "gained", "parts", "reached"),
    [
        ((85_000, 14_000, 77_074), 7_926, 63_074, [(14_000, "b"), (63_074, "g")], False),
        ((85_000, 14_000, 2_950), 82_050, 0, [(2_950, "b"), (0, "g")], False),
        ((100, 0, 150), 0, 150, [(0, "b"), (100, "g")], True),
        ((100, 100, 100), 0, 0, [(100, "b"), (0, "g")], True),
    ],
)
def test_the_way_from_the_baseline_to_the_target(numbers, missing, gained, parts, reached):
    far = Progress(*numbers)
    assert (far.missing, far.gained, far.parts, far.reached) == (missing, gained, parts, reached)
    assert sum(n for n, _colour in far.parts) == far.whole[0][0] <= far.people
    assert far.below_baseline == (numbers[2] < numbers[1])


def test_a_new_number_holds_and_the_earlier_ones_stay(world, elsewhere):
    with elsewhere.scope():
        _set(elsewhere, people=77)
    with world.scope():
        people = _covered(world, 4)
        Cadre.objects.filter(pk=people[0].pk).update(died_on=timezone.localdate())
        first = _set(world)
        second = _set(world, people=16, source="RPJMD 2027", baseline_on=dt.date(2024, 7, 1))
        other = _set(world, people=5, category=Category.PKK_CADRE, baseline=0)
        found = questions.current(timezone.localdate())
        assert {(each.target.pk, each.far.covered) for each in found} == {
            (second.pk, 3),
            (other.pk, 0),
        }
        assert list(questions.targets()) == [other, second, first]
        events = Event.objects.filter(kind="target.set").order_by("pk")
        assert events.count() == 3
        assert events[1].facts["people"] == 16
        with pytest.raises(DomainError) as refused:
            _set(world, people=16, source=" RPJMD  2027", baseline_on=dt.date(2024, 7, 1))
        assert refused.value.code == "target_same"
        for change, code in (
            ({"people": 0}, "target_number"),
            ({"baseline": 11}, "target_baseline"),
            ({"baseline_on": END}, "target_baseline"),
            ({"until": dt.date(2020, 1, 1)}, "target_over"),
            ({"source": " "}, "target_source"),
        ):
            with pytest.raises(DomainError) as refused:
                _set(world, **change)
            assert refused.value.code == code
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.filter(pk=first.pk).update(baseline=11)


def test_pages_show_the_numbers_and_take_a_new_one(world):
    slug, client = world.regency.slug, Client()
    root = f"/r/{slug}/kepesertaan/target/"
    client.force_login(world[OFFICER].user)
    assert "Belum ada target" in client.get(root).content.decode()
    with world.scope():
        _covered(world, 3)
        Cadre.objects.update(name="Rahasia")
    told = {
        "category": WORKER,
        "people": "8",
        "until": END.isoformat(),
        "source": "Perintah Bupati",
        "baseline": "9",
    }
    refused = client.post(f"{root}baru/", told)
    assert "Data awal tidak boleh melebihi target" in refused.content.decode()
    made = client.post(f"{root}baru/", told | {"baseline": "1"})
    assert made.status_code == 302
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(root).content.decode()
    assert sum("enrollment_coverage" in query["sql"] for query in asked) == 1
    for words in ("3 dari 8 orang", "37,5%", "2 dari 7 orang", "Perintah Bupati", "Rahasia"):
        assert (words in shown) == (words != "Rahasia")
    one = client.get(made.url).content.decode()
    assert "menetapkan target Pekerja rentan: 8 orang" in one
    for page in (f"/r/{slug}/kepesertaan/", f"/r/{slug}/beranda/"):
        assert "Pekerja rentan: 3 dari 8 – 37,5% dari target" in client.get(page).content.decode()

    # A village sees its own people only, so no target of the regency is measured by them.
    village = Client()
    village.force_login(world[Role.VILLAGE_OPERATOR].user)
    assert village.get(root).status_code == 403
    assert "dari target" not in village.get(f"/r/{slug}/kepesertaan/").content.decode()
    auditor = Client()
    auditor.force_login(world[Role.AUDITOR].user)
    assert auditor.get(root).status_code == 200
    assert auditor.post(f"{root}baru/", told).status_code == 403


def test_the_api_lists_and_sets(world):
    _row, token = tokens.create(world[Role.DISTRICT_APPROVER].user, "uji")
    client = Client(headers={"Authorization": f"Bearer {token}"})
    address = f"/api/v1/r/{world.regency.slug}/targets/"
    told = {"category": WORKER, "people": 8, "until": END.isoformat(), "source": "RPJMD"}
    with world.scope():
        _covered(world, 2)
        _set(world)
    made = client.post(address, json.dumps(told), content_type="application/json")
    assert made.status_code == 201, made.content
    assert (made.json()["holds"], made.json()["covered"], made.json()["baseline"]) == (True, 2, 0)
    listed = client.get(address).json()["results"]
    assert [(each["people"], each["covered"]) for each in listed] == [(8, 2), (10, None)]
    again = client.post(address, json.dumps(told), content_type="application/json")
    assert again.status_code in (400, 409, 422)
