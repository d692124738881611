"""The pages of reconciliations by role, and by what people press on them."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from core import runs
from enrollment.actions import differences as deeds
from enrollment.models import Coverage, Reconciliation, ReconciliationDifference
from tests import factories
from tests.enrollment.reconciling import line, listed, upload

START = dt.date(2026, 1, 1)


@pytest.fixture
def found(world) -> Reconciliation:
    """Three covered people, one of whom BPJS does not bill, and a stranger whom it bills."""
    with world.scope():
        people = [factories.cadre(world.villages[n], f"Orang {n}") for n in range(3)]
        for person in people:
            factories.coverage(person, starts_on=START)
        stranger = line(people[0], NIK="3510064101900777", NAMA="Tamu")
    return upload(world, listed(*[line(each) for each in people[:2]], stranger))


def page(world, name: str, *args: object) -> str:
    return reverse(f"enrollment:{name}", args=[world.regency.slug, *args])


def in_role(client: Client, world, role: str) -> Client:
    client.force_login(world[role].user)
    return client


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DISTRICT_OFFICER, 200),
        (Role.DISTRICT_APPROVER, 200),
        (Role.BRANCH_OFFICER, 200),
        (Role.AUDITOR, 200),
        (Role.VILLAGE_OPERATOR, 403),
        (Role.HEALTH_CENTRE_OFFICER, 403),
    ],
)
def test_who_sees_reconciliations(world, found, client, role, status):
    in_role(client, world, role)
    assert client.get(page(world, "reconciliations")).status_code == status
    assert client.get(page(world, "reconciliation", found.pk)).status_code == status
    kind = page(world, "differences", found.pk, "not_billed")
    assert client.get(kind).status_code == status


def test_a_stranger_finds_nothing(world, elsewhere, found, client):
    in_role(client, elsewhere, Role.DISTRICT_OFFICER)
    assert client.get(page(world, "reconciliation", found.pk)).status_code == 404
    own = reverse("enrollment:reconciliation", args=[elsewhere.regency.slug, found.pk])
    assert client.get(own).status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BRANCH_OFFICER, Role.DISTRICT_APPROVER])
def test_who_does_not_settle(world, found, client, role):
    in_role(client, world, role)
    with world.scope():
        one = found.differences.first()
    for name in ("difference_settle", "difference_ask", "difference_reopen"):
        assert client.post(page(world, name, one.pk)).status_code == 403
    address = page(world, "differences_settle", found.pk, one.kind)
    assert client.post(address, {"pilih": [one.pk]}).status_code == 403


def test_the_branch_does_not_close_and_the_officer_does_not_answer(world, found, client):
    with world.scope():
        one = found.differences.first()
    in_role(client, world, Role.BRANCH_OFFICER)
    assert client.post(page(world, "reconciliation_close", found.pk)).status_code == 403
    in_role(client, world, Role.DISTRICT_OFFICER)
    assert client.post(page(world, "difference_answer", one.pk)).status_code == 403


def test_an_upload_by_page_is_read_by_the_worker(world, client):
    in_role(client, world, Role.BRANCH_OFFICER)
    with world.scope():
        person = factories.cadre(world.villages[0])
        factories.coverage(person, starts_on=START)
        data = listed(line(person))
    sent = {
        "file": SimpleUploadedFile("tagihan.csv", data),
        "month": "2026-09",
        "kind": "bill",
        "fund_source": "",
    }
    answer = client.post(page(world, "reconciliation_new"), sent)
    with world.scope():
        made = Reconciliation.objects.get()
    assert answer.url == page(world, "reconciliation", made.pk)
    busy = client.get(answer.url).content.decode()
    assert "data-poll" in busy
    runs.drive(world.regency.pk, made.run_id)
    assert "HX-Refresh" in client.get(page(world, "reconciliation_progress", made.pk)).headers
    shown = client.get(answer.url).content.decode()
    assert "Rekonsiliasi September 2026" in shown
    again = client.post(
        page(world, "reconciliation_new"),
        sent | {"file": SimpleUploadedFile("lain.csv", data)},
    )
    assert again.url == answer.url


def test_a_form_without_a_file_says_so(world, client):
    in_role(client, world, Role.DISTRICT_OFFICER)
    answer = client.post(page(world, "reconciliation_new"), {"month": "2026-09", "kind": "bill"})
    assert answer.status_code == 422
    assert "Pilih berkas daftarnya dulu" in answer.content.decode()


def test_unknown_columns_are_pointed_out_on_the_page(world, client):
    with world.scope():
        person = factories.cadre(world.villages[0])
        factories.coverage(person, starts_on=START)
    asked = upload(world, f"A;B;C\n{person.nik};{person.name};16800\n".encode())
    in_role(client, world, Role.DISTRICT_OFFICER)
    address = page(world, "reconciliation_columns", asked.pk)
    assert client.get(page(world, "reconciliation", asked.pk)).url == address
    shown = client.get(address)
    assert person.nik not in shown.content.decode()
    shape = shown.context["question"].key
    wrong = client.post(address, {"shape": shape, "kolom-0": "nik", "kolom-1": "nik"})
    assert wrong.status_code == 422
    done = client.post(
        address, {"shape": shape, "kolom-0": "nik", "kolom-1": "name", "remember": "1"}
    )
    assert done.url == page(world, "reconciliation", asked.pk)


def test_settling_some_by_the_list_shows_what_is_left_out(world, found, client):
    in_role(client, world, Role.DISTRICT_OFFICER)
    address = page(world, "differences_settle", found.pk, "not_billed")
    with world.scope():
        one = found.differences.get(kind="not_billed")
    asked = client.post(address, {"pilih": [one.pk]})
    assert "1 selisih" in asked.content.decode()
    wrong = client.post(address, {"pilih": [one.pk], "act": "settle", "how": "cover_ended"})
    assert wrong.context["form"].errors.keys() == {"reason"}
    wrong = client.post(
        address,
        {"pilih": [one.pk], "act": "settle", "how": "cover_ended", "reason": "Sudah berhenti"},
    )
    assert wrong.context["form"].errors.keys() == {"on"}
    done = client.post(
        address,
        {
            "pilih": [one.pk],
            "act": "settle",
            "how": "cover_ended",
            "reason": "Sudah berhenti",
            "on": "2026-08-31",
            "end_reason": "stopped",
        },
    )
    assert done.status_code == 302
    with world.scope():
        one.refresh_from_db()
        assert one.settlement == "cover_ended"
        assert Coverage.objects.get(pk=one.coverage_id).ends_on == dt.date(2026, 8, 31)
    nothing = client.post(address, {"pilih": [one.pk]})
    assert nothing.status_code == 302


def test_an_empty_choice_takes_nobody(world, found, client):
    in_role(client, world, Role.DISTRICT_OFFICER)
    address = page(world, "differences_settle", found.pk, "not_billed")
    told = {"act": "settle", "how": "accepted", "reason": "Tidak memilih siapa pun"}
    client.post(address, told)
    with world.scope():
        assert not found.differences.exclude(settlement="").exists()


def test_all_results_are_those_of_the_filters(world, found, client):
    in_role(client, world, Role.DISTRICT_OFFICER)
    address = page(world, "differences_settle", found.pk, "not_billed")
    told = {"semua": "1", "act": "settle", "how": "accepted", "reason": "Diterima cabang"}
    client.post(address, told | {"search": "tidak ada yang bernama begini"})
    with world.scope():
        assert found.differences.filter(settlement="").count() == 2
    client.post(address, told)
    with world.scope():
        left = found.differences.get(settlement="")
        assert left.kind == ReconciliationDifference.Kind.BILLED_NOT_LISTED


def test_a_question_and_its_answer_go_over_the_pages(world, found, client):
    with world.scope():
        one = found.differences.get(kind="billed_not_listed")
    in_role(client, world, Role.DISTRICT_OFFICER)
    asked = client.post(page(world, "difference_ask", one.pk), {"query": "Siapa orang ini?"})
    assert asked.status_code == 302
    in_role(client, world, Role.BRANCH_OFFICER)
    home = client.get(reverse("reports:dashboard", args=[world.regency.slug])).content.decode()
    assert page(world, "reconciliation_queries") in home
    assert "Siapa orang ini?" in client.get(page(world, "reconciliation_queries")).content.decode()
    empty = client.post(page(world, "difference_answer", one.pk), {"answer": " "})
    assert empty.status_code == 422
    done = client.post(page(world, "difference_answer", one.pk), {"answer": "Pekerja rentan desa"})
    assert done.url == page(world, "reconciliation_queries")
    in_role(client, world, Role.DISTRICT_OFFICER)
    assert "Pekerja rentan desa" in client.get(page(world, "difference", one.pk)).content.decode()


def test_closing_by_page_hands_out_the_record(world, found, client):
    with world.scope():
        deeds.settle(
            by=world[Role.DISTRICT_OFFICER],
            reconciliation=found,
            wanted=found.differences.all(),
            how="accepted",
            reason="Diterima cabang",
        )
    in_role(client, world, Role.DISTRICT_OFFICER)
    mine = client.get(page(world, "reconciliation_close", found.pk)).content.decode()
    assert "orang lain harus menutupnya" in mine
    assert client.get(page(world, "reconciliation_paper", found.pk)).status_code == 404
    in_role(client, world, Role.DISTRICT_APPROVER)
    done = client.post(page(world, "reconciliation_close", found.pk), {"note": "Lengkap"})
    assert done.status_code == 302
    paper = client.get(page(world, "reconciliation_paper", found.pk))
    assert paper["Content-Type"] == "application/pdf"
    assert "Unduh berita acara" in client.get(done.url).content.decode()


def test_a_class_can_be_taken_along(world, found, client):
    in_role(client, world, Role.AUDITOR)
    answer = client.post(
        page(world, "differences_export", found.pk, "not_billed"), {"format": "csv"}
    )
    told = b"".join(answer.streaming_content).decode()
    assert "Orang 2" in told
    assert client.get(page(world, "differences", found.pk, "nothing")).status_code == 404
