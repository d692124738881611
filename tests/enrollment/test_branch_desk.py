"""The branch's queue over its regencies, its desk for one person, and its own columns."""

import io

import openpyxl
import pytest
from django.test import Client

from accounts.roles import Role
from core import months
from core.errors import DomainError
from core.sheets import Row
from enrollment import actions, branch_columns
from enrollment.actions.branches import set_columns
from enrollment.batch_sheets import workbook
from enrollment.models import BatchRow, BranchColumns
from enrollment.queries import Choice
from enrollment.queries.branches import columns_of
from enrollment.queries.queue import branch_queue
from enrollment.review_lists import own_headings, read
from tests import factories

HTMX = {"HX-Request": "true"}


def submitted(world, count=3):
    """A batch of a regency that waits for the branch."""
    with world.scope():
        people = [factories.cadre(world.villages[0]) for _each in range(count)]
        batch = actions.prepare(
            by=world[Role.DISTRICT_OFFICER],
            fund_source=factories.fund_source(),
            segment="BPU",
            first_month=months.this_month(),
            choice=Choice(cadre_ids=[each.pk for each in people]),
        )
        actions.submit(by=world[Role.DISTRICT_APPROVER], batch=batch)
        world.rows = list(batch.rows.order_by("pk"))
    return batch


def client_of(actor) -> Client:
    """A browser that is signed in."""
    client = Client()
    client.force_login(actor.user)
    return client


def test_the_queue_counts_every_regency_of_the_branch_and_no_other(world, elsewhere):
    ours, theirs = submitted(world), submitted(elsewhere, 2)
    world.branch.regencies.set([world.regency])
    [found] = branch_queue([world.regency])
    assert (found.batch_id, found.waiting, found.people) == (ours.pk, 3, 3)
    page = client_of(world[Role.BRANCH_OFFICER]).get("/antrean/").content.decode()
    assert ours.number in page
    world.branch.regencies.add(elsewhere.regency)
    both = branch_queue([world.regency, elsewhere.regency])
    assert {each.batch_id for each in both} == {ours.pk, theirs.pk}
    page = client_of(world[Role.BRANCH_OFFICER]).get("/antrean/").content.decode()
    assert elsewhere.regency.full_name in page


@pytest.mark.parametrize(
    "role", [Role.DISTRICT_OFFICER, Role.VILLAGE_OPERATOR, Role.AUDITOR, Role.PLATFORM_OPERATOR]
)
def test_nobody_else_has_a_queue(world, role):
    assert client_of(world[role]).get("/antrean/").status_code == 404
    assert client_of(world[role]).get("/antrean/kolom/").status_code == 404


def test_an_answer_leads_to_the_next_person_until_nobody_waits(world):
    batch = submitted(world)
    client = client_of(world[Role.BRANCH_OFFICER])
    root = f"/r/{world.regency.slug}/pendaftaran/{batch.pk}/tinjau/"
    address = client.get(f"{root}mulai/")["Location"]
    for number in range(3):
        assert client.get(address).status_code == 200
        answer = client.post(address, {"act": "accept", "member_no": f"2408123451{number}"})
        address = answer["Location"]
    assert address.endswith("?status=all")
    with world.scope():
        assert batch.rows.filter(status=BatchRow.Status.ACCEPTED).count() == 3


def test_the_desk_is_exchanged_in_place(world):
    batch = submitted(world)
    client = client_of(world[Role.BRANCH_OFFICER])
    root = f"/r/{world.regency.slug}/pendaftaran/{batch.pk}/tinjau/orang/"
    first, second, _third = world.rows
    sent = {"act": "return", "reason": "incomplete", "reason_text": "Lengkapi nama ibu"}
    answer = client.post(f"{root}{first.pk}/", sent, headers=HTMX)
    text = answer.content.decode()
    assert text.startswith('<div id="meja"')
    assert answer["HX-Push-Url"] == f"{root}{second.pk}/"
    with world.scope():
        first.refresh_from_db()
    assert (first.status, first.reason) == ("returned", "incomplete")


def test_a_number_that_cannot_be_used_stays_on_the_page_with_its_reason(world):
    batch = submitted(world)
    client = client_of(world[Role.BRANCH_OFFICER])
    root = f"/r/{world.regency.slug}/pendaftaran/{batch.pk}/tinjau/orang/"
    first, second, _third = world.rows
    client.post(f"{root}{first.pk}/", {"act": "accept", "member_no": "24081234511"})
    answer = client.post(f"{root}{second.pk}/", {"act": "accept", "member_no": "24081234511"})
    assert answer.status_code == 200
    assert "sudah dimiliki orang lain" in answer.content.decode()
    short = client.post(f"{root}{second.pk}/", {"act": "accept", "member_no": "12"})
    assert "11 angka" in short.content.decode()
    with world.scope():
        second.refresh_from_db()
    assert second.status == "waiting"


def test_a_person_of_another_batch_is_not_found_here(world, elsewhere):
    batch, theirs = submitted(world), submitted(elsewhere)
    client = client_of(world[Role.BRANCH_OFFICER])
    root = f"/r/{world.regency.slug}/pendaftaran/{batch.pk}/tinjau/orang/"
    assert client.get(f"{root}{elsewhere.rows[0].pk}/").status_code == 404
    slug = f"/r/{world.regency.slug}/pendaftaran/{theirs.pk}/tinjau/mulai/"
    assert client.get(slug).status_code == 404
    assert (
        client_of(world[Role.DISTRICT_OFFICER]).get(f"{root}{world.rows[0].pk}/").status_code == 403
    )


def test_the_branch_sets_order_and_headings_of_its_list(world):
    batch = submitted(world)
    client = client_of(world[Role.BRANCH_OFFICER])
    sent = {
        "act": "save",
        "place-name": "2",
        "heading-name": "NAMA TENAGA KERJA",
        "place-nik": "1",
        "heading-nik": "NIK TK",
        "place-member_no": "3",
        "heading-member_no": "NO KPJ BARU",
    }
    assert client.post("/antrean/kolom/", sent).status_code == 302
    taken = client.post(f"/r/{world.regency.slug}/pendaftaran/{batch.pk}/unduh/")
    sheet = openpyxl.load_workbook(io.BytesIO(taken.content)).active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0] == ("NIK TK", "NAMA TENAGA KERJA", "NO KPJ BARU")
    assert len(lines) == 4
    own = own_headings(columns_of(world.branch.pk))
    cells = [list(lines[0]), [lines[1][0], lines[1][1], "24081234511"]]
    decisions, problems = read([Row("", at, line) for at, line in enumerate(cells, 1)], own)
    assert problems == []
    assert (decisions[0].nik, decisions[0].member_no) == (lines[1][0], "24081234511")


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ([("name", "Nama")], "columns_without_nik"),
        ([("nik", "NIK"), ("name", " ")], "heading_missing"),
        ([("nik", "NIK"), ("name", "nik")], "heading_twice"),
        ([("nik", "NIK"), ("password", "X")], "column_unknown"),
    ],
)
def test_columns_that_cannot_be_read_back_are_refused(world, chosen, code):
    with pytest.raises(DomainError) as refused:
        set_columns(by=world[Role.BRANCH_OFFICER].user, branch=world.branch, chosen=chosen)
    assert refused.value.code == code
    assert not BranchColumns.objects.exists()


def test_every_field_has_a_text_for_every_row(world):
    batch = submitted(world)
    with world.scope():
        every = [branch_columns.Column(each, str(each.heading)) for each in branch_columns.FIELDS]
        assert workbook(batch, every).startswith(b"PK")
