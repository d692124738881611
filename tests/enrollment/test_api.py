"""A batch through the API: prepared, submitted, reviewed, covered; and what a stranger sees."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts import tokens
from accounts.roles import Role
from core import months
from enrollment.actions.branches import set_columns
from enrollment.models import Coverage
from tests import factories


def client(actor) -> APIClient:
    """A client with the actor's token."""
    _row, text = tokens.create(actor.user, "test")
    found = APIClient()
    found.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    return found


@pytest.fixture
def office(world):
    """A world with three cadres and a fund source."""
    with world.scope():
        for at in range(3):
            factories.cadre(world.villages[0], nik=f"351001500385000{at}")
        world.source = factories.fund_source()
    world.url = f"/api/v1/r/{world.regency.slug}/"
    return world


def prepared(world, **fields) -> dict:
    """A draft made by the officer."""
    body = {
        "fund_source": world.source.pk,
        "programme": "JKK_JKM",
        "segment": "BPU",
        "first_month": months.this_month().isoformat()[:7],
        "note": "Kader posyandu",
        **fields,
    }
    answer = client(world[Role.DISTRICT_OFFICER]).post(
        f"{world.url}enrollment-batches/", body, format="json"
    )
    assert answer.status_code == 201, answer.json()
    return answer.json()


def submitted(world) -> dict:
    """A batch that waits for the branch."""
    batch = prepared(world)
    answer = client(world[Role.DISTRICT_APPROVER]).post(
        f"{world.url}enrollment-batches/{batch['id']}/submit/"
    )
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_a_batch_goes_from_draft_to_cover(office):
    batch = submitted(office)
    branch = client(office[Role.BRANCH_OFFICER])
    rows = branch.get(f"{office.url}enrollment-batches/{batch['id']}/rows/").json()["results"]
    assert "••••" in rows[0]["nik"]
    decisions = [
        {"row": rows[0]["id"], "decision": "accept", "member_no": "24081234501"},
        {"nik": "3510015003850001", "decision": "accept", "member_no": "24081234502"},
        {"row": rows[2]["id"], "decision": "return", "reason": "nik_mismatch", "reason_text": "x"},
    ]
    answer = branch.post(
        f"{office.url}enrollment-batches/{batch['id']}/review/",
        {"decisions": decisions, "finish": True},
        format="json",
    )
    assert answer.status_code == 200, answer.json()
    assert answer.json()["status"] == "active"
    assert answer.json()["counts"] == {"total": 3, "waiting": 0, "accepted": 2, "returned": 1}
    month = months.this_month().isoformat()[:7]
    found = branch.get(f"{office.url}coverages/?month={month}").json()
    assert found["count"] == 2
    assert found["results"][0]["member_no"] == "2408•••••01"


@pytest.mark.parametrize("heading", ["Nomor peserta", "Kartu anggota"])
def test_the_list_of_the_branch_may_be_a_file(office, heading):
    """With the usual heading, and with one that the branch gave its column itself."""
    chosen = [("nik", "NIK"), ("member_no", heading)]
    set_columns(by=office[Role.BRANCH_OFFICER].user, branch=office.branch, chosen=chosen)
    batch = submitted(office)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    lines = [("NIK", heading, "Status", "Alasan")]
    lines += [(f"351001500385000{at}", f"2408123450{at}", "", "") for at in range(3)]
    for number, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(number, column, text)
    book.close()
    answer = client(office[Role.BRANCH_OFFICER]).post(
        f"{office.url}enrollment-batches/{batch['id']}/review/",
        {"file": SimpleUploadedFile("hasil.xlsx", content.getvalue()), "finish": "true"},
        format="multipart",
    )
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["accepted"], answer.json()["status"]) == (3, "active")


def test_decisions_about_unknown_people_change_nothing(office):
    batch = submitted(office)
    answer = client(office[Role.BRANCH_OFFICER]).post(
        f"{office.url}enrollment-batches/{batch['id']}/review/",
        {"decisions": [{"nik": "1" * 16, "decision": "accept"}], "accept_rest": True},
        format="json",
    )
    assert answer.status_code == 400
    assert answer.json()["code"] == "decisions_invalid"
    with office.scope():
        assert not Coverage.objects.exists()


def test_repeating_a_request_with_its_key_prepares_once(office):
    officer = client(office[Role.DISTRICT_OFFICER])
    body = {"fund_source": office.source.pk, "first_month": "2026-12", "segment": "BPU"}
    answers = [
        officer.post(
            f"{office.url}enrollment-batches/",
            body,
            format="json",
            headers={"Idempotency-Key": "k"},
        )
        for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]


def test_an_unknown_village_is_refused_and_never_means_everybody(office):
    answer = client(office[Role.DISTRICT_OFFICER]).post(
        f"{office.url}enrollment-batches/",
        {"fund_source": office.source.pk, "first_month": "2026-12", "village": "9999999999"},
        format="json",
    )
    assert answer.status_code == 400
    assert answer.json()["code"] == "village_unknown"


def test_a_stranger_finds_nothing(office, elsewhere):
    batch = submitted(office)
    for role in (Role.BRANCH_OFFICER, Role.DISTRICT_OFFICER):
        stranger = client(elsewhere[role])
        assert stranger.get(f"{office.url}enrollment-batches/{batch['id']}/").status_code == 404
        there = office.url.replace("banyuwangi", "jember")
        assert stranger.get(f"{there}enrollment-batches/{batch['id']}/").status_code == 404


def test_roles_do_only_their_own_part(office):
    batch = prepared(office)
    url = f"{office.url}enrollment-batches/{batch['id']}/"
    assert client(office[Role.DISTRICT_OFFICER]).post(f"{url}submit/").status_code == 403
    assert client(office[Role.DISTRICT_OFFICER]).post(f"{url}review/").status_code == 403
    assert client(office[Role.VILLAGE_OPERATOR]).get(url).status_code == 403
    assert client(office[Role.BRANCH_OFFICER]).get(url).status_code == 404
    assert client(office[Role.AUDITOR]).delete(url).status_code == 403


def test_ending_a_cover_keeps_its_month_and_frees_the_next(office):
    with office.scope():
        person = factories.cadre(office.villages[0])
        cover = factories.coverage(person, starts_on=months.this_month())
    answer = client(office[Role.DISTRICT_OFFICER]).post(
        f"{office.url}coverages/{cover.pk}/end/",
        {"on": months.this_month().isoformat(), "reason": "stopped"},
        format="json",
    )
    assert answer.status_code == 200, answer.json()
    with office.scope():
        assert Coverage.objects.active_in(months.this_month()).count() == 1
        assert not Coverage.objects.active_in(months.add_months(months.this_month(), 1)).exists()
