"""Delivered twice, started twice, posted twice: one effect."""

import datetime as dt
import threading

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from accounts.roles import Role
from audit.models import Event
from budgets import actions
from budgets.models import Invoice, InvoiceLine, InvoiceRun, Payment
from budgets.tasks import invoice_every_regency, invoice_regencies
from core import runs, tenancy
from core.errors import DomainError
from core.months import this_month
from core.tasks import drive_run, tick_runs
from tests import factories
from tests.budgets.factories import NOV, covered


@pytest.fixture
def committed(own_database) -> factories.World:
    """A world whose rows other connections see."""
    world = factories.World.make()
    with world.scope():
        covered(world.villages[0], 40)
        covered(world.villages[1], 5, source=factories.fund_source("CSR", kind="corporate"))
    return world


def at_once(work, times: int) -> list:
    """Run `work` in threads at the same moment; what each returned or raised."""
    gate, found = threading.Barrier(times), []

    def one() -> None:
        try:
            gate.wait()
            found.append(work())
        except Exception as error:  # noqa: BLE001 - the test looks at what was raised
            found.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_two_runs_of_a_month_at_once_bill_everybody_once(committed):
    def start_and_drive() -> int:
        with committed.scope():
            started = actions.start_invoice_run(by=committed[Role.DISTRICT_OFFICER], month=NOV)
            run_id = started.run_id
        runs.drive(committed.regency.pk, run_id)
        return run_id

    found = at_once(start_and_drive, 4)
    assert len(set(found)) == 1, found
    with committed.scope():
        assert InvoiceRun.objects.count() == 1
        assert Invoice.objects.count() == 2
        assert InvoiceLine.objects.count() == 45


def test_two_payments_at_once_record_one(committed):
    with committed.scope():
        started = actions.start_invoice_run(by=committed[Role.DISTRICT_OFFICER], month=NOV)
    runs.drive(committed.regency.pk, started.run_id)
    with committed.scope():
        bill = Invoice.objects.order_by("-total").first()

    def pay() -> str:
        with committed.scope():
            actions.record_payment(
                by=committed[Role.DISTRICT_APPROVER], invoice=bill, sp2d_number="S-1",
                sp2d_date=dt.date(2026, 11, 2), amount=bill.total,
            )  # fmt: skip
        return "paid"

    found = at_once(pay, 2)
    with committed.scope():
        assert Payment.objects.count() == 1
    refused = [each for each in found if isinstance(each, DomainError)]
    assert found.count("paid") == 1
    assert [each.code for each in refused] == ["sp2d_already_recorded"]


@pytest.fixture
def worker(monkeypatch) -> None:
    """Messages about the monthly bill are handled at once; drivers are called by the test."""
    monkeypatch.setattr(drive_run, "apply_async", lambda *args, **kwargs: None)
    monkeypatch.setattr(invoice_regencies, "delay", invoice_regencies)


def test_every_task_may_be_delivered_again_and_again(world, worker):
    with world.scope():
        covered(world.villages[0], 3)
    for _delivery in range(3):
        invoice_every_regency()
    with world.scope():
        started = InvoiceRun.objects.get(month=this_month())
    for _delivery in range(5):
        drive_run(world.regency.pk, started.run_id)
    for _delivery in range(2):
        invoice_every_regency()
        tick_runs()
    with world.scope():
        assert (Invoice.objects.count(), InvoiceLine.objects.count()) == (1, 3)
        kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["invoice_run.started", "invoice.issued", "invoice_run.finished"]


def test_a_regency_that_fails_does_not_stop_the_others(world, elsewhere, worker, monkeypatch):
    for each in (world, elsewhere):
        with each.scope():
            covered(each.villages[0], 1)
    first = min(world.regency.pk, elsewhere.regency.pk)
    real = actions.start_invoice_run

    def fails_in_the_first(**kwargs):
        if tenancy.current_regency_id() == first:
            raise ConnectionError("broken")
        return real(**kwargs)

    monkeypatch.setattr(actions, "start_invoice_run", fails_in_the_first)
    invoice_every_regency()
    other = world if elsewhere.regency.pk == first else elsewhere
    with other.scope():
        assert InvoiceRun.objects.get().run.status == "done"


def test_the_clock_bills_a_month_once_also_when_it_comes_late(world, worker):
    with world.scope():
        covered(world.villages[0], 3)
    invoice_every_regency()
    with world.scope():
        covered(world.villages[1], 2)
    invoice_every_regency()
    with world.scope():
        assert list(Invoice.objects.values_list("people", flat=True)) == [3]
    invoice_every_regency(this_month().isoformat())
    with world.scope():
        assert list(Invoice.objects.order_by("pk").values_list("people", flat=True)) == [3, 2]


def test_a_worker_killed_between_start_and_bill_is_followed_by_the_beat(world, worker, monkeypatch):
    with world.scope():
        covered(world.villages[0], 3)
    with monkeypatch.context() as killed:
        killed.setattr(runs, "drive", lambda *args, **kwargs: None)
        invoice_every_regency()
    found = [run for run in runs.open_runs() if run[0] == world.regency.pk]
    assert len(found) == 1
    drive_run(*found[0])
    with world.scope():
        assert (InvoiceLine.objects.count(), InvoiceRun.objects.get().run.status) == (3, "done")


@pytest.mark.parametrize("table", ["budgets_invoiceline", "budgets_ledgerentry", "budgets_payment"])
def test_what_was_billed_booked_or_paid_cannot_be_changed(world, table):
    for statement in (f"UPDATE {table} SET regency_id = regency_id", f"DELETE FROM {table}"):
        with (
            world.scope(),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
