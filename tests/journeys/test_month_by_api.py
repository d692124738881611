"""One real month of an empty regency by the API: 11,498 people, to the rupiah."""

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, APIResponse, Playwright

from core.months import add_months, month_of
from tests.journeys.conftest import (
    PEOPLE,
    member_list,
    tables_never_looked_at,
    whole_roster,
)
from tests.product import Product

pytestmark = pytest.mark.xdist_group("journeys")
REGENCY = "banyuwangi"
JKK, JKM = 114_980_000, 78_186_400


class Client:
    """One login's view of the API."""

    def __init__(self, context: APIRequestContext) -> None:
        self.context = context
        self.root = f"/api/v1/r/{REGENCY}/"

    def get(self, path: str, expect: int = 200) -> Any:
        return self._read(self.context.get(self.root + path), expect)

    def post(self, path: str, body: Any = None, expect: int = 201, **options: Any) -> Any:
        if body is not None:
            options["data"] = body
        return self._read(self.context.post(self.root + path, **options), expect)

    def upload(self, path: str, file: Path, expect: int = 201, **fields: str) -> Any:
        part = {
            "name": file.name,
            "mimeType": "application/octet-stream",
            "buffer": file.read_bytes(),
        }
        return self.post(path, expect=expect, multipart={"file": part, **fields})

    def until(self, path: str, wanted: str, seconds: float = 120) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            body = self.get(path)
            if body["status"] == wanted:
                return body
            assert body["status"] not in {"failed", "refused"}, body
            time.sleep(0.3)
        raise AssertionError(f"{path} did not become {wanted}: {body}")

    @staticmethod
    def _read(response: APIResponse, expect: int) -> Any:
        assert response.status == expect, (response.url, response.status, response.text()[:600])
        return (
            response.json()
            if "json" in response.headers.get("content-type", "")
            else response.body()
        )


@pytest.fixture
def client_of(product: Product, playwright: Playwright) -> Callable[[str], Client]:
    """A client for a role of the empty regency."""

    def make(role: str) -> Client:
        token = product.login(role, REGENCY)["token"]
        return Client(
            playwright.request.new_context(
                base_url=product.address,
                extra_http_headers={"Authorization": f"Bearer {token}"},
                timeout=120_000,
            )
        )

    return make


