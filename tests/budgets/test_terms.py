"""Bills by what a cover says: bands of income, shares of the pay, JHT, and their due dates."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from accounts.roles import Role
from audit.models import Event
from budgets import actions, invoicing, queries, reconciliation_source
from budgets.models import Invoice, InvoiceLine
from core import runs
from core.errors import DomainError
from enrollment.models import Coverage
from tests.budgets.factories import NOV, covered


def bill(world) -> None:
    with world.scope():
        started = actions.start_invoice_run(by=world[Role.DISTRICT_OFFICER], month=NOV)
    runs.drive(world.regency.pk, started.run_id)


def expected_by_us() -> list[int | None]:
    """What a list of BPJS is compared with, lowest first, the unknown last."""
    reconciliation_source.fill(NOV)
    with connection.cursor() as cursor:
        cursor.execute("SELECT expected FROM recon_ours ORDER BY 1")
        found = [amount for (amount,) in cursor.fetchall()]
        cursor.execute("DROP TABLE recon_ours")
    return found


def text_of(client: Client, invoice: Invoice) -> str:
    """The words of the paper."""
    answer = client.get(f"/r/banyuwangi/tagihan/{invoice.pk}/pdf/")
    content = io.BytesIO(b"".join(answer.streaming_content))
    return " ".join(PdfReader(content).pages[0].extract_text().split())


def test_every_rupiah_of_three_people_with_different_terms(world):
    officer = world[Role.DISTRICT_OFFICER]
    with world.scope():
        village = world.villages[0]
        source = covered(village, 1)
        covered(village, 1, income_base=1_750_000, with_jht=True)
        covered(village, 1, segment="PU", income_base=2_000_000)
        covered(village, 1, segment="PU")  # nobody has told the pay
        budget = actions.create_budget(
            by=officer, fund_source=source, year=2026, jkk=100_000, jkm=100_000
        )
        due = [
            (each.segment, each.billable, each.people, each.total, each.confirmation)
            for each in invoicing.due_in(NOV)
        ]
        assert due == [
            ("BPU", True, 2, 77_600, "income_band_unconfirmed"),
            ("PU", True, 1, 10_800, ""),
            ("PU", False, 1, 0, "income_base_unknown"),
        ]
        before = expected_by_us()
        assert before == [10_800, 16_800, 60_800, None]
    bill(world)
    with world.scope():
        assert expected_by_us() == before
        people = InvoiceLine.objects.order_by("jkk").values_list("jkk", "jkm", "jht")
        assert list(people) == [(4_800, 6_000, 0), (10_000, 6_800, 0), (18_000, 6_800, 36_000)]
        bpu, pu = Invoice.objects.order_by("number")
        assert (bpu.segment, bpu.people, bpu.jkk, bpu.jkm, bpu.jht, bpu.total) == (
            "BPU", 2, 28_000, 13_600, 36_000, 77_600,
        )  # fmt: skip
        assert (pu.segment, pu.people, pu.jkk, pu.jkm, pu.jht, pu.total) == (
            "PU", 1, 4_800, 6_000, 0, 10_800,
        )  # fmt: skip
        assert (bpu.number, pu.number) == ("0001/TAG/XI/2026", "0002/TAG/XI/2026")
        assert (bpu.due_on, pu.due_on) == (dt.date(2026, 11, 16), dt.date(2026, 12, 15))
        assert (bpu.confirmation, pu.confirmation) == ("income_band_unconfirmed", "")
        assert [(line.component, line.billed) for line in queries.standing(budget).lines] == [
            ("JKK", 32_800), ("JKM", 19_600), ("JHT", 36_000),
        ]  # fmt: skip
        assert queries.backing(bpu).exceeded_by == 36_000  # nobody has set a ceiling for JHT
        actions.revise_ceiling(
            by=officer, budget=budget, jkk=100_000, jkm=100_000, jht=40_000, note="DPPA"
        )
        assert queries.standing(budget).exceeded_by == 0
        paid = {"sp2d_date": NOV, "by": world[Role.DISTRICT_APPROVER]}
        for number, amount in enumerate((1, 25_866, 51_733)):
            actions.record_payment(invoice=bpu, sp2d_number=f"S-{number}", amount=amount, **paid)
        assert [line.spent for line in queries.standing(budget).lines] == [28_000, 13_600, 36_000]
    client = Client()
    client.force_login(world[Role.AUDITOR].user)
    listed = client.get("/r/banyuwangi/tagihan/", {"segment": "PU"}).content.decode()
    assert pu.number in listed
    assert bpu.number not in listed
    said = text_of(client, bpu)
    for words in ("Rp28.000", "Rp13.600", "Hari Tua (JHT)", "Rp36.000", "Rp77.600"):
        assert words in said
    assert "Tujuh puluh tujuh ribu enam ratus rupiah" in said
    assert "Perlu konfirmasi cabang" in said
    assert "upah yang dilaporkan" not in said
    said = text_of(client, pu)
    for words in ("Rp4.800", "Rp6.000", "Rp10.800", "Penerima Upah (PU)",
                  "Dari upah yang dilaporkan: JKK 0,24%, JKM 0,30%."):  # fmt: skip
        assert words in said
    assert "JHT" not in said


def test_a_budget_made_after_its_bills_opens_the_account_of_jht(world):
    with world.scope():
        source = covered(world.villages[0], 2, segment="PU", income_base=10**6, with_jht=True)
    bill(world)
    with world.scope():
        budget = actions.create_budget(by=None, fund_source=source, year=2026, jkk=9, jkm=9)
        assert [line.billed for line in queries.standing(budget).lines] == [4_800, 6_000, 114_000]
        with pytest.raises(DomainError, match="ceiling_unchanged"):
            actions.revise_ceiling(by=None, budget=budget, jkk=9, jkm=9, jht=0, note="DPPA")


def test_once_the_pay_is_told_the_next_bill_has_the_wage_earner(world):
    with world.scope():
        covered(world.villages[0], 1)
        covered(world.villages[0], 1, segment="PU")
    bill(world)
    client, stranger = Client(), Client()
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    stranger.force_login(world[Role.AUDITOR].user)
    with world.scope():
        cover = Coverage.objects.get(segment="PU")
    address = f"/r/banyuwangi/kepesertaan/{cover.pk}/penghasilan/"
    told = {"income_base": "2.000.000", "note": "SK Bupati 7/2026"}
    assert stranger.post(address, told).status_code == 403
    assert client.post(address, told | {"income_base": ""}).status_code == 200
    assert client.post(address, told | {"income_base": "100.000.001"}).status_code == 200
    with world.scope():
        assert Coverage.objects.get(pk=cover.pk).income_base is None
    assert client.post(address, told).status_code == 302
    assert "sama dengan yang sudah tercatat" in client.post(address, told).content.decode()
    bill(world)
    with world.scope():
        event = Event.objects.get(kind="coverage.income_changed")
        assert (event.facts["to"], event.facts["note"]) == ("Rp2.000.000", "SK Bupati 7/2026")
        found = Invoice.objects.order_by("number").values_list("segment", "people", "total")
        assert list(found) == [("BPU", 1, 16_800), ("PU", 1, 10_800)]
