"""The bulk question: any list of numbers and names, answered line by line."""

import datetime as dt
import json
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from core import private_files, runs
from core.errors import DomainError
from core.models import Run
from core.months import add_months, this_month
from core.tenancy import scope
from enrollment.models import BatchRow, EnrollmentBatch
from reports import tasks
from reports.bulk import keeping, reading
from reports.bulk.answering import answers_to
from reports.bulk.keeping import Question
from reports.bulk.lines import Asked, TooManyLines, of_text, read
from reports.proof.answer import judge
from reports.proof.records import look_up
from tests import factories

NIK = "3510014303850012"
SCOPE_STATEMENTS = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT set_config")


def lines(text):
    """A pasted text as its lines."""
    return read(of_text(text))


@pytest.mark.parametrize(
    "written",
    [
        NIK,
        f"'{NIK}",
        f'="{NIK}"',
        "3510 0143 0385 0012",
        "3510.0143.0385.0012",
        "3510-0143-0385-0012",
        "35.10.01.430385.0012",
        "3510\u00a00143\u00a00385\u00a00012",
        f"1. {NIK}",
        f"12 {NIK}",
        "7 3510 0143 0385 0012",
        f"{NIK}\t",
        f"NIK: {NIK}",
    ],
)
def test_a_number_is_read_however_it_is_written(written):
    (line,) = lines(written)
    assert line.nik == NIK
    assert NIK not in line.shown


@pytest.mark.parametrize(
    "written",
    [
        f"{NIK}\tSITI AMINAH",
        f"SITI AMINAH\t{NIK}",
        f"SITI AMINAH, {NIK}",
        f"{NIK},SITI AMINAH",
        f"{NIK} SITI AMINAH",
        f"3. SITI AMINAH {NIK}",
        f"SITI AMINAH;{NIK}",
        "1\tSITI AMINAH\t3510 0143 0385 0012\t081234567890",
    ],
)
def test_number_and_name_come_in_any_order(written):
    (line,) = lines(written)
    assert (line.nik, line.name) == (NIK, "SITI AMINAH")


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("3,51001E+15", "nik_number"),
        ("3.51001430385E+15 SITI AMINAH", "nik_number"),
        ("351001430385001", "nik_length"),
        ("35100143038500123", "nik_length"),
        ("351OO14303850012", "nik_letters"),
    ],
)
def test_a_damaged_number_is_explained_and_never_mended(written, fault):
    (line,) = lines(written)
    assert (line.nik, line.fault) == ("", fault)
    assert line.explained
    assert not any(len(word) > 4 and word.isdigit() for word in line.shown.split())


def test_a_number_cell_of_a_spreadsheet_is_damaged():
    (line,) = read([("", 1, [1, float(NIK), "Siti"])])
    assert (line.fault, line.name) == ("nik_number", "Siti")


@pytest.mark.parametrize(
    "nothing",
    ["", "\n\n \n", "-", "1\n2\n3", "081234567890", ";;;\t\t", "\x00\x01", "x", "JUMLAH 3"],
)
def test_nothing_in_a_text_is_said_so(nothing):
    with pytest.raises(DomainError) as refused:
        reading.pasted(nothing)
    assert refused.value.code == "nothing_asked"


def test_a_heading_tells_which_columns_count():
    found = lines(
        f"DAFTAR KADER DESA MAJU\nNO\tNAMA\tNAMA IBU\tNIK\n1\tSITI\tAMINAH\t{NIK}\n2\tDEWI"
    )
    assert [(each.number, each.nik, each.name) for each in found] == [
        (3, NIK, "SITI"),
        (4, "", "DEWI"),
    ]


def test_hostile_lines_are_only_text():
    evil = [
        "<script>alert(1)</script>",
        '=HYPERLINK("x")',
        "'; DROP TABLE cadres_cadre; --",
        "9" * 5000,
    ]
    found = lines("\n".join(evil))
    assert all(len(each.name) <= 120 for each in found)
    assert found[-1].fault == "nik_length"


def test_too_many_lines_are_refused():
    with pytest.raises(TooManyLines):
        read((("", number, [f"Orang {'ABCDEFGHIJ'[number]}"]) for number in range(10)), most=9)


db = pytest.mark.django_db


