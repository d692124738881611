"""The branch's answer, and cover that comes of it."""

import datetime as dt
import io

import pytest
import xlsxwriter
from django.db import IntegrityError, transaction

from accounts.roles import Role
from core import months
from core.errors import DomainError
from core.sheets import Row
from enrollment import actions, branch_columns
from enrollment.batch_sheets import workbook
from enrollment.decisions import Decision
from enrollment.models import BatchRow, Coverage, EnrollmentBatch
from enrollment.queries import Choice, returned_rows
from enrollment.review_lists import read, read_upload
from tests import factories


@pytest.fixture
def desk(world):
    """A batch of three people that waits for the branch, inside the open scope."""
    with world.scope():
        world.people = [
            factories.cadre(world.villages[0], nik=f"351001520385000{at}") for at in range(3)
        ]
        world.batch = actions.prepare(
            by=world[Role.DISTRICT_OFFICER],
            fund_source=factories.fund_source(),
            segment="BPU",
            first_month=months.this_month(),
            choice=Choice(),
        )
        actions.submit(by=world[Role.DISTRICT_APPROVER], batch=world.batch)
        world.rows = list(world.batch.rows.order_by("cadre_id"))
        yield world


def number(at: int) -> str:
    """A member number."""
    return f"2408123450{at}"


def accept_all(desk, **fields):
    """All three with their numbers."""
    decisions = [
        Decision(accept=True, row=row.pk, member_no=number(at), line=at)
        for at, row in enumerate(desk.rows)
    ]
    return actions.review(
        by=desk[Role.BRANCH_OFFICER], batch=desk.batch, decisions=decisions, **fields
    )


def test_accepted_people_are_covered_from_the_first_day(desk):
    accept_all(desk, finish_now=True)
    covers = Coverage.objects.active_in(months.this_month())
    assert {c.member_no for c in covers} == {number(at) for at in range(3)}
    assert {c.starts_on for c in covers} == {months.this_month()}
    desk.batch.refresh_from_db()
    assert desk.batch.status == EnrollmentBatch.Status.ACTIVE


def test_a_batch_with_nobody_accepted_is_returned(desk):
    decisions = [Decision(accept=False, row=r.pk, reason="incomplete") for r in desk.rows]
    actions.review(
        by=desk[Role.BRANCH_OFFICER], batch=desk.batch, decisions=decisions, finish_now=True
    )
    desk.batch.refresh_from_db()
    assert desk.batch.status == EnrollmentBatch.Status.RETURNED
    assert returned_rows().count() == 3


def test_returned_people_can_be_put_forward_again(desk):
    decisions = [Decision(accept=False, row=r.pk, reason="incomplete") for r in desk.rows]
    actions.review(
        by=desk[Role.BRANCH_OFFICER], batch=desk.batch, decisions=decisions, finish_now=True
    )
    again = actions.prepare(
        by=desk[Role.DISTRICT_OFFICER],
        fund_source=desk.batch.fund_source,
        segment="BPU",
        first_month=months.this_month(),
        choice=Choice(),
    )
    assert again.rows.count() == 3


@pytest.mark.parametrize(
    ("decisions", "code"),
    [([], "rows_waiting"), (None, "member_no_missing")],
)
def test_finishing_needs_every_answer_and_every_number(desk, decisions, code):
    if decisions is None:
        actions.decide(by=desk[Role.BRANCH_OFFICER], batch=desk.batch, accept_rest=True)
    with pytest.raises(DomainError) as refused:
        actions.finish(by=desk[Role.BRANCH_OFFICER], batch=desk.batch)
    assert refused.value.code == code


def test_accepting_the_rest_leaves_out_who_needs_a_look(desk):
    BatchRow.objects.filter(pk=desk.rows[0].pk).update(findings=["covered_elsewhere"])
    report = actions.decide(by=desk[Role.BRANCH_OFFICER], batch=desk.batch, accept_rest=True)
    assert report.accepted == 2
    desk.rows[0].refresh_from_db()
    assert desk.rows[0].status == BatchRow.Status.WAITING


def test_one_number_for_two_people_is_refused_for_both(desk):
    decisions = [
        Decision(accept=True, row=row.pk, member_no=number(0), line=at)
        for at, row in enumerate(desk.rows[:2], 2)
    ]
    report = actions.decide(by=desk[Role.BRANCH_OFFICER], batch=desk.batch, decisions=decisions)
    assert [(p.line, p.code) for p in report.problems] == [
        (2, "member_no_twice"),
        (3, "member_no_twice"),
    ]
    assert report.accepted == 0


def test_a_number_of_somebody_else_is_refused(desk):
    other = factories.coverage(factories.cadre(desk.villages[1]), starts_on=months.this_month())
    report = actions.decide(
        by=desk[Role.BRANCH_OFFICER],
        batch=desk.batch,
        decisions=[Decision(accept=True, row=desk.rows[0].pk, member_no=other.member_no)],
    )
    assert [p.code for p in report.problems] == ["member_no_taken"]


def test_who_was_covered_meanwhile_is_sent_back_by_the_database(desk):
    accept_all(desk)
    factories.coverage(desk.people[0], starts_on=months.this_month())
    actions.finish(by=desk[Role.BRANCH_OFFICER], batch=desk.batch)
    row = BatchRow.objects.get(pk=desk.rows[0].pk)
    assert (row.status, row.reason) == ("returned", "already_member")
    assert Coverage.objects.filter(batch_row__batch=desk.batch).count() == 2


