"""Two records of one person become one, with everything that other apps hold."""

import datetime as dt
import threading

import pytest
from django.db import connections

from accounts.roles import Role
from audit.models import Event
from cadres import actions, queries
from cadres.finders import by_number
from cadres.models import Assignment, Cadre
from claims.models import Claim
from core.errors import DomainError
from enrollment.models import BatchRow, Coverage
from tests import factories

JANUARY, JULY = dt.date(2026, 1, 1), dt.date(2026, 7, 1)


@pytest.fixture
def officer(world):
    return world[Role.DISTRICT_OFFICER]


@pytest.fixture
def both(world):
    """The kept record and the other one, of the same posyandu."""
    with world.scope():
        return (
            factories.cadre(world.villages[0], name="Siti Aminah"),
            factories.cadre(world.villages[0], name="Siti Aminah Wati", phone="+62812"),
        )


def merged(by, kept, other, **more):
    return actions.merge_people(by=by, kept=kept, other=other, reason="orang yang sama", **more)


def test_the_other_record_points_to_the_kept_one_and_is_no_longer_listed(world, officer, both):
    kept, other = both
    with world.scope():
        merged(officer, kept, other)
        other.refresh_from_db()
        assert other.merged_into == kept
        assert other not in queries.people()
        assert by_number(other.nik) == kept.pk
        assert Event.objects.filter(kind__in=["cadre.merged", "cadre.merged_away"]).count() == 2


def test_chosen_values_are_taken_and_the_niks_change_places(world, officer, both):
    kept, other = both
    before = kept.nik, other.nik
    with world.scope():
        merged(officer, kept, other, take=["name", "nik", "phone"])
        kept.refresh_from_db()
        other.refresh_from_db()
        assert (kept.name, kept.name_key, kept.phone) == (other.name, "SITI AMINAH WATI", "+62812")
        assert (kept.nik, other.nik) == (before[1], before[0])


def test_a_service_in_the_same_place_does_not_run_twice(world, officer, both):
    kept, other = both
    with world.scope():
        Assignment.objects.filter(cadre=other).update(
            started_on=dt.date(2020, 1, 1), decree_number="141/7"
        )
        actions.add_service(by=officer, cadre=other, category="stunting_cadre", started_on=JANUARY)
        merged(officer, kept, other)
        running = Assignment.objects.filter(cadre=kept, ended_on=None).order_by("category")
        assert [(each.category, each.started_on.year) for each in running] == [
            ("posyandu_cadre", 2020),
            ("stunting_cadre", 2026),
        ]
        assert running[0].decree_number == "141/7"
        left = Assignment.objects.get(cadre=other)
        assert (left.end_reason, left.ended_on is None) == ("corrected", False)


def test_heirs_children_trainings_and_skills_follow_once(world, officer, both):
    kept, other = both
    child = actions.Child("Putra", dt.date(2016, 5, 1), "sd")
    with world.scope():
        for person in both:
            actions.add_heir(by=officer, cadre=person, name="Budi", relation="spouse")
            actions.set_school_children(by=officer, cadre=person, children=[child])
            actions.set_competences(by=officer, cadre=person, codes=["post_1"])
        actions.add_heir(by=officer, cadre=other, name="Wati", relation="child")
        actions.record_training(
            by=officer, cadre_ids=[kept.pk, other.pk], title="ILP", starts_on=JANUARY
        )
        merged(officer, kept, other)
        assert sorted(kept.heirs.values_list("name", flat=True)) == ["Budi", "Wati"]
        assert kept.school_children.count() == 1
        assert (kept.trainings.count(), kept.competences.count()) == (1, 1)


def test_cover_and_rows_follow(world, officer, both):
    kept, other = both
    with world.scope():
        factories.coverage(
            kept, starts_on=JANUARY, ends_on=dt.date(2026, 6, 30), end_reason="other"
        )
        cover = factories.coverage(other, starts_on=JULY)
        merged(officer, kept, other)
        cover.refresh_from_db()
        assert cover.cadre == kept
        assert not BatchRow.objects.filter(cadre=other).exists()


def test_two_running_covers_must_be_settled_first(world, officer, both):
    with world.scope():
        for person in both:
            factories.coverage(person, starts_on=JANUARY)
        with pytest.raises(DomainError) as refused:
            merged(officer, *both)
        assert refused.value.code == "merge_covered_twice"
        assert "Akhiri salah satu" in str(refused.value.message)


