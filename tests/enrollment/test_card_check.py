"""What anybody sees who scans the code on a card."""

import datetime as dt

import pytest
from django.urls import reverse

from enrollment import card_actions, card_public_views
from enrollment.models import Card
from tests import factories


def public(client, token):
    return client.get(reverse("card_check", args=[token]))


@pytest.fixture
def card(world):
    with world.scope():
        cover = factories.coverage(
            factories.cadre(world.villages[0], name="Siti Aminah"), starts_on=dt.date(2026, 1, 1)
        )
        card_actions.issue_cards([cover.pk])
        return Card.objects.select_related("coverage").get(coverage=cover)


def test_anybody_sees_that_a_card_is_valid_and_only_initials(client, card):
    answer = public(client, card.token)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Kartu berlaku" in text
    assert "S.\N{NO-BREAK SPACE}A." in text
    assert "Banyuwangi" in text
    assert "Aminah" not in text
    assert card.coverage.member_no not in text
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_a_card_of_an_ended_cover_is_not_valid(client, card, world):
    with world.scope():
        card.coverage.ends_on = dt.date(2026, 2, 28)
        card.coverage.save()
    assert "Kartu tidak berlaku" in public(client, card.token).content.decode()


def test_a_card_whose_cover_begins_later_says_when(client, card, world):
    with world.scope():
        card.coverage.starts_on = dt.date(2099, 1, 1)
        card.coverage.save()
    text = public(client, card.token).content.decode()
    assert "Kartu belum berlaku" in text
    assert "1 Januari 2099" in text


def test_an_unknown_code_tells_nothing(client, world):
    answer = public(client, "x" * 22)
    assert answer.status_code == 404
    assert "Kartu tidak ditemukan" in answer.content.decode()


def test_the_public_page_is_small_and_has_no_scripts(client, card):
    answer = client.get(
        reverse("card_check", args=[card.token]), headers={"accept-encoding": "gzip"}
    )
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 30_000
    assert b"<script" not in public(client, card.token).content


def test_too_many_questions_from_one_address_are_held_back(client, card, monkeypatch):
    monkeypatch.setattr(card_public_views, "LIMIT", 2)
    answers = [
        client.get(reverse("card_check", args=[card.token]), REMOTE_ADDR="203.0.113.77").status_code
        for _each in range(4)
    ]
    assert answers[-1] == 429
