"""Ways back: a claim returns to the district, a mistaken death is taken back."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from cadres.models import Assignment, Cadre
from claims import actions
from claims.models import Claim
from core import months
from enrollment.actions import end_coverage, prepare, review, submit
from enrollment.decisions import Decision
from enrollment.models import Coverage
from enrollment.queries import Choice
from tests import factories
from tests.claims import helpers
from tests.claims.helpers import DIED_ON
from tests.claims.test_pages import HOME, page_of
from tests.claims.test_steps import refused


def test_the_branch_returns_a_claim_with_what_is_wrong(world):
    with world.scope():
        claim = helpers.submitted(world)
    sent = page_of(world, Role.BRANCH_OFFICER).post(
        f"{HOME}{claim.pk}/kembalikan/", {"note": "Akta kematian tidak terbaca."}, follow=True
    )
    assert sent.status_code == 200
    shown = page_of(world, Role.DISTRICT_OFFICER).get(f"{HOME}{claim.pk}/").content.decode()
    assert "Dikembalikan cabang" in shown
    assert "Akta kematian tidak terbaca." in shown
    assert "Ajukan ke cabang" in shown
    with world.scope():
        claim.refresh_from_db()
        assert (claim.status, claim.submitted_at) == ("reported", None)
        event = Event.objects.filter(kind="claim.sent_back").get()
        assert event.facts["note"] == "Akta kematian tidak terbaca."


def test_a_return_needs_its_reason_and_a_claim_that_waits(world):
    with world.scope():
        claim, by = helpers.submitted(world), world[Role.BRANCH_OFFICER]
        refused("reason_missing", actions.send_back, claim_id=claim.pk, note=" ", by=by)
        actions.send_back(claim_id=claim.pk, note="Akta.", by=by)
        refused("claim_state", actions.send_back, claim_id=claim.pk, note="Akta.", by=by)
        actions.submit(claim_id=claim.pk, by=world[Role.DISTRICT_OFFICER])
        assert actions.decide(claim_id=claim.pk, approve=True, by=by).status == "approved"


def test_only_the_branch_returns_a_claim_by_the_api(world):
    with world.scope():
        claim = helpers.submitted(world)
    address = f"/api/v1/r/banyuwangi/claims/{claim.pk}/send-back/"
    assert _api(world, Role.DISTRICT_OFFICER).post(address, {"note": "x"}).status_code == 403
    answer = _api(world, Role.BRANCH_OFFICER).post(address, {"note": "Akta."})
    assert answer.status_code == 200
    assert answer.json()["status"] == "reported"
    assert answer.json()["decision_note"] == "Akta."


def test_the_village_adds_scans_to_the_death_that_it_reported_and_to_no_other(world):
    with world.scope():
        own = helpers.reported(world)
        person = helpers.covered(world)
        other, _new = actions.report_death(
            cadre_id=person.pk, died_on=DIED_ON, by=world[Role.DISTRICT_OFFICER]
        )
    client = page_of(world, Role.VILLAGE_OPERATOR)
    scan = SimpleUploadedFile("kk.pdf", b"%PDF-1.7")
    assert client.post(f"{HOME}{own.pk}/dokumen/", {"scan-kk": scan}).status_code == 302
    assert client.get(f"{HOME}{other.pk}/dokumen/").status_code == 403
    api = _api(world, Role.VILLAGE_OPERATOR)
    address = "/api/v1/r/banyuwangi/claims/{}/documents/"
    assert api.post(address.format(own.pk), {"code": "kk"}).status_code == 200
    assert api.post(address.format(other.pk), {"code": "kk"}).status_code == 403
    with world.scope():
        assert own.documents.get(code="kk").file
    assert "dokumen/" in client.get(f"{HOME}{own.pk}/").content.decode()
    assert "Lengkapi dokumen" not in client.get(f"{HOME}{other.pk}/").content.decode()


def test_a_mistaken_death_is_taken_back_with_service_and_cover(world):
    with world.scope():
        claim, by = helpers.reported(world), world[Role.DISTRICT_OFFICER]
        refused("claim_state", actions.take_back_death, claim_id=claim.pk, by=by)
        actions.close_report(claim_id=claim.pk, note="Salah orang.", by=by)
    client = page_of(world, Role.DISTRICT_OFFICER)
    assert "Cabut catatan meninggal" in client.get(f"{HOME}{claim.pk}/").content.decode()
    assert client.post(f"{HOME}{claim.pk}/cabut-meninggal/").status_code == 302
    with world.scope():
        assert Cadre.objects.get(pk=claim.cadre_id).died_on is None
        assert Assignment.objects.get(cadre_id=claim.cadre_id).ended_on is None
        cover = Coverage.objects.get(cadre_id=claim.cadre_id)
        assert (cover.ends_on, cover.end_reason) == (None, "")
        refused("death_stands", actions.take_back_death, claim_id=claim.pk, by=by)
    assert "Cabut catatan meninggal" not in client.get(f"{HOME}{claim.pk}/").content.decode()


def test_what_a_mistaken_death_shortened_and_withdrew_stands_as_before(world):
    """A cover with an end in sight, and the one after it that the branch had accepted."""
    with world.scope():
        claim, by = helpers.reported(world), world[Role.DISTRICT_OFFICER]
        person = claim.cadre
        actions.close_report(claim_id=claim.pk, note="Salah orang.", by=by)
        actions.take_back_death(claim_id=claim.pk, by=by)
        first, last = months.add_months(months.this_month(), 2), Coverage.objects.get()
        end_coverage(by=by, coverage=last, on=first - dt.timedelta(days=1), reason="other")
        batch = prepare(
            by=by,
            fund_source=factories.fund_source(),
            segment="BPU",
            first_month=first,
            choice=Choice(cadre_ids=[person.pk]),
        )
        submit(by=world[Role.DISTRICT_APPROVER], batch=batch)
        answer = Decision(accept=True, row=batch.rows.get().pk, member_no="24081234509")
        review(by=world[Role.BRANCH_OFFICER], batch=batch, decisions=[answer], finish_now=True)
        before = set(Coverage.objects.values_list("starts_on", "ends_on", "end_reason"))
        assert len(before) == 2
        again, _new = actions.report_death(cadre_id=person.pk, died_on=DIED_ON, by=by)
        assert Coverage.objects.count() == 1
        actions.close_report(claim_id=again.pk, note="Salah orang lagi.", by=by)
        actions.take_back_death(claim_id=again.pk, by=by)
        assert set(Coverage.objects.values_list("starts_on", "ends_on", "end_reason")) == before


def test_a_death_that_the_branch_judged_stands(world):
    with world.scope():
        claim = helpers.submitted(world)
        actions.decide(
            claim_id=claim.pk, approve=False, note="Tidak sah.", by=world[Role.BRANCH_OFFICER]
        )
        refused(
            "death_stands",
            actions.take_back_death,
            claim_id=claim.pk,
            by=world[Role.DISTRICT_OFFICER],
        )


def test_a_cover_that_was_begun_anew_is_left_to_people(world):
    with world.scope():
        claim, by = helpers.reported(world), world[Role.DISTRICT_OFFICER]
        actions.close_report(claim_id=claim.pk, note="Salah orang.", by=by)
        factories.coverage(claim.cadre, starts_on=dt.date(2026, 12, 1))
        refused("cover_changed", actions.take_back_death, claim_id=claim.pk, by=by)
        assert Cadre.objects.get(pk=claim.cadre_id).died_on == DIED_ON
        assert Claim.objects.get(pk=claim.pk).status == "rejected"


def _api(world, role) -> Client:
    _row, text = tokens.create(world[role].user, "uji")
    return Client(headers={"Authorization": f"Bearer {text}"})
