"""A month's list of BPJS from the upload to the signed-off record."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Event
from cadres.actions.merging import merge_people
from cadres.models import Cadre
from core import papers, runs
from core.errors import DomainError
from core.models import RunPart
from enrollment.actions import differences as deeds
from enrollment.actions import reconciliation_closing as closing
from enrollment.actions import reconciliations as actions
from enrollment.models import Coverage, Reconciliation, ReconciliationColumns
from enrollment.queries import reconciliations as queries
from tests import factories
from tests.enrollment.reconciling import HEAD, MONTH, kinds, line, listed, upload
from tests.golden.books import text

OPEN, CLOSED = Reconciliation.Status.OPEN, Reconciliation.Status.CLOSED
START = dt.date(2026, 1, 1)


@pytest.fixture
def people(world) -> list[Cadre]:
    """Four covered people of the first village."""
    with world.scope():
        found = [factories.cadre(world.villages[0], f"Orang {n}") for n in range(4)]
        for person in found:
            factories.coverage(person, starts_on=START)
    return found


def test_a_list_is_read_compared_and_opened(world, people):
    stranger = line(people[0], NIK="3510064101900777", NAMA="Tamu")
    found = upload(world, listed(*[line(each) for each in people[:3]], stranger))
    with world.scope():
        assert found.status == OPEN
        assert found.counts["rows"] == 4
        assert found.counts["matched"] == {"people": 3, "rupiah": 3 * 16800}
        assert kinds(found) == {"Orang 3": ["not_billed"], "Tamu": ["billed_not_listed"]}
        assert found.counts["not_billed"] == {"people": 1, "rupiah": 16800}
        told = Event.objects.filter(kind="reconciliation.compared").get()
        assert told.facts == {"rows": 4, "matched": 3, "found": 2}


def test_the_same_file_again_is_the_earlier_list(world, people):
    data = listed(line(people[0]))
    first, second = upload(world, data), upload(world, data)
    assert first.pk == second.pk
    other = upload(world, data, month=dt.date(2026, 8, 1))
    assert other.pk != first.pk


def test_a_withdrawn_list_may_be_uploaded_again(world, people):
    data = listed(line(people[0]))
    first = upload(world, data)
    with world.scope():
        actions.withdraw_list(
            by=world[Role.DISTRICT_OFFICER], reconciliation=first, reason="Bulan keliru"
        )
        assert not queries.newest_open()
    second = upload(world, data)
    assert second.pk != first.pk
    assert second.status == OPEN


def test_unknown_headings_are_asked_once_and_remembered(world, people):
    rows = [
        ["KODE A", "KODE B", "KODE C"],
        *[[each.nik, each.name, "16800"] for each in people],
    ]
    found = upload(world, text(rows))
    assert found.status == Reconciliation.Status.MAPPING
    officer = world[Role.DISTRICT_OFFICER]
    with world.scope():
        question = queries.question_of(found)
        assert question.words == ("KODE A", "KODE B", "KODE C")
        assert len(question.samples) == 3
        assert people[0].nik not in str(question.samples)
        with pytest.raises(DomainError, match="columns_missing"):
            actions.point_out_columns(
                by=officer, reconciliation=found, shape=question.key, places={"name": 1}
            )
        places = {"nik": 0, "name": 1, "amount": 2}
        actions.point_out_columns(
            by=officer, reconciliation=found, shape=question.key, places=places
        )
        found.refresh_from_db()
    runs.drive(world.regency.pk, found.run_id)
    with world.scope():
        found.refresh_from_db()
        assert found.status == OPEN
        assert found.counts["matched"]["people"] == 4
        assert ReconciliationColumns.objects.get().columns == places
    rows[0].append("KETERANGAN LAIN")
    again = upload(world, text([row[:3] for row in rows] + [["", "", ""]]), month=START)
    assert again.status == OPEN, "the heading is known now"


def test_whoever_wants_points_out_the_columns(world, people):
    found = upload(world, listed(line(people[0])), ask_columns=True)
    assert found.status == Reconciliation.Status.MAPPING
    with world.scope():
        assert queries.question_of(found).guesses["nik"] == 1


def test_settling_ends_covers_and_closing_issues_the_record(world, people, settings):
    officer, approver = world[Role.DISTRICT_OFFICER], world[Role.DISTRICT_APPROVER]
    found = upload(world, listed(*[line(each) for each in people[:2]]))
    with world.scope():
        ending = deeds.Ending(dt.date(2026, 8, 31), Coverage.EndReason.STOPPED)
        first = found.differences.order_by("id").first()
        report = deeds.settle(
            by=officer,
            reconciliation=found,
            wanted=found.differences.filter(pk=first.pk),
            how="cover_ended",
            reason="Sudah berhenti menurut desa",
            ending=ending,
        )
        assert (report.done, report.left_out) == (1, {})
        cover = Coverage.objects.get(pk=first.coverage_id)
        assert (cover.ends_on, cover.end_reason) == (ending.on, "stopped")
        with pytest.raises(DomainError, match="differences_open"):
            closing.close_reconciliation(by=approver, reconciliation=found)
        report = deeds.settle(
            by=officer,
            reconciliation=found,
            wanted=found.differences.all(),
            how="accepted",
            reason="Cabang memasukkannya bulan depan",
        )
        assert (report.done, report.left_out) == (1, {"settled_before": 1})
        with pytest.raises(DomainError, match="same_person"):
            closing.close_reconciliation(by=officer, reconciliation=found)
        closed = closing.close_reconciliation(by=approver, reconciliation=found, note="Lengkap")
        assert closed.status == CLOSED
        assert closed.paper.number.endswith(f"/BA-REK/{_roman()}")
        assert papers.open_paper(closed.paper).read(5) == b"%PDF-"
        with pytest.raises(DomainError, match="reconciliation_not_open"):
            closing.close_reconciliation(by=approver, reconciliation=found)
        with pytest.raises(DomainError, match="reconciliation_not_open"):
            deeds.reopen(by=officer, difference=first, reason="Salah orang")
        with pytest.raises(DomainError, match="reconciliation_closed"):
            actions.withdraw_list(by=officer, reconciliation=found, reason="Salah unggah")


def _roman() -> str:
    from core.numbers import roman_month

    today = dt.date.today()
    return f"{roman_month(today.month)}/{today.year}"


def test_the_record_says_what_was_settled(world, people):
    from io import BytesIO

    from pypdf import PdfReader

    found = upload(world, listed(*[line(each) for each in people[:3]]))
    with world.scope():
        deeds.settle(
            by=world[Role.DISTRICT_OFFICER],
            reconciliation=found,
            wanted=found.differences.all(),
            how="accepted",
            reason="Cabang memasukkannya bulan depan",
        )
        closed = closing.close_reconciliation(
            by=world[Role.DISTRICT_APPROVER], reconciliation=found
        )
        pages = PdfReader(BytesIO(papers.open_paper(closed.paper).read())).pages
        said = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert "Cabang memasukkannya bulan depan" in said
        assert "district_officer Banyuwangi" in said
        assert "Orang 3" not in said, "a name only where money stops"
        assert people[3].nik not in said
        width, height = pages[0].mediabox.width, pages[0].mediabox.height
        assert width > height


def test_the_dead_end_on_the_day_of_death(world, people):
    with world.scope():
        Cadre.objects.filter(pk=people[0].pk).update(died_on=dt.date(2026, 8, 20))
    found = upload(world, listed(*[line(each) for each in people]))
    with world.scope():
        assert kinds(found) == {"Orang 0": ["dead_billed"]}
        deeds.settle(
            by=world[Role.DISTRICT_OFFICER],
            reconciliation=found,
            wanted=found.differences.all(),
            how="cover_ended",
            reason="Akta kematian dari desa",
            ending=deeds.Ending(dt.date(2026, 8, 31), "stopped"),
        )
        cover = Coverage.objects.get(cadre=people[0])
        assert (cover.ends_on, cover.end_reason) == (dt.date(2026, 8, 20), "died")


def test_a_civil_servant_is_noted_on_the_person(world, people):
    found = upload(
        world, listed(*[line(each) for each in people[1:]], line(people[0], STATUS="ASN"))
    )
    with world.scope():
        assert kinds(found) == {"Orang 0": ["active_pu"]}
        deeds.settle(
            by=world[Role.DISTRICT_OFFICER],
            reconciliation=found,
            wanted=found.differences.all(),
            how="corrected",
            reason="SK pengangkatan PPPK",
            employment="civil_servant",
        )
        assert Cadre.objects.get(pk=people[0].pk).employment == "civil_servant"
        assert Event.objects.filter(kind="cadre.employment_noted").count() == 1


def test_a_question_goes_to_the_branch_and_its_answer_settles(world, people):
    officer, branch = world[Role.DISTRICT_OFFICER], world[Role.BRANCH_OFFICER]
    found = upload(world, listed(*[line(each) for each in people[:3]]))
    with world.scope():
        deeds.ask_branch(
            by=officer, reconciliation=found, wanted=found.differences.all(), text="Mengapa?"
        )
        one = queries.waiting_for_branch().get()
        with pytest.raises(DomainError, match="nothing_to_settle"):
            deeds.settle(
                by=officer,
                reconciliation=found,
                wanted=found.differences.all(),
                how="query",
                reason="Menurut cabang",
            )
        deeds.answer_query(by=branch, difference=one, text="Masuk tagihan Oktober")
        assert not queries.waiting_for_branch().exists()
        deeds.settle(
            by=officer,
            reconciliation=found,
            wanted=found.differences.all(),
            how="query",
            reason="Menurut cabang",
        )
        again = deeds.reopen(by=officer, difference=one, reason="Ternyata belum")
        assert again.settlement == ""
        assert queries.states(found)["not_billed"] == {
            "all": 1, "open": 1, "asked": 0, "answered": 1,
        }  # fmt: skip


def test_a_settlement_needs_a_reason_and_somebody(world, people):
    found = upload(world, listed(line(people[0])))
    with world.scope(), pytest.raises(DomainError, match="reason_missing"):
        deeds.settle(
            by=world[Role.DISTRICT_OFFICER],
            reconciliation=found,
            wanted=found.differences.all(),
            how="accepted",
            reason="ok",
        )


def test_a_worker_that_dies_between_the_steps_loses_nothing(world, people):
    with world.scope():
        made = actions.upload_list(
            by=world[Role.DISTRICT_OFFICER],
            chunks=[listed(*[line(each) for each in people])],
            file_name="x.csv",
            month=MONTH,
            kind="bill",
        ).reconciliation
        steps = list(RunPart.objects.filter(run=made.run_id).order_by("number"))
        actions.read_list(by=None, reconciliation_id=made.pk)
        assert made.rows.count() == 4
    assert [part.payload["step"] for part in steps] == ["read", "compare"]
    runs.drive(world.regency.pk, made.run_id)  # reads again what nobody marked as done
    runs.drive(world.regency.pk, made.run_id)
    with world.scope():
        made.refresh_from_db()
        assert made.status == OPEN
        assert made.rows.count() == 4
        assert made.counts["matched"]["people"] == 4


def test_one_payers_list_asks_only_for_its_people(world, people):
    with world.scope():
        csr = factories.fund_source("CSR")
        guest = factories.cadre(world.villages[1], "Tamu CSR")
        factories.coverage(guest, source=csr, starts_on=START)
        source = factories.fund_source()
    found = upload(world, listed(*[line(each) for each in people], line(guest)), fund_source=source)
    with world.scope():
        assert kinds(found) == {"Tamu CSR": ["twice_other_payer"]}


def test_a_person_on_two_payers_lists_is_billed_twice(world, people):
    with world.scope():
        source, csr = factories.fund_source(), factories.fund_source("CSR")
    upload(world, listed(line(people[0])), fund_source=csr)
    found = upload(world, listed(*[line(each) for each in people]), fund_source=source)
    with world.scope():
        assert kinds(found) == {"Orang 0": ["twice_other_payer"]}


def test_a_cover_in_another_regency_is_told_without_who(world, elsewhere, people):
    with elsewhere.scope():
        double = factories.cadre(elsewhere.villages[0], "Ganda", nik=people[0].nik)
        factories.coverage(double, starts_on=START)
    found = upload(world, listed(*[line(each) for each in people]))
    with world.scope():
        assert kinds(found) == {"Orang 0": ["twice_other_payer"]}


def test_an_unreadable_nik_is_matched_by_the_member_number(world, people):
    with world.scope():
        number = Coverage.objects.get(cadre=people[0]).member_no
    found = upload(
        world,
        listed(*[line(each) for each in people[1:]], line(people[0], NIK="3,51E+15", KPJ=number)),
    )
    with world.scope():
        assert kinds(found) == {}
        assert found.counts["problems"] == {"nik_number": 1}


def test_nothing_is_lost_of_a_damaged_list(world, people):
    rows = [line(each, NIK=float(each.nik)) for each in people[:1]]
    found = upload(world, listed(*[line(each) for each in people[1:]], rows[0]))
    with world.scope():
        assert found.counts["rows"] == 4
        assert kinds(found) == {"Orang 0": ["billed_not_listed", "not_billed"]}


def test_a_list_without_usable_numbers_is_refused_in_words(world, people, client):
    rows = [["NIK", "NAMA", "IURAN"], *[[f"{each.nik[:15]}E+0", each.name, 1] for each in people]]
    rows = [["NIK", "NAMA", "IURAN"], *[["3.51E+15", each.name, 16800] for each in people]]
    found = upload(world, text(rows))
    assert (found.status, found.refusal_code) == ("refused", "nik_column_number")
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    page = client.get(reverse("enrollment:reconciliation", args=[world.regency.slug, found.pk]))
    assert "15 angka" in page.content.decode()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04oops", b"halo\n", b"\xff\xfe\x00"])
def test_other_files_are_refused(world, data):
    found = upload(world, data)
    assert found.status == Reconciliation.Status.REFUSED
    assert found.refusal_code


def test_unknown_statuses_are_told_and_count_as_active(world, people):
    found = upload(world, listed(*[line(each, STATUS="KODE-77") for each in people]))
    assert found.counts["unknown_statuses"] == {"KODE-77": 4}
    assert found.counts["matched"]["people"] == 4


def test_an_inactive_line_protects_nobody(world, people):
    found = upload(
        world,
        listed(*[line(each) for each in people[1:]], line(people[0], STATUS="NON AKTIF")),
        kind="active",
    )
    with world.scope():
        assert kinds(found) == {"Orang 0": ["not_billed"]}


def test_the_heading_row_is_not_a_person():
    assert len(HEAD) == 8


def test_lines_and_open_differences_follow_a_merged_person(world, people):
    with world.scope():
        double = factories.cadre(world.villages[0], "Orang 0 lagi", birth_date=people[0].birth_date)
    found = upload(world, listed(*[line(each) for each in people[1:]], line(double)))
    with world.scope():
        assert kinds(found) == {"Orang 0": ["not_billed"], "Orang 0 lagi": ["billed_not_listed"]}
        merge_people(
            by=world[Role.DISTRICT_OFFICER],
            kept=people[0],
            other=double,
            reason="Orang yang sama",
        )
        assert kinds(found) == {"Orang 0": ["billed_not_listed", "not_billed"]}
        assert found.rows.filter(cadre=people[0]).count() == 1
