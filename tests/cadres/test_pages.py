"""Pages and API of rosters and people, with the stranger beside the owner."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import ApiToken
from accounts.roles import Role
from accounts.tokens import create
from audit.models import Event
from cadres.models import RosterImport
from core import runs
from tests import factories
from tests.cadres import rosters

ROSTERS = "/api/v1/r/banyuwangi/roster-imports/"


def _at(world, name, *args):
    return reverse(f"cadres:{name}", args=[world.regency.slug, *args])


def _file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("kader benculuk 2026 FIX.xlsx", data)


def _bearer(user) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {create(user, 'uji')[1]}"}


@pytest.fixture
def as_village(world, client):
    client.force_login(world[Role.VILLAGE_OPERATOR].user)
    return client


@pytest.fixture
def roster(world, tmp_path):
    village = world.villages[0]
    lines = [rosters.line(village), rosters.line(village, NIK="351006520385001")]
    data = rosters.xlsx(tmp_path, lines)
    return rosters.checked(world[Role.VILLAGE_OPERATOR], world.regency.pk, data, village)


def test_a_village_goes_from_upload_to_its_number(world, as_village, tmp_path):
    data = rosters.xlsx(tmp_path, [rosters.line(world.villages[0])])
    sent = as_village.post(_at(world, "upload"), {"file": _file(data), "whole": "1"})
    page = sent["Location"]
    assert "Memeriksa daftar" in as_village.get(page).content.decode()
    with world.scope():
        run_id = RosterImport.objects.get().run_id
    runs.drive(world.regency.pk, run_id)
    assert "simpan 1 perubahan" in as_village.get(page).content.decode()
    confirm = as_village.get(f"{page}simpan/")
    assert "1 orang baru dicatat" in confirm.content.decode()
    as_village.post(f"{page}simpan/")
    with world.scope():
        run_id = RosterImport.objects.get().run_id
    runs.drive(world.regency.pk, run_id)
    assert "DK-" in as_village.get(page).content.decode()
    assert len(as_village.get(page).content) < 200_000


def test_findings_are_grouped_and_hide_the_nik(world, as_village, roster):
    page = as_village.get(_at(world, "roster", roster.pk)).content.decode()
    assert "1 baris: NIK bukan 16 angka" in page
    assert "Baris 3" in page
    assert "351006520385001" not in page
    whole = as_village.get(_at(world, "finding", roster.pk, "nik_length")).content.decode()
    assert "tertulis 15 angka" in whole


def test_upload_without_a_file_says_so(world, as_village):
    answer = as_village.post(_at(world, "upload"), {})
    assert answer.status_code == 422
    assert "Pilih berkas daftarnya dulu." in answer.content.decode()


def test_another_regencys_roster_is_not_found(world, elsewhere, client, roster):
    client.force_login(elsewhere[Role.DISTRICT_OFFICER].user)
    assert client.get(_at(elsewhere, "roster", roster.pk)).status_code == 404
    assert client.get(_at(world, "roster", roster.pk)).status_code == 404
    assert client.post(_at(elsewhere, "apply", roster.pk)).status_code == 404


def test_another_villages_roster_is_not_found(world, client, roster):
    other = world.actor(Role.VILLAGE_OPERATOR, "lain@desa.test", village=world.villages[1])
    client.force_login(other.user)
    assert client.get(_at(world, "roster", roster.pk)).status_code == 404


def test_an_auditor_reads_and_may_not_upload(world, client, roster):
    client.force_login(world[Role.AUDITOR].user)
    assert client.get(_at(world, "roster", roster.pk)).status_code == 200
    assert client.get(_at(world, "upload")).status_code == 403
    assert client.post(_at(world, "apply", roster.pk)).status_code == 403


def test_a_nik_in_the_search_box_leads_to_the_person_and_stays_out_of_the_address(world, client):
    with world.scope():
        person = factories.cadre(world.villages[0], "SITI DICARI")
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    answer = client.post(_at(world, "search"), {"q": person.nik})
    assert answer["Location"] == _at(world, "person", person.pk)
    answer = client.post(_at(world, "search"), {"q": "3510069999999999"})
    assert answer.status_code == 404
    answer = client.post(_at(world, "search"), {"q": "siti dicari"})
    assert "SITI DICARI" in client.get(answer["Location"]).content.decode()


def test_the_person_page_masks_and_reveals_once(world, client):
    with world.scope():
        person = factories.cadre(world.villages[0])
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    grouped = "\u00a0".join(person.nik[place : place + 4] for place in range(0, 16, 4))
    page = _at(world, "person", person.pk)
    assert grouped not in client.get(page).content.decode()
    refused = client.post(_at(world, "reveal", person.pk), {"reason": ""})
    assert refused.status_code == 422
    shown = client.post(_at(world, "reveal", person.pk), {"reason": "mencocokkan KTP"})
    assert grouped in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert grouped not in client.get(page).content.decode()
    with world.scope():
        assert Event.objects.filter(kind="cadre.nik_revealed").count() == 1


def test_lists_and_places_take_few_queries(world, client, django_assert_max_num_queries):
    with world.scope():
        for number in range(8):
            person = factories.cadre(world.villages[0], f"KADER {number}")
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    with world.scope():
        post = _at(world, "posyandu", person.assignments.first().posyandu_id)
    for page in (
        _at(world, "list"),
        _at(world, "village", world.villages[0].code),
        _at(world, "imports"),
        post,
    ):
        client.get(page)
        with django_assert_max_num_queries(22):  # 12 of its own; session, door and shell beside
            assert client.get(page).status_code == 200


def test_the_api_takes_a_roster_through_its_states(world, client, tmp_path):
    with world.scope():
        head = _bearer(world[Role.DISTRICT_OFFICER].user)
    village = world.villages[0]
    lines = [rosters.line(village), rosters.line(village, NIK="1")]
    data = rosters.xlsx(tmp_path, lines)
    sent = client.post(
        ROSTERS,
        {"file": _file(data), "village": village.dotted},
        HTTP_IDEMPOTENCY_KEY="satu",
        **head,
    )
    again = client.post(
        ROSTERS,
        {"file": _file(data), "village": village.dotted},
        HTTP_IDEMPOTENCY_KEY="satu",
        **head,
    )
    assert (sent.status_code, sent.json()["status"]) == (201, "checking")
    assert again.json() == sent.json()
    one = f"{ROSTERS}{sent.json()['id']}/"
    assert client.post(f"{one}apply/", **head).status_code == 409
    _drive(world, sent.json()["id"])
    told = client.get(one, **head).json()
    assert told["status"] == "ready"
    assert told["refusal"] is None
    assert told["counts"]["new"] == 1
    assert set(told["findings"][0]) == {
        "row",
        "sheet",
        "column",
        "level",
        "code",
        "message",
        "fix",
    }
    assert client.post(f"{one}apply/", **head).json()["status"] == "applying"
    _drive(world, sent.json()["id"])
    assert client.get(one, **head).json()["status"] == "applied"
    people = client.get("/api/v1/r/banyuwangi/cadres/?search=siti", **head).json()
    assert people["count"] == 1
    assert lines[0]["NIK"] not in str(people)


def _drive(world, roster_id):
    with world.scope():
        run_id = RosterImport.objects.get(pk=roster_id).run_id
    runs.drive(world.regency.pk, run_id)


def test_the_api_hides_what_is_not_yours(world, elsewhere, client, roster, tmp_path):
    head = _bearer(elsewhere[Role.DISTRICT_OFFICER].user)
    assert client.get(f"{ROSTERS}{roster.pk}/", **head).status_code == 404
    there = f"/api/v1/r/jember/roster-imports/{roster.pk}/"
    assert client.get(there, **head).status_code == 404
    head = _bearer(world[Role.VILLAGE_OPERATOR].user)
    data = _file(rosters.xlsx(tmp_path, [rosters.line(world.villages[1])]))
    sent = client.post(ROSTERS, {"file": data, "village": world.villages[1].code}, **head)
    assert sent.status_code == 404
    assert ApiToken.objects.count() == 2
