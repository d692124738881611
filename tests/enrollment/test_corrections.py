"""A returned row goes back to its village, is corrected, and comes back into the same batch."""

import threading

import pytest
from django.db import connection

from accounts.roles import Role
from audit.models import Event
from cadres.actions import correct_person
from cadres.models import Cadre
from core import months, tenancy
from core.errors import DomainError
from enrollment import actions, correction_words
from enrollment.actions import corrections
from enrollment.actions.terms import change_terms
from enrollment.decisions import Decision
from enrollment.models import BatchRow, Coverage
from enrollment.queries import Choice, returned_rows
from enrollment.queries.corrections import changes_since_return
from tests import factories
from tests.enrollment.agreements import agreement
from tests.enrollment.corrections import (
    NOTE,
    Status,
    number,
    page,
    resubmit,
    returned,
    submitted,
    the_batch,
    with_one_returned,
)


@pytest.fixture
def desk(world):
    """Two people: one accepted, one returned to the first village."""
    return with_one_returned(world)


def test_the_village_sends_the_row_back_into_the_same_batch(desk):
    resubmit(desk)
    with desk.scope():
        row = BatchRow.objects.get(pk=desk.row.pk)
        assert (row.status, row.batch_id, row.times_returned) == ("waiting", desk.batch.pk, 1)
        assert (row.correction_note, row.corrected_by_id) == (
            NOTE,
            desk[Role.VILLAGE_OPERATOR].id,
        )
        assert the_batch(desk).status == Status.IN_REVIEW
        event = Event.objects.get(kind="batch.row_resubmitted")
        assert (event.village_id, event.object_id) == (desk.villages[0].pk, desk.row.pk)
        assert not returned_rows().exists()


def test_the_second_finish_makes_only_the_new_cover(desk):
    with desk.scope():
        first = Coverage.objects.get()
    resubmit(desk)
    with desk.scope():
        branch = desk[Role.BRANCH_OFFICER]
        with pytest.raises(DomainError, match="rows_waiting"):
            actions.finish(by=branch, batch=desk.batch)
        actions.review(
            by=branch,
            batch=desk.batch,
            decisions=[Decision(accept=True, row=desk.row.pk, member_no=number(7))],
            finish_now=True,
        )
        assert Coverage.objects.count() == 2
        assert Coverage.objects.get(pk=first.pk).created_at == first.created_at
        assert the_batch(desk).status == Status.ACTIVE
        row = BatchRow.objects.get(pk=desk.row.pk)
        assert (row.reason, row.times_returned) == ("", 1)


def test_a_row_that_became_cover_is_not_answered_anew(desk):
    resubmit(desk)
    with desk.scope():
        report = actions.decide(
            by=desk[Role.BRANCH_OFFICER],
            batch=desk.batch,
            decisions=[Decision(accept=False, row=desk.rows[1].pk, reason="other", line=3)],
        )
        assert [(each.line, each.code) for each in report.problems] == [(3, "row_covered")]
        same = [Decision(accept=True, row=desk.rows[1].pk, member_no=number(1), line=4)]
        report = actions.decide(by=desk[Role.BRANCH_OFFICER], batch=desk.batch, decisions=same)
        assert (report.accepted, report.problems) == (0, [])
        assert BatchRow.objects.get(pk=desk.rows[1].pk).status == "accepted"


def test_a_row_returned_again_counts_twice_and_the_others_stay_covered(desk):
    resubmit(desk)
    with desk.scope():
        actions.review(
            by=desk[Role.BRANCH_OFFICER],
            batch=desk.batch,
            decisions=[Decision(accept=False, row=desk.row.pk, reason="nik_mismatch")],
            finish_now=True,
        )
        assert BatchRow.objects.get(pk=desk.row.pk).times_returned == 2
        assert the_batch(desk).status == Status.ACTIVE
        assert Coverage.objects.active_on(months.this_month()).count() == 1
        assert returned_rows().count() == 1


def test_a_row_is_with_the_village_while_the_branch_still_answers_others(world):
    with world.scope():
        people = [factories.cadre(world.villages[0]) for _ in range(2)]
        batch = submitted(world, people)
        row = batch.rows.first()
        actions.decide(
            by=world[Role.BRANCH_OFFICER],
            batch=batch,
            decisions=[Decision(accept=False, row=row.pk, reason="incomplete")],
        )
        batch.refresh_from_db()
        assert batch.status == Status.IN_REVIEW
        assert returned_rows().get() == row


def test_nothing_corrected_and_nothing_said_is_not_sent(desk):
    with pytest.raises(DomainError, match="nothing_corrected"):
        resubmit(desk, note=" ok ")


