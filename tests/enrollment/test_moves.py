"""Covers go where their people go: who sees them, and which village pays for which month."""

import datetime as dt

import pytest
from django.db.models import F

from accounts.roles import Role
from audit.models import Event
from budgets.actions import start_invoice_run
from budgets.models import Invoice, InvoiceLine
from cadres import actions as cadres
from cadres.models import Cadre
from claims.models import Claim
from core import months, runs
from core.errors import DomainError
from enrollment import actions
from enrollment.card_actions import issue_cards
from enrollment.decisions import Decision
from enrollment.models import (
    BatchRow,
    Card,
    Coverage,
    CoverageMove,
    EligibilityOverride,
    EnrollmentBatch,
)
from enrollment.queries import Choice
from regions.models import Village
from reports.proof.records import look_up
from reports.queries import radar
from tests import factories
from tests.cadres import rosters
from tests.enrollment.agreements import agreement
from tests.enrollment.offices import VILLAGE, Office

OFFICER = Role.DISTRICT_OFFICER
DAY = dt.timedelta(days=1)


@pytest.fixture
def payers(world):
    """Villages pay for their own; four months of cover for two people of the first village."""
    first = months.add_months(months.this_month(), -3)
    with world.scope():
        source = factories.fund_source("APBDes", kind="village_budget", billed_to="village")
        world.people = [factories.cadre(world.villages[0]) for _ in range(2)]
        world.covers = [
            factories.coverage(each, source=source, starts_on=first) for each in world.people
        ]
    world.source, world.first = source, first
    return world


def bill(world, month: dt.date) -> None:
    with world.scope():
        started = start_invoice_run(by=world[OFFICER], month=month)
    runs.drive(world.regency.pk, started.run_id)


def payer(cover: Coverage, month: dt.date) -> int:
    return InvoiceLine.objects.get(coverage=cover, month=month).village_id


def apart() -> list:
    """Covers and their rows that are not where the person is."""
    return [
        *Coverage.objects.exclude(village_id=F("cadre__village_id")),
        *BatchRow.objects.exclude(village_id=F("cadre__village_id")),
    ]


def test_the_village_of_the_first_day_of_a_month_pays_for_the_month(payers):
    world, (stays, moves) = payers, payers.covers
    one, two, three = world.villages[:3]
    first = world.first
    later = [months.add_months(first, n) for n in (1, 2, 3)]
    bill(world, first)
    with world.scope():
        person = moves.cadre
        # Twice, the second time with a day before that of the first.
        for village, on in ((two, later[1] + 9 * DAY), (three, later[1] + 4 * DAY)):
            cadres.move_person(by=world[OFFICER], cadre=person, village=village, on=on)
        assert apart() == []
        told = Event.objects.filter(kind="coverage.payer_moved").order_by("pk")
        assert [(each.facts["from"], each.facts["to"]) for each in told] == [
            (one.name, two.name),
            (two.name, three.name),
        ]
    for month in later:
        bill(world, month)
    with world.scope():
        assert [payer(moves, month) for month in (first, *later)] == [
            one.pk,
            one.pk,
            one.pk,
            three.pk,
        ]
        assert payer(stays, later[2]) == one.pk
        assert Invoice.objects.filter(month=later[1]).get().people == 2
        moves.refresh_from_db()
        assert moves.ends_on is None
        at_risk = radar.counts(dt.date.today(), Village.objects.filter(regency=world.regency))
        assert dict(at_risk["iuran"]) == {one.pk: 1, three.pk: 1}

    # Who sees the person sees the cover, its whole past included, and nobody else does.
    with world.scope(Role.VILLAGE_OPERATOR):
        assert [each.pk for each in Coverage.objects.all()] == [stays.pk]
    operator = world.actor(Role.VILLAGE_OPERATOR, "desa.tiga@banyuwangi.test", three)
    world.actors[Role.VILLAGE_OPERATOR] = operator
    with world.scope(Role.VILLAGE_OPERATOR):
        found = look_up(Cadre.objects.get(pk=person.pk), later[0] + DAY)
        assert found.cover == moves
        assert found.cover.batch_row.batch.number
        assert found.bill is not None


def test_what_stands_at_the_branch_is_as_it_was_said_until_it_answers(world):
    one, two = world.villages[:2]
    month = months.this_month()
    with world.scope():
        source = factories.fund_source("APBDes", kind="village_budget", billed_to="village")
        drafted, sent, back = (factories.cadre(one) for _ in range(3))
        batches = []
        for people in ([drafted], [sent, back]):
            batches.append(
                actions.prepare(
                    by=world[OFFICER],
                    fund_source=source,
                    segment="BPU",
                    first_month=month,
                    choice=Choice(cadre_ids=[each.pk for each in people]),
                )
            )
        actions.submit(by=world[Role.DISTRICT_APPROVER], batch=batches[1])
        EligibilityOverride.objects.create(
            cadre=sent, village=one, programme="JKK_JKM", code="age", reason="x", asked_by_id=1
        )
        for person in (drafted, sent, back):
            cadres.move_person(by=world[OFFICER], cadre=person, village=two, on=dt.date.today())
        paper = agreement(world, village=one)
        EnrollmentBatch.objects.filter(pk=batches[0].pk).update(agreement=paper)
        with pytest.raises(DomainError) as refused:
            actions.submit(by=world[Role.DISTRICT_APPROVER], batch=batches[0])
        assert refused.value.code == "agreement_village"
        village_of = dict(BatchRow.objects.values_list("cadre_id", "village_id"))
        assert village_of == {drafted.pk: two.pk, sent.pk: one.pk, back.pk: one.pk}
        assert EligibilityOverride.objects.get().village_id == two.pk
        branch = world[Role.BRANCH_OFFICER]
        row = BatchRow.objects.get(cadre=back)
        actions.review(
            by=branch,
            batch=batches[1],
            decisions=[Decision(accept=False, row=row.pk, reason="incomplete")],
        )
        row.refresh_from_db()
        assert row.village_id == two.pk
        row = BatchRow.objects.get(cadre=sent)
        actions.review(
            by=branch,
            batch=batches[1],
            decisions=[Decision(accept=True, row=row.pk, member_no="24000000017")],
            finish_now=True,
        )
        assert Coverage.objects.get().village_id == two.pk
        assert apart() == []
        assert not CoverageMove.objects.exists()


