"""Proof of cover: the chain, both times, the paper and its public page."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from core.tenancy import scope
from enrollment.models import Coverage, Reconciliation, ReconciliationRow
from reports import actions
from reports.models import Proof
from reports.proof.answer import judge
from reports.proof.records import look_up
from tests import factories

pytestmark = pytest.mark.django_db
START = dt.date(2026, 9, 1)


@pytest.fixture
def covered(world):
    """Somebody covered from September on."""
    with scope(world.regency.pk):
        person = factories.cadre(world.villages[0], name="Siti Contoh Teladan")
        factories.coverage(person, starts_on=START)
    return person


def client_of(actor) -> Client:
    """A browser that is signed in."""
    client = Client()
    client.force_login(actor.user)
    return client


def url(world, person, tail=""):
    """Where a person's proof is asked for."""
    return f"/r/{world.regency.slug}/bukti/orang/{person.pk}/{tail}"


def test_a_cover_that_was_entered_after_the_day_is_disputed(world, covered):
    with scope(world.regency.pk):
        found = look_up(covered, START)
    assert found.evidence.covered_now
    assert found.evidence.covered_then is False
    assert "entered_later" in judge(found.evidence).reasons


def test_both_times_are_read_from_history(world, covered):
    """History keeps the moment of the database, so the days of this test lie around today."""
    today = timezone.localdate()
    with scope(world.regency.pk):
        Coverage.objects.filter(cadre=covered).update(
            ends_on=today + dt.timedelta(days=40), end_reason="stopped"
        )
        with time_machine.travel(
            dt.datetime.combine(today + dt.timedelta(days=60), dt.time(9), tzinfo=dt.UTC)
        ):
            before = look_up(covered, today + dt.timedelta(days=30))
            after = look_up(covered, today + dt.timedelta(days=50))
    assert (before.evidence.covered_now, before.evidence.covered_then) == (True, True)
    assert (after.evidence.covered_now, after.evidence.covered_then) == (False, False)


def test_the_page_shows_the_answer_with_its_chain(world, covered):
    client = client_of(world[Role.DISTRICT_OFFICER])
    page = client.get(url(world, covered), {"day": "2026-09-03"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "perlu konfirmasi cabang" in text
    assert "Kepesertaan" in text
    assert text.count("tl-when") >= 1


def test_the_answer_speaks_the_language_of_the_page(world, covered):
    client = client_of(world[Role.DISTRICT_OFFICER])
    client.cookies["django_language"] = "en"
    page = client.get(url(world, covered), {"day": "2026-09-03"})
    assert "Uncertain: needs confirmation by the branch" in page.content.decode()


@pytest.mark.parametrize("day", ["", "kemarin", "1800-01-01", "2199-01-01", "2026-02-30"])
def test_a_day_that_is_no_day_is_said_so(world, covered, day):
    page = client_of(world[Role.DISTRICT_OFFICER]).get(url(world, covered), {"day": day})
    assert page.status_code == 200
    assert "Rantai bukti" not in page.content.decode()


def test_a_paper_is_issued_once_for_the_same_facts(world, covered):
    client = client_of(world[Role.AUDITOR])
    first = client.post(url(world, covered, "terbitkan/"), {"day": "2026-09-03"})
    second = client.post(url(world, covered, "terbitkan/"), {"day": "2026-09-03"})
    assert first.status_code == 302
    assert first["Location"] == second["Location"]
    with scope(world.regency.pk):
        proof = Proof.objects.get()
    pdf = client.get(f"/r/{world.regency.slug}/bukti/{proof.pk}/pdf/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")


def test_changed_facts_give_another_paper(world, covered):
    officer = world[Role.DISTRICT_OFFICER]
    with scope(world.regency.pk, by=officer.id):
        one = actions.issue_proof(by=officer, cadre=covered, day=START, regency=world.regency)
        Coverage.objects.filter(cadre=covered).update(ends_on=dt.date(2026, 9, 30))
        two = actions.issue_proof(by=officer, cadre=covered, day=START, regency=world.regency)
    assert one.number != two.number


def test_the_public_page_shows_initials_only(world, covered):
    officer = world[Role.DISTRICT_OFFICER]
    with scope(world.regency.pk, by=officer.id):
        proof = actions.issue_proof(by=officer, cadre=covered, day=START, regency=world.regency)
    page = Client().get(f"/b/{proof.token}")
    text = page.content.decode()
    assert page.status_code == 200
    assert proof.number in text
    assert "Siti" not in text
    assert covered.nik not in text
    assert Client().get("/b/tidak-ada").status_code == 404


def test_another_regency_has_neither_person_nor_paper(world, elsewhere, covered):
    officer = world[Role.DISTRICT_OFFICER]
    with scope(world.regency.pk, by=officer.id):
        proof = actions.issue_proof(by=officer, cadre=covered, day=START, regency=world.regency)
    stranger = client_of(elsewhere[Role.DISTRICT_OFFICER])
    slug = elsewhere.regency.slug
    assert stranger.get(f"/r/{slug}/bukti/{proof.pk}/").status_code == 404
    assert stranger.get(f"/r/{slug}/bukti/orang/{covered.pk}/").status_code == 404


def test_the_list_of_bpjs_is_part_of_the_chain(world, covered):
    with scope(world.regency.pk):
        compared = Reconciliation.objects.create(
            number="RK-1",
            month=START,
            kind="active",
            status=Reconciliation.Status.CLOSED,
            file="x",
            file_name="aktif.xlsx",
            file_sha256="0" * 64,
            uploaded_by_id=1,
        )
        assert look_up(covered, START).evidence.bpjs == "not_listed"
        ReconciliationRow.objects.create(
            reconciliation=compared,
            line=7,
            nik_sealed=covered.nik_sealed,
            nik_digest=covered.nik_digest,
            cadre=covered,
        )
        assert look_up(covered, START).evidence.bpjs == "listed"