def test_who_died_before_the_first_month_is_sent_back(desk):
    accept_all(desk)
    person = desk.people[0]
    person.died_on = months.this_month() - dt.timedelta(days=1)
    person.save(update_fields=["died_on"])
    actions.finish(by=desk[Role.BRANCH_OFFICER], batch=desk.batch)
    assert BatchRow.objects.get(pk=desk.rows[0].pk).reason == "deceased"


def test_the_database_refuses_overlapping_cover(desk):
    first = factories.coverage(desk.people[0], starts_on=dt.date(2026, 1, 1))
    no_overlap = pytest.raises(IntegrityError, match="enrollment_coverage_no_overlap")
    with no_overlap, transaction.atomic():
        factories.coverage(first.cadre, starts_on=dt.date(2026, 6, 1))


def test_a_death_keeps_its_month_and_leaves_the_next(desk):
    cover = factories.coverage(desk.people[0], starts_on=dt.date(2026, 1, 1))
    ended = actions.end_for_death(
        by=desk[Role.DISTRICT_OFFICER], cadre=cover.cadre, died_on=dt.date(2026, 3, 5)
    )
    assert ended == [cover]
    assert Coverage.objects.active_in(dt.date(2026, 3, 1)).filter(pk=cover.pk).exists()
    assert not Coverage.objects.active_in(dt.date(2026, 4, 1)).filter(pk=cover.pk).exists()


def test_cover_that_would_begin_after_the_death_is_withdrawn(desk):
    cover = factories.coverage(desk.people[0], starts_on=dt.date(2026, 6, 1))
    assert actions.end_for_death(by=None, cadre=cover.cadre, died_on=dt.date(2026, 3, 5)) == []
    assert not Coverage.objects.filter(pk=cover.pk).exists()


def test_cover_ends_once_and_not_before_it_began(desk):
    cover = factories.coverage(desk.people[0], starts_on=dt.date(2026, 6, 1))
    officer = desk[Role.DISTRICT_OFFICER]
    with pytest.raises(DomainError, match="ends_before_start"):
        actions.end_coverage(by=officer, coverage=cover, on=dt.date(2026, 5, 31), reason="moved")
    actions.end_coverage(by=officer, coverage=cover, on=dt.date(2026, 6, 30), reason="moved")
    with pytest.raises(DomainError, match="coverage_ended"):
        actions.end_coverage(by=officer, coverage=cover, on=dt.date(2026, 7, 1), reason="moved")


def sheet(*lines) -> list[Row]:
    """Lines as the reader gives them."""
    return [Row("Lembar1", at, list(cells)) for at, cells in enumerate(lines, 1)]


def test_a_list_is_read_line_by_line_and_problems_name_their_line():
    decisions, problems = read(
        sheet(
            ("Hasil validasi", ""),
            ("NIK", "No. KPJ", "Hasil", "Alasan"),
            ("3510 0152 0385 0001", "24081234501", "", ""),
            (3510015203850002.0, "", "Ditolak", "NIK tidak cocok dengan data kependudukan"),
            ("3510015203850003", "", "ditolak", "Kode 77 tak dikenal"),
            ("3510015203850004", "", "entah", ""),
            ("", "", "", ""),
            ("3510015203850005", "", "menunggu", ""),
        )
    )
    assert [(d.accept, d.nik, d.reason) for d in decisions] == [
        (True, "3510015203850001", ""),
        (False, "3510015203850002", "nik_mismatch"),
        (False, "3510015203850003", "other"),
    ]
    assert decisions[2].reason_text == "Kode 77 tak dikenal"
    assert [(p.line, p.code) for p in problems] == [(6, "status_unknown")]


def test_a_list_without_nik_is_refused():
    with pytest.raises(DomainError, match="list_without_nik"):
        read(sheet(("Nama", "KPJ"), ("Sri", "1")))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"\x00\x01\x02"])
def test_a_damaged_file_ends_in_a_sentence(content):
    with pytest.raises(DomainError) as refused:
        read_upload([content])
    assert refused.value.fields["file"]


def test_a_list_with_a_heading_alone_says_nothing():
    assert read_upload([b"NIK;KPJ\n"]) == ([], [])


def test_the_downloaded_list_comes_back_as_it_is(desk):
    accept_all(desk)
    decisions, problems = read_upload([workbook(desk.batch, branch_columns.usual())])
    assert problems == []
    assert {(d.nik, d.member_no) for d in decisions} == {
        (f"351001520385000{at}", number(at)) for at in range(3)
    }


def test_unknown_people_in_a_list_are_reported_and_the_others_count(desk):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    page = book.add_worksheet()
    for at, cells in enumerate(
        [("NIK", "KPJ"), ("3510015203850001", number(1)), ("3510015203859999", number(2))]
    ):
        page.write_row(at, 0, cells)
    book.close()
    decisions, _problems = read_upload([content.getvalue()])
    report = actions.decide(by=desk[Role.BRANCH_OFFICER], batch=desk.batch, decisions=decisions)
    assert report.accepted == 1
    assert [(p.line, p.code) for p in report.problems] == [(3, "row_unknown")]
