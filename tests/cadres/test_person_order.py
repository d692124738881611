"""In which order a person's page tells: who, doing what, covered how; long tables at the end."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from cadres import person_sections
from claims.models import Claim
from tests import factories

JANUARY = dt.date(2026, 1, 1)


@pytest.fixture
def person(world, client):
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    with world.scope():
        found = factories.cadre(world.villages[0], name="Siti Aminah")
        factories.coverage(found, starts_on=JANUARY)
    return found


def _headings(world, client, person):
    page = client.get(reverse("cadres:person", args=[world.regency.slug, person.pk]))
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", page.content.decode(), re.S)
    return [re.sub(r"<[^>]+>|\s+", " ", each).strip() for each in found]


def test_identity_services_and_cover_come_before_months(world, client, person):
    found = _headings(world, client, person)
    wanted = ["Identitas", "Tugas", "Kepesertaan", "Keluarga", "Iuran"]
    assert sorted(wanted, key=found.index) == wanted
    assert found.index("Kepesertaan") == found.index("Identitas") + 2
    assert found.index("Iuran") > found.index("Tindakan lain")


def test_the_claim_leads_the_page_of_who_has_died(world, client, person):
    living = _headings(world, client, person)
    assert living.index("Klaim Jaminan Kematian") > living.index("Kepesertaan")
    with world.scope():
        person.died_on = dt.date(2026, 2, 3)
        person.save()
        cover = person.coverages.get()
        Claim.objects.create(
            number="K/1",
            cadre=person,
            coverage=cover,
            village=person.village,
            died_on=person.died_on,
            outcome="full",
            total=42_000_000,
            reported_by_id=world[Role.VILLAGE_OPERATOR].id,
        )
    dead = _headings(world, client, person)
    assert dead.index("Klaim Jaminan Kematian") == dead.index("Identitas") - 1


def test_a_role_sees_only_sections_that_it_may_see(world, person):
    with world.scope():
        told = person_sections.sections_for(person, world[Role.DISTRICT_OFFICER])
    assert {name: bool(told[name]) for name in told} == {
        "leading": False,
        "beside": True,
        "wide": True,
    }


def _head(world, client, person):
    page = client.get(reverse("cadres:person", args=[world.regency.slug, person.pk]))
    head = re.search(r"<h1>(.*?)</h1>", page.content.decode(), re.S)[1]
    return re.sub(r"<[^>]+>|\s+", " ", head).split(person.name)[1].strip()


def test_the_head_says_in_a_word_whether_somebody_is_covered(world, client, person):
    assert _head(world, client, person) == "Terlindungi"
    with world.scope():
        new = factories.cadre(world.villages[0], name="Rina Wati")
    assert _head(world, client, new) == "Belum terlindungi"
    with world.scope():
        ended = factories.cadre(world.villages[0], name="Dewi Lestari")
        factories.coverage(
            ended, starts_on=JANUARY, ends_on=dt.date(2026, 2, 28), end_reason="stopped"
        )
    assert _head(world, client, ended) == "Perlindungan berakhir"


def test_who_has_died_is_not_told_to_be_covered_or_not(world, client, person):
    with world.scope():
        person.died_on = dt.date(2026, 2, 3)
        person.save()
    assert _head(world, client, person) == ""
