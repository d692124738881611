"""Trainings of one and of many, ranks, and the checklist of skills."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Event
from cadres import actions, competencies, person_page
from cadres.models import Competence, Training
from core.errors import DomainError
from tests import factories

DAY = dt.date(2026, 2, 3)


@pytest.fixture
def operator(world):
    return world[Role.VILLAGE_OPERATOR]


@pytest.fixture
def person(world):
    with world.scope():
        return factories.cadre(world.villages[0])


def test_there_are_25_skills_in_five_groups_and_none_of_them_claims_a_source():
    groups = competencies.groups()
    assert (len(groups), len(competencies.codes())) == (5, 25)
    assert {group.source for group in groups} == {"S47"}
    assert not any(skill.confirmed for group in groups for skill in group.skills)


def test_a_training_is_recorded_once_for_each_person(world, operator, person):
    with world.scope(Role.VILLAGE_OPERATOR):
        second = factories.cadre(world.villages[0])
        record = {"by": operator, "title": "25 keterampilan dasar", "starts_on": DAY}
        assert actions.record_training(cadre_ids=[person.pk], level="purwa", **record) == 1
        assert actions.record_training(cadre_ids=[person.pk, second.pk], **record) == 1
        assert Training.objects.get(cadre=person).level == "purwa"
        assert Event.objects.filter(kind="training.recorded").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"starts_on": dt.date(2999, 1, 1)},
        {"ends_on": dt.date(2026, 1, 1)},
        {"level": "emas"},
        {"certificate_number": "1", "cadre_ids": [1, 2]},
        {"cadre_ids": []},
    ],
)
def test_a_training_refuses_what_cannot_be(world, operator, person, wrong):
    given = {"cadre_ids": [person.pk], "title": "Pelatihan", "starts_on": DAY} | wrong
    with world.scope(), pytest.raises(DomainError):
        actions.record_training(by=operator, **given)


def test_people_of_other_villages_and_regencies_are_not_trained(world, elsewhere, operator):
    with elsewhere.scope():
        stranger = factories.cadre(elsewhere.villages[0])
    with world.scope():
        neighbour = factories.cadre(world.villages[1])
    with world.scope(Role.VILLAGE_OPERATOR), pytest.raises(DomainError) as refused:
        actions.record_training(
            by=operator, cadre_ids=[stranger.pk, neighbour.pk], title="Pelatihan", starts_on=DAY
        )
    assert refused.value.code == "people_missing"


def test_the_rank_is_that_of_the_latest_certificate(world, operator, person):
    with world.scope():
        for title, day, level in (
            ("Madya", DAY, "madya"),
            ("Purwa", dt.date(2025, 1, 1), "purwa"),
            ("Penyegaran", dt.date(2026, 5, 1), ""),
        ):
            actions.record_training(
                by=operator, cadre_ids=[person.pk], title=title, starts_on=day, level=level
            )
        assert person_page.level_of(list(person.trainings.all())) == "Madya"


def test_skills_are_ticked_and_taken_back(world, operator, person):
    with world.scope():
        actions.set_competences(by=operator, cadre=person, codes=["post_1", "child_3"])
        actions.set_competences(by=operator, cadre=person, codes=["child_3"])
        actions.set_competences(by=operator, cadre=person, codes=["child_3"])
        assert [each.code for each in Competence.objects.all()] == ["child_3"]
        assert Event.objects.filter(kind="competence.set").count() == 2
        with pytest.raises(DomainError):
            actions.set_competences(by=operator, cadre=person, codes=["terbang"])


def test_a_village_records_one_training_for_those_who_came(world, client, operator, person):
    with world.scope():
        absent = factories.cadre(world.villages[0], name="Tidak Datang")
    client.force_login(operator.user)
    path = reverse("cadres:group_training", args=[world.regency.slug, world.villages[0].code])
    assert "Tidak Datang" in client.get(path).content.decode()
    sent = {"title": "Pelatihan ILP", "starts_on": "2026-02-03", "people": [person.pk]}
    assert client.post(path, sent).status_code == 302
    with world.scope():
        assert Training.objects.filter(cadre=person).count() == 1
        assert not Training.objects.filter(cadre=absent).exists()
    neighbour = path.replace(world.villages[0].code, world.villages[1].code)
    assert client.get(neighbour).status_code == 404
