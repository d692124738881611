"""The correction file and the template: a person's own file back, and a file to begin with."""

import gzip
import io

import openpyxl
import pytest
import xlsxwriter
from django.contrib.staticfiles import finders
from django.urls import reverse

from accounts.roles import Role
from audit.models import Event
from cadres.correction_words import MARK, REASON, REMEDY, SUMMARY
from cadres.models import RosterImport
from core import runs
from tests import factories
from tests.cadres import rosters
from tests.cadres.test_roster_desk import BAD_NIK, _sheet, at, checked_again


@pytest.fixture
def as_village(world, client):
    client.force_login(world[Role.VILLAGE_OPERATOR].user)
    return client


def correction(client, world, roster):
    answer = client.get(at(world, "correction_file", roster.pk))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return answer.content


def books(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_correction_file_is_the_own_file_with_what_is_wrong(world, as_village, tmp_path):
    village = world.villages[0]
    lines = [rosters.line(village), rosters.line(village, NIK=BAD_NIK), rosters.line(village)]
    roster = rosters.check(world, tmp_path, lines)
    book = books(correction(as_village, world, roster))
    assert book.sheetnames == ["Kader", SUMMARY]
    sheet = book["Kader"]
    headings = [cell.value for cell in sheet[1]]
    assert headings == [*rosters.HEADING, REASON, REMEDY]
    wrong = sheet.cell(3, headings.index("NIK") + 1)
    assert wrong.value == BAD_NIK
    assert wrong.fill.fgColor.rgb.endswith("FFC7CE")
    assert "16 angka" in wrong.comment.text
    assert "16 angka" in sheet.cell(3, headings.index(REASON) + 1).value
    assert sheet.cell(2, headings.index(REASON) + 1).value is None
    assert sheet.cell(2, headings.index("Tanggal Lahir") + 1).value.date() == rosters.BORN
    summary = book[SUMMARY]
    assert summary["A1"].value == MARK
    assert [cell.value for cell in summary[3]][:2] == ["Kader", "3"]
    assert summary.max_row == 3


def test_the_correction_file_uploads_as_it_is_and_once_corrected(world, as_village, tmp_path):
    village, actor = world.villages[0], world[Role.VILLAGE_OPERATOR]
    lines = [rosters.line(village), rosters.line(village, NIK=BAD_NIK)]
    roster = rosters.check(world, tmp_path, lines)
    content = correction(as_village, world, roster)
    again = rosters.checked(actor, world.regency.pk, content, village)
    assert again.status == RosterImport.Status.READY
    assert again.counts == roster.counts
    assert rosters.codes(again) == rosters.codes(roster)
    book = books(correction(as_village, world, again))
    assert [cell.value for cell in book["Kader"][1]] == [*rosters.HEADING, REASON, REMEDY]
    book["Kader"]["D3"] = factories.nik_for(village, rosters.BORN, serial=8301)
    out = io.BytesIO()
    book.save(out)
    third = rosters.checked(actor, world.regency.pk, out.getvalue(), village)
    assert (third.counts["new"], third.counts["rejected"]) == (2, 0)
    book = books(correction(as_village, world, third))
    assert book["Kader"].cell(3, len(rosters.HEADING) + 1).value is None
    assert book["Kader"]["D3"].comment is None


def test_what_was_typed_on_the_page_is_in_the_correction_file(world, as_village, tmp_path):
    village = world.villages[0]
    lines = [rosters.line(village, NIK=BAD_NIK), rosters.line(village, NIK="1")]
    roster = rosters.check(world, tmp_path, lines)
    right = factories.nik_for(village, rosters.BORN, serial=8302)
    name = f"sel:2:nik:{_sheet(world, roster)}"
    as_village.post(at(world, "fix", roster.pk), {name: right})
    roster = checked_again(world, roster)
    sheet = books(correction(as_village, world, roster))["Kader"]
    assert sheet["D2"].value == right
    assert sheet["D3"].value == "1"


def test_no_cell_of_the_correction_file_is_a_formula(world, as_village, tmp_path):
    village = world.villages[0]
    evil = '=HYPERLINK("http://jahat.test","klik")'
    lines = [
        rosters.line(village, NIK=BAD_NIK, Posyandu="@SUM(1)", **{"Nomor SK": evil}),
        rosters.line(village, **{"Nama Ibu Kandung": "+62"}),
    ]
    as_xlsx = rosters.check(world, tmp_path, lines)
    data = rosters.as_csv(lines)
    as_text = rosters.checked(world[Role.VILLAGE_OPERATOR], world.regency.pk, data, village)
    for roster in (as_xlsx, as_text):
        book = books(correction(as_village, world, roster))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert any(cell.value == evil for cell in cells)
        assert not any(cell.data_type == "f" for cell in cells)


def test_a_text_file_comes_back_as_a_workbook_with_its_lines(world, as_village, tmp_path):
    village, actor = world.villages[0], world[Role.VILLAGE_OPERATOR]
    lines = [rosters.line(village), rosters.line(village, NIK=BAD_NIK)]
    roster = rosters.checked(actor, world.regency.pk, rosters.as_csv(lines), village)
    content = correction(as_village, world, roster)
    sheet = books(content).worksheets[0]
    assert sheet["D2"].value == lines[0]["NIK"]
    assert sheet["D3"].comment is not None
    again = rosters.checked(actor, world.regency.pk, content, village)
    assert again.counts == roster.counts


def test_a_nik_that_lost_its_last_digit_never_comes_back_whole(world, as_village, tmp_path):
    village, actor = world.villages[0], world[Role.VILLAGE_OPERATOR]
    lines = [rosters.line(village) for _ in range(3)]
    lines[0]["NIK"] = 3510065203850120
    roster = rosters.check(world, tmp_path, lines)
    assert roster.counts["rejected"] == 1
    again = rosters.checked(actor, world.regency.pk, correction(as_village, world, roster), village)
    assert rosters.codes(again).count("nik_number") == 1


def test_lines_keep_their_numbers_under_titles_and_beside_empty_columns(
    world, as_village, tmp_path
):
    village, actor = world.villages[0], world[Role.VILLAGE_OPERATOR]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Kader Mei")
    sheet.merge_range("B2:F2", "DAFTAR KADER POSYANDU", book.add_format({"bold": True}))
    sheet.write_row(4, 1, ["No", "Nama", "NIK", "TTL", "L/P"])
    good = rosters.line(village)
    sheet.write_row(5, 1, ["1", good["Nama"], good["NIK"], "Banyuwangi, 12-03-1985", "P"])
    sheet.write_row(6, 1, ["2", "SITI RUSAK", BAD_NIK, "Banyuwangi, 12-03-1985", "P"])
    sheet.write_row(9, 2, ["Mengetahui, Kepala Desa"])
    book.close()
    roster = rosters.checked(actor, world.regency.pk, out.getvalue(), village)
    content = correction(as_village, world, roster)
    sheet = books(content)["Kader Mei"]
    assert (sheet["G5"].value, sheet["H5"].value) == (REASON, REMEDY)
    assert sheet["D7"].value == BAD_NIK
    assert sheet["D7"].comment is not None
    assert sheet["G7"].value
    again = rosters.checked(actor, world.regency.pk, content, village)
    assert again.counts == roster.counts


def test_a_stranger_gets_no_correction_file(world, elsewhere, client, tmp_path):
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0])])
    client.force_login(elsewhere[Role.DISTRICT_OFFICER].user)
    assert client.get(at(elsewhere, "correction_file", roster.pk)).status_code == 404
    client.force_login(world[Role.AUDITOR].user)
    assert client.get(at(world, "correction_file", roster.pk)).status_code == 403


