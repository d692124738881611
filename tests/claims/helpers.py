"""Death claims ready for a step: somebody covered and billed, and the steps before it done."""

import datetime as dt

from accounts.roles import Role
from budgets.models import Invoice, InvoiceLine, InvoiceRun
from cadres.models import Cadre
from claims import actions
from claims.models import Claim
from core.months import add_months
from tests import factories
from tests.factories import World

DIED_ON = dt.date(2026, 11, 2)


def covered(world: World, *, months: int = 10, village: int = 0, paid: bool = True) -> Cadre:
    """Somebody covered, billed and paid for whole months before November 2026."""
    first = add_months(dt.date(2026, 11, 1), -months)
    person = factories.cadre(world.villages[village], name="Sri Fiktif")
    coverage = factories.coverage(person, starts_on=first)
    for step in range(months + 1):
        month = add_months(first, step)
        run = InvoiceRun.objects.get_or_create(month=month)[0]
        invoice = Invoice.objects.create(
            number=f"T-{coverage.pk}-{step}",
            month=month,
            invoice_run=run,
            fund_source=coverage.fund_source,
            people=1,
            jkk=10_000,
            jkm=6_800,
            paid=16_800 if paid else 0,
            payer_name="Dinas",
            due_on=month,
        )
        InvoiceLine.objects.create(
            regency=world.regency,
            month=month,
            coverage=coverage,
            invoice=invoice,
            cadre=person,
            village=person.village,
            jkk=10_000,
            jkm=6_800,
        )
    return person


def reported(world: World, **changes) -> Claim:
    """A claim that the village operator reported."""
    person = covered(world, **changes)
    return actions.report_death(
        cadre_id=person.pk,
        died_on=DIED_ON,
        place="Rumah",
        cause="Sakit",
        by=world[Role.VILLAGE_OPERATOR],
    )[0]


def complete(world: World, **changes) -> Claim:
    """A reported claim with its heir and all required documents."""
    claim = reported(world, **changes)
    by = world[Role.DISTRICT_OFFICER]
    actions.set_heir(
        claim_id=claim.pk,
        name="Budi Fiktif",
        relation="child",
        nik="3510012501050007",
        bank_name="Bank Jatim",
        account_number="0011223344",
        account_holder="Budi Fiktif",
        by=by,
    )
    required = claim.documents.filter(need="required").values_list("code", flat=True)
    actions.record_documents(claim_id=claim.pk, received=dict.fromkeys(required, True), by=by)
    return claim


def submitted(world: World, **changes) -> Claim:
    """A claim that waits for the branch."""
    return actions.submit(claim_id=complete(world, **changes).pk, by=world[Role.DISTRICT_OFFICER])


def approved(world: World, **changes) -> Claim:
    """A claim that the branch approved."""
    return actions.decide(
        claim_id=submitted(world, **changes).pk, approve=True, by=world[Role.BRANCH_OFFICER]
    )


def paid(world: World, **changes) -> Claim:
    """A claim that was transferred to the heir."""
    return actions.pay(
        claim_id=approved(world, **changes).pk,
        paid_on=dt.date(2026, 11, 22),
        reference="TRX-1",
        by=world[Role.BRANCH_OFFICER],
    )