def test_a_month_from_an_empty_regency_to_a_paid_claim(
    product: Product, client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    roster = whole_roster(product, REGENCY, tmp_path)
    officer, approver = client_of("district_officer"), client_of("district_approver")
    branch, auditor = client_of("branch_officer"), client_of("auditor")
    month = month_of(dt.date.today())
    first = add_months(month, -3)

    upload = officer.upload("roster-imports/", roster)
    checked = officer.until(f"roster-imports/{upload['id']}/", "ready")
    assert checked["counts"]["new"] == PEOPLE
    assert officer.get("cadres/")["count"] == 0
    officer.post(f"roster-imports/{upload['id']}/apply/", expect=200)
    officer.until(f"roster-imports/{upload['id']}/", "applied")
    assert officer.get("cadres/")["count"] == PEOPLE

    source = officer.post(
        "fund-sources/", {"name": "APBD 2026", "kind": "regency_budget", "billed_to": "regency"}
    )
    years = sorted({first.year, month.year, add_months(month, 1).year})
    for year in years:
        officer.post(
            "budgets/",
            {"fund_source": source["id"], "year": year, "jkk": JKK * 12, "jkm": JKM * 12},
        )
    batch = officer.post(
        "enrollment-batches/",
        {
            "fund_source": source["id"],
            "programme": "JKK_JKM",
            "segment": "BPU",
            "first_month": f"{first:%Y-%m}",
        },
    )
    address = f"enrollment-batches/{batch['id']}/"
    officer.post(address + "submit/", expect=403)
    approver.post(address + "submit/", expect=200)
    branch.upload(
        address + "review/", member_list(roster, tmp_path / "hasil.xlsx"), expect=200, finish="true"
    )
    branch.until(address, "active")
    assert officer.get("coverages/")["count"] == PEOPLE

    for back in (3, 2, 1, 0):
        wanted = f"{add_months(month, -back):%Y-%m}"
        run = officer.post("invoice-runs/", {"month": wanted})
        officer.until(f"invoice-runs/{run['id']}/", "done")
        assert officer.post("invoice-runs/", {"month": wanted}, expect=200)["id"] == run["id"]
        (invoice,) = officer.get(f"invoices/?month={wanted}")["results"]
        assert (invoice["jkk"], invoice["jkm"], invoice["total"]) == (JKK, JKM, 193_166_400)
        paid = officer.post(
            f"invoices/{invoice['id']}/payments/",
            {
                "sp2d_number": f"SP2D/{wanted}",
                "sp2d_date": f"{dt.date.today():%Y-%m-%d}",
                "amount": 193_166_400,
            },
        )
        assert paid["amount"] == 193_166_400
        assert officer.get(f"invoices/{invoice['id']}/")["status"] == "paid"
    assert officer.get(f"invoices/{invoice['id']}/pdf/")[:5] == b"%PDF-"
    budgets = officer.get("budgets/")["results"]
    assert sum(each["spent"] for each in budgets) == 4 * 193_166_400
    assert sum(each["committed"] for each in budgets) == 0

    person = officer.get("cadres/?page_size=1")["results"][0]
    order = officer.post("cards/", {"village": person["village"], "layout": "a4"})
    officer.until(f"cards/{order['id']}/", "done")
    assert officer.get(f"cards/{order['id']}/download/")[:5] == b"%PDF-"

    claim = officer.post(
        "claims/",
        {"cadre": person["id"], "died_on": f"{month:%Y-%m-%d}", "place": "Rumah", "cause": "Sakit"},
    )
    assert (claim["outcome"], claim["total"]) == ("full", 42_000_000)
    assert [part["amount"] for part in claim["benefit"]["components"]] == [
        20_000_000,
        12_000_000,
        10_000_000,
    ]
    address = f"claims/{claim['id']}/"
    officer.post(
        address + "heir/",
        {
            "name": "Budi Fiktif",
            "relation": "spouse",
            "bank_name": "Bank Fiktif",
            "account_number": "1234567890",
            "account_holder": "Budi Fiktif",
        },
        expect=200,
    )
    for document in officer.get(address)["documents"]:
        if document["need"] == "required":
            officer.post(
                address + "documents/", {"code": document["code"], "received": True}, expect=200
            )
    officer.post(address + "submit/", expect=200)
    branch.post(address + "decide/", {"decision": "approve", "note": "Lengkap"}, expect=200)
    today = f"{dt.date.today():%Y-%m-%d}"
    branch.post(address + "pay/", {"paid_on": today, "reference": "TRX-1"}, expect=200)
    officer.post(
        address + "hand-over/",
        {
            "on": today,
            "place": "Balai desa",
            "handed_by": "Kepala dinas",
            "received_by": "Budi Fiktif",
        },
        expect=200,
    )
    assert officer.get(address)["status"] == "handed_over"

    following = f"{add_months(month, 1):%Y-%m}"
    run = officer.post("invoice-runs/", {"month": following})
    officer.until(f"invoice-runs/{run['id']}/", "done")
    (invoice,) = officer.get(f"invoices/?month={following}")["results"]
    assert (invoice["people"], invoice["total"]) == (PEOPLE - 1, 193_166_400 - 16_800)

    for path in (
        "cadres/",
        "coverages/",
        "invoices/",
        "claims/",
        "budgets/",
        "enrollment-batches/",
    ):
        assert auditor.get(path)["count"] >= 1
    auditor.post("invoice-runs/", {"month": following}, expect=403)
    assert tables_never_looked_at(product) == []