@pytest.fixture
def people(world):
    """One of each: covered, ended, waiting, returned, not enrolled, dead, and two of one name."""
    first, second = world.villages[:2]
    today = timezone.localdate()
    with scope(world.regency.pk):
        made = {
            "covered": factories.cadre(first, name="SITI CONTOH"),
            "ended": factories.cadre(first, name="DEWI SELESAI"),
            "waiting": factories.cadre(first, name="RINA TUNGGU"),
            "prepared": factories.cadre(first, name="RARA SUSUN"),
            "returned": factories.cadre(first, name="WATI KEMBALI"),
            "not_enrolled": factories.cadre(second, name="NUR BARU"),
            "deceased": factories.cadre(
                second, name="ALM TUTI", died_on=today - dt.timedelta(days=40)
            ),
            "not_yet": factories.cadre(second, name="YANI NANTI"),
            "twin": factories.cadre(first, name="SRI KEMBAR"),
            "other_twin": factories.cadre(second, name="SRI KEMBAR"),
        }
        month = this_month()
        factories.coverage(made["covered"], starts_on=month)
        factories.coverage(
            made["ended"],
            starts_on=add_months(month, -3),
            ends_on=month - dt.timedelta(days=1),
            end_reason="stopped",
        )
        factories.coverage(made["not_yet"], starts_on=add_months(month, 1))
        for kind, status, batch in (
            ("waiting", "waiting", "submitted"),
            ("prepared", "waiting", "draft"),
            ("returned", "returned", "returned"),
        ):
            put_forward(made[kind], status, batch)
    return made


def put_forward(person, status, batch):
    """A row in a batch of its own."""
    made = EnrollmentBatch.objects.create(
        number=f"PD-{person.pk}",
        status=batch,
        fund_source=factories.fund_source(),
        first_month=this_month(),
        prepared_by_id=1,
        submitted_at=timezone.now() if batch != "draft" else None,
    )
    return BatchRow.objects.create(
        batch=made,
        cadre=person,
        village=person.village,
        category="posyandu_cadre",
        status=status,
        reason="name_mismatch" if status == "returned" else "",
        reason_text="Lihat KTP" if status == "returned" else "",
        decided_at=timezone.now() if status == "returned" else None,
    )


def client_of(actor) -> Client:
    """A browser that is signed in."""
    client = Client()
    client.force_login(actor.user)
    return client


def asked(world, text, role=Role.DISTRICT_OFFICER, day=None):
    """The answers to a pasted text, as somebody in a role."""
    actor = world[role]
    villages = actor.membership.village_ids() or ()
    question = Question(reading.pasted(text), day or timezone.localdate())
    with scope(world.regency.pk, villages=villages, by=actor.id):
        return answers_to(question, actor, world.regency.slug)


def address(world, tail=""):
    """Where lists are asked about."""
    return f"/r/{world.regency.slug}/bukti/daftar/{tail}"


@db
def test_every_kind_of_answer_in_the_order_of_the_list(world, people):
    kinds = [kind for kind in people if "twin" not in kind]
    text = (
        "\n".join(people[kind].nik for kind in kinds)
        + "\nSRI KEMBAR\nSITI CONTO\nORANG ASING\n1,5E+15"
    )
    told = asked(world, text)
    wanted = [*kinds, "several", "similar", "not_found", "unreadable"]
    assert [each.kind.code for each in told] == wanted
    by_kind = {each.kind.code: each for each in told}
    assert by_kind["covered"].since == this_month()
    assert by_kind["covered"].fund_source == "APBD 2026"
    assert "•" in by_kind["covered"].member_no
    assert "berhenti" in by_kind["ended"].because
    assert "Lihat KTP" in by_kind["returned"].because
    assert len(by_kind["several"].others) == 2
    assert by_kind["similar"].others[0].name == "SITI CONTOH"
    assert all(each.steps for each in told if each.kind.code != "deceased")


@db
@pytest.mark.parametrize("back", [0, 20, 45, -40])
def test_a_line_and_the_proof_of_its_person_agree(world, people, back):
    day = timezone.localdate() - dt.timedelta(days=back)
    told = asked(world, "\n".join(each.nik for each in people.values()), day=day)
    with scope(world.regency.pk):
        for answer, person in zip(told, people.values(), strict=True):
            assert answer.kind.covered == judge(look_up(person, day).evidence).answer, person.name


