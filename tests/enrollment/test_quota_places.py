"""The places of a village are counted with the people who are put forward."""

import datetime as dt
import threading

import pytest
from django.db import connections

from accounts.roles import Role
from cadres.actions import admit, enlist, save_quota
from cadres.models import Assignment, Category, Quota, QuotaPlace
from cadres.queries import by_village
from core import months
from core.errors import DomainError
from enrollment import actions, queries
from enrollment.actions.corrections import resubmit
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.queries import Choice
from tests import factories

OFFICER = Role.DISTRICT_OFFICER
WORKER = Category.VULNERABLE_WORKER
PROGRAMME = EnrollmentBatch.Programme.JKK_JKM


def _workers(world, count: int, places: int) -> tuple[Quota, list]:
    """A quota of the first village, and workers who began one day after the other."""
    quota = save_quota(
        by=world[OFFICER],
        name="Pekerja rentan",
        category=WORKER,
        per_village=places,
        starts_on=dt.date(2026, 1, 1),
    )
    people = [factories.cadre(world.villages[0], category=WORKER) for _ in range(count)]
    for day, person in enumerate(people, 1):
        Assignment.objects.filter(cadre=person).update(started_on=dt.date(2025, 1, day))
    return quota, people


def _prepare(world, source, **choice) -> EnrollmentBatch:
    return actions.prepare(
        by=world[OFFICER],
        fund_source=source,
        segment="BPU",
        first_month=months.this_month(),
        choice=Choice(**choice),
    )


def _people(batch: EnrollmentBatch) -> set[int]:
    return set(batch.rows.values_list("cadre_id", flat=True))


def _standings() -> queries.Standings:
    return queries.standings(Choice(), first_month=months.this_month(), programme=PROGRAMME)


def _left(person) -> int:
    [each] = [
        each
        for each in queries.answer_for(
            person.pk, first_month=months.this_month(), programme=PROGRAMME
        ).looked
        if each.rule.code == "quota_full"
    ]
    return each.data["quota_left"]


def test_batches_take_no_more_than_the_places_of_a_village(world):
    with world.scope():
        quota, people = _workers(world, 6, places=3)
        factories.cadre(world.villages[0])  # of a kind without a quota
        elsewhere = factories.cadre(world.villages[1], category=WORKER)
        enlist(by=world[OFFICER], quota=quota, village=world.villages[0], cadre=people[5])
        source = factories.fund_source()

        # The list first, then the longest service; one by one the others could still come.
        counted = _standings()
        assert (counted.eligible, counted.refused["quota_full"]) == (5, 3)
        assert [_left(person) for person in (people[0], people[4], elsewhere)] == [3, 3, 3]
        first = _prepare(world, source, category=WORKER, cadre_ids=[people[1].pk])
        assert _people(first) == {people[1].pk}
        assert _left(people[0]) == 2
        second = _prepare(world, source, category=WORKER)
        assert _people(second) == {people[5].pk, people[0].pk, elsewhere.pk}
        assert _left(people[2]) == 0
        with pytest.raises(DomainError) as refused:
            _prepare(world, source, category=WORKER)
        assert refused.value.code == "nobody_eligible"
        assert "3 orang di luar kuota" in str(refused.value.message)

        # Rows that wait do not count themselves; a lower number marks who comes last.
        for batch in (first, second):
            assert not any(row["marked"] for row in queries.findings_of(batch))
        save_quota(
            by=world[OFFICER],
            quota=quota,
            name=quota.name,
            category=WORKER,
            per_village=2,
            starts_on=quota.starts_on,
        )
        marked = {
            BatchRow.objects.get(pk=row["id"]).cadre_id
            for row in queries.findings_of(second)
            if row["marked"] == ["quota_full"]
        }
        assert marked == {people[0].pk}

        # A place that the branch gave back is gone when somebody else has taken it.
        Quota.objects.update(per_village=3)
        batch = actions.submit(by=world[Role.DISTRICT_APPROVER], batch=first)
        row = first.rows.get()
        BatchRow.objects.filter(pk=row.pk).update(status="returned", reason="incomplete")
        third = _prepare(world, source, cadre_ids=[people[2].pk])
        with pytest.raises(DomainError) as refused:
            resubmit(by=world[OFFICER], row=row, note="Data sudah benar")
        assert refused.value.code == "still_refused"
        actions.delete(by=world[OFFICER], batch=third)
        resubmit(by=world[OFFICER], row=row, note="Data sudah benar")
        assert batch.rows.get().findings == []


def test_a_village_lets_nobody_into_places_that_a_batch_has_taken(world):
    here, there = world.villages[:2]
    with world.scope():
        quota, people = _workers(world, 5, places=3)
        second = save_quota(
            by=world[OFFICER],
            name="Lain",
            category=WORKER,
            per_village=1,
            starts_on=quota.starts_on,
        )
        for person in people[2:]:
            enlist(by=world[OFFICER], quota=quota, village=here, cadre=person)

        def states(quota):
            return [
                (each.inside, each.outside, each.free) for each in by_village(quota, [here, there])
            ]

        def enter(most=9):
            return admit(by=world[OFFICER], quota=quota, village=here, most=most)

        source = factories.fund_source()
        taken = [people[0], people[1], people[4]]
        batch = _prepare(world, source, cadre_ids=[each.pk for each in taken])
        assert states(quota) == [(0, 3, 0), (0, 0, 3)]
        assert states(second) == [(0, 0, 1), (0, 0, 1)]
        assert _left(people[2]) == 1

        # Who waits in the batch and on the list brings the place along; the next one has none.
        assert enter() == 1
        assert QuotaPlace.objects.get(status="inside").cadre_id == people[4].pk
        assert states(quota) == [(1, 2, 0), (0, 0, 3)]
        with pytest.raises(DomainError) as refused:
            enter()
        assert refused.value.code == "quota_full"
        assert "2 tempat dipakai orang di luar kuota" in str(refused.value.message)
        _prepare(world, source, cadre_ids=[people[2].pk])
        assert states(second) == [(0, 1, 0), (0, 0, 1)]
        actions.delete(by=world[OFFICER], batch=batch)
        assert states(quota) == [(1, 1, 1), (0, 0, 3)]
        assert enter() == 2


def test_two_batches_at_once_do_not_take_the_same_last_places(own_database):
    world = factories.World.make()
    with world.scope():
        _quota, people = _workers(world, 6, places=3)
        source = factories.fund_source()
    together, errors = threading.Barrier(2), []

    def work(chosen: list[int]) -> None:
        together.wait(30)
        try:
            with world.scope():
                _prepare(world, source, cadre_ids=chosen)
        except DomainError as error:
            errors.append(error.code)
        finally:
            connections.close_all()

    halves = [[person.pk for person in half] for half in (people[:2], people[2:])]
    threads = [threading.Thread(target=work, args=(half,)) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with world.scope():
        assert BatchRow.objects.count() == 3
    assert errors in ([], ["nobody_eligible"])
