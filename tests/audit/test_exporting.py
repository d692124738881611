"""Lists taken along: what is seen and no more, by whom it is seen, told to the trail."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.utils import translation
from django.utils.module_loading import autodiscover_modules

from accounts.roles import Role
from audit import exporting
from audit.models import Event
from audit.timeline import item
from budgets.models import Invoice
from cadres.models import Cadre
from core import exports
from enrollment.models import BatchRow
from tests import factories
from tests.audit import taking
from tests.formulas import PAYLOADS
from tests.guards import objects

LISTS = (
    "kader",
    "desa",
    "posyandu",
    "pendaftaran",
    "isi-pendaftaran",
    "kepesertaan",
    "tagihan",
    "rekap-tagihan",
    "rincian-tagihan",
    "klaim",
    "jejak-audit",
)
# Lists that are empty in that world, or of which it holds a row or two.
OTHERS = (
    "dikembalikan",
    "kelayakan",
    "pengecualian",
    "perjanjian",
    "rekonsiliasi",
    "risiko-daftar",
    "risiko-iuran",
    "risiko-manfaat",
    "risiko-meninggal",
    "risiko-menunggu",
    "risiko-usia",
    "selisih",
)


class _Payloads:
    """A list whose every cell is a payload, as bad as data can be."""

    def __init__(self, sheet):
        self.sheet = sheet

    def get_export_headers(self):
        return self.sheet.get_export_headers()

    def lines(self, _rows):
        columns = len(self.get_export_headers())
        return ([text] * columns for text in PAYLOADS)


@pytest.mark.parametrize("name", LISTS + OTHERS)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_no_column_of_any_list_lets_a_formula_live(name, form):
    out = io.BytesIO()
    listed = exporting.list_named(name)
    count = exports.write(out, form, _Payloads(listed.sheet()), None, title=str(listed.title))
    assert count == len(PAYLOADS) == 40
    if form == "xlsx":
        cells = [cell for row in openpyxl.load_workbook(out).active.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} == {"s"}
        assert not [cell for cell in cells if cell.hyperlink]
    else:
        text = out.getvalue().decode("utf-8-sig")
        cells = [c for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for c in row]
        assert not [cell for cell in cells if exports.LIVE.match(cell)]
    assert len(cells) == 41 * len(listed.sheet().get_export_headers())


def test_every_list_is_tested():
    autodiscover_modules("resources")
    assert set(exporting._lists) == set(LISTS + OTHERS) == set(taking.ADDRESSES)


@pytest.fixture
def hostile(world):
    """A world whose texts are payloads, in every table that a list shows."""
    known = objects.make(world)
    with world.scope():
        for text in PAYLOADS:
            person = factories.cadre(world.villages[0], name=text)
            source = factories.fund_source(text)
            cover = factories.coverage(person, source=source, starts_on=dt.date(2026, 1, 1))
            BatchRow.objects.filter(pk=cover.batch_row_id).update(
                batch_id=known["batch_id"], reason_text=text
            )
            Event.objects.create(
                kind=text,
                object_type="x.y",
                object_id=1,
                actor_name=text,
                facts={"name": text},
            )
        Invoice.objects.update(payer_name=PAYLOADS[0])
    return world, known


@pytest.mark.parametrize("name", LISTS)
def test_hostile_rows_of_the_database_come_out_as_text(hostile, name):
    world, known = hostile
    sheet = taking.sheet(taking.post(world, name, known, format="xlsx"))
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert sheet.max_row > 1
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    rows = taking.lines(taking.post(world, name, known))
    assert not [cell for row in rows for cell in row if exports.LIVE.match(cell)]


@pytest.mark.parametrize("name", OTHERS)
def test_other_lists_are_taken_along_without_a_formula(hostile, name):
    world, known = hostile
    rows = taking.lines(taking.post(world, name, known | {"kind": "not_billed"}))
    assert rows
    assert not [cell for row in rows for cell in row if exports.LIVE.match(cell)]


@pytest.mark.parametrize("name", LISTS)
def test_no_identity_number_and_nobody_else_s_row_is_in_a_file(world, elsewhere, name):
    known, _foreign = objects.make(world), objects.make(elsewhere)
    answer = taking.post(world, name, known)
    assert answer.status_code == 200
    text = taking.content(answer).decode()
    with world.scope():
        numbers = [person.nik for person in Cadre.objects.all()]
    assert objects.mark_of(elsewhere) not in text
    assert not [number for number in numbers if number in text]
    assert objects.mark_of(world) not in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", LISTS)
def test_who_may_not_see_the_page_may_not_take_its_list(world, name):
    known, perm = objects.make(world), exporting.list_named(name).perm
    for role in Role:
        if not world[role].may(perm):
            status = taking.post(world, name, known, role=role).status_code
            assert status == (404 if role == Role.PLATFORM_OPERATOR else 403), role


def test_the_number_and_the_member_number_are_masked(world):
    known = objects.make(world)
    person = taking.lines(taking.post(world, "kader"))[1]
    assert "••••" in person[1]
    cover = taking.lines(taking.post(world, "kepesertaan"))[1]
    assert "•••••" in cover[1]
    row = taking.lines(taking.post(world, "isi-pendaftaran", known))[1]
    assert "••••" in row[2]


@pytest.mark.parametrize(
    ("language", "heading"), [("id", "Kecamatan"), ("en", None)], ids=["Bahasa", "English"]
)
def test_headings_are_in_the_reader_s_language(world, language, heading):
    client = taking.client(world)
    client.cookies["django_language"] = language
    answer = client.post(taking.at(world, "kader"), {"format": "csv"})
    with translation.override(language):
        wanted = exporting.list_named("kader").sheet().get_export_headers()
    found = taking.lines(answer)[0]
    assert found == wanted
    assert ("Kecamatan" in found) == (heading is not None)


def test_the_file_has_the_filter_and_the_sorting_of_the_page(world):
    with world.scope():
        factories.cadre(world.villages[0], name="Ani")
        factories.cadre(world.villages[0], name="Zaenab")
        factories.cadre(world.villages[1], name="Budi")
    code = world.villages[0].code
    rows = taking.lines(taking.post(world, "kader", village=code, sort="-name"))
    assert [row[0] for row in rows[1:]] == ["Zaenab", "Ani"]
    page = taking.client(world).get(f"/r/banyuwangi/kader/?village={code}&sort=-name")
    assert page.context["export"] == {
        "url": "/r/banyuwangi/kader/ekspor/",
        "count": 2,
        "fields": [("village", code), ("sort", "-name")],
        "mine": "",
    }
    assert b'name="village" value="' + code.encode() in page.content


def test_a_village_takes_only_its_own_people(world):
    with world.scope():
        factories.cadre(world.villages[0], name="Ani")
        factories.cadre(world.villages[1], name="Budi")
    rows = taking.lines(taking.post(world, "kader", role=Role.VILLAGE_OPERATOR))
    assert [row[0] for row in rows[1:]] == ["Ani"]


def test_the_branch_takes_no_draft(world):
    known = objects.make(world)
    with world.scope():
        batch = BatchRow.objects.get(pk=known["row_id"]).batch
        batch.status = "draft"
        batch.save()
    assert taking.post(world, "isi-pendaftaran", known, Role.BRANCH_OFFICER).status_code == 404
    taken = taking.lines(taking.post(world, "pendaftaran", known, Role.BRANCH_OFFICER))
    assert not [line for line in taken if batch.number in line]
    officers = taking.lines(taking.post(world, "pendaftaran", known))
    assert [line for line in officers if batch.number in line]


def test_an_empty_list_is_its_headings_and_has_no_button(world):
    assert len(taking.lines(taking.post(world, "kader"))) == 1
    assert taking.sheet(taking.post(world, "kader", format="xlsx")).max_row == 1
    assert b"kader/ekspor" not in taking.client(world).get("/r/banyuwangi/kader/").content


def test_what_was_taken_is_told_without_what_was_typed(world):
    with world.scope():
        factories.cadre(world.villages[0], name="Ani Rahasia")
    taking.post(world, "kader", q="rahasia", category="posyandu_cadre")
    with world.scope():
        event = Event.objects.get(kind="list.exported")
        told = item(event)["text"]
    assert event.facts == {
        "list": "kader",
        "rows": 1,
        "format": "CSV",
        "filters": "Nama; Jenis: Kader posyandu",
    }
    assert "rahasia" not in str(event.facts).lower()
    assert "daftar kader: 1 baris" in told


def test_a_health_centre_takes_its_villages_and_is_told_too(world):
    with world.scope():
        factories.cadre(world.villages[1], name="Budi")
        factories.cadre(world.villages[3], name="Candra")
    rows = taking.lines(taking.post(world, "kader", role=Role.HEALTH_CENTRE_OFFICER))
    assert [row[0] for row in rows[1:]] == ["Budi"]
    with world.scope():
        assert Event.objects.get(kind="list.exported").village_id is None


def test_an_unknown_format_is_refused(world):
    assert taking.post(world, "kader", format="exe").status_code == 409


def test_taking_a_list_along_changes_only_the_trail(world):
    known = objects.make(world)
    clients = [taking.client(world), taking.client(world, Role.AUDITOR)]
    before = _writes()
    for name in LISTS:
        for client in clients:
            assert client.post(taking.at(world, name, known), {"format": "csv"}).status_code == 200
    after = _writes()
    assert {table for table in after if after[table] != before.get(table)} == {"audit_event"}


def _writes() -> dict[str, int]:
    """How many rows of each table this transaction has written so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return {table: rows for table, rows in cursor.fetchall() if rows}
