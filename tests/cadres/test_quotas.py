"""Quotas of villages: numbers, the list in order, and places that are never passed."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction

from accounts.roles import Role
from audit.models import Event
from cadres import actions, queries
from cadres.models import Category, QuotaPlace
from core.errors import DomainError
from tests import factories

OFFICER = Role.DISTRICT_OFFICER
WORKER = Category.VULNERABLE_WORKER
STARTS = dt.date(2026, 1, 1)
STATUS = QuotaPlace.Status


def _quota(world, places=2, **fields):
    told = {"name": "1 Desa 100 Pekerja Rentan", "category": WORKER, "starts_on": STARTS}
    return actions.save_quota(by=world[OFFICER], per_village=places, **(told | fields))


def _workers(village, count):
    return [
        factories.cadre(village, f"PEKERJA {number}", category=WORKER) for number in range(count)
    ]


def test_the_list_enters_in_its_order_until_the_number_is_reached(world):
    village = world.villages[0]
    with world.scope():
        quota = _quota(world)
        people = _workers(village, 3)
        for person in reversed(people):
            actions.enlist(by=world[OFFICER], quota=quota, village=village, cadre=person)
        assert actions.admit(by=world[OFFICER], quota=quota, village=village) == 1
        assert actions.admit(by=world[OFFICER], quota=quota, village=village, most=9) == 1
        inside = QuotaPlace.objects.filter(status=STATUS.INSIDE).order_by("id")
        assert [place.cadre_id for place in inside] == [people[2].pk, people[1].pk]
        with pytest.raises(DomainError) as refused:
            actions.admit(by=world[OFFICER], quota=quota, village=village)
        assert refused.value.code == "quota_full"
        assert queries.quota_left(WORKER, village, day=STARTS) == 0


def test_who_leaves_makes_room_for_the_next(world):
    village = world.villages[0]
    with world.scope():
        quota = _quota(world, places=1)
        _workers(village, 2)
        assert actions.enlist_all(by=world[OFFICER], quota=quota, village=village) == 2
        assert actions.enlist_all(by=world[OFFICER], quota=quota, village=village) == 0
        actions.admit(by=world[OFFICER], quota=quota, village=village)
        first = QuotaPlace.objects.get(status=STATUS.INSIDE)
        with pytest.raises(DomainError):
            actions.leave_quota(by=world[OFFICER], place=first, reason=" ")
        actions.leave_quota(by=world[OFFICER], place=first, reason="sudah bekerja di pabrik")
        with pytest.raises(DomainError) as refused:
            actions.leave_quota(by=world[OFFICER], place=first, reason="dua kali")
        assert refused.value.code == "quota_left"
        assert actions.admit(by=world[OFFICER], quota=quota, village=village) == 1
        assert QuotaPlace.objects.get(status=STATUS.INSIDE).pk != first.pk
        assert Event.objects.filter(kind="quota.left").count() == 1


def test_only_people_of_the_kind_and_village_are_listed_once(world):
    village = world.villages[0]
    with world.scope():
        quota = _quota(world)
        cadre = factories.cadre(village)
        elsewhere = _workers(world.villages[1], 1)[0]
        worker = _workers(village, 1)[0]
        actions.enlist(by=world[OFFICER], quota=quota, village=village, cadre=worker)
        for person, code in (
            (cadre, "quota_not_of_kind"),
            (elsewhere, "quota_not_of_kind"),
            (worker, "quota_listed"),
        ):
            with pytest.raises(DomainError) as refused:
                actions.enlist(by=world[OFFICER], quota=quota, village=village, cadre=person)
            assert refused.value.code == code


def test_the_dead_are_passed_over(world):
    village = world.villages[0]
    with world.scope():
        quota = _quota(world)
        first, second = _workers(village, 2)
        actions.enlist_all(by=world[OFFICER], quota=quota, village=village)
        actions.record_death(by=world[OFFICER], cadre=first, died_on=dt.date(2026, 9, 1))
        assert actions.admit(by=world[OFFICER], quota=quota, village=village, most=2) == 1
        assert QuotaPlace.objects.get(status=STATUS.INSIDE).cadre_id == second.pk
        with pytest.raises(DomainError) as refused:
            actions.admit(by=world[OFFICER], quota=quota, village=village)
        assert refused.value.code == "quota_nobody_waits"


def test_a_village_may_have_its_own_number(world):
    village, other = world.villages[:2]
    with world.scope():
        quota = _quota(world, places=100)
        actions.set_share(by=world[OFFICER], quota=quota, village=village, places=200)
        assert queries.quota_left(WORKER, village, day=STARTS) == 200
        assert queries.quota_left(WORKER, other, day=STARTS) == 100
        actions.set_share(by=world[OFFICER], quota=quota, village=village, places=None)
        assert queries.quota_left(WORKER, village, day=STARTS) == 100


def test_nothing_limits_a_kind_without_a_quota_in_force(world):
    with world.scope():
        _quota(world, ends_on=dt.date(2026, 6, 30))
        village = world.villages[0]
        assert queries.quota_left(WORKER, village, day=dt.date(2026, 6, 30)) == 2
        assert queries.quota_left(WORKER, village, day=dt.date(2026, 7, 1)) is None
        assert queries.quota_left(Category.POSYANDU_CADRE, village, day=STARTS) is None


def test_a_lowered_number_keeps_who_is_inside_and_lets_nobody_in(world):
    village = world.villages[0]
    with world.scope():
        quota = _quota(world, places=3)
        _workers(village, 4)
        actions.enlist_all(by=world[OFFICER], quota=quota, village=village)
        actions.admit(by=world[OFFICER], quota=quota, village=village, most=3)
        actions.set_share(by=world[OFFICER], quota=quota, village=village, places=2)
        [state] = queries.by_village(quota, type(village).objects.filter(pk=village.pk))
        assert (state.places, state.inside, state.waiting, state.over) == (2, 3, 1, 1)
        with pytest.raises(DomainError):
            actions.admit(by=world[OFFICER], quota=quota, village=village)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "quota_name_missing"),
        ({"places": -1}, "quota_number"),
        ({"ends_on": dt.date(2025, 1, 1)}, "quota_period"),
        ({"name": "Dua"}, "quota_name_taken"),
    ],
)
def test_a_quota_is_refused_with_its_reason(world, change, code):
    with world.scope():
        _quota(world, name="Dua")
        with pytest.raises(DomainError) as refused, transaction.atomic():
            _quota(world, **change)
        assert refused.value.code == code


def test_the_database_holds_a_person_once_in_a_quota(world):
    village = world.villages[0]
    with world.scope():
        quota = _quota(world)
        place = {"quota": quota, "village": village, "cadre": _workers(village, 1)[0]}
        QuotaPlace.objects.create(since=STARTS, **place)
        with pytest.raises(IntegrityError), transaction.atomic():
            QuotaPlace.objects.create(since=STARTS, **place)
        with pytest.raises(IntegrityError), transaction.atomic():
            QuotaPlace.objects.update(status=STATUS.INSIDE)
        with pytest.raises(IntegrityError), transaction.atomic():
            QuotaPlace.objects.update(status=STATUS.LEFT, left_on=STARTS)


def test_places_follow_a_person_whose_records_are_merged(world):
    village = world.villages[0]
    with world.scope():
        quota, second = _quota(world), _quota(world, name="Lain")
        kept, other = _workers(village, 2)
        for person in (kept, other):
            actions.enlist(by=world[OFFICER], quota=quota, village=village, cadre=person)
        actions.enlist(by=world[OFFICER], quota=second, village=village, cadre=other)
        QuotaPlace.objects.filter(quota=quota, cadre=other).update(
            status=STATUS.INSIDE, entered_on=STARTS
        )
        actions.merge_people(by=world[OFFICER], kept=kept, other=other, reason="orang yang sama")
        states = QuotaPlace.objects.filter(cadre=kept).order_by("quota_id", "status")
        assert [(place.quota_id, place.status) for place in states] == [
            (quota.pk, "inside"),
            (quota.pk, "left"),
            (second.pk, "waiting"),
        ]
        assert not QuotaPlace.objects.filter(cadre=other).exists()


def test_two_at_once_never_pass_the_number(own_database):
    world = factories.World.make()
    village = world.villages[0]
    with world.scope():
        quota = _quota(world, places=3)
        _workers(village, 8)
        actions.enlist_all(by=world[OFFICER], quota=quota, village=village)
    together, results = threading.Barrier(4), []

    def work() -> None:
        together.wait(30)
        try:
            with world.scope():
                results.append(
                    actions.admit(by=world[OFFICER], quota=quota, village=village, most=2)
                )
        except DomainError as error:
            results.append(error.code)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(each for each in results if isinstance(each, int)) == 3
    with world.scope():
        assert QuotaPlace.objects.filter(status=STATUS.INSIDE).count() == 3
