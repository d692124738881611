"""Whatever happens in whatever order: lines = invoice = ledger, and nobody pays twice."""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.roles import Role
from budgets import actions
from budgets.models import Budget, Component, Invoice, InvoiceLine, LedgerEntry
from core import runs
from core.errors import DomainError
from enrollment.models import Coverage
from tests import factories
from tests.budgets.factories import DEC, NOV, OCT, covered

MONTHS = st.sampled_from((OCT, NOV, DEC))


def machine(world) -> type[RuleBasedStateMachine]:
    """Everything that moves money in one regency, each example undone at its end."""

    class Money(RuleBasedStateMachine):
        @initialize()
        def open(self) -> None:
            self.undo = transaction.atomic()
            self.undo.__enter__()
            self.scope = world.scope()
            self.scope.__enter__()
            self.by = world[Role.DISTRICT_OFFICER]
            self.sources = [
                factories.fund_source("APBD"),
                factories.fund_source("Mandiri", kind="self_paid"),
                factories.fund_source("APBDes", kind="village_budget", billed_to="village"),
            ]
            self.sp2d = 0

        @rule(
            people=st.integers(1, 4),
            place=st.integers(0, 3),
            source=st.integers(0, 2),
            segment=st.sampled_from(("BPU", "PU")),
            with_jht=st.booleans(),
            income_base=st.sampled_from((None, 1_750_000, 2_810_139)),
        )
        def enrol(self, people: int, place: int, source: int, **terms) -> None:
            source = self.sources[source]
            covered(world.villages[place], people, source=source, starts_on=OCT, **terms)

        @rule()
        def end_somebody(self) -> None:
            one = Coverage.objects.filter(ends_on=None).order_by("pk").first()
            if one:
                Coverage.objects.filter(pk=one.pk).update(ends_on=dt.date(2026, 10, 31))

        @rule(month=MONTHS)
        def bill(self, month: dt.date) -> None:
            with suppress(DomainError):  # nobody to bill
                started = actions.start_invoice_run(by=self.by, month=month)
                runs.drive(world.regency.pk, started.run_id)

        @rule(source=st.integers(0, 2), place=st.integers(0, 3), ceiling=st.integers(0, 200_000))
        def budget(self, source: int, place: int, ceiling: int) -> None:
            village = world.villages[place] if source == 2 else None
            with suppress(DomainError):  # there is one already
                actions.create_budget(
                    by=self.by, fund_source=self.sources[source], village=village, year=2026,
                    jkk=ceiling, jkm=ceiling // 2,
                )  # fmt: skip

        @rule(share=st.integers(1, 100), which=st.integers(0, 20))
        def pay(self, share: int, which: int) -> None:
            bills = [bill for bill in Invoice.objects.order_by("pk") if bill.status != "paid"]
            if bills:
                bill = bills[which % len(bills)]
                self.sp2d += 1
                actions.record_payment(
                    by=self.by, invoice=bill, sp2d_number=f"S{self.sp2d}",
                    sp2d_date=dt.date(2026, 11, 2),
                    amount=max(1, (bill.total - bill.paid) * share // 100),
                )  # fmt: skip

        @invariant()
        def lines_are_the_invoice(self) -> None:
            for bill in Invoice.objects.all():
                sums = bill.lines.aggregate(jkk=Sum("jkk"), jkm=Sum("jkm"), jht=Sum("jht"))
                assert tuple(sums.values()) == (bill.jkk, bill.jkm, bill.jht)
                assert bill.lines.count() == bill.people
                assert bill.total == bill.jkk + bill.jkm + bill.jht
                segments = set(bill.lines.values_list("coverage__segment", flat=True))
                assert segments == {bill.segment}
                paid = bill.payments.aggregate(n=Sum("amount"))["n"] or 0
                assert bill.paid == paid <= bill.total

        @invariant()
        def the_ledger_is_the_invoice(self) -> None:
            budgets = {(b.fund_source_id, b.village_id) for b in Budget.objects.all()}
            for bill in Invoice.objects.all():
                entries = LedgerEntry.objects.filter(invoice=bill)
                if (bill.fund_source_id, bill.village_id) not in budgets:
                    assert not entries.exists()
                    continue
                for component in Component.values:
                    owed = getattr(bill, component.lower())
                    of = entries.filter(line__component=component)
                    bound = of.filter(kind="commit").aggregate(n=Sum("amount"))["n"] or 0
                    spent = of.filter(kind="spend").aggregate(n=Sum("amount"))["n"] or 0
                    assert bound == owed
                    assert 0 <= spent <= owed
                    if bill.status == "paid":
                        assert spent == owed
                spent = entries.filter(kind="spend").aggregate(n=Sum("amount"))["n"] or 0
                assert spent == bill.paid

        def teardown(self) -> None:
            if not hasattr(self, "undo"):
                return
            transaction.set_rollback(True)
            self.scope.__exit__(None, None, None)
            self.undo.__exit__(None, None, None)

    return Money


def test_lines_invoice_and_ledger_agree_in_every_state(world):
    run_state_machine_as_test(
        machine(world),
        settings=settings(
            max_examples=8,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _two_payers(world) -> None:
    with world.scope():
        covered(world.villages[0], 3)
        covered(world.villages[1], 2, source=factories.fund_source("CSR", kind="corporate"))


def test_a_run_killed_halfway_is_driven_to_the_same_end(world, monkeypatch):
    from budgets import invoicing

    _two_payers(world)
    with world.scope():
        started = actions.start_invoice_run(by=world[Role.DISTRICT_OFFICER], month=NOV)
    real, calls = invoicing.ledger.book, []

    def fails_the_second_time(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise ConnectionError("killed")
        return real(*args, **kwargs)

    monkeypatch.setattr(invoicing.ledger, "book", fails_the_second_time)
    with pytest.raises(ConnectionError):
        runs.drive(world.regency.pk, started.run_id)
    with world.scope():
        assert InvoiceLine.objects.count() == 3
    runs.drive(world.regency.pk, started.run_id)
    with world.scope():
        started.run.refresh_from_db()
        assert (InvoiceLine.objects.count(), started.run.status) == (5, "done")
        assert list(Invoice.objects.order_by("pk").values_list("number", flat=True)) == [
            "0001/TAG/XI/2026",
            "0002/TAG/XI/2026",
        ]
