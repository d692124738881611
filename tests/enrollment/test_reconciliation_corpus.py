"""Every file of the corpus gives the classes that stand beside it."""

import datetime as dt
import json
from typing import Any

import pytest

from accounts.roles import Role
from budgets.models import Invoice, InvoiceLine, InvoiceRun
from cadres.models import Cadre
from core import months, sealed
from enrollment.models import Coverage, Reconciliation
from enrollment.reconciliation.classes import KINDS
from tests import factories
from tests.enrollment.reconciling import kinds, upload
from tests.golden.write_reconciliations import EXPECTED, FOLDER, MONTH, NAMES, ours

CASES: dict[str, dict[str, Any]] = json.loads(EXPECTED.read_text())
START = dt.date(2026, 1, 1)


def _bill(world, covers: list[Coverage], month: dt.date) -> None:
    """A bill that is paid in full."""
    run, _made = InvoiceRun.objects.get_or_create(month=month)
    invoice = Invoice.objects.create(
        number=f"T-{month}",
        month=month,
        invoice_run=run,
        fund_source=covers[0].fund_source,
        people=len(covers),
        jkk=10000 * len(covers),
        jkm=6800 * len(covers),
        paid=16800 * len(covers),
        payer_name="Dinas",
        due_on=month,
    )
    for cover in covers:
        InvoiceLine.objects.create(
            regency=world.regency,
            month=month,
            coverage=cover,
            invoice=invoice,
            cadre_id=cover.cadre_id,
            village_id=cover.village_id,
            jkk=10000,
            jkm=6800,
        )


def _people(world, facts: dict[str, dict[str, Any]]) -> None:
    """Our side of a case: covers, deaths, payers and paid bills."""
    covers: dict[str, Coverage] = {}
    for told in ours():
        about = facts.get(told["name"], {})
        if told["name"] == NAMES[5] and not about.get("covered"):
            continue
        person = factories.cadre(
            world.villages[0],
            told["name"],
            nik=told["nik"],
            birth_date=dt.date.fromisoformat(told["born"]),
            died_on=about.get("died") and dt.date.fromisoformat(about["died"]),
        )
        source = factories.fund_source(about.get("payer", "APBD 2026"))
        cover = factories.coverage(person, source=source, starts_on=START)
        Coverage.objects.filter(pk=cover.pk).update(
            member_no_sealed=sealed.seal(told["kpj"]), member_no_digest=sealed.digest(told["kpj"])
        )
        covers[told["name"]] = cover
    if paid := [covers[name] for name, about in facts.items() if about.get("paid")]:
        _bill(world, paid, MONTH)
    if any("unpaid" in about for about in facts.values()):
        for back in (1, 2, 3):
            here = [
                cover
                for name, cover in covers.items()
                if facts.get(name, {}).get("unpaid", 0) < back
            ]
            _bill(world, here, months.add_months(MONTH, -back))


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_file_gives_what_stands_beside_it(world, name):
    told = CASES[name]
    with world.scope():
        _people(world, told.get("facts", {}))
        source = factories.fund_source()
        payer = source if any("payer" in each for each in told.get("facts", {}).values()) else None
    found = upload(world, (FOLDER / name).read_bytes(), file_name=name, fund_source=payer)
    if "refused" in told:
        code = found.refusal_code or ("asks" if found.status == "mapping" else found.status)
        assert code == told["refused"]
        return
    assert found.status == Reconciliation.Status.OPEN
    with world.scope():
        assert kinds(found) == told["classes"]
        people = Cadre.objects.exclude(name="TAMU BARU").count()
        beside = {"paid_not_credited", "gap_risk"}
        apart = sum(
            1 for each in told["classes"].items() if set(each[1]) - beside and each[0] in NAMES
        )
        assert found.counts["matched"]["people"] == people - apart


def test_every_class_has_a_file():
    covered = {
        kind
        for each in CASES.values()
        for name in each.get("classes", {}).values()
        for kind in name
    }
    assert covered == set(KINDS)
    assert {path.name for path in FOLDER.iterdir()} == {*CASES, "expected.json"}


def test_each_class_counts_people_and_rupiah(world):
    with world.scope():
        _people(world, {})
    found = upload(
        world, (FOLDER / "amount_differs.csv").read_bytes(), by=world[Role.BRANCH_OFFICER]
    )
    assert found.counts["amount_differs"] == {"people": 2, "rupiah": 8400 + 20000}
    assert found.counts["billed"] == 3 * 16800 + 8400 + 36800
