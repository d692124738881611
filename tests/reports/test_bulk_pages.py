"""The pages, files, runs and API of the bulk question."""

import datetime as dt
import json
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from core import private_files, runs
from core.errors import DomainError
from core.models import Run
from reports import tasks
from reports.bulk import keeping
from reports.bulk.keeping import Question
from reports.bulk.lines import Asked
from tests.reports.bulk import address, client_of, people

__all__ = ["people"]
db = pytest.mark.django_db


@db
def test_the_page_masks_numbers_filters_and_turns(world, people):
    client = client_of(world[Role.DISTRICT_OFFICER])
    text = "\n".join(each.nik for each in people.values())
    page = client.post(address(world), {"text": text, "day": timezone.localdate().isoformat()})
    body = page.content.decode()
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert not any(each.nik in body for each in people.values())
    assert "DEWI SELESAI" in body
    again = client.post(address(world), {"list": page.context["packed"], "show": "covered.7"})
    body = again.content.decode()
    assert "SITI CONTOH" in body
    assert "DEWI SELESAI" not in body
    with world.scope():
        event = Event.objects.get(kind="cover.asked")
        assert event.facts == {
            "rows": 10,
            "day": timezone.localdate().isoformat(),
            "yes": 1,
            "no": 9,
            "disputed": 0,
            "unknown": 0,
        }


@db
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_answers_are_taken_along(world, people, form):
    client = client_of(world[Role.DISTRICT_OFFICER])
    text = f"{people['covered'].nik}\n=1+1 SITI\n{people['ended'].nik}"
    page = client.post(address(world), {"text": text, "day": timezone.localdate().isoformat()})
    sealed = {"list": page.context["packed"], "format": form}
    file = b"".join(client.post(address(world, "ekspor/"), sealed).streaming_content)
    if form == "csv":
        rows = file.decode("utf-8-sig").splitlines()
    else:
        rows = [*openpyxl.load_workbook(BytesIO(file)).active.values]
    assert len(rows) == 4
    assert people["covered"].nik not in str(rows)
    one = client.post(address(world, "ekspor/"), sealed | {"kind": "ended", "format": "csv"})
    assert len(b"".join(one.streaming_content).splitlines()) == 2
    with world.scope():
        assert Event.objects.filter(kind="list.exported", facts__list="jawaban-daftar").count() == 2


@db
def test_a_sealed_list_opens_for_its_asker_and_for_a_day(world, elsewhere, people):
    client = client_of(world[Role.DISTRICT_OFFICER])
    told = {"text": people["covered"].nik, "day": timezone.localdate().isoformat()}
    sealed = {"list": client.post(address(world), told).context["packed"]}
    for somebody, place in ((world[Role.AUDITOR], world), (elsewhere[Role.AUDITOR], elsewhere)):
        page = client_of(somebody).post(address(place), sealed)
        assert "SITI CONTOH" not in page.content.decode()
        assert client_of(somebody).post(address(place, "ekspor/"), sealed).status_code == 302
    for broken in ("", "x", "é", sealed["list"][:-6], sealed["list"][4:]):
        assert client.post(address(world), {"list": broken}).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        fresh = client_of(world[Role.DISTRICT_OFFICER])
        assert "SITI CONTOH" not in fresh.post(address(world), sealed).content.decode()


@db
@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "Tempel daftarnya"),
        ({"text": "   "}, "Tempel daftarnya"),
        ({"text": "1\n2"}, "Tidak ada NIK atau nama"),
        ({"text": "Siti", "day": "1900-01-01"}, "antara 1 Januari 2014"),
        ({"text": "Siti", "day": "besok"}, "Tulis tanggal"),
    ],
)
def test_what_cannot_be_asked_is_said_so(world, told, sentence):
    told = {"day": timezone.localdate().isoformat()} | told
    page = client_of(world[Role.DISTRICT_OFFICER]).post(address(world), told)
    assert page.status_code == 200
    assert sentence in page.content.decode()


