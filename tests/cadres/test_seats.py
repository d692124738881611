"""Seats of a posyandu: the rule, the norm, names, merges and who takes over from whom."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction

from accounts.roles import Role
from audit.models import Event
from cadres import actions, queries, seats
from cadres.models import Assignment, Cadre, Posyandu
from core.errors import DomainError
from core.months import add_months, this_month
from tests import factories

OFFICER = Role.DISTRICT_OFFICER
DAY = dt.date(2026, 11, 1)


def _new(village, **fields) -> actions.NewPerson:
    birth = dt.date(1990, 5, 6)
    told = {"nik": factories.nik_for(village, birth), "name": "SITI PENGGANTI"}
    return actions.NewPerson(**(told | {"birth_date": birth, "sex": "P"} | fields))


def _replace(world, service, person, day=DAY, **fields):
    return actions.replace_cadre(
        by=world[OFFICER], service=service, takes_over=day, person=person, **fields
    )


def test_a_seat_without_a_number_follows_the_norm():
    assert seats.seats_of(None, 4, seats.DEFAULT) == seats.Seats(5, 4, own=False, sure=False)
    assert seats.seats_of(3, 4, seats.DEFAULT).over == 1
    assert seats.seats_of(None, 4, seats.PERMENDAGRI_13_2024).free == 11


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (dt.date(2026, 12, 1), dt.date(2026, 12, 1), dt.date(2026, 11, 30)),
        (dt.date(2026, 12, 2), dt.date(2027, 1, 1), dt.date(2026, 12, 31)),
        (dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 2, 28)),
    ],
)
def test_every_month_of_a_seat_is_paid_once(day, first, last):
    assert seats.first_paid_month(day) == first
    assert seats.last_paid_day(day) == last
    months = seats.months_of_seat(day)
    assert [each.month for each in months if each.is_new][0] == first
    assert len({each.month for each in months}) == len(months)


def test_the_norm_is_unsure_until_the_regency_says_so(world):
    with world.scope():
        assert queries.seat_norm() == seats.DEFAULT
        actions.set_norm(by=world[OFFICER], seats_each=15, basis="Perbup 9/2026", confirmed=True)
        actions.set_norm(by=world[OFFICER], seats_each=10, basis="Perbup 10/2026", confirmed=True)
        assert queries.seat_norm() == seats.Norm(10, "Perbup 10/2026", confirmed=True)
        with pytest.raises(DomainError):
            actions.set_norm(by=world[OFFICER], seats_each=61, basis="", confirmed=False)


def test_a_person_over_the_seats_is_counted(world):
    with world.scope():
        for _ in range(3):
            person = factories.cadre(world.villages[0])
        post = person.assignments.get().posyandu
        actions.fund_seats(by=world[OFFICER], posyandu=post, seats_each=2)
        post.refresh_from_db()
        found = queries.seats_at(post, queries.seat_norm(), DAY)
        assert (found.funded, found.filled, found.over) == (2, 3, 1)
        assert queries.with_people(Posyandu.objects.filter(pk=post.pk), DAY).get().filled == 3


def test_a_new_person_takes_over_without_a_gap(world):
    with world.scope():
        leaves = factories.cadre(world.villages[0])
        service = leaves.assignments.get()
        successor = _replace(world, service, _new(world.villages[0]), reason="pindah rumah")
        service.refresh_from_db()
        assert service.ended_on == dt.date(2026, 10, 31)
        assert service.end_reason == Assignment.EndReason.REPLACED
        assert successor.started_on == DAY
        assert successor.replaces_id == service.pk
        assert (successor.posyandu_id, successor.category) == (
            service.posyandu_id,
            service.category,
        )
        assert successor.cadre.name == "SITI PENGGANTI"
        assert queries.seats_at(service.posyandu, seats.DEFAULT, DAY).filled == 1
        event = Event.objects.get(kind="cadre.replaced")
        assert event.facts["reason"] == "pindah rumah"


def test_a_known_nik_is_the_known_person(world):
    with world.scope():
        service = factories.cadre(world.villages[0]).assignments.get()
        birth = dt.date(1990, 5, 6)
        nik = factories.nik_for(world.villages[0], birth)
        known = factories.cadre(world.villages[0], nik=nik, birth_date=birth, category="pkk_cadre")
        successor = _replace(world, service, _new(world.villages[0], nik=nik))
        assert successor.cadre_id == known.pk
        assert Cadre.objects.count() == 2


def test_a_seat_is_handed_over_once(world):
    with world.scope():
        service = factories.cadre(world.villages[0]).assignments.get()
        _replace(world, service, _new(world.villages[0]))
        with pytest.raises(DomainError) as refused:
            _replace(world, service, _new(world.villages[0], name="LAIN"))
        assert refused.value.code == "service_replaced"


def test_the_database_refuses_a_second_successor(world):
    with world.scope():
        first = factories.cadre(world.villages[0]).assignments.get()
        for _ in range(2):
            after = factories.cadre(world.villages[0]).assignments.get()
            after.replaces = first
            if Assignment.objects.filter(replaces=first).exists():
                with pytest.raises(IntegrityError), transaction.atomic():
                    after.save(update_fields=["replaces"])
            else:
                after.save(update_fields=["replaces"])


def test_the_seat_of_somebody_who_died_can_be_taken_over(world):
    with world.scope():
        leaves = factories.cadre(world.villages[0])
        actions.record_death(by=world[OFFICER], cadre=leaves, died_on=dt.date(2026, 9, 10))
        service = leaves.assignments.get()
        with pytest.raises(DomainError) as refused:
            _replace(world, service, _new(world.villages[0]), day=dt.date(2026, 9, 10))
        assert refused.value.code == "takes_over_range"
        successor = _replace(world, service, _new(world.villages[0]), day=dt.date(2026, 9, 11))
        service.refresh_from_db()
        assert service.ended_on == dt.date(2026, 9, 10)
        assert successor.replaces_id == service.pk


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"nik": "351006520385"}, "nik_length"),
        ({"nik": "3510065203850000"}, "nik_serial"),
        ({"nik": "9999995203850001"}, "nik_province"),
        ({"nik": "3599995203850001"}, "nik_district"),
        ({"nik": "35100652O3850001"}, "nik_letters"),
        ({"name": " "}, "name_missing"),
        ({"sex": ""}, "sex_missing"),
        ({"birth_date": dt.date(2099, 1, 1)}, "birth_in_future"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_a_new_person_is_held_to_the_rules_of_a_roster(world, change, code):
    with world.scope():
        service = factories.cadre(world.villages[0]).assignments.get()
        told = _new(world.villages[0])
        person = actions.NewPerson(**(told.__dict__ | change))
        with pytest.raises(DomainError) as refused, transaction.atomic():
            _replace(world, service, person)
        assert refused.value.code == code
        assert Assignment.objects.filter(ended_on=None).count() == 1


def test_days_out_of_reach_and_wrong_people_are_refused(world):
    with world.scope():
        person = factories.cadre(world.villages[0])
        other = factories.cadre(world.villages[0])
        service = person.assignments.get()
        dead = factories.cadre(world.villages[0], died_on=dt.date(2026, 1, 1))
        for who, day, code in (
            (other, service.started_on, "takes_over_range"),
            (other, add_months(this_month(), 4), "takes_over_range"),
            (person, DAY, "person_same"),
            (dead, DAY, "person_died"),
            (other, DAY, "person_serves"),
        ):
            with pytest.raises(DomainError) as refused, transaction.atomic():
                _replace(world, service, who, day=day)
            assert refused.value.code == code


def test_a_village_cannot_take_a_person_whom_it_does_not_see(world):
    with world.scope():
        service = factories.cadre(world.villages[0]).assignments.get()
        hidden = factories.cadre(world.villages[1])
        nik, birth = hidden.nik, hidden.birth_date
    with world.scope(Role.VILLAGE_OPERATOR):
        with pytest.raises(DomainError) as refused, transaction.atomic():
            actions.replace_cadre(
                by=world[Role.VILLAGE_OPERATOR],
                service=service,
                takes_over=DAY,
                person=_new(world.villages[0], nik=nik, birth_date=birth),
            )
        assert refused.value.code == "person_elsewhere"


def test_two_replacements_at_once_leave_one_successor(own_database):
    world = factories.World.make()
    with world.scope():
        service = factories.cadre(world.villages[0]).assignments.get()
    people = [_new(world.villages[0]), _new(world.villages[0])]
    together, results = threading.Barrier(2), []

    def work(person) -> None:
        together.wait(30)
        try:
            with world.scope():
                results.append(_replace(world, service, person).pk)
        except DomainError as error:
            results.append(error.code)
        connections.close_all()

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(results) == 2
    assert "service_replaced" in results
    with world.scope():
        assert Assignment.objects.filter(replaces=service).count() == 1
        assert Cadre.objects.count() == 2


def test_a_replacement_that_breaks_off_changes_nothing(world, monkeypatch):
    with world.scope():
        service = factories.cadre(world.villages[0]).assignments.get()

    def break_off(*_args, **_kwargs):
        raise RuntimeError("stopped")

    monkeypatch.setattr("cadres.actions.seats.record", break_off)
    with pytest.raises(RuntimeError), world.scope():
        _replace(world, service, _new(world.villages[0]))
    with world.scope():
        service.refresh_from_db()
        assert service.ended_on is None
        assert Cadre.objects.count() == 1


def test_a_rename_keeps_names_of_a_village_apart(world):
    with world.scope():
        post = factories.posyandu(world.villages[0], "Melati 1")
        factories.posyandu(world.villages[0], "Mawar 1")
        changed = actions.change_posyandu(
            by=world[OFFICER], posyandu=post, name="Posyandu Melati  Satu", decree_number="1/2026"
        )
        assert (changed.name, changed.name_key) == ("Posyandu Melati Satu", "MELATI SATU")
        with pytest.raises(DomainError) as refused:
            actions.change_posyandu(by=world[OFFICER], posyandu=post, name="mawar 1")
        assert refused.value.code == "posyandu_name_taken"


def test_two_records_of_one_posyandu_become_one(world):
    village = world.villages[0]
    with world.scope():
        person = factories.cadre(village)
        kept = person.assignments.get().posyandu
        gone = factories.posyandu(village, "Melati I")
        both = factories.cadre(village)
        Assignment.objects.create(
            cadre=both,
            village=village,
            posyandu=gone,
            category="posyandu_cadre",
            started_on=dt.date(2025, 1, 1),
        )
        alone = factories.cadre(village)
        alone.assignments.update(posyandu=gone)
        actions.merge_posyandu(by=world[OFFICER], posyandu=gone, into=kept)
        assert not Posyandu.objects.filter(pk=gone.pk).exists()
        running = Assignment.objects.filter(ended_on=None)
        assert set(running.values_list("posyandu_id", flat=True)) == {kept.pk}
        assert running.filter(cadre=both).count() == 1
        assert Assignment.objects.filter(cadre=both).count() == 2
        assert Event.objects.get(kind="posyandu.merged").facts["people"] == 1


def test_posyandu_of_two_villages_do_not_merge(world):
    with world.scope():
        here = factories.posyandu(world.villages[0])
        there = factories.posyandu(world.villages[1])
        with pytest.raises(DomainError) as refused:
            actions.merge_posyandu(by=world[OFFICER], posyandu=here, into=there)
        assert refused.value.code == "posyandu_other_village"
        with pytest.raises(DomainError) as refused:
            actions.merge_posyandu(by=world[OFFICER], posyandu=here, into=here)
        assert refused.value.code == "posyandu_same"
