"""From the report of a death to the hand-over: what each step does, and who may not."""

import datetime as dt
import hashlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from accounts.roles import Role
from audit.models import Event
from cadres.models import Cadre
from claims import actions, papers, queries
from claims.models import Claim, ClaimDocument, HandOver
from core import private_files
from core.errors import DomainError
from core.papers import open_paper
from core.scans import MAX_BYTES
from enrollment.models import Coverage
from tests import factories
from tests.claims import helpers
from tests.claims.helpers import DIED_ON

PDF = b"%PDF-1.7 fiktif"


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    """Sunday, 22 November 2026, in the morning in Banyuwangi."""
    time_machine.move_to("2026-11-22T03:00:00Z", tick=True)


def refused(code: str, work, /, **arguments) -> DomainError:
    """The refusal of an action, checked by its code."""
    with pytest.raises(DomainError) as caught:
        work(**arguments)
    assert caught.value.code == code
    return caught.value


def test_a_reported_death_ends_the_cover_and_keeps_what_is_paid(world):
    with world.scope():
        person = helpers.covered(world)
    with world.scope(Role.VILLAGE_OPERATOR):
        claim, is_new = actions.report_death(
            cadre_id=person.pk, died_on=DIED_ON, by=world[Role.VILLAGE_OPERATOR]
        )
        assert is_new
        person = Cadre.objects.get(pk=claim.cadre_id)
        coverage = Coverage.objects.get(cadre=person)
        assert person.died_on == DIED_ON
        assert (coverage.ends_on, coverage.end_reason) == (DIED_ON, "died")
        assert (claim.outcome, claim.total, claim.status) == ("full", 42_000_000, "reported")
        assert sum(part["amount"] for part in claim.benefit["components"]) == 42_000_000
        assert claim.coverage_id == coverage.pk
        assert claim.number == "0001/JKM/XI/2026"
        assert claim.documents.filter(need="required").count() == 8


def test_a_village_operator_sees_that_the_regency_paid(world):
    with world.scope():
        person = helpers.covered(world, months=4, paid=False)
    with world.scope(Role.VILLAGE_OPERATOR):
        facts = queries.cover_facts(person, DIED_ON)
        assert len(facts.billed) == 5
        assert facts.paid == frozenset()


def test_unpaid_months_ask_the_branch(world):
    with world.scope():
        claim = helpers.reported(world, paid=False)
        assert (claim.outcome, claim.total) == ("needs_confirmation", 42_000_000)
        assert claim.benefit["possible_totals"] == [42_000_000, 10_000_000]


def test_a_second_report_gives_the_same_claim(world):
    with world.scope():
        claim = helpers.reported(world)
        again, is_new = actions.report_death(
            cadre_id=claim.cadre_id, died_on=dt.date(2026, 11, 5), by=world[Role.DISTRICT_OFFICER]
        )
        assert (again.pk, is_new) == (claim.pk, False)
        assert Event.objects.filter(kind="claim.reported").count() == 1


@pytest.mark.parametrize(
    ("day", "code"), [("2026-11-23", "day_in_future"), ("1985-03-11", "day_too_early")]
)
def test_an_impossible_day_of_death_is_refused(world, day, code):
    with world.scope():
        person = factories.cadre(world.villages[0])
        error = refused(
            code,
            actions.report_death,
            cadre_id=person.pk,
            died_on=dt.date.fromisoformat(day),
            by=world[Role.DISTRICT_OFFICER],
        )
        assert set(error.fields) == {"died_on"}


def test_somebody_without_cover_leaves_nothing_to_submit(world):
    with world.scope():
        person = factories.cadre(world.villages[0])
        claim, _new = actions.report_death(
            cadre_id=person.pk, died_on=DIED_ON, by=world[Role.VILLAGE_OPERATOR]
        )
        assert (claim.outcome, claim.total) == ("not_covered", 0)
        refused(
            "claim_not_covered",
            actions.submit,
            claim_id=claim.pk,
            by=world[Role.DISTRICT_OFFICER],
        )


def test_missing_required_documents_refuse_the_submission_by_name(world):
    with world.scope():
        claim = helpers.complete(world)
        by = world[Role.DISTRICT_OFFICER]
        actions.record_documents(claim_id=claim.pk, received={"rekening": False}, by=by)
        error = refused("documents_missing", actions.submit, claim_id=claim.pk, by=by)
        assert "Buku tabungan atas nama ahli waris" in str(error.message)


