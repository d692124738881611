"""The branch's queue over its regencies, its desk for one person, and its own columns."""

import io
import json

import openpyxl
import pytest
from django.test import Client

from accounts import tokens
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
from regions.models import Branch
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


def test_the_api_of_a_branch_says_what_its_pages_say(world, elsewhere):
    def caller(actor) -> Client:
        _row, text = tokens.create(actor.user, "tes")
        return Client(headers={"Authorization": f"Bearer {text}"})

    def puts(*chosen, query: str = ""):
        columns = [{"field": field, "heading": heading} for field, heading in chosen]
        body = json.dumps({"columns": columns})
        return client.put(f"{root}columns/{query}", body, content_type="application/json")

    ours, theirs = submitted(world), submitted(elsewhere, 2)
    world.branch.regencies.set([world.regency])
    root, client = "/api/v1/branch/", caller(world[Role.BRANCH_OFFICER])
    for role in (Role.DISTRICT_OFFICER, Role.AUDITOR, Role.PLATFORM_OPERATOR):
        for name in ("queue/", "columns/"):
            assert caller(world[role]).get(root + name).status_code == 404
    assert Client().get(f"{root}queue/").status_code == 401

    # The queue: this branch's regencies only, by page, regency and status.
    [one] = client.get(f"{root}queue/").json()["results"]
    assert (one["batch"], one["regency"], one["waiting"]) == (ours.pk, world.regency.slug, 3)
    assert (one["days"], one["status"]) == (0, "submitted")
    world.branch.regencies.add(elsewhere.regency)
    told = client.get(f"{root}queue/", {"page_size": 1, "page": 2}).json()
    assert (told["count"], len(told["results"])) == (2, 1)
    there = {"regency": elsewhere.regency.slug}
    [one] = client.get(f"{root}queue/", there).json()["results"]
    assert one["batch"] == theirs.pk
    assert client.get(f"{root}queue/", {"status": "in_review"}).json()["count"] == 0

    # The columns: its own, and never another branch's.
    usual = client.get(f"{root}columns/").json()
    assert (usual["branch"], usual["columns"][1]["field"]) == (world.branch.pk, "nik")
    other = Branch.objects.create(name="Cabang Lain")
    for asked in (str(other.pk), "9" * 30, "x", "²"):
        assert client.get(f"{root}columns/", {"branch": asked}).status_code == 404
    assert puts(("nik", "NIK"), query=f"?branch={other.pk}").status_code == 404
    kept = puts(
        ("name", "  Nama \x01 peserta "), ("nik", "=1+1"), query=f"?branch={world.branch.pk}"
    )
    assert [each["heading"] for each in kept.json()["columns"]] == ["Nama peserta", "=1+1"]
    assert BranchColumns.objects.get().updated_by_id == world[Role.BRANCH_OFFICER].id
    for chosen, code in (
        ([("name", "Nama")], "columns_without_nik"),
        ([("nik", "NIK"), ("nik", "KTP")], "column_twice"),
        ([("nik", "NIK"), ("name", "nik")], "heading_twice"),
        ([("nik", "NIK"), ("password", "Sandi")], "column_unknown"),
        ([("nik", "\x02")], "heading_missing"),
    ):
        refused = puts(*chosen)
        assert (refused.status_code, refused.json().get("code")) == (409, code)
    for chosen in ([], [("nik", "N" * 61)], [("nik", "\x00")], [("nik", "NIK")] * 61):
        assert puts(*chosen).status_code == 400
    odd = client.put(f"{root}columns/", "[1]", content_type="application/json")
    assert odd.status_code == 400
    assert client.delete(f"{root}columns/").status_code == 405
    assert columns_of(world.branch.pk) == branch_columns.checked(
        [("name", "Nama peserta"), ("nik", "=1+1")]
    )
    with world.scope():
        made = workbook(ours, columns_of(world.branch.pk))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert (book.active["B1"].value, book.active["B1"].data_type) == ("=1+1", "s")