def test_who_died_or_was_put_forward_anew_does_not_come_back(desk):
    with desk.scope():
        anew = actions.prepare(
            by=desk[Role.DISTRICT_OFFICER],
            fund_source=factories.fund_source(),
            segment="BPU",
            first_month=months.this_month(),
            choice=Choice(),
        )
        assert not returned_rows().exists()
    with pytest.raises(DomainError, match="still_refused"):
        resubmit(desk)
    with desk.scope():
        actions.delete(by=desk[Role.DISTRICT_OFFICER], batch=anew)
        Cadre.objects.filter(pk=desk.people[0].pk).update(died_on=months.this_month())
    with pytest.raises(DomainError, match="still_refused") as refused:
        resubmit(desk)
    assert "meninggal" in str(refused.value.message)


def test_a_full_agreement_holds_the_row_back_from_the_village_too(world):
    with world.scope():
        people = [factories.cadre(world.villages[0]) for _ in range(2)]
        paper = agreement(world, quota=2)
        world.batch = submitted(world, people, agreement=paper)
        world.rows = list(world.batch.rows.order_by("pk"))
        returned(world, world.batch, world.rows[:1])
        world.row = world.rows[0]
        later = factories.cadre(world.villages[0])
        submitted(world, [later], agreement=paper)
    with pytest.raises(DomainError, match="agreement_quota"):
        resubmit(world)


def test_every_reason_of_the_branch_has_something_to_do():
    assert set(correction_words.TODO) == set(BatchRow.Reason.values)


def test_a_row_taken_out_leaves_its_reason_and_frees_the_person(desk):
    with desk.scope():
        with pytest.raises(DomainError, match="reason_missing"):
            corrections.take_out(by=desk[Role.DISTRICT_OFFICER], row=desk.row, reason=" ")
        corrections.take_out(
            by=desk[Role.DISTRICT_OFFICER], row=desk.row, reason="Sudah dibayar perusahaan"
        )
        assert not BatchRow.objects.filter(pk=desk.row.pk).exists()
        event = Event.objects.get(kind="batch.row_taken_out")
        assert event.facts["reason"] == "Sudah dibayar perusahaan"
        with pytest.raises(DomainError, match="row_not_returned"):
            corrections.take_out(by=desk[Role.DISTRICT_OFFICER], row=desk.row, reason="Lagi")
        submitted(desk, desk.people[:1])


@pytest.fixture
def committed(own_database):
    """As `desk`, but every step is committed, as it is in life."""
    world = factories.World.make()
    with world.scope():
        world.people = [factories.cadre(world.villages[0], name=f"Siti {n}") for n in "AB"]
    with world.scope():
        world.batch = submitted(world, world.people)
        world.rows = list(world.batch.rows.order_by("cadre_id"))
    with world.scope():
        returned(world, world.batch, world.rows[:1])
    world.row = world.rows[0]
    return world


def test_the_branch_sees_what_was_changed_since_the_return(committed, client):
    world = committed
    village = world[Role.VILLAGE_OPERATOR]
    with world.scope(Role.VILLAGE_OPERATOR):
        person = world.people[0]
        correct_person(
            by=village,
            cadre=person,
            name="Siti Aminah",
            birth_date=person.birth_date,
            birth_place="Banyuwangi",
            sex=person.sex,
            phone="",
            mother_name="",
        )
    with world.scope(Role.VILLAGE_OPERATOR):
        change_terms(
            by=village,
            batch=world.batch,
            row_ids=[world.row.pk],
            changes={"occupation": "kader posyandu"},
        )
    resubmit(world, note="")
    with world.scope():
        row = BatchRow.objects.select_related("cadre").get(pk=world.row.pk)
        changes = {
            str(each.label): (each.before, each.after)
            for each in changes_since_return([row])[row.pk]
        }
    assert changes["Nama"] == ("Siti A", "Siti Aminah")
    assert changes["Tempat lahir"] == ("–", "Banyuwangi")
    assert changes["Pekerjaan"] == ("–", "kader posyandu")
    client.force_login(world[Role.BRANCH_OFFICER].user)
    shown = client.get(page(world, "batch", world.batch.pk)).content.decode()
    assert "Nama: Siti A → Siti Aminah" in shown


def test_of_two_who_send_a_row_back_at_once_one_counts(committed):
    world = committed
    outcomes, start = [], threading.Barrier(2)

    def send(role):
        actor = world[role]
        try:
            start.wait(30)
            with tenancy.scope(
                world.regency.pk, villages=actor.membership.village_ids(), by=actor.id
            ):
                corrections.resubmit(by=actor, row=world.row, note=NOTE)
            outcomes.append("sent")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=send, args=(role,))
        for role in (Role.VILLAGE_OPERATOR, Role.DISTRICT_OFFICER)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["row_not_returned", "sent"]
    with world.scope():
        assert Event.objects.filter(kind="batch.row_resubmitted").count() == 1


def test_a_resubmission_killed_half_way_leaves_everything_as_it_was(committed, monkeypatch):
    world = committed

    def dies(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(corrections, "record", dies)
    with pytest.raises(KeyboardInterrupt):
        resubmit(world)
    with world.scope():
        row = BatchRow.objects.get(pk=world.row.pk)
        assert (row.status, row.correction_note) == ("returned", "")
        assert the_batch(world).status == Status.ACTIVE
