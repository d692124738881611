"""The worlds, small: seeding is an integration test of every app's actions."""

import datetime as dt
import io
from collections import Counter

import pytest
from django.core.management import call_command

from audit.models import Event
from budgets.models import Invoice, LedgerEntry
from cadres.models import (
    Assignment,
    Cadre,
    Category,
    Competence,
    FamilyLink,
    Heir,
    Posyandu,
    QuotaPlace,
    RosterImport,
    SchoolChild,
    Training,
)
from claims.models import Claim
from core.tenancy import scope
from demo import worlds
from demo.steps import SeedFailed, Stage
from enrollment.models import (
    Agreement,
    BatchRow,
    Coverage,
    EligibilityOverride,
    EnrollmentBatch,
    Reconciliation,
    ReconciliationDifference,
    Target,
)
from enrollment.validity import Standing, validity
from regions.models import Regency
from reports.models import Proof

SMALL = worlds.Size(divisor=60, months=3)
MODELS = (
    Agreement, Assignment, BatchRow, Cadre, Claim, Competence, Coverage, EligibilityOverride,
    EnrollmentBatch, Event, FamilyLink, Heir, Invoice, LedgerEntry, Posyandu, Proof, QuotaPlace,
    Reconciliation, ReconciliationDifference, RosterImport, SchoolChild, Target, Training,
)  # fmt: skip


@pytest.fixture
def opened(db) -> None:
    """The five regencies open, with their logins."""
    worlds.open_all()


def seed(slug: str) -> Regency:
    """Fill a small world and give its regency."""
    worlds.seed(slug, lambda text: None, SMALL)
    return Regency.objects.get(slug=slug)


def sizes(regency: Regency) -> dict[str, int]:
    """How many rows of each kind a regency has."""
    with scope(regency.pk):
        return {model.__name__: model.objects.count() for model in MODELS}


def test_banyuwangi_is_covered_billed_and_paid_but_for_the_present_month(opened):
    with scope(seed("banyuwangi").pk):
        people = 11_498 // 60
        assert Coverage.objects.count() == people
        assert Cadre.objects.count() == people + 1  # who takes over a seat next month
        assert Posyandu.objects.count() == 2_310 // 60
        first, second, last = Invoice.objects.order_by("month")
        assert (first.people, first.total) == (people, people * 16_800)
        assert (first.status, second.status, last.status) == ("paid", "paid", "open")
        # Somebody died in the second month and is not billed for the third.
        assert last.people == people - 1
        claim = Claim.objects.get()
        assert (claim.status, claim.outcome) == ("handed_over", "reduced")
        families_are_known_in_the_first_village(confirmed=6)
        successor = Assignment.objects.get(replaces__isnull=False)
        assert successor.replaces.end_reason == "replaced"
        assert successor.started_on > dt.date.today()
        assert set(Posyandu.objects.exclude(seats=None).values_list("seats", flat=True)) == {4, 6}
        assert Posyandu.objects.exclude(decree_number="").count() == 4
        assert Reconciliation.objects.get().status == "mapping"


def families_are_known_in_the_first_village(confirmed: int) -> None:
    """Everybody confirmed has an heir, and nobody more than two children at school."""
    families = Cadre.objects.exclude(heirs_confirmed_on=None)
    assert families.count() == confirmed
    assert not families.filter(heirs=None).exists()
    assert families.values("village").distinct().count() == 1
    assert set(SchoolChild.objects.values_list("position", flat=True)) == {1, 2}


def test_different_people_prepare_submit_and_review(opened):
    with scope(seed("banyuwangi").pk):
        batch = EnrollmentBatch.objects.get()
        people = {batch.prepared_by_id, batch.submitted_by_id, batch.reviewed_by_id}
        assert len(people) == 3
        claim = Claim.objects.get()
        assert claim.decided_by_id != claim.reported_by_id


