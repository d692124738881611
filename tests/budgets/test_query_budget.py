"""Lists and the monthly bill take a fixed number of statements, however many rows there are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from budgets import actions
from budgets.models import InvoiceLine
from budgets.tasks import invoice_regencies
from core import plans, runs
from tests import factories
from tests.budgets.factories import NOV, covered


@pytest.mark.parametrize("path", ["tagihan/", "anggaran/"])
def test_a_list_page_reads_money_a_few_times(world, path):
    with world.scope():
        source = factories.fund_source("APBDes", kind="village_budget", billed_to="village")
        for village in world.villages:
            covered(village, 1, source=source)
            actions.create_budget(
                by=world[Role.DISTRICT_OFFICER], fund_source=source, village=village, year=2026,
                jkk=1, jkm=1,
            )  # fmt: skip
        started = actions.start_invoice_run(by=world[Role.DISTRICT_OFFICER], month=NOV)
    runs.drive(world.regency.pk, started.run_id)
    client = Client()
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/r/banyuwangi/{path}")
    asked = [q["sql"] for q in queries if q["sql"].startswith('SELECT "budgets_')]
    assert len(asked) <= 12, "\n".join(sql[:120] for sql in asked)


@pytest.mark.parametrize("people", [3, 3_000])
def test_a_regency_is_billed_in_few_statements(own_database, people):
    world = factories.World.make()
    with world.scope():
        covered(world.villages[0], people)
    with CaptureQueriesContext(connection) as queries:
        invoice_regencies([0])
    shared = len(queries)
    with CaptureQueriesContext(connection) as queries:
        invoice_regencies([world.regency.pk], f"{NOV:%Y-%m}")
    looks = 1 if people >= plans.MANY else 0
    assert len(queries) - shared <= 29 + looks, "\n".join(q["sql"][:120] for q in queries)
    with world.scope():
        assert InvoiceLine.objects.count() == people
