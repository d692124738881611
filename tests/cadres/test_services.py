"""Corrections, services and moves of one person."""

import datetime as dt

import pytest

from accounts.roles import Role
from audit.models import Event
from cadres import actions
from cadres.models import Assignment, Cadre
from core import sealed
from core.errors import DomainError
from tests import factories

DAY = dt.date(2026, 3, 2)


@pytest.fixture
def officer(world):
    return world[Role.DISTRICT_OFFICER]


@pytest.fixture
def person(world):
    with world.scope():
        return factories.cadre(world.villages[0])


def refused(code: str):
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def test_a_correction_keeps_what_was_before_and_says_what_changed(world, officer, person):
    with world.scope():
        actions.correct_person(by=officer, cadre=person, name="Hj. Siti Aminah", phone="0812345678")
        person.refresh_from_db()
        assert (person.name_key, person.phone) == ("SITI AMINAH", "+62812345678")
        assert Event.objects.get(kind="cadre.corrected").facts == {"fields": "nama, nomor HP"}


def test_a_correction_that_changes_nothing_leaves_no_event(world, officer, person):
    with world.scope():
        actions.correct_person(by=officer, cadre=person, name=person.name, sex="P")
        assert not Event.objects.filter(kind="cadre.corrected").exists()


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ({"name": " . "}, "name_missing"),
        ({"birth_date": dt.date(2999, 1, 1)}, "birth_in_future"),
        ({"sex": "X"}, "sex_unknown"),
        ({"phone": "12"}, "phone_invalid"),
    ],
)
def test_a_correction_refuses_what_cannot_be(world, officer, person, detail, code):
    with world.scope(), refused(code):
        actions.correct_person(by=officer, cadre=person, **detail)


def test_a_nik_is_corrected_with_a_reason(world, officer, person):
    right = factories.nik_for(world.villages[0], person.birth_date)
    with world.scope():
        actions.correct_nik(by=officer, cadre=person, nik=right, reason="salah ketik")
        person.refresh_from_db()
        assert person.nik == right
        assert bytes(person.nik_digest) == sealed.digest(right)
        assert Event.objects.get(kind="cadre.nik_corrected").facts == {"reason": "salah ketik"}


def test_a_nik_of_somebody_else_is_refused(world, officer, person):
    with world.scope():
        other = factories.cadre(world.villages[1])
        with refused("nik_taken"):
            actions.correct_nik(by=officer, cadre=person, nik=other.nik, reason="salah ketik")


@pytest.mark.parametrize(
    ("nik", "reason", "code"),
    [
        ("3510", "salah ketik", "nik_invalid"),
        ("9999991212850001", "salah ketik", "nik_impossible"),
        ("3510061203850013", "-", "reason_missing"),
    ],
)
def test_a_nik_that_cannot_be_is_refused(world, officer, person, nik, reason, code):
    with world.scope(), refused(code):
        actions.correct_nik(by=officer, cadre=person, nik=nik, reason=reason)


def test_somebody_may_serve_two_posyandu_and_hold_two_kinds(world, officer, person):
    village = world.villages[0]
    with world.scope():
        second = factories.posyandu(village, "Kenanga")
        for category, post in (("posyandu_cadre", second), ("stunting_cadre", None)):
            actions.add_service(
                by=officer, cadre=person, category=category, posyandu=post, started_on=DAY
            )
        assert Assignment.objects.filter(cadre=person, ended_on=None).count() == 3


def test_the_same_service_runs_once(world, officer, person):
    with world.scope():
        post = factories.posyandu(world.villages[0])
        with refused("service_open"):
            actions.add_service(
                by=officer,
                cadre=person,
                category="posyandu_cadre",
                posyandu=post,
                started_on=DAY,
            )


def test_a_service_keeps_its_decree(world, officer, person):
    with world.scope():
        service = person.assignments.get()
        actions.change_service(
            by=officer, service=service, decree_number="141/7/2026", decree_date=DAY
        )
        service.refresh_from_db()
        assert (service.decree_number, service.decree_date) == ("141/7/2026", DAY)


def test_a_service_stops_once(world, officer, person):
    with world.scope():
        service = person.assignments.get()
        for _again in range(2):
            actions.stop_service(by=officer, service=service, on=DAY, reason="stopped")
        assert Event.objects.filter(kind="service.stopped").count() == 1
        with refused("service_ended"):
            actions.stop_service(by=officer, service=service, on=DAY, reason="corrected")


def test_a_service_cannot_stop_before_it_began_or_for_another_action_s_reason(
    world, officer, person
):
    with world.scope():
        service = person.assignments.get()
        with refused("day_too_early"):
            actions.stop_service(
                by=officer, service=service, on=dt.date(2020, 1, 1), reason="stopped"
            )
        with refused("reason_unknown"):
            actions.stop_service(by=officer, service=service, on=DAY, reason="moved")


def test_who_moves_ends_there_and_begins_here(world, officer, person):
    with world.scope():
        actions.move_person(by=officer, cadre=person, village=world.villages[1], on=DAY)
        old, new = Assignment.objects.filter(cadre=person).order_by("id")
        assert (old.ended_on, old.end_reason) == (DAY - dt.timedelta(days=1), "moved")
        assert (new.village_id, new.started_on, new.ended_on) == (world.villages[1].pk, DAY, None)
        assert (new.posyandu, new.decree_number) == (None, "")
        assert Cadre.objects.get(pk=person.pk).village_id == world.villages[1].pk


def test_the_old_village_does_not_see_who_moved_away(world, officer, person):
    with world.scope():
        actions.move_person(by=officer, cadre=person, village=world.villages[1], on=DAY)
    with world.scope(Role.VILLAGE_OPERATOR):
        assert not Cadre.objects.filter(pk=person.pk).exists()


def test_a_move_twice_or_to_another_regency_is_refused(world, elsewhere, officer, person):
    with world.scope():
        actions.move_person(by=officer, cadre=person, village=world.villages[1], on=DAY)
        with refused("village_same"):
            actions.move_person(by=officer, cadre=person, village=world.villages[1], on=DAY)
        with refused("village_unknown"):
            actions.move_person(by=officer, cadre=person, village=elsewhere.villages[0], on=DAY)