def test_one_village_in_ten_has_nobody(opened):
    regency = Regency.objects.get(slug="banyuwangi")
    stage = Stage(regency, lambda text: None)
    assert len(stage.villages) == 217 - 21
    seed("banyuwangi")
    with scope(regency.pk):
        having = {village.pk for village in stage.villages}
        assert set(Cadre.objects.values_list("village_id", flat=True)) <= having


@pytest.mark.parametrize("slug", list(worlds.WORLDS))
def test_seeding_again_changes_nothing(opened, slug):
    before = sizes(seed(slug))
    assert sizes(seed(slug)) == before


def test_in_tanah_bumbu_each_village_pays_for_half_of_the_cadres(opened):
    with scope(seed("tanah-bumbu").pk):
        people = 2_790 // 60
        cadres = Coverage.objects.exclude(category=Category.VILLAGE_OFFICIAL)
        assert cadres.count() == people // 2
        assert set(cadres.values_list("segment", flat=True)) == {"BPU"}
        officials_are_billed_on_their_pay()
        assert set(Invoice.objects.values_list("fund_source__billed_to", flat=True)) == {"village"}
        assert not Invoice.objects.filter(village=None).exists()
        assert Invoice.objects.filter(paid=0).exists()
        draft = EnrollmentBatch.objects.get(status=EnrollmentBatch.Status.DRAFT)
        assert draft.rows.count() == people - people // 2
        assert Claim.objects.get().status == "handed_over"
        lists_stand_at_each_place()
        branch_and_village_work_on_one_batch()
        families_are_known_in_the_first_village(confirmed=4)
        assert FamilyLink.objects.get().used_at is None


def officials_are_billed_on_their_pay() -> None:
    """Twelve people of one village: Rp16,000,000 of pay, and JHT for one with Rp1,000,000."""
    covers = Coverage.objects.filter(category=Category.VILLAGE_OFFICIAL, segment="PU")
    assert covers.values("village").distinct().count() == 1
    terms = covers.values_list("income_base", "with_jht")
    assert Counter(terms) == {(1_000_000, False): 7, (2_000_000, False): 4, (1_000_000, True): 1}
    bills = Invoice.objects.filter(segment="PU").order_by("month")
    amounts = (12, 38_400, 48_000, 57_000)
    assert list(bills.values_list("people", "jkk", "jkm", "jht")) == [amounts] * 3
    assert [bill.status for bill in bills] == ["paid", "paid", "open"]


def lists_stand_at_each_place() -> None:
    """One list waits for approval, one was given back, one asks, one has faults."""
    assert Regency.objects.get(slug="tanah-bumbu").rosters_need_approval
    found = {each.file_name: each for each in RosterImport.objects.exclude(status="applied")}
    assert {name: each.status for name, each in found.items()} == {
        "perangkat-desa.xlsx": "waiting",
        "ketua-rt.xlsx": "ready",
        "daftar pkk.csv": "mapping",
        "anggota-bpd.xlsx": "ready",
    }
    assert "Nomor SK" in found["ketua-rt.xlsx"].returned_text
    counts = found["anggota-bpd.xlsx"].counts
    assert (counts["new"], counts["rejected"], counts["missing"]) == (11, 2, 0)
    assert counts["warnings"] >= 2


def branch_and_village_work_on_one_batch() -> None:
    """Some rows accepted, one returned with a text, one corrected; one exception of two holds."""
    batch = EnrollmentBatch.objects.get(status=EnrollmentBatch.Status.IN_REVIEW)
    rows = batch.rows.exclude(status="waiting").order_by("id")
    assert set(rows.values_list("status", flat=True)) == {"accepted", "returned"}
    returned = list(rows.filter(status="returned"))
    assert len(returned) == 2
    assert all(row.reason_text for row in returned)
    corrected = batch.rows.get(times_returned=1, status="waiting")
    assert corrected.correction_note
    assert {corrected.village_id} == {row.village_id for row in returned}
    overrides = EligibilityOverride.objects.order_by("id")
    assert [each.status for each in overrides] == ["granted", "asked"]
    assert batch.rows.filter(cadre=overrides[0].cadre).exists()
    assert not batch.rows.filter(cadre=overrides[1].cadre).exists()
    assert QuotaPlace.objects.filter(status="waiting").exists()


