"""Every page of enrollment as the roles see it, with its query budget."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from core import months
from enrollment import actions
from enrollment.models import BatchRow, Coverage, EnrollmentBatch, FundSource
from enrollment.queries import Choice
from tests import factories

BUDGET = 12
SHELL = 10  # session, user, memberships, regency, and the four statements of the scope


@pytest.fixture
def office(world):
    """A draft, a submitted batch, and a cover."""
    with world.scope():
        world.people = [factories.cadre(world.villages[at % 2]) for at in range(6)]
        world.source = factories.fund_source()
        world.cover = factories.coverage(world.people[0], starts_on=months.this_month())
        world.draft = prepared(world, world.people[1:3])
        world.sent = prepared(world, world.people[3:])
        actions.submit(by=world[Role.DISTRICT_APPROVER], batch=world.sent)
    world.url = f"/r/{world.regency.slug}/"
    return world


def prepared(world, people) -> EnrollmentBatch:
    """A draft of these people."""
    return actions.prepare(
        by=world[Role.DISTRICT_OFFICER],
        fund_source=world.source,
        segment="BPU",
        first_month=months.this_month(),
        choice=Choice(cadre_ids=[each.pk for each in people]),
    )


def pages(world) -> list[tuple[str, str]]:
    """Who opens what."""
    officer, approver = Role.DISTRICT_OFFICER, Role.DISTRICT_APPROVER
    branch, village = Role.BRANCH_OFFICER, Role.VILLAGE_OPERATOR
    month = months.this_month().isoformat()[:7]
    new = f"pendaftaran/baru/?first_month={month}&fund_source={world.source.pk}&segment=BPU"
    return [
        (officer, "pendaftaran/"),
        (officer, "pendaftaran/?status=draft"),
        (officer, "pendaftaran/baru/"),
        (officer, new),
        (officer, f"pendaftaran/{world.draft.pk}/"),
        (officer, f"pendaftaran/{world.draft.pk}/hapus/"),
        (approver, f"pendaftaran/{world.draft.pk}/ajukan/"),
        (branch, f"pendaftaran/{world.sent.pk}/"),
        (branch, f"pendaftaran/{world.sent.pk}/tinjau/"),
        (branch, f"pendaftaran/{world.sent.pk}/tinjau/?status=all"),
        (branch, f"pendaftaran/{world.sent.pk}/tinjau/unggah/"),
        (branch, f"pendaftaran/{world.sent.pk}/tinjau/selesai/"),
        (officer, "pendaftaran/perjanjian/"),
        (village, "kepesertaan/"),
        (village, f"kepesertaan/?month={month}&ended=false"),
        (village, f"kepesertaan/{world.cover.pk}/"),
        (village, f"kepesertaan/{world.cover.pk}/nomor/"),
        (village, "kepesertaan/dikembalikan/"),
        (officer, f"kepesertaan/{world.cover.pk}/akhiri/"),
        (officer, f"kepesertaan/{world.cover.pk}/penghasilan/"),
        (officer, "anggaran/sumber/"),
        (officer, "anggaran/sumber/baru/"),
        (officer, f"anggaran/sumber/{world.source.pk}/"),
        (branch, f"anggaran/sumber/{world.source.pk}/"),
    ]


def test_every_page_opens_for_its_role_within_its_budget(office, client):
    for role, path in pages(office):
        client.force_login(office[role].user)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(office.url + path)
        assert answer.status_code == 200, path
        assert len(queries) <= BUDGET + SHELL, f"{path}: {len(queries)}"
        for person in office.people:
            assert person.nik not in answer.content.decode()


def test_a_stranger_finds_no_page(office, elsewhere, client):
    client.force_login(elsewhere[Role.BRANCH_OFFICER].user)
    for path in (f"pendaftaran/{office.sent.pk}/", f"pendaftaran/{office.sent.pk}/tinjau/"):
        assert client.get(office.url + path).status_code == 404
        assert client.get(f"/r/jember/{path}").status_code == 404


def test_a_village_sees_only_its_own_cover(office, client):
    with office.scope():
        other = factories.coverage(
            factories.cadre(office.villages[1]), starts_on=months.this_month()
        )
    client.force_login(office[Role.VILLAGE_OPERATOR].user)
    assert client.get(f"{office.url}kepesertaan/{other.pk}/").status_code == 404


def test_the_officer_prepares_after_seeing_the_count(office, client):
    with office.scope():
        factories.cadre(office.villages[0])
    client.force_login(office[Role.DISTRICT_OFFICER].user)
    told = {
        "first_month": months.this_month().isoformat()[:7],
        "fund_source": office.source.pk,
        "segment": "BPU",
    }
    seen = client.get(f"{office.url}pendaftaran/baru/", told)
    assert seen.context["counted"].eligible == 1
    assert client.post(f"{office.url}pendaftaran/baru/", told).status_code == 302
    with office.scope():
        assert EnrollmentBatch.objects.latest("id").rows.count() == 1


def test_the_branch_answers_on_the_page_and_finishes(office, client):
    client.force_login(office[Role.BRANCH_OFFICER].user)
    with office.scope():
        rows = list(office.sent.rows.order_by("id"))
    url = f"{office.url}pendaftaran/{office.sent.pk}/tinjau/"
    numbers = {f"nomor-{row.pk}": f"2408123450{at}" for at, row in enumerate(rows[:2])}
    assert client.post(url, {"act": "accept", **numbers}).status_code == 302
    answer = {"act": "return", "pilih": rows[2].pk, "reason": "incomplete", "reason_text": "KK"}
    assert client.post(url, answer).status_code == 302
    assert client.post(f"{url}selesai/").status_code == 302
    with office.scope():
        assert Coverage.objects.filter(batch_row__batch=office.sent).count() == 2
        assert BatchRow.objects.get(pk=rows[2].pk).reason_text == "KK"


def test_a_mistyped_number_is_named_with_its_person(office, client):
    client.force_login(office[Role.BRANCH_OFFICER].user)
    with office.scope():
        row = office.sent.rows.select_related("cadre").first()
    answer = client.post(
        f"{office.url}pendaftaran/{office.sent.pk}/tinjau/",
        {"act": "accept", f"nomor-{row.pk}": "123"},
    )
    assert answer.status_code == 200
    assert row.cadre.name in answer.context["problems"][0]


def test_the_download_is_a_write_and_is_in_the_trail(office, client):
    client.force_login(office[Role.BRANCH_OFFICER].user)
    url = f"{office.url}pendaftaran/{office.sent.pk}/unduh/"
    assert client.get(url).status_code == 405
    answer = client.post(url)
    assert answer["Content-Type"].endswith("sheet")
    assert "mengunduh" in client.get(f"{office.url}pendaftaran/{office.sent.pk}/").content.decode()


def test_a_member_number_is_shown_for_a_reason_only(office, client):
    client.force_login(office[Role.VILLAGE_OPERATOR].user)
    url = f"{office.url}kepesertaan/{office.cover.pk}/nomor/"
    with office.scope():
        number = Coverage.objects.get(pk=office.cover.pk).member_no
    assert number not in client.post(url, {"reason": ""}).content.decode()
    shown = client.post(url, {"reason": "Klaim rumah sakit"}).content.decode()
    assert number in shown
    assert "Klaim rumah sakit" in shown


def test_two_fund_sources_never_share_a_name(office, client):
    client.force_login(office[Role.DISTRICT_OFFICER].user)
    told = {"name": office.source.name, "kind": "regency_budget", "billed_to": "regency"}
    answer = client.post(f"{office.url}anggaran/sumber/baru/", told)
    assert answer.status_code == 200
    assert "name" in answer.context["form"].errors
    assert (
        client.post(
            f"{office.url}anggaran/sumber/baru/", {**told, "name": "APBDes 2026"}
        ).status_code
        == 302
    )
    with office.scope():
        assert FundSource.objects.count() == 2
