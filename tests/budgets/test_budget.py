"""Ceilings, what binds them, and what is said when they do not suffice."""

import datetime as dt

import pytest

from accounts.roles import Role
from budgets import actions, outlook, queries
from budgets.models import Invoice, LedgerEntry
from core import runs
from core.errors import DomainError
from tests import factories
from tests.budgets.factories import NOV, covered


def budget(world, **fields):
    fields = {"year": 2026, "jkk": 100_000, "jkm": 68_000, **fields}
    fields.setdefault("fund_source", factories.fund_source())
    return actions.create_budget(by=world[Role.DISTRICT_OFFICER], **fields)


def bill(world, month: dt.date = NOV) -> None:
    with world.scope():
        started = actions.start_invoice_run(by=world[Role.DISTRICT_OFFICER], month=month)
    runs.drive(world.regency.pk, started.run_id)


def pay(world, amount: int, number: str = "S-1", on: dt.date = dt.date(2026, 11, 3)):
    with world.scope():
        return actions.record_payment(
            by=world[Role.DISTRICT_APPROVER],
            invoice=Invoice.objects.get(),
            sp2d_number=number,
            sp2d_date=on,
            amount=amount,
        )


def test_a_bill_binds_the_ceiling_and_a_payment_spends_it(world):
    with world.scope():
        covered(world.villages[0], 2)
        made = budget(world)
    bill(world)
    pay(world, 33_600)
    with world.scope():
        found = [
            (line.account_code, line.ceiling, line.committed, line.spent, line.available)
            for line in queries.standing(made).lines
        ]
    assert found == [
        ("5.1.02.02.02.0006", 100_000, 0, 20_000, 80_000),
        ("5.1.02.02.02.0007", 68_000, 0, 13_600, 54_400),
    ]


def test_a_bill_beyond_the_ceiling_is_issued_and_flagged(world):
    with world.scope():
        covered(world.villages[0], 3)
        budget(world, jkk=20_000, jkm=30_000)
    bill(world)
    with world.scope():
        assert queries.backing(Invoice.objects.get()).exceeded_by == 10_000
        assert queries.figures(NOV).exceeded_by == 10_000


def test_a_bill_without_a_budget_is_issued_and_flagged_and_a_later_budget_catches_up(world):
    with world.scope():
        covered(world.villages[0], 2)
    bill(world)
    pay(world, 10_001)
    with world.scope():
        assert queries.backing(Invoice.objects.get()).budget is None
        assert queries.figures(NOV).without_budget == 1
        made = budget(world)
        found = queries.standing(made)
        assert (found.committed, found.spent) == (23_599, 10_001)
        assert queries.figures(NOV).without_budget == 0


def test_revising_adds_the_difference_and_keeps_what_was(world):
    with world.scope():
        made = budget(world)
        actions.revise_ceiling(
            by=world[Role.DISTRICT_OFFICER], budget=made, jkk=150_000, jkm=50_000, note="DPPA 7"
        )
        assert queries.ceilings(made) == {"JKK": 150_000, "JKM": 50_000}
        entries = LedgerEntry.objects.order_by("pk").values_list("amount", "note")
        assert list(entries) == [
            (100_000, ""), (68_000, ""), (50_000, "DPPA 7"), (-18_000, "DPPA 7"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"note": " "}, "note_needed"),
        ({"jkk": 100_000, "jkm": 68_000}, "ceiling_unchanged"),
    ],
)
def test_a_revision_needs_a_note_and_a_change(world, changes, code):
    with world.scope():
        made = budget(world)
        wanted = {"jkk": 1, "jkm": 1, "note": "DPPA", **changes}
        with pytest.raises(DomainError) as refused:
            actions.revise_ceiling(by=world[Role.DISTRICT_OFFICER], budget=made, **wanted)
    assert refused.value.code == code


def test_where_villages_pay_each_has_its_own_budget(world):
    with world.scope():
        source = factories.fund_source("APBDes", kind="village_budget", billed_to="village")
        with pytest.raises(DomainError, match="village_needed"):
            budget(world, fund_source=source)
        for village in world.villages[:2]:
            budget(world, fund_source=source, village=village)
        with pytest.raises(DomainError, match="budget_exists"):
            budget(world, fund_source=source, village=world.villages[0])
        with pytest.raises(DomainError, match="village_not_needed"):
            budget(world, village=world.villages[0])


@pytest.mark.parametrize(
    ("amount", "number", "on", "code"),
    [
        (33_601, "S", dt.date(2026, 11, 1), "amount_too_high"),
        (0, "S", dt.date(2026, 11, 1), "amount_invalid"),
        (1, "  ", dt.date(2026, 11, 1), "sp2d_needed"),
        (1, "S", dt.date(2099, 1, 1), "date_in_future"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(world, amount, number, on, code):
    with world.scope():
        covered(world.villages[0], 2)
    bill(world)
    with pytest.raises(DomainError) as refused:
        pay(world, amount, number, on)
    assert refused.value.code == code


def test_part_payments_add_up_on_both_accounts(world):
    with world.scope():
        covered(world.villages[0], 2)
        made = budget(world)
    bill(world)
    for number, amount in enumerate((1, 10_000, 3, 23_596)):
        pay(world, amount, f"S-{number}")
    with world.scope():
        assert Invoice.objects.get().status == "paid"
        assert [line.spent for line in queries.standing(made).lines] == [20_000, 13_600]
        person = Invoice.objects.get().lines.first().cadre_id
        assert queries.paid_months(cadre_id=person) == [NOV]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ({"JKK": (30_000, 10_000), "JKM": (6_800, 6_800)}, dt.date(2026, 8, 1)),
        ({"JKK": (60_000, 10_000), "JKM": (99_999, 6_800)}, None),
        ({"JKK": (-5, 10_000), "JKM": (0, 6_800)}, dt.date(2026, 7, 1)),
        ({"JKK": (10, 0), "JKM": (10, 0)}, None),
        ({"JKK": (10**12, 1), "JKM": (10**12, 1)}, None),
    ],
)
def test_the_account_that_is_empty_first_decides_when_the_money_runs_out(lines, expected):
    assert outlook.first_uncovered_month(dt.date(2026, 6, 1), 2026, lines) == expected
