"""The home page says what is wrong with the money."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from accounts.roles import Role
from tests.budgets.factories import covered
from tests.budgets.test_budget import bill, budget


@pytest.mark.parametrize(
    ("ceiling", "told"),
    [
        ({"jkk": 20_000, "jkm": 30_000}, "Tagihan melampaui pagu Rp10.000"),
        (None, "1 pembayar ditagih tanpa pagu"),
    ],
)
def test_home_tells_of_a_bill_beyond_the_ceiling_and_of_one_without(world, ceiling, told):
    with world.scope():
        covered(world.villages[0], 3)
        if ceiling:
            budget(world, **ceiling)
    with time_machine.travel(dt.datetime(2026, 11, 10, 5, tzinfo=dt.UTC), tick=False):
        bill(world)
        client = Client()
        client.force_login(world[Role.DISTRICT_OFFICER].user)
        shown = client.get("/r/banyuwangi/beranda/").content.decode()
    assert told in shown


def test_home_is_quiet_when_the_ceiling_holds(world):
    with world.scope():
        covered(world.villages[0], 2)
        budget(world)
    bill(world)
    client = Client()
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    shown = client.get("/r/banyuwangi/beranda/").content.decode()
    assert "melampaui pagu" not in shown
    assert "tanpa pagu" not in shown