def test_a_roster_takes_covers_along_and_taking_it_back_brings_them_back(payers, tmp_path):
    world = payers
    here = world.villages[1]
    with world.scope():
        issue_cards([each.pk for each in world.covers])
        draft = factories.cadre(world.villages[0])
        batch = EnrollmentBatch.objects.create(
            number="D-1", fund_source=world.source, first_month=world.first, prepared_by_id=1
        )
        BatchRow.objects.create(batch=batch, cadre=draft, village=world.villages[0])
        world.people.append(draft)
    lines = [rosters.line(here, NIK=each.nik, Nama=each.name) for each in world.people]
    roster = rosters.check(world, tmp_path, lines, role=OFFICER)
    for number in (2, 3, 4):
        roster = rosters.answered(world, roster, number, "move", yes=True)
    roster = rosters.applied(world[OFFICER], roster)
    with world.scope():
        assert set(Coverage.objects.values_list("village_id", flat=True)) == {here.pk}
        assert set(Card.objects.values_list("village_id", flat=True)) == {here.pk}
        assert apart() == []
        moved = Event.objects.filter(kind="coverage.payer_moved")
        assert set(moved.values_list("object_id", "village_id")) == {
            (each.pk, here.pk) for each in world.covers
        }
        cadres.undo_roster(by=world[OFFICER], roster=roster)
        assert apart() == []
        home = {world.villages[0].pk}
        assert set(Coverage.objects.values_list("village_id", flat=True)) == home
        assert set(BatchRow.objects.values_list("village_id", flat=True)) == home
        assert set(Card.objects.values_list("village_id", flat=True)) == home
        assert not CoverageMove.objects.exists()


def test_two_records_that_become_one_have_their_covers_in_one_village(payers):
    world = payers
    with world.scope():
        other = factories.cadre(world.villages[1])
        cadres.merge_people(
            by=world[OFFICER], kept=other, other=world.people[0], reason="Orang yang sama"
        )
        assert apart() == []
        assert Coverage.objects.get(cadre=other).village_id == world.villages[1].pk


def test_a_cadre_who_moves_takes_her_cover_along_until_her_new_village_reports_her_death(world):
    office = Office(world)
    with world.scope():
        person = factories.cadre(world.villages[0], name="Siti Contoh")
    source = office.source("APBDes", "village_budget", "village")
    batch = office.submitted(fund_source=source.pk)
    office.accepts_all(batch)
    today = dt.date.today()
    office.sends(
        OFFICER, f"kader/{person.pk}/pindah/", village=world.villages[1].pk, on=today.isoformat()
    )
    with world.scope():
        (cover,) = Coverage.objects.active_on(today)
        assert (cover.cadre_id, cover.ends_on) == (person.pk, None)
        assert cover.village_id == world.villages[1].pk
    assert person.name not in office.reads(VILLAGE, "kepesertaan/")
    assert world.villages[1].name in office.reads(OFFICER, f"kepesertaan/{cover.pk}/")
    again = office.reads(
        OFFICER,
        "pendaftaran/baru/",
        fund_source=source.pk,
        segment="BPU",
        first_month=f"{months.add_months(months.this_month(), 1):%Y-%m}",
        village=world.villages[1].pk,
    )
    assert "1 orang sudah terlindungi pada bulan pertama" in again
    shown = office.reads(OFFICER, f"kader/{person.pk}/")
    assert world.villages[1].name in shown
    seen = office.reads(OFFICER, f"bukti/orang/{person.pk}/", day=today.isoformat())
    assert "Nomor peserta" in seen

    operator = world.actor(VILLAGE, "desa.baru@banyuwangi.test", world.villages[1])
    world.actors[VILLAGE] = operator
    office.clients.pop(VILLAGE)
    assert person.name in office.reads(VILLAGE, "kepesertaan/")
    assert "memindahkan kepesertaan dari" in office.reads(VILLAGE, f"kepesertaan/{cover.pk}/")
    proof = office.reads(VILLAGE, f"bukti/orang/{person.pk}/", day=today.isoformat())
    assert batch.number in proof
    report = f"klaim/lapor/{person.pk}/"
    answer = office.sends(VILLAGE, report, died_on=today.isoformat(), place="Rumah", cause="Sakit")
    with world.scope():
        assert Claim.objects.get().coverage == cover
        cover.refresh_from_db()
        assert (cover.ends_on, cover.end_reason) == (today, Coverage.EndReason.DIED)
    office.reads(VILLAGE, answer.url)
    office.reads(OFFICER, answer.url)