def test_kutai_timur_counts_workers_against_its_target(opened):
    with scope(seed("kutai-timur").pk):
        found = Target.objects.get()
        assert (found.people, found.baseline) == (85_000, 14_000)
        assert found.baseline_on == dt.date(2024, 7, 1)
        assert found.set_by_id is not None
        workers = Assignment.objects.filter(category=Category.VULNERABLE_WORKER).count()
        assert workers == 3_000 // 60
        returned = BatchRow.objects.filter(status=BatchRow.Status.RETURNED)
        assert Coverage.objects.count() == workers - returned.count()
        assert set(returned.values_list("reason", flat=True)) == {"nik_mismatch", "already_member"}
        assert Assignment.objects.filter(category=Category.POSYANDU_CADRE).count() == 9
        partly = Invoice.objects.order_by("-month")[1]
        assert partly.status == "partly_paid"
        agreement = Agreement.objects.get()
        assert set(Coverage.objects.values_list("agreement", flat=True)) == {agreement.pk}
        today = dt.date.today()
        holds = validity(agreement.valid_from, agreement.valid_until, agreement.ended_on, today)
        assert holds.standing == Standing.ENDING
        assert Training.objects.filter(starts_on="2024-07-27").count() == 9
        assert Training.objects.exclude(level="").exists()
        assert Competence.objects.values("cadre").distinct().count() == 9


def test_jember_covers_its_stunting_cadres_under_an_agreement(opened):
    with scope(seed("jember").pk):
        assert Agreement.objects.get().quota == 1_555 // 60
        assert set(Coverage.objects.values_list("category", "segment")) == {
            (Category.STUNTING_CADRE, "BPU")
        }
        assert not Coverage.objects.filter(agreement=None).exists()
        batch = EnrollmentBatch.objects.get()
        assert (batch.occupation, batch.works_from) == ("kader stunting", dt.time(8))
        a_month_is_compared()
        proof = Proof.objects.get()
        assert proof.answer == "yes"
        assert proof.paper is not None


def a_month_is_compared() -> None:
    """Differences of several classes: some settled, one asked, the others open."""
    found = Reconciliation.objects.get()
    assert found.status == "open"
    assert found.counts["matched"]["people"] >= 15
    differences = ReconciliationDifference.objects.order_by("id")
    assert {"not_billed", "billed_not_listed", "twice_same_payer", "active_pu"} <= set(
        differences.values_list("kind", flat=True)
    )
    settled = set(differences.exclude(settlement="").values_list("kind", "settlement"))
    assert settled == {("amount_differs", "accepted"), ("twice_same_payer", "query")}
    asked = differences.get(settlement="", asked_at__isnull=False)
    assert (asked.kind, asked.answer) == ("not_billed", "")


def test_situbondo_has_nothing_but_areas_and_logins(opened):
    assert set(sizes(seed("situbondo")).values()) == {0}


def test_the_command_says_what_it_does(db):
    out = io.StringIO()
    call_command("seed", "situbondo", stdout=out)
    assert "5 regencies open, 36 new logins" in out.getvalue()
    assert "situbondo: ready" in out.getvalue()


def test_a_roster_that_is_not_clean_stops_the_seeding(opened, monkeypatch):
    monkeypatch.setattr("demo.people.WOMEN_ADD", 0)
    with pytest.raises(SeedFailed, match=r"kader-stunting\.xlsx"):
        seed("jember")


@pytest.mark.parametrize("slug", ["banyuwangi", "tanah-bumbu"])
def test_seeding_again_a_month_later_changes_nothing(opened, slug, time_machine):
    time_machine.move_to("2026-11-22 03:00 +0000")
    before = sizes(seed(slug))
    time_machine.move_to("2026-12-20 03:00 +0000")
    assert sizes(seed(slug)) == before
