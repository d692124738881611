"""The monthly bill: who is on it, what it costs, and that running it again changes nothing."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from audit.models import Event
from budgets import actions
from budgets.models import Invoice, InvoiceLine, InvoiceRun
from core import runs
from core.errors import DomainError
from enrollment.models import Coverage, FundSource
from tests import factories
from tests.budgets.factories import DEC, NOV, OCT, covered


def bill(world, month: dt.date = NOV) -> InvoiceRun:
    """Start the month and drive it to its end, as a worker would."""
    with world.scope():
        invoice_run = actions.start_invoice_run(by=world[Role.DISTRICT_OFFICER], month=month)
        run_id = invoice_run.run_id
    runs.drive(world.regency.pk, run_id)
    return invoice_run


def test_a_month_of_banyuwangi_costs_what_the_reference_says(world):
    with world.scope():
        for village, people in zip(world.villages, (3_000, 3_000, 3_000, 2_498), strict=True):
            covered(village, people)
        actions.create_budget(
            by=world[Role.DISTRICT_OFFICER], fund_source=factories.fund_source(), year=2026,
            jkk=1_400_000_000, jkm=950_000_000,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        bill(world)
    with world.scope():
        invoice = Invoice.objects.get()
        assert (invoice.people, invoice.jkk, invoice.jkm, invoice.total) == (
            11_498,
            114_980_000,
            78_186_400,
            193_166_400,
        )
        assert InvoiceLine.objects.filter(invoice=invoice).count() == 11_498
    assert len(queries) <= 0.01 * 11_498, len(queries)


def test_the_invoice_says_who_pays_what_until_when(world):
    with world.scope():
        covered(world.villages[0], 2, source=factories.fund_source(department="Dinas Kesehatan"))
    bill(world)
    with world.scope():
        invoice = Invoice.objects.get()
    assert invoice.number == "0001/TAG/XI/2026"
    assert (invoice.payer_name, invoice.due_on) == ("Dinas Kesehatan", dt.date(2026, 11, 16))
    assert (invoice.status, invoice.confirmation) == ("open", "")


def test_second_run_for_the_same_month_changes_nothing(world):
    with world.scope():
        covered(world.villages[0], 3)
    first = bill(world)
    with world.scope():
        before = (Event.objects.count(), Invoice.objects.count(), InvoiceLine.objects.count())
        second = actions.start_invoice_run(by=world[Role.DISTRICT_OFFICER], month=NOV)
        after = (Event.objects.count(), Invoice.objects.count(), InvoiceLine.objects.count())
        assert (second.pk, second.run_id) == (first.pk, first.run_id)
    assert before == after


def test_people_covered_since_get_a_supplementary_invoice(world):
    with world.scope():
        covered(world.villages[0], 3)
    bill(world)
    with world.scope():
        covered(world.villages[1], 2)
    bill(world)
    with world.scope():
        found = list(Invoice.objects.order_by("pk").values_list("number", "people"))
        assert InvoiceRun.objects.count() == 1
    assert found == [("0001/TAG/XI/2026", 3), ("0002/TAG/XI/2026", 2)]


def test_villages_that_pay_get_one_invoice_each_and_ask_the_branch_about_the_relief(world):
    with world.scope():
        source = factories.fund_source(
            "APBDes", kind=FundSource.Kind.VILLAGE_BUDGET, billed_to=FundSource.BilledTo.VILLAGE
        )
        for village, people in zip(world.villages, (4, 3, 2, 1), strict=True):
            covered(village, people, source=source)
    bill(world)
    with world.scope():
        invoices = list(Invoice.objects.order_by("number").select_related("village__district"))
        village = world.villages[0]
        assert [(i.village_id, i.people) for i in invoices] == [
            (v.pk, n) for v, n in zip(world.villages, (4, 3, 2, 1), strict=True)
        ]
        assert invoices[0].payer_name == (
            f"Pemerintah {village.full_name}, Kecamatan {village.district.name}"
        )
        assert {i.confirmation for i in invoices} == {"relief_unsettled"}
        assert sum(i.total for i in invoices) == 10 * 16_800
        assert set(InvoiceLine.objects.values_list("village_id", "invoice__village_id")) == {
            (v.pk, v.pk) for v in world.villages
        }


def test_each_fund_source_gets_its_own_invoice_and_self_payers_the_relief(world):
    with world.scope():
        covered(world.villages[0], 2)
        covered(world.villages[0], 3, source=factories.fund_source("Mandiri", kind="self_paid"))
    bill(world)
    with world.scope():
        found = set(Invoice.objects.values_list("fund_source__kind", "people", "total"))
    assert found == {("regency_budget", 2, 33_600), ("self_paid", 3, 25_200)}


@pytest.mark.parametrize(
    ("change", "billed"),
    [
        ({}, True),
        ({"starts_on": DEC}, False),
        ({"starts_on": NOV}, True),
        ({"ends_on": dt.date(2026, 10, 31)}, False),
        ({"ends_on": NOV}, True),
        ({"ends_on": dt.date(2026, 11, 30)}, True),
        ({"died_on": dt.date(2026, 10, 31)}, False),
        ({"died_on": NOV}, True),
        ({"segment": "PU"}, False),
    ],
)
def test_who_is_on_the_bill(world, change, billed):
    with world.scope():
        covered(world.villages[1], 1)
        person = factories.cadre(world.villages[0], died_on=change.pop("died_on", None))
        one = factories.coverage(person, starts_on=change.pop("starts_on", OCT))
        Coverage.objects.filter(pk=one.pk).update(**change)
    bill(world)
    with world.scope():
        assert InvoiceLine.objects.filter(coverage_id=one.pk).exists() is billed


def test_nobody_covered_leaves_nothing_behind(world):
    with world.scope(), pytest.raises(DomainError) as refused:
        actions.start_invoice_run(by=world[Role.DISTRICT_OFFICER], month=NOV)
    with world.scope():
        assert (refused.value.code, InvoiceRun.objects.count()) == ("nobody_to_bill", 0)


def test_more_than_a_year_ahead_is_refused(world):
    with world.scope(), pytest.raises(DomainError) as refused:
        actions.start_invoice_run(by=world[Role.DISTRICT_OFFICER], month=dt.date(2099, 1, 1))
    assert refused.value.code == "month_too_late"


def test_the_bill_of_one_regency_leaves_the_other_alone(world, elsewhere):
    for each in (world, elsewhere):
        with each.scope():
            covered(each.villages[0], 2)
    bill(world)
    with elsewhere.scope():
        assert (Invoice.objects.count(), InvoiceRun.objects.count()) == (0, 0)