@db
def test_names_find_one_person_and_say_that_the_number_is_missing(world, people):
    (one,) = asked(world, "Siti  Contoh, S.Pd")
    assert one.person.id == people["covered"].pk
    assert any("NIK" in note for note in one.notes)


@db
def test_a_number_that_nobody_has_does_not_become_its_namesake(world, people):
    (one,) = asked(world, f"{NIK[:-4]}9999 SITI CONTOH")
    assert one.kind.code == "not_found"
    assert one.person is None
    assert [each.name for each in one.others] == ["SITI CONTOH"]


@db
def test_the_number_of_a_merged_record_leads_to_the_kept_one(world, people):
    with world.scope():
        people["not_enrolled"].merged_into = people["covered"]
        people["not_enrolled"].save(update_fields=["merged_into"])
    (one,) = asked(world, people["not_enrolled"].nik)
    assert (one.kind.code, one.person.id) == ("covered", people["covered"].pk)
    assert asked(world, "NUR BARU")[0].kind.code == "not_found"


@db
def test_another_name_beside_the_number_is_told(world, people):
    (one,) = asked(world, f"{people['covered'].nik} JOKO LAIN")
    assert one.kind.code == "covered"
    assert any("berbeda" in note for note in one.notes)


@db
def test_who_stands_twice_is_told(world, people):
    told = asked(
        world, f"{people['covered'].nik}\nDEWI SELESAI\nSITI CONTOH\n{people['covered'].nik}"
    )
    assert [any("baris 1" in note for note in each.notes) for each in told] == [
        False,
        False,
        True,
        True,
    ]


@db
def test_a_village_sees_its_own_people_only(world, people):
    text = "\n".join([people["covered"].nik, people["not_enrolled"].nik, "SRI KEMBAR", "NUR BARU"])
    told = asked(world, text, Role.VILLAGE_OPERATOR)
    assert [each.kind.code for each in told] == [
        "covered",
        "not_found",
        "not_enrolled",
        "not_found",
    ]
    assert told[2].person.id == people["twin"].pk


@db
def test_cover_in_another_regency_is_told_to_officers_and_nothing_else(world, elsewhere, people):
    with scope(elsewhere.regency.pk):
        theirs = factories.cadre(elsewhere.villages[0], name="RAHASIA LAIN")
        factories.coverage(theirs, starts_on=this_month(), source=factories.fund_source("RAHASIA"))
    for role, kind in (
        (Role.DISTRICT_OFFICER, "elsewhere"),
        (Role.BRANCH_OFFICER, "elsewhere"),
        (Role.AUDITOR, "not_found"),
        (Role.VILLAGE_OPERATOR, "not_found"),
    ):
        (one,) = asked(world, theirs.nik, role)
        assert one.kind.code == kind, role
        assert (one.person, one.fund_source, one.since) == (None, "", None)
    page = client_of(world[Role.DISTRICT_OFFICER]).post(
        address(world), {"text": theirs.nik, "day": timezone.localdate().isoformat()}
    )
    text = page.content.decode()
    assert "JKK, JKM" in text
    assert "RAHASIA" not in text
    assert elsewhere.regency.name not in text


@db
def test_the_number_of_statements_does_not_grow(world, people):
    def statements(text):
        with CaptureQueriesContext(connection) as captured:
            asked(world, text, day=timezone.localdate() - dt.timedelta(days=1))
        return [q["sql"] for q in captured if not q["sql"].startswith(SCOPE_STATEMENTS)]

    niks = "\n".join(each.nik for each in people.values())
    with world.scope():
        many = factories.many_cadres(world.villages[0], 150)
    few = statements(f"{niks}\nSITI CONTO\nSITI CONTOH")
    more = "\n".join(f"{each.nik} {each.name}" for each in many)
    names = "\n".join(f"ORANG {'ABCDEFGHIJ'[n % 10] * (1 + n // 10)}" for n in range(250))
    assert len(statements(f"{niks}\n{more}\n{names}\nSITI CONTOH")) == len(few) <= 11


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
        with CaptureQueriesContext(connection):
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