def workbook(*rows) -> bytes:
    """An XLSX file."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@db
def test_files_are_read_and_strange_ones_refused(world, people):
    client, day = client_of(world[Role.DISTRICT_OFFICER]), timezone.localdate().isoformat()
    nik = people["covered"].nik
    good = {
        "a.xlsx": workbook(["Daftar kader"], ["No", "Nama", "NIK"], [1, "Siti Contoh", nik]),
        "a.csv": f"No;NIK;Nama\n1;'{nik};Siti Contoh\n".encode(),
    }
    for name, content in good.items():
        page = client.post(address(world), {"file": SimpleUploadedFile(name, content), "day": day})
        assert [each.kind.code for each in page.context["page"]] == ["covered"], name
    number = workbook(["NIK", "Nama"], [int(nik), "Bukan Siapa"])
    page = client.post(address(world), {"file": SimpleUploadedFile("b.xlsx", number), "day": day})
    assert [each.kind.code for each in page.context["page"]] == ["unreadable"]
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04rusak", b"<html><table>", b"NIK;NAMA\n"):
        file = SimpleUploadedFile("c.xlsx", content)
        page = client.post(address(world), {"file": file, "day": day})
        assert page.status_code == 200
        assert page.context["form"].errors["file"], content


@db
def test_a_long_list_is_answered_by_a_run_and_forgotten(world, people, settings, tmp_path):
    settings.KJ_PRIVATE_ROOT = tmp_path
    client = client_of(world[Role.DISTRICT_OFFICER])
    names = "\n".join(f"{people['covered'].nik} Orang" for _ in range(2001))
    page = client.post(address(world), {"text": names, "day": timezone.localdate().isoformat()})
    assert page.status_code == 302
    assert page["Location"].startswith(f"/r/{world.regency.slug}/")
    with world.scope():
        run = Run.objects.get(kind="export")
        kept = private_files.path_of(run.plan["ids"]["file"])
    assert people["covered"].nik.encode() not in kept.read_bytes()
    assert client.get(page["Location"]).status_code == 200
    with world.scope():
        part = run.parts.get()
        runs.kind_named("export").do(run, part)
        file = private_files.path_of(part.payload["file"])
        rows = [*openpyxl.load_workbook(file).active.values]
        assert Event.objects.get(kind="cover.asked").facts["rows"] == 2001
    assert len(rows) == 2002
    assert rows[1][4] == "ya"


@db
def test_lists_that_nobody_answered_are_deleted_after_a_day(world, settings, tmp_path):
    settings.KJ_PRIVATE_ROOT = tmp_path
    officer = world[Role.DISTRICT_OFFICER]
    with world.scope():
        name = keeping.put_aside(Question([Asked(1, name="Siti")], timezone.localdate()), officer)
        assert keeping.taken_up(name, officer).lines[0].name == "Siti"
    assert tasks.forget_questions() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        assert tasks.forget_questions() == 1
    with world.scope(), pytest.raises(DomainError):
        keeping.taken_up(name, officer)


def api(world, role=Role.DISTRICT_OFFICER):
    """The API's address, and headers with a token."""
    _row, text = tokens.create(world[role].user, "test")
    url = f"/api/v1/r/{world.regency.slug}/coverage-questions/"
    return url, {"Authorization": f"Bearer {text}"}


@db
def test_the_api_answers_lines_and_files(world, people):
    url, headers = api(world, Role.AUDITOR)
    nik = people["covered"].nik
    body = json.dumps({"lines": [nik, "SRI KEMBAR", "", "3,5E+15"]})
    answer = Client().post(url, body, content_type="application/json", headers=headers)
    assert answer.status_code == 200
    told = answer.json()
    assert told["counts"] == {"covered": 1, "several": 1, "unreadable": 1}
    assert [each["line"] for each in told["answers"]] == [1, 2, 4]
    assert told["answers"][0]["cadre"] == people["covered"].pk
    assert len(told["answers"][1]["candidates"]) == 2
    assert nik not in answer.content.decode()
    file = SimpleUploadedFile("a.csv", f"NIK\n{nik}\n".encode())
    answer = Client().post(url, {"file": file, "day": "2015-01-01"}, headers=headers)
    assert [each["kind"] for each in answer.json()["answers"]] == ["not_yet"]
    with world.scope():
        told = [each.facts for each in Event.objects.filter(kind="cover.asked")]
    assert all(set(each) == {"rows", "day", "yes", "no", "disputed", "unknown"} for each in told)
    assert len(told) == 2


@db
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"lines": []},
        {"lines": [""]},
        {"lines": "x"},
        {"lines": ["a b"], "day": "1900-01-01"},
        [],
    ],
)
def test_the_api_refuses_what_is_no_question(world, body):
    url, headers = api(world)
    answer = Client().post(url, json.dumps(body), content_type="application/json", headers=headers)
    assert answer.status_code == 400


@db
def test_the_api_answers_a_long_list_later(world, settings, tmp_path):
    settings.KJ_PRIVATE_ROOT = tmp_path
    url, headers = api(world)
    body = json.dumps({"lines": ["Orang Banyak"] * 2001})
    answer = Client().post(url, body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["lines"]) == (202, 2001)
    with world.scope():
        assert Run.objects.get(pk=answer.json()["export"]).kind == "export"