def test_a_spouse_needs_the_marriage_book_and_a_child_does_not(world):
    with world.scope():
        claim = helpers.complete(world)
        by = world[Role.DISTRICT_OFFICER]
        actions.set_heir(claim_id=claim.pk, name="Budi Fiktif", relation="spouse", by=by)
        assert [each.code for each in queries.missing_documents(claim)] == ["buku_nikah"]
        actions.set_heir(claim_id=claim.pk, name="Budi Fiktif", relation="child", by=by)
        assert queries.missing_documents(claim) == []


def test_an_heir_is_sealed_and_a_correction_keeps_the_numbers(world):
    with world.scope():
        claim = helpers.complete(world)
        heir = actions.set_heir(
            claim_id=claim.pk, name="Budi F.", relation="child", by=world[Role.DISTRICT_OFFICER]
        ).heir
        assert heir.name == "Budi F."
        assert b"0011223344" not in bytes(heir.account_sealed)
        assert b"3510012501050007" not in bytes(heir.nik_sealed)
        assert heir.nik_sealed
        assert heir.account_sealed
        facts = str(list(Event.objects.values_list("facts", flat=True)))
        assert "0011223344" not in facts
        assert "3510012501050007" not in facts


def test_a_scan_is_kept_privately_and_makes_its_document_received(world):
    with world.scope():
        claim = helpers.reported(world)
        file = SimpleUploadedFile("akta.exe", PDF)
        actions.record_documents(
            claim_id=claim.pk,
            received={},
            files={"akta_kematian": file},
            by=world[Role.DISTRICT_OFFICER],
        )
        document = ClaimDocument.objects.get(claim=claim, code="akta_kematian")
        assert document.received_at
        assert document.file.endswith(".pdf")
        assert private_files.path_of(document.file).read_bytes() == PDF


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90 not a scan", "scan_kind_refused"),
        (b"", "scan_kind_refused"),
        (b"%PDF-" + b"0" * MAX_BYTES, "scan_too_large"),
    ],
    ids=["program", "empty", "large"],
)
def test_other_files_are_refused(world, content, code):
    with world.scope():
        claim = helpers.reported(world)
        refused(
            code,
            actions.record_documents,
            claim_id=claim.pk,
            received={},
            files={"kk": SimpleUploadedFile("kk.pdf", content)},
            by=world[Role.DISTRICT_OFFICER],
        )


def test_who_reported_or_submitted_may_not_decide(world):
    with world.scope():
        claim = helpers.submitted(world)
        for role in (Role.VILLAGE_OPERATOR, Role.DISTRICT_OFFICER):
            refused(
                "claim_same_person",
                actions.decide,
                claim_id=claim.pk,
                approve=True,
                by=world[role],
            )


def test_the_branch_confirms_an_open_outcome_with_its_reason(world):
    with world.scope():
        claim = helpers.submitted(world, months=2)
        assert claim.outcome == "needs_confirmation"
        by = world[Role.BRANCH_OFFICER]
        arguments = {"claim_id": claim.pk, "approve": True, "by": by}
        refused("outcome_not_possible", actions.decide, **arguments)
        refused("reason_missing", actions.decide, outcome="reduced", **arguments)
        claim = actions.decide(outcome="reduced", note="Bulan ketiga belum selesai.", **arguments)
        assert (claim.outcome, claim.total) == ("reduced", 10_000_000)
        assert claim.benefit["rule"] == "keputusan cabang"
        assert claim.benefit["decision"]["law"] == "Permenaker 1/2025"
        assert claim.benefit["outcome"] == "needs_confirmation"


def test_a_settled_outcome_cannot_be_changed_by_the_decision(world):
    with world.scope():
        claim = helpers.submitted(world)
        refused(
            "outcome_not_possible",
            actions.decide,
            claim_id=claim.pk,
            approve=True,
            outcome="reduced",
            note="x",
            by=world[Role.BRANCH_OFFICER],
        )


