"""The map of villages: districts as blocks, a square a village, told apart without its colour."""

import datetime as dt
import gzip
import re
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cadres import village_map
from cadres.models import RosterImport
from cadres.queries import places
from regions.models import Regency, Village
from regions.queries import villages_of
from tests import factories

OFFICER = Role.DISTRICT_OFFICER


def _map(client, world, **filters):
    address = reverse("cadres:villages", args=[world.regency.slug])
    return client.get(address, {"view": "map"} | filters)


@pytest.fixture
def office(world, client):
    client.force_login(world[OFFICER].user)
    return client


@dataclass
class Link:
    """A link as it is read out: where it leads and its words without what is hidden."""

    href: str
    css: str
    words: str = ""


class Links(HTMLParser):
    """Collects links; text under aria-hidden is left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Link] = []
        self.open, self.hidden = False, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "a":
            self.found.append(Link(told.get("href") or "", told.get("class") or ""))
            self.open = True
        elif self.open and tag == "span":
            self.hidden += told.get("aria-hidden") == "true" or bool(self.hidden)

    def handle_endtag(self, tag):
        if tag == "a":
            self.open = False
        elif self.open and tag == "span" and self.hidden:
            self.hidden -= 1

    def handle_data(self, data):
        if self.open and not self.hidden:
            self.found[-1].words += data


def squares(answer) -> list[Link]:
    return [each for each in Links(answer.content.decode()).found if "square" in each.css]


def _statuses(world):
    """One village in each status; the day of the last roster makes the difference."""
    made = []
    for village, days in zip(world.villages[:3], (91, 5, 5), strict=True):
        made.append(
            RosterImport.objects.create(
                village=village,
                status="applied",
                file="x",
                file_name="daftar.xlsx",
                sha256="0" * 64,
                size=1,
                uploaded_by_id=world[OFFICER].id,
                applied_by_id=world[OFFICER].id,
                applied_at=timezone.now() - dt.timedelta(days=days),
                number="DK-2026-0001",
            )
        )
    made[2].pk = None
    made[2].status, made[2].applied_at = "waiting", None
    made[2].save()


def test_every_village_is_a_link_with_its_name_and_status(world, office):
    with world.scope():
        _statuses(world)
    found = squares(_map(office, world))
    known = list(villages_of(world.regency))
    assert [each.href.rstrip("/").split("/")[-1] for each in found] == [v.code for v in known]
    words = {each.href.rstrip("/").split("/")[-1]: each.words for each in found}
    expected = [places.OLD, places.FRESH, places.WAITING, places.NEVER]
    for village, status in zip(world.villages, expected, strict=True):
        assert words[village.code] == f"{village.full_name}: {places.STATUS[status]}"


def test_signs_differ_so_that_no_status_is_told_by_colour_alone(world, office):
    assert len(set(village_map.MARKS.values())) == len(places.STATUS) == len(village_map.MARKS)
    with world.scope():
        _statuses(world)
    page = _map(office, world).content.decode()
    for status, mark in village_map.MARKS.items():
        tone = places.TONES[status]
        assert re.search(rf'class="square {tone}"[^>]*><span aria-hidden="true">{mark}<', page)


def test_the_legend_counts_what_is_shown(world, office):
    with world.scope():
        _statuses(world)
    page = _map(office, world)
    total = len(villages_of(world.regency))
    assert [each.villages for each in page.context["legend"]] == [total - 3, 1, 1, 1]
    one = _map(office, world, status="old")
    assert [each.villages for each in one.context["legend"]] == [0, 1, 0, 0]


def test_blocks_are_districts_in_code_order_and_know_all_their_villages(world):
    with world.scope():
        _statuses(world)
        states = places.village_states(villages_of(world.regency))
    shown = [state for state in states if state.status == places.OLD]
    [block] = village_map.blocks(shown, states)
    assert block.district == world.villages[0].district
    assert (len(block.squares), block.fresh) == (1, 1)
    assert block.villages == Village.objects.filter(district=block.district, valid_to=None).count()
    whole = village_map.blocks(states, states)
    codes = [each.district.code for each in whole]
    assert codes == sorted(codes)
    assert sum(len(each.squares) for each in whole) == len(states)


def test_list_and_map_share_their_filters(world, office):
    with world.scope():
        _statuses(world)
    address = reverse("cadres:villages", args=[world.regency.slug])
    told = {"status": "fresh", "district": world.villages[0].district.code}
    listed = office.get(address, told | {"page": "1", "sort": "people"})
    ways = {each["label"]: each["url"] for each in listed.context["views"]}
    mapped = office.get(address + ways["Peta"])
    assert mapped.context["on_map"]
    assert len(squares(mapped)) == listed.context["table"].page.paginator.count == 1
    back = {each["label"]: each["url"] for each in mapped.context["views"]}["Daftar"]
    again = office.get(address + back)
    assert not again.context["on_map"]
    assert again.context["table"].page.paginator.count == 1
    assert '<input type="hidden" name="view" value="map">' in mapped.content.decode()
    assert all("view=map" in each["url"] for each in mapped.context["counts"])
    assert all("view=map" in each["url"] for each in mapped.context["chips"])


def test_nothing_matches_is_said_so(world, office):
    page = _map(office, world, q="tidak ada desa ini")
    assert squares(page) == []
    assert "?view=map" in page.content.decode()


def test_a_village_sees_one_square(world, client):
    client.force_login(world[Role.VILLAGE_OPERATOR].user)
    [own] = squares(_map(client, world))
    assert world.villages[0].code in own.href


def test_the_map_takes_few_queries(world, office, django_assert_max_num_queries):
    with django_assert_max_num_queries(12 + 4):  # session, user, membership, scope
        assert _map(office, world).status_code == 200


def test_a_regency_of_over_four_hundred_villages_stays_light(client, db):
    slug = next(
        regency.slug
        for regency in Regency.objects.filter(valid_to=None).order_by("code")
        if villages_of(regency).count() > 400
    )
    large = factories.World.make(slug=slug)
    client.force_login(large[OFFICER].user)
    page = _map(client, large)
    assert len(squares(page)) == villages_of(large.regency).count() > 400
    # The stylesheet and the scripts take a third of the 80 KB that a page may weigh.
    assert len(gzip.compress(page.content)) < 45_000
