"""Pages and API of money: who may open them, and that they do what the actions do."""

import hashlib
import io
import json

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts import tokens
from accounts.roles import Role
from budgets import actions
from budgets.models import Invoice
from core import runs
from core.models import Paper
from enrollment.models import FundSource
from tests import factories
from tests.budgets.factories import NOV, covered

API = "/api/v1/r/banyuwangi/"


@pytest.fixture
def billed(world) -> Invoice:
    """One invoice of three people."""
    with world.scope():
        covered(world.villages[0], 3)
        started = actions.start_invoice_run(by=world[Role.DISTRICT_OFFICER], month=NOV)
    runs.drive(world.regency.pk, started.run_id)
    with world.scope():
        return Invoice.objects.get()


def page(world, role: str) -> Client:
    client = Client()
    client.force_login(world[role].user)
    return client


class Api:
    """A client with somebody's token."""

    def __init__(self, world, role: str) -> None:
        _row, text = tokens.create(world[role].user, "test")
        self.client = Client(headers={"Authorization": f"Bearer {text}"})

    def get(self, path: str):
        return self.client.get(API + path)

    def post(self, path: str, body: dict, key: str = ""):
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(
            API + path, json.dumps(body), content_type="application/json", headers=headers
        )


def test_a_month_by_the_api(world):
    with world.scope():
        covered(world.villages[0], 3)
        source = factories.fund_source()
    api = Api(world, Role.DISTRICT_OFFICER)
    made = api.post(
        "budgets/", {"fund_source": source.pk, "year": 2026, "jkk": 40_000, "jkm": 30_000}
    )
    assert (made.status_code, made.json()["available"]) == (201, 70_000)
    first = api.post("invoice-runs/", {"month": "2026-11"})
    again = api.post("invoice-runs/", {"month": "2026-11"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    with world.scope():
        from budgets.models import InvoiceRun

        run_id = InvoiceRun.objects.get().run_id
    runs.drive(world.regency.pk, run_id)
    run = api.get(f"invoice-runs/{first.json()['id']}/").json()
    assert (run["status"], run["people"], run["total"]) == ("done", 3, 50_400)
    assert run["progress"] == {"done": 3, "total": 3, "percent": 100}
    bill = api.get("invoices/?month=2026-11&status=open&segment=BPU").json()["results"][0]
    assert api.get("invoices/?segment=PU").json()["count"] == 0
    assert api.get("invoices/?segment=XX").status_code == 400
    detail = api.get(f"invoices/{bill['id']}/").json()
    assert (detail["jkk"], detail["jkm"], detail["total"]) == (30_000, 20_400, 50_400)
    assert (detail["recap"][0]["people"], detail["has_budget"]) == (3, True)
    body = {"sp2d_number": "S-1", "sp2d_date": "2026-11-03", "amount": 50_400}
    paid = api.post(f"invoices/{bill['id']}/payments/", body, key="one")
    repeated = api.post(f"invoices/{bill['id']}/payments/", body, key="one")
    assert (paid.status_code, repeated.json()) == (201, paid.json())
    assert api.get(f"invoices/{bill['id']}/").json()["status"] == "paid"
    too_much = api.post(f"invoices/{bill['id']}/payments/", {**body, "sp2d_number": "S-2"})
    assert (too_much.status_code, too_much.json()["code"]) == (409, "invoice_paid")
    revised = api.post(
        f"budgets/{made.json()['id']}/revise/", {"jkk": 50_000, "jkm": 30_000, "note": "DPPA"}
    )
    assert (revised.status_code, revised.json()["spent"]) == (200, 50_400)


@pytest.mark.parametrize("body", [{}, {"month": "November"}, {"month": "2026-13"}])
def test_a_month_that_is_none_is_refused(world, body):
    answer = Api(world, Role.DISTRICT_OFFICER).post("invoice-runs/", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["month"])


@pytest.mark.parametrize("path", ["tagihan/", "tagihan/{}/", "tagihan/{}/pdf/", "anggaran/"])
def test_a_village_operator_does_not_see_money(world, billed, path):
    client = page(world, Role.VILLAGE_OPERATOR)
    assert client.get(f"/r/banyuwangi/{path.format(billed.pk)}").status_code == 403


@pytest.mark.parametrize("path", ["tagihan/{}/", "tagihan/{}/pdf/", "tagihan/{}/bayar/"])
def test_another_regencys_invoice_does_not_exist(world, elsewhere, billed, path):
    client = page(elsewhere, Role.DISTRICT_OFFICER)
    assert client.get(f"/r/jember/{path.format(billed.pk)}").status_code == 404
    assert client.get(f"/r/banyuwangi/{path.format(billed.pk)}").status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BRANCH_OFFICER])
def test_who_only_reads_may_not_bill_or_pay(world, billed, role):
    client = page(world, role)
    assert client.get(f"/r/banyuwangi/tagihan/{billed.pk}/").status_code == 200
    for path in ("tagihan/buat/", f"tagihan/{billed.pk}/bayar/", "anggaran/baru/"):
        assert client.post(f"/r/banyuwangi/{path}").status_code == 403


def test_the_pages_of_a_month(world, billed, django_assert_max_num_queries):
    client = page(world, Role.DISTRICT_OFFICER)
    for path in (
        "tagihan/",
        "tagihan/?status=paid",
        "tagihan/buat/?month=2026-12",
        "tagihan/bulan/2026-11/",
        f"tagihan/{billed.pk}/",
        f"tagihan/{billed.pk}/bayar/",
        "anggaran/",
        "anggaran/baru/",
    ):
        assert client.get(f"/r/banyuwangi/{path}").status_code == 200, path
    assert client.get("/r/banyuwangi/tagihan/bulan/2026-99/").status_code == 404


def test_paying_on_the_page(world, billed):
    client = page(world, Role.DISTRICT_APPROVER)
    address = f"/r/banyuwangi/tagihan/{billed.pk}/bayar/"
    body = {"sp2d_number": "S-1", "sp2d_date": "2026-11-03", "amount": "50.401"}
    refused = client.post(address, body)
    assert "Rp50.400" in refused.content.decode()
    assert client.post(address, {**body, "amount": "Rp50.400"}).status_code == 302
    with world.scope():
        assert Invoice.objects.get().status == "paid"


def test_the_paper_says_it_in_words_and_stays_the_same(world, billed):
    client = page(world, Role.AUDITOR)
    address = f"/r/banyuwangi/tagihan/{billed.pk}/pdf/"
    first, second = (b"".join(client.get(address).streaming_content) for _ in range(2))
    text = " ".join(PdfReader(io.BytesIO(first)).pages[0].extract_text().split())
    assert first == second
    assert "0001/TAG/XI/2026" in text
    assert "Lima puluh ribu empat ratus rupiah" in text
    with world.scope():
        kept = Paper.objects.get(kind="invoice")
    assert kept.sha256 == hashlib.sha256(first).hexdigest()


def test_a_kept_paper_says_what_it_said_whatever_changes_later(world, billed):
    client = page(world, Role.AUDITOR)
    address = f"/r/banyuwangi/tagihan/{billed.pk}/pdf/"
    before = b"".join(client.get(address).streaming_content)
    with world.scope():
        FundSource.objects.update(name="Sumber lain")
        actions.record_payment(
            by=world[Role.DISTRICT_APPROVER],
            invoice=billed,
            sp2d_number="S-1",
            sp2d_date=NOV,
            amount=50_400,
        )
    assert b"".join(client.get(address).streaming_content) == before
