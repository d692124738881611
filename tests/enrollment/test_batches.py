"""Preparing, narrowing and submitting batches."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from cadres.models import Category
from core import months, tenancy
from core.errors import DomainError
from enrollment import actions
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.queries import Choice, standings
from tests import factories


def prepare(world, **fields):
    """A draft by the district officer, from the next month."""
    fields.setdefault("fund_source", factories.fund_source())
    fields.setdefault("segment", "BPU")
    fields.setdefault("first_month", months.add_months(months.this_month(), 1))
    fields.setdefault("choice", Choice())
    fields.setdefault("by", world[Role.DISTRICT_OFFICER])
    return actions.prepare(**fields)


def test_preparing_takes_everybody_who_serves_and_is_not_covered(world):
    with world.scope():
        people = [factories.cadre(world.villages[0]) for _ in range(3)]
        batch = prepare(world)
        assert set(batch.rows.values_list("cadre_id", flat=True)) == {p.pk for p in people}
        assert batch.status == EnrollmentBatch.Status.DRAFT
        assert set(batch.rows.values_list("category", flat=True)) == {Category.POSYANDU_CADRE}


def test_people_left_out_are_counted_by_reason(world):
    with world.scope():
        month = months.add_months(months.this_month(), 1)
        factories.cadre(world.villages[0])
        factories.cadre(world.villages[0], died_on=dt.date(2026, 1, 2))
        factories.cadre(world.villages[0], birth_date=dt.date(1950, 1, 2))
        covered = factories.cadre(world.villages[1])
        factories.coverage(covered, starts_on=months.this_month())
        factories.cadre(world.villages[1])
        prepare(world, choice=Choice(village_id=world.villages[1].pk))
        counted = standings(Choice(), first_month=month, programme="JKK_JKM")
        left_out = {code: people for code, people in counted.refused.items() if people}
        assert left_out == dict.fromkeys(("deceased", "covered", "waiting", "over_age"), 1)
        assert (counted.eligible, counted.total) == (1, 5)
        assert len(counted.exclusions()) == 4


def test_cover_that_ended_before_the_first_month_does_not_leave_a_person_out(world):
    with world.scope():
        person = factories.cadre(world.villages[0])
        factories.coverage(
            person,
            starts_on=dt.date(2025, 1, 1),
            ends_on=dt.date(2025, 12, 31),
            end_reason="stopped",
        )
        assert prepare(world).rows.get().cadre_id == person.pk


def test_filters_narrow_by_category_and_posyandu(world):
    with world.scope():
        factories.cadre(world.villages[0])
        stunting = factories.cadre(world.villages[0], category=Category.STUNTING_CADRE)
        batch = prepare(world, choice=Choice(category=Category.STUNTING_CADRE))
        row = batch.rows.get()
        assert (row.cadre_id, row.category) == (stunting.pk, Category.STUNTING_CADRE)


def test_nobody_eligible_is_said_with_its_reasons(world):
    with world.scope():
        factories.cadre(world.villages[0], died_on=dt.date(2026, 1, 2))
        with pytest.raises(DomainError) as refused:
            prepare(world)
        assert refused.value.code == "nobody_eligible"
        assert "meninggal" in str(refused.value.message)


@pytest.mark.parametrize("distance", [-13, 13])
def test_the_first_month_lies_within_a_year(world, distance):
    with world.scope(), pytest.raises(DomainError) as refused:
        prepare(world, first_month=months.add_months(months.this_month(), distance))
    assert refused.value.code == "first_month_out_of_range"


def test_who_prepared_may_not_submit(world):
    with world.scope():
        factories.cadre(world.villages[0])
        batch = prepare(world)
        with pytest.raises(DomainError) as refused:
            actions.submit(by=world[Role.DISTRICT_OFFICER], batch=batch)
        assert refused.value.code == "batch_same_person"


def test_the_database_refuses_one_person_in_both_roles(world):
    with world.scope():
        factories.cadre(world.villages[0])
        batch = prepare(world)
        with (
            pytest.raises(IntegrityError, match="enrollment_batch_two_people"),
            transaction.atomic(),
        ):
            EnrollmentBatch.objects.filter(pk=batch.pk).update(submitted_by_id=batch.prepared_by_id)


def test_a_person_waits_in_one_batch_only(world):
    with world.scope():
        person = factories.cadre(world.villages[0])
        first = prepare(world)
        other = EnrollmentBatch.objects.create(
            number="X",
            fund_source=first.fund_source,
            first_month=first.first_month,
            prepared_by_id=1,
        )
        with (
            pytest.raises(IntegrityError, match="enrollment_batchrow_one_waiting"),
            transaction.atomic(),
        ):
            BatchRow.objects.create(batch=other, cadre=person, village=person.village)


def test_a_draft_can_be_narrowed_and_deleted_but_not_once_submitted(world):
    with world.scope():
        for _ in range(3):
            factories.cadre(world.villages[0])
        batch = prepare(world)
        assert (
            actions.narrow(
                by=world[Role.DISTRICT_OFFICER], batch=batch, row_ids=[batch.rows.first().pk]
            )
            == 1
        )
        actions.submit(by=world[Role.DISTRICT_APPROVER], batch=batch)
        for forbidden in (
            lambda: actions.narrow(by=world[Role.DISTRICT_OFFICER], batch=batch, row_ids=[1]),
            lambda: actions.delete(by=world[Role.DISTRICT_OFFICER], batch=batch),
        ):
            with pytest.raises(DomainError) as refused:
                forbidden()
            assert refused.value.code == "batch_not_draft"


def test_deleting_a_draft_frees_its_people(world):
    with world.scope():
        factories.cadre(world.villages[0])
        actions.delete(by=world[Role.DISTRICT_OFFICER], batch=prepare(world))
        assert prepare(world).rows.count() == 1


def test_a_person_covered_in_another_regency_is_marked_for_the_branch(world, elsewhere):
    nik = "3509010101850001"
    with elsewhere.scope():
        there = factories.cadre(elsewhere.villages[0], nik=nik)
        factories.coverage(there, starts_on=months.this_month())
    with world.scope():
        factories.cadre(world.villages[0], nik=nik)
        factories.cadre(world.villages[0])
        findings = sorted(prepare(world).rows.values_list("findings", flat=True))
        assert findings == [[], ["covered_elsewhere"]]


def test_preparing_a_thousand_people_takes_as_few_statements_as_ten(world):
    with world.scope():
        for _ in range(10):
            factories.cadre(world.villages[0])
        with CaptureQueriesContext(
            connection,
        ) as ten:
            batch = prepare(world)
        actions.delete(by=world[Role.DISTRICT_OFFICER], batch=batch)
        factories.many_cadres(world.villages[0], 1000)
        with CaptureQueriesContext(connection) as thousand:
            assert prepare(world).rows.count() == 1010
        assert len(thousand) - 1 <= len(ten) <= 16


def test_of_two_submits_at_once_one_counts(own_database):
    world = factories.World.make()
    with world.scope():
        factories.cadre(world.villages[0])
        batch = prepare(world)
    second = world.actor(Role.DISTRICT_APPROVER, "kedua@banyuwangi.test")
    outcomes, start = [], threading.Barrier(2)

    def submit(actor):
        try:
            start.wait()
            with tenancy.scope(world.regency.pk, by=actor.id):
                actions.submit(by=actor, batch=batch)
            outcomes.append("submitted")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=submit, args=(actor,))
        for actor in (world[Role.DISTRICT_APPROVER], second)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["batch_not_draft", "submitted"]
