"""One object of every kind in a world, and the address argument that names each."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Invitation
from accounts.roles import Role
from audit.actions import record
from budgets.models import (
    Budget,
    BudgetLine,
    Component,
    Invoice,
    InvoiceLine,
    InvoiceRun,
    LedgerEntry,
    Payment,
)
from cadres.models import (
    Assignment,
    Finding,
    Heir,
    ImportRow,
    Posyandu,
    Quota,
    QuotaPlace,
    RosterImport,
)
from claims.models import Claim, ClaimDocument, HandOver
from core import private_files
from core.models import Run
from enrollment.models import (
    Agreement,
    BatchRow,
    Card,
    CardOrder,
    EligibilityOverride,
    EnrollmentBatch,
    Target,
)
from reports.models import Proof
from tests import factories
from tests.guards.compared import compared
from tests.guards.parts import MONTH, exported_by, paper, row_in_draft
from tests.guards.states import BY_PART as IN_STATES
from tests.guards.states import in_other_states


def make(world: factories.World) -> dict[str, Any]:
    """Objects of every kind in the world's first village; texts carry the world's mark.

    The keys are the argument names of addresses. An address with another name fails the
    matrix until it is added here.
    """
    mark, village = mark_of(world), world.villages[0]
    clerk = world[Role.DISTRICT_OFFICER]
    with world.scope():
        person = factories.cadre(village, name=f"{mark} Kader")
        source = factories.fund_source(f"{mark} APBD")
        coverage = factories.coverage(person, source=source, starts_on=MONTH)
        row = coverage.batch_row
        waiting = factories.cadre(village, name=f"{mark} Dua")
        roster = RosterImport.objects.create(
            village=village,
            status=RosterImport.Status.READY,
            file=private_files.save([b"NIK;Nama;Tanggal Lahir\n1;A;12-03-1985\n"], ".roster")[0],
            file_name=f"{mark}.xlsx",
            sha256="0" * 64,
            size=1,
            uploaded_by_id=clerk.id,
            counts=dict.fromkeys(COUNTED, 1),
            checked_at=timezone.now(),
        )
        ImportRow.objects.create(
            roster=roster, number=2, name=f"{mark} Baris", village=village, effect="new"
        )
        Finding.objects.create(
            roster=roster, number=2, level="warning", code="nik_sex", facts={"found": "L"}
        )
        run = Run.objects.create(kind="guard", total=1)
        order = CardOrder.objects.create(village=village, people=1, run=run, ordered_by_id=clerk.id)
        order.paper = paper("cards", order, mark)
        order.save()
        card = Card.objects.create(
            coverage=coverage, village=village, token=f"kartu-{world.regency.slug}"
        )
        own_card = paper("card", card, mark)
        budget = Budget.objects.create(fund_source=source, year=2026, document=f"{mark} DPA")
        line, *_others = (
            BudgetLine.objects.create(budget=budget, component=each, account_code="5.1.02")
            for each in Component
        )
        LedgerEntry.objects.create(line=line, kind="ceiling", amount=1000000)
        billing = InvoiceRun.objects.create(month=MONTH, started_by_id=clerk.id, run=run)
        invoice = Invoice.objects.create(
            number=f"{mark}/INV/1",
            month=MONTH,
            invoice_run=billing,
            fund_source=source,
            people=1,
            jkk=10000,
            jkm=6800,
            payer_name=f"{mark} Dinas",
            due_on=dt.date(2026, 1, 15),
        )
        InvoiceLine.objects.create(
            regency=world.regency,
            month=MONTH,
            coverage=coverage,
            invoice=invoice,
            cadre=person,
            village=village,
            jkk=10000,
            jkm=6800,
        )
        payment = Payment.objects.create(
            invoice=invoice,
            sp2d_number=f"{mark}-SP2D",
            sp2d_date=MONTH,
            amount=1,
            recorded_by_id=clerk.id,
        )
        heir = Heir.objects.create(cadre=person, name=f"{mark} Waris", relation="spouse")
        claim = Claim.objects.create(
            number=f"{mark}/K/1",
            cadre=person,
            coverage=coverage,
            village=village,
            died_on=dt.date(2026, 1, 20),
            outcome="full",
            total=42000000,
            heir=heir,
            reported_by_id=world[Role.VILLAGE_OPERATOR].id,
        )
        document = ClaimDocument.objects.create(
            claim=claim,
            village=village,
            code="akta",
            label=f"{mark} Akta",
            need="required",
            source="family",
            position=1,
        )
        hand_over = HandOver.objects.create(
            claim=claim,
            village=village,
            number=f"{mark}/BAST",
            on=dt.date(2026, 2, 1),
            place="Balai desa",
            handed_by="A",
            received_by=f"{mark} Waris",
            recorded_by_id=clerk.id,
        )
        paper("hand_over", hand_over, hand_over.number)
        proof = Proof.objects.create(
            number=f"{mark}/BKT",
            cadre=person,
            village=village,
            day=MONTH,
            answer="yes",
            fingerprint="0" * 64,
            token=f"{mark}-bukti",
            issued_by_id=clerk.id,
        )
        proof.paper = paper("proof", proof, proof.number)
        proof.save(update_fields=["paper"])
        target = Target.objects.create(
            category="posyandu_cadre", people=10, by=dt.date(2026, 12, 31), source=f"{mark} RPJMD"
        )
        agreement = Agreement.objects.create(
            number=f"{mark}/PKS",
            title="PKS",
            signed_on=MONTH,
            valid_from=MONTH,
            valid_until=dt.date(2027, 1, 1),
            branch_signatory="A",
            party="Dinas",
            party_signatory="B",
            legal_basis="inpres_2_2021",
            categories=["posyandu_cadre"],
            file=private_files.save([b"%PDF-1.7 " + mark.encode()], ".pdf")[0],
            file_name="pks.pdf",
        )
        listed, difference = compared(mark, MONTH, clerk, coverage)
        listed.paper = paper("reconciliation_record", listed, mark)
        listed.save(update_fields=["paper"])
        back, draft_row, sent = (
            row_in_draft(village, source, clerk, agreement, f"{mark} {n}") for n in (4, 5, 6)
        )
        states = in_other_states(world, mark, dict.fromkeys(COUNTED, 1), sent, MONTH)
        BatchRow.objects.filter(pk=back.pk).update(
            status=BatchRow.Status.RETURNED,
            reason=BatchRow.Reason.NAME_MISMATCH,
            reason_text=f"{mark} lihat KTP",
            decided_at=timezone.now(),
            times_returned=1,
        )
        EnrollmentBatch.objects.filter(pk=back.batch_id).update(
            status=EnrollmentBatch.Status.RETURNED
        )
        post = Posyandu.objects.filter(village=village).first()
        service = person.assignments.get()
        successor = Assignment.objects.get(cadre=factories.cadre(village, name=f"{mark} Tiga"))
        successor.replaces = Assignment.objects.get(cadre=waiting)
        successor.save(update_fields=["replaces"])
        quota = Quota.objects.create(
            name=f"{mark} Kuota", category="posyandu_cadre", per_village=9, starts_on=MONTH
        )
        place = QuotaPlace.objects.create(
            quota=quota, village=village, cadre=waiting, since=MONTH, reason=f"{mark} alasan"
        )
        override = EligibilityOverride.objects.create(
            cadre=waiting,
            village=village,
            programme="JKK_JKM",
            code="over_age",
            reason=f"{mark} alasan",
            valid_until=dt.date(2099, 1, 1),
            asked_by_id=clerk.id,
        )
        record("member.joined", claim, by=clerk, facts={"name": mark, "role": "auditor"})
        exported = {role: exported_by(actor, mark).pk for role, actor in world.actors.items()}
    invitation = Invitation.objects.create(
        email=f"undangan@{world.regency.slug}.test",
        name=f"{mark} Undangan",
        role=Role.VILLAGE_OPERATOR,
        regency=world.regency,
        village=village,
        token_digest=world.regency.slug.ljust(64, "0"),
        invited_by=clerk.user,
        expires_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC),
    )
    return {
        "regency": world.regency.slug,
        "cadre_id": person.pk,
        "waiting_cadre_id": waiting.pk,
        "other_id": waiting.pk,
        "service_id": service.pk,
        "posyandu_id": post.pk,
        "heir_id": heir.pk,
        "successor_id": successor.pk,
        "quota_id": quota.pk,
        "place_id": place.pk,
        "override_id": override.pk,
        "roster_id": roster.pk,
        "import_id": roster.pk,
        "run_id": run.pk,
        "paper_id": own_card.pk,
        "batch_id": row.batch_id,
        "row_id": row.pk,
        "returned_row_id": back.pk,
        "draft_row_id": draft_row.pk,
        "draft_batch_id": draft_row.batch_id,
        "coverage_id": coverage.pk,
        "fund_source_id": source.pk,
        "source_id": source.pk,
        "target_id": target.pk,
        "agreement_id": agreement.pk,
        "proof_id": proof.pk,
        "branch_id": world.branch.pk,
        "order_id": order.pk,
        "reconciliation_id": listed.pk,
        "difference_id": difference.pk,
        "budget_id": budget.pk,
        "line_id": line.pk,
        "invoice_run_id": billing.pk,
        "invoice_id": invoice.pk,
        "payment_id": payment.pk,
        "claim_id": claim.pk,
        "document_id": document.pk,
        "hand_over_id": hand_over.pk,
        "export_id": exported,
        "membership_id": world[Role.VILLAGE_OPERATOR].membership.pk,
        "invitation_id": invitation.pk,
        "village_code": village.code,
        "district_code": village.district.code,
        **states,
        **PLAIN,
    }


# What a checked roster counts.
COUNTED = ("rows", "new", "changed", "unchanged", "rejected", "warnings", "missing")
# Arguments that name no object of their own.
PLAIN = {
    "code": "akta",
    "rule_code": "over_age",
    "finding_code": "nik_sex",
    "risk_code": "usia",
    "effect": "new",
    "kind": "not_billed",
    "month": "2026-01",
}

# Arguments of addresses outside a regency: numbers that name nothing, and open texts.
OUTSIDE = {"slug": "banyuwangi", "text": "tidak-ada", "token": "tidak-ada", "pk": 0, "token_id": 0}


def mark_of(world: factories.World) -> str:
    """A word that stands in every text of a world and nowhere else."""
    return f"Rahasia{world.regency.slug.title().replace('-', '')}"


# Arguments whose name alone does not say what they name: by a part of the address, first fit.
BY_PART = (
    *IN_STATES,
    ("bukti/orang/", "pk", "cadre_id"),
    ("kader/posyandu/", "pk", "posyandu_id"),
    ("kader/penggantian/", "service_id", "successor_id"),
    ("kader/", "pk", "cadre_id"),
    ("cadres/", "pk", "cadre_id"),
    ("unggah/", "pk", "roster_id"),
    ("roster-imports/", "pk", "roster_id"),
    ("kepesertaan/dikembalikan/", "row_id", "returned_row_id"),
    ("returned-rows/", "row_id", "returned_row_id"),
    ("/tinjau/orang/", "row_id", "row_id"),
    ("<int:batch_id>/orang/", "row_id", "draft_row_id"),
    ("<int:batch_id>/orang/", "batch_id", "draft_batch_id"),
    ("pendaftaran/", "pk", "batch_id"),
    ("kepesertaan/", "pk", "coverage_id"),
    ("invoice-runs/", "run_id", "invoice_run_id"),
    ("kader/desa/", "code", "village_code"),
    ("beranda/kecamatan/", "code", "district_code"),
    ("/temuan/", "code", "finding_code"),
)


def values_for(
    route: str, known: dict[str, Any], role: str = Role.DISTRICT_OFFICER
) -> dict[str, Any]:
    """The arguments of one address; some names mean different things in different places.

    What belongs to one person is that of the person in `role`.
    """
    values = {name: each[role] if isinstance(each, dict) else each for name, each in known.items()}
    for part, name, meant in reversed(BY_PART):
        if part in route:
            values[name] = known[meant]
    return values