def test_the_template_holds_the_present_people_and_is_a_reveal(world, as_village, tmp_path):
    village, actor = world.villages[0], world[Role.VILLAGE_OPERATOR]
    line = rosters.line(village)
    rosters.applied(actor, rosters.check(world, tmp_path, [line]))
    answer = as_village.post(at(world, "template", village.code))
    sheet = books(answer.content)["Kader"]
    assert sheet["A2"].value == line["NIK"]
    assert sheet["A2"].number_format == "@"
    assert sheet["D2"].value == "12-03-1985"
    assert len(sheet.data_validations.dataValidation) == 4
    with world.scope():
        event = Event.objects.get(kind="roster.template_taken")
        assert event.facts == {"people": 1, "reason": "templat"}
    again = rosters.checked(actor, world.regency.pk, answer.content, village)
    assert (again.counts["unchanged"], again.counts["rejected"]) == (1, 0)
    assert "sheet_hidden" not in rosters.codes(again)


def test_the_template_is_for_the_own_village_and_never_a_link(world, as_village):
    assert as_village.get(at(world, "template", world.villages[0].code)).status_code == 405
    other = as_village.post(at(world, "template", world.villages[1].code))
    assert other.status_code == 409


def test_pasted_cells_are_read_like_a_file(world, as_village):
    village = world.villages[0]
    line = rosters.line(village)
    names = ("NIK", "Nama", "Tanggal Lahir", "L/P")
    cells = [line["NIK"], line["Nama"], "12-03-1985", "P"]
    text = "\t".join(names) + "\r\n" + "\t".join(cells) + "\r\n"
    sent = as_village.post(at(world, "upload"), {"text": text, "whole": "1"})
    with world.scope():
        roster = RosterImport.objects.get()
    assert sent["Location"] == at(world, "roster", roster.pk)
    runs.drive(world.regency.pk, roster.run_id)
    assert rosters.fresh(roster).counts["new"] == 1


def test_an_upload_that_was_cut_says_so_and_keeps_nothing(world, as_village):
    answer = as_village.post(at(world, "upload"), {"text": "NIK\tNama\n1"})
    assert answer.status_code == 422
    assert "Kiriman terputus" in answer.content.decode()
    with world.scope():
        assert RosterImport.objects.count() == 0


def test_the_upload_page_is_light(world, as_village):
    page = gzip.compress(as_village.get(at(world, "upload")).content, 6)
    with open(finders.find("js/kj.js"), "rb") as script:
        weight = len(page) + len(gzip.compress(script.read(), 6))
    assert weight <= 35 * 1024


def test_the_village_page_offers_the_template(world, client):
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    page = client.get(reverse("cadres:village", args=[world.regency.slug, world.villages[0].code]))
    assert "Unduh templat desa ini" in page.content.decode()