def test_a_double_cover_that_is_over_stays_with_its_papers(world, officer, both):
    kept, other = both
    with world.scope():
        factories.coverage(kept, starts_on=JANUARY)
        over = factories.coverage(
            other, starts_on=JANUARY, ends_on=dt.date(2026, 3, 31), end_reason="other"
        )
        merged(officer, kept, other)
        assert Coverage.objects.get(pk=over.pk).cadre == other


def test_the_record_whose_cover_runs_is_the_one_to_keep(world, officer, both):
    kept, other = both
    with world.scope():
        factories.coverage(
            kept, starts_on=JANUARY, ends_on=dt.date(2026, 3, 31), end_reason="other"
        )
        factories.coverage(other, starts_on=JANUARY)
        with pytest.raises(DomainError) as refused:
            merged(officer, kept, other)
        assert "Pertahankan catatan" in str(refused.value.message)
        merged(officer, other, kept)


def test_two_who_wait_for_the_branch_are_not_merged(world, officer, both):
    with world.scope():
        for person in both:
            row = factories.coverage(
                person, starts_on=JANUARY, ends_on=dt.date(2026, 1, 31), end_reason="other"
            ).batch_row
            BatchRow.objects.filter(pk=row.pk).update(status="waiting")
        with pytest.raises(DomainError) as refused:
            merged(officer, *both)
        assert refused.value.code == "merge_both_waiting"


def _claim(person, number, heir=None, status="reported"):
    return Claim.objects.create(
        number=number,
        cadre=person,
        village=person.village,
        died_on=JULY,
        outcome="full",
        heir=heir,
        status=status,
        reported_by_id=1,
    )


def test_a_claim_follows_with_its_heir(world, officer, both):
    kept, other = both
    with world.scope():
        mine = actions.add_heir(by=officer, cadre=kept, name="Budi", relation="spouse")
        theirs = actions.add_heir(by=officer, cadre=other, name="BUDI", relation="spouse")
        claim = _claim(other, "K/1", theirs)
        merged(officer, kept, other)
        claim.refresh_from_db()
        assert (claim.cadre, claim.heir) == (kept, mine)


def test_two_claims_are_not_merged(world, officer, both):
    with world.scope():
        for number, person in enumerate(both):
            _claim(person, f"K/{number}")
        with pytest.raises(DomainError) as refused:
            merged(officer, *both)
        assert refused.value.code == "merge_two_claims"


def test_a_death_in_one_record_ends_services_and_covers_of_both(world, officer, both):
    kept, other = both
    with world.scope():
        cover = factories.coverage(kept, starts_on=JANUARY)
        actions.record_death(by=officer, cadre=other, died_on=JULY)
        merged(officer, kept, other)
        kept.refresh_from_db()
        assert kept.died_on == JULY
        assert not Assignment.objects.filter(cadre=kept, ended_on=None).exists()
        cover.refresh_from_db()
        assert (cover.ends_on, cover.end_reason) == (JULY, "died")


def test_two_different_deaths_are_not_one_person(world, officer, both):
    with world.scope():
        for person, day in zip(both, (JANUARY, JULY), strict=True):
            actions.record_death(by=officer, cadre=person, died_on=day)
        with pytest.raises(DomainError) as refused:
            merged(officer, *both)
        assert refused.value.code == "merge_deaths"


def test_a_record_is_merged_once_and_never_into_itself(world, officer, both):
    kept, other = both
    with world.scope():
        merged(officer, kept, other)
        for one, two in ((kept, other), (other, kept), (kept, kept)):
            with pytest.raises(DomainError):
                merged(officer, one, two)
        with pytest.raises(DomainError):
            actions.correct_person(by=officer, cadre=other, name="Lain")


def test_opposite_merges_at_once_leave_one_record(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        world = factories.World.make()
        officer = world[Role.DISTRICT_OFFICER]
        with world.scope():
            pair = [factories.cadre(world.villages[0]) for _each in range(2)]
        outcomes = []

        def work(kept: Cadre, other: Cadre) -> None:
            try:
                with world.scope():
                    merged(officer, kept, other)
                outcomes.append("merged")
            except DomainError as error:
                outcomes.append(error.code)
            finally:
                connections.close_all()

        threads = [
            threading.Thread(target=work, args=order) for order in (pair, list(reversed(pair)))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        with world.scope():
            assert Cadre.objects.filter(merged_into=None).count() == 1
    assert sorted(outcomes) == ["merged", "person_merged"]
