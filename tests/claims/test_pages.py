"""Claims on screen and by the API: what each role sees, does and may not do."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import Role
from accounts.tokens import create
from claims import actions
from claims.models import Claim
from tests import factories
from tests.claims import helpers
from tests.factories import World

HOME = "/r/banyuwangi/klaim/"
API = "/api/v1/r/banyuwangi/claims/"


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    """Sunday, 22 November 2026, in the morning in Banyuwangi."""
    time_machine.move_to("2026-11-22T03:00:00Z", tick=True)


def page_of(world: World, role: str) -> Client:
    """A browser in which somebody of this role has signed in."""
    client = Client(HTTP_ACCEPT_LANGUAGE="id")
    client.force_login(world[role].user)
    return client


class Api:
    """A client of the API with somebody's token."""

    def __init__(self, world: World, role: str) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {create(world[role].user, 'tes')[1]}"}

    def get(self, path: str = "", **query):
        return self.client.get(API + path, query, headers=self.headers)

    def post(self, path: str = "", body: dict | None = None, key: str = ""):
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return self.client.post(
            API + path, body or {}, content_type="application/json", headers=headers
        )


def test_a_village_operator_reports_a_death_of_the_own_village(world):
    with world.scope():
        person = helpers.covered(world)
    client = page_of(world, Role.VILLAGE_OPERATOR)
    found = client.post(f"{HOME}lapor/", {"name": "sri fiktif"})
    assert f"{HOME}lapor/{person.pk}/" in found.content.decode()
    answer = client.post(
        f"{HOME}lapor/{person.pk}/", {"died_on": "02-11-2026", "place": "Rumah"}, follow=True
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Rp42.000.000", "empat puluh dua juta rupiah", "Giliran petugas dinas."):
        assert words in text
    assert client.get(f"{HOME}lapor/{person.pk}/").status_code == 302


def test_a_day_in_the_future_stays_on_the_form_with_its_sentence(world):
    with world.scope():
        person = factories.cadre(world.villages[0])
    client = page_of(world, Role.VILLAGE_OPERATOR)
    answer = client.post(f"{HOME}lapor/{person.pk}/", {"died_on": "2026-11-23"})
    assert answer.status_code == 200
    assert "Tanggal ini belum tiba." in answer.content.decode()


def test_people_and_claims_of_another_village_are_not_found(world):
    with world.scope():
        person = helpers.covered(world, village=1)
        claim, _new = actions.report_death(
            cadre_id=person.pk, died_on=helpers.DIED_ON, by=world[Role.DISTRICT_OFFICER]
        )
    client = page_of(world, Role.VILLAGE_OPERATOR)
    assert client.get(f"{HOME}lapor/{person.pk}/").status_code == 404
    assert client.get(f"{HOME}{claim.pk}/").status_code == 404
    assert "Sri Fiktif" not in client.get(HOME).content.decode()
    assert Api(world, Role.VILLAGE_OPERATOR).get(f"{claim.pk}/").status_code == 404


def test_people_and_claims_of_another_regency_are_not_found(world, elsewhere):
    with elsewhere.scope():
        claim = helpers.reported(elsewhere)
    client = page_of(world, Role.DISTRICT_OFFICER)
    assert client.get(f"{HOME}{claim.pk}/").status_code == 404
    assert client.get(f"/r/jember/klaim/{claim.pk}/").status_code == 404
    api = Api(world, Role.DISTRICT_OFFICER)
    body = {"cadre": claim.cadre_id, "died_on": "2026-11-02"}
    assert api.post("", body).status_code == 404
    assert api.post(f"{claim.pk}/submit/").status_code == 404


@pytest.mark.parametrize(
    ("role", "step", "status"),
    [
        (Role.VILLAGE_OPERATOR, "ahli-waris/", 403),
        (Role.VILLAGE_OPERATOR, "putusan/", 403),
        (Role.DISTRICT_OFFICER, "putusan/", 403),
        (Role.DISTRICT_OFFICER, "bayar/", 403),
        (Role.BRANCH_OFFICER, "ahli-waris/", 403),
        (Role.BRANCH_OFFICER, "serah-terima/", 403),
        (Role.AUDITOR, "dokumen/", 403),
        (Role.AUDITOR, "", 200),
        (Role.HEALTH_CENTRE_OFFICER, "", 403),
        (Role.PLATFORM_OPERATOR, "", 404),
    ],
)
def test_each_step_has_its_own_people(world, role, step, status):
    with world.scope():
        claim = helpers.reported(world)
    assert page_of(world, role).get(f"{HOME}{claim.pk}/{step}").status_code == status


def test_the_auditor_reads_and_cannot_open_a_scan(world):
    with world.scope():
        claim = helpers.reported(world)
        actions.record_documents(
            claim_id=claim.pk,
            received={},
            files={"kk": SimpleUploadedFile("kk.pdf", b"%PDF-1.7")},
            by=world[Role.DISTRICT_OFFICER],
        )
    scan = f"{HOME}{claim.pk}/dokumen/kk/"
    assert page_of(world, Role.AUDITOR).post(scan).status_code == 403
    assert page_of(world, Role.BRANCH_OFFICER).post(scan).status_code == 200
    assert page_of(world, Role.BRANCH_OFFICER).get(scan).status_code == 405


def test_documents_are_ticked_on_one_page_and_the_claim_is_sent(world):
    with world.scope():
        claim = helpers.complete(world)
        codes = claim.documents.filter(need="required").values_list("code", flat=True)
        ticked = {f"there-{code}": "on" for code in codes}
    client = page_of(world, Role.DISTRICT_OFFICER)
    del ticked["there-kk"]
    client.post(f"{HOME}{claim.pk}/dokumen/", ticked)
    shown = client.get(f"{HOME}{claim.pk}/").content.decode()
    assert "kurang 1 dari 8" in shown
    scan = SimpleUploadedFile("kk.jpg", b"\xff\xd8\xff\xe0 fiktif")
    client.post(f"{HOME}{claim.pk}/dokumen/", {**ticked, "scan-kk": scan})
    answer = client.post(f"{HOME}{claim.pk}/ajukan/", follow=True)
    assert "Menunggu keputusan cabang, paling lambat 25 Nov 2026" in answer.content.decode()


def test_numbers_of_the_heir_are_masked_on_the_page(world):
    with world.scope():
        claim = helpers.complete(world)
    shown = page_of(world, Role.DISTRICT_OFFICER).get(f"{HOME}{claim.pk}/").content.decode()
    assert "3344" in shown
    for secret in ("0011223344", "3510012501050007"):
        assert secret not in shown


def test_an_unclear_benefit_says_why_and_shows_every_possibility(world):
    with world.scope():
        claim = helpers.submitted(world, months=2)
    client = page_of(world, Role.BRANCH_OFFICER)
    shown = client.get(f"{HOME}{claim.pk}/").content.decode()
    for words in ("Perlu konfirmasi cabang", "bulan ketiga", "Rp10.000.000", "Rp42.000.000"):
        assert words in shown
    client.post(
        f"{HOME}{claim.pk}/putusan/",
        {"decision": "full", "note": "Iuran tiga bulan sudah masuk."},
    )
    with world.scope():
        assert Claim.objects.get(pk=claim.pk).outcome == "full"


def test_the_list_filters_by_status_village_and_month(world, django_assert_max_num_queries):
    with world.scope():
        reported = helpers.reported(world)
        other = helpers.submitted(world, village=1)
        Claim.objects.filter(pk=other.pk).update(died_on=dt.date(2026, 10, 5))
    client = page_of(world, Role.DISTRICT_OFFICER)
    with django_assert_max_num_queries(20):
        everything = client.get(HOME).content.decode()
    assert reported.number in everything
    assert other.number in everything
    for query, shown, hidden in (
        ("status=submitted", other, reported),
        (f"village={world.villages[0].pk}", reported, other),
        ("month=2026-10", other, reported),
    ):
        text = client.get(f"{HOME}?{query}").content.decode()
        assert shown.number in text
        assert hidden.number not in text


def test_a_claim_runs_from_report_to_hand_over_by_the_api(world):
    with world.scope():
        person = helpers.covered(world)
    village, officer = Api(world, Role.VILLAGE_OPERATOR), Api(world, Role.DISTRICT_OFFICER)
    branch = Api(world, Role.BRANCH_OFFICER)
    body = {"cadre": person.pk, "died_on": "2026-11-02", "place": "Rumah", "cause": "Sakit"}
    made = village.post("", body, key="k-1")
    assert made.status_code == 201
    claim = made.json()
    assert (claim["outcome"], claim["total"]) == ("full", 42_000_000)
    assert village.post("", body, key="k-1").json() == claim
    assert village.post("", body).status_code == 200
    path = f"{claim['id']}/"
    heir = {"name": "Budi Fiktif", "relation": "spouse", "account_number": "1234567890"}
    answer = officer.post(f"{path}heir/", heir).json()
    assert answer["heir"]["account_number"].endswith("7890")
    assert officer.post(f"{path}submit/").json()["code"] == "documents_missing"
    for document in officer.get(path).json()["documents"]:
        if document["need"] == "required":
            officer.post(f"{path}documents/", {"code": document["code"], "received": True})
    assert officer.post(f"{path}submit/").json()["status"] == "submitted"
    assert branch.post(f"{path}decide/", {"decision": "approve"}).json()["status"] == "approved"
    transfer = {"paid_on": "2026-11-22", "reference": "TRX-1"}
    assert branch.post(f"{path}pay/", transfer).json()["status"] == "paid"
    record = {
        "on": "2026-11-22",
        "place": "Balai desa",
        "handed_by": "Kepala dinas",
        "received_by": "Budi Fiktif",
        "representative": "Akhmad Fiktif",
        "representative_office": "Kepala Desa",
    }
    done = officer.post(f"{path}hand-over/", record).json()
    assert done["status"] == "handed_over"
    assert done["hand_over"]["representative"] == "Akhmad Fiktif"
    assert officer.get("", status="handed_over").json()["count"] == 1
    paper = page_of(world, Role.AUDITOR).get(f"{HOME}{path}berita-acara/")
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")


def test_a_scan_comes_by_the_api_too(world):
    with world.scope():
        claim = helpers.reported(world)
    api = Api(world, Role.DISTRICT_OFFICER)
    answer = api.client.post(
        f"{API}{claim.pk}/documents/",
        {"code": "kk", "file": SimpleUploadedFile("kk.pdf", b"%PDF-1.7")},
        headers=api.headers,
    )
    assert answer.status_code == 200
    document = next(each for each in answer.json()["documents"] if each["code"] == "kk")
    assert (document["received"], document["has_file"]) == (True, True)


def test_a_refusal_by_the_api_names_the_field_and_the_code(world):
    with world.scope():
        person = factories.cadre(world.villages[0])
    api = Api(world, Role.DISTRICT_OFFICER)
    answer = api.post("", {"cadre": person.pk, "died_on": "2026-11-23"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "day_in_future"
    assert set(answer.json()["fields"]) == {"died_on"}


def test_the_branch_alone_decides_by_the_api(world):
    with world.scope():
        claim = helpers.submitted(world)
    answer = Api(world, Role.DISTRICT_OFFICER).post(f"{claim.pk}/decide/", {"decision": "approve"})
    assert answer.status_code == 403


def test_the_page_of_a_person_leads_to_the_report_and_then_to_the_claim(world):
    with world.scope():
        person = helpers.covered(world)
    address = f"/r/banyuwangi/kader/{person.pk}/"
    client = page_of(world, Role.VILLAGE_OPERATOR)
    assert f"{HOME}lapor/{person.pk}/" in client.get(address).content.decode()
    client.post(f"{HOME}lapor/{person.pk}/", {"died_on": "2026-11-02"})
    shown = client.get(address).content.decode()
    assert "Rp42.000.000" in shown
    assert "Catat siapa ahli warisnya" in shown
    assert f"{HOME}lapor/{person.pk}/" not in shown