def test_a_rejection_needs_a_reason_and_frees_the_person_for_a_new_report(world):
    with world.scope():
        claim = helpers.submitted(world)
        by = world[Role.BRANCH_OFFICER]
        refused("reason_missing", actions.decide, claim_id=claim.pk, approve=False, by=by)
        actions.decide(claim_id=claim.pk, approve=False, note="Akta tidak sah.", by=by)
        again, is_new = actions.report_death(
            cadre_id=claim.cadre_id, died_on=DIED_ON, by=world[Role.VILLAGE_OPERATOR]
        )
        assert is_new
        assert again.total == 42_000_000


def test_a_closed_report_leaves_death_and_cover_as_they_are(world):
    with world.scope():
        claim = helpers.reported(world)
        actions.close_report(
            claim_id=claim.pk, note="Salah orang.", by=world[Role.DISTRICT_OFFICER]
        )
        claim.refresh_from_db()
        assert (claim.status, claim.decided_by_id) == ("rejected", None)
        assert Coverage.objects.get(cadre_id=claim.cadre_id).ends_on == DIED_ON


def test_steps_out_of_their_order_are_refused(world):
    with world.scope():
        claim = helpers.reported(world)
        branch = world[Role.BRANCH_OFFICER]
        day = dt.date(2026, 11, 22)
        refused("claim_state", actions.decide, claim_id=claim.pk, approve=True, by=branch)
        refused(
            "claim_state", actions.pay, claim_id=claim.pk, paid_on=day, reference="1", by=branch
        )
        refused(
            "claim_state",
            actions.hand_over,
            claim_id=claim.pk,
            on=day,
            place="Balai desa",
            handed_by="Camat",
            by=world[Role.DISTRICT_OFFICER],
        )


@pytest.mark.parametrize(
    ("day", "code"), [("2026-11-23", "day_in_future"), ("2026-11-21", "day_too_early")]
)
def test_a_transfer_lies_between_the_decision_and_today(world, day, code):
    with world.scope():
        claim = helpers.approved(world)
        refused(
            code,
            actions.pay,
            claim_id=claim.pk,
            paid_on=dt.date.fromisoformat(day),
            reference="TRX-1",
            by=world[Role.BRANCH_OFFICER],
        )


def test_the_hand_over_names_the_heir_as_payee_and_issues_its_paper_once(world):
    with world.scope():
        claim = helpers.paid(world)
        record = actions.hand_over(
            claim_id=claim.pk,
            on=dt.date(2026, 11, 22),
            place="Balai Desa Fiktif",
            handed_by="Kepala Dinas",
            representative="Akhmad Fiktif",
            representative_office="Kepala Desa",
            by=world[Role.DISTRICT_OFFICER],
        )
        assert record.received_by == "Budi Fiktif"
        assert Claim.objects.get(pk=claim.pk).status == "handed_over"
        paper = papers.issued(record)
        assert paper.pages == 1
        with open_paper(paper) as file:
            data = file.read()
        assert hashlib.sha256(data).hexdigest() == paper.sha256
        text = " ".join(PdfReader(BytesIO(data)).pages[0].extract_text().split())
        for part in ("Rp42.000.000", "empat puluh dua juta rupiah", "Akhmad Fiktif", record.number):
            assert part in text
        assert "0011223344" not in text
        assert HandOver.objects.count() == 1


def test_every_step_leaves_one_event(world):
    with world.scope():
        helpers.paid(world)
        kinds = Event.objects.filter(kind__startswith="claim.").order_by("id")
        assert list(kinds.values_list("kind", flat=True)) == [
            "claim.reported",
            "claim.documents_received",
            "claim.submitted",
            "claim.approved",
            "claim.paid",
        ]


def test_an_opened_scan_is_recorded(world):
    with world.scope():
        claim = helpers.reported(world)
        by = world[Role.DISTRICT_OFFICER]
        with pytest.raises(ClaimDocument.DoesNotExist):
            actions.open_scan(claim_id=claim.pk, code="kk", by=by)
        actions.record_documents(
            claim_id=claim.pk,
            received={},
            files={"kk": SimpleUploadedFile("kk.pdf", PDF)},
            by=by,
        )
        actions.open_scan(claim_id=claim.pk, code="kk", by=by)
        assert Event.objects.filter(kind="claim.scan_opened").count() == 1
