"""The demonstration logins: every role in every regency, fixed, and as JSON."""

import io
import json

import pytest
from django.core.management import call_command

from accounts.access import enter, enter_by_token
from accounts.models import ApiToken, Membership, User
from accounts.roles import Perm, Role
from accounts.tokens import digest_of
from demo import logins
from regions.models import Regency


@pytest.fixture
def opened(db) -> list[logins.Login]:
    """The five regencies open, and everybody in them."""
    for slug in logins.REGENCIES:
        logins.open_regency(
            Regency.objects.get(slug=slug), department="Dinas Kesehatan", palette=""
        )
    logins.make_logins()
    return logins.all_logins()


def printed() -> list[dict]:
    """What the command prints."""
    out = io.StringIO()
    call_command("logins", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_every_role_of_every_regency(opened):
    rows = printed()
    assert {tuple(sorted(row)) for row in rows} == {
        ("email", "password", "regency", "role", "token", "village")
    }
    inside = set(Role.values) - {Role.PLATFORM_OPERATOR}
    for slug in logins.REGENCIES:
        assert {row["role"] for row in rows if row["regency"] == slug} == inside
        operators = [r for r in rows if (r["regency"], r["role"]) == (slug, Role.VILLAGE_OPERATOR)]
        assert len({row["village"] for row in operators}) == 2
    assert [row["role"] for row in rows if row["regency"] is None] == [Role.PLATFORM_OPERATOR]


def test_printing_twice_prints_the_same(opened):
    assert printed() == printed() != []


def test_without_the_worlds_nobody_is_named_who_cannot_sign_in(db):
    assert printed() == []


def test_only_village_operators_have_a_village(opened):
    for row in printed():
        assert (row["village"] is not None) == (row["role"] == Role.VILLAGE_OPERATOR)


def test_everybody_can_sign_in_with_password_and_token(opened):
    shared = User.objects.get(email=opened[0].email)
    assert shared.check_password(logins.PASSWORD)
    assert set(User.objects.values_list("password", flat=True)) == {shared.password}
    digests = {digest_of(login.token) for login in opened}
    assert set(ApiToken.objects.values_list("digest", flat=True)) == digests


def test_everybody_enters_the_own_regency_only(opened):
    for login in opened:
        if login.regency is None:
            continue
        user = User.objects.get(email=login.email)
        membership = Membership.objects.get(user=user)
        assert enter(user, login.regency, Perm.PEOPLE_VIEW).actor.membership == membership
        others = Regency.objects.filter(active=True).exclude(slug=login.regency)
        assert not Membership.objects.filter(user=user, regency__in=others).exists()
        assert not others.filter(branches__membership__user=user).exists()
        assert enter_by_token(user, login.regency, Perm.PEOPLE_VIEW).regency.slug == login.regency


def test_making_the_logins_again_makes_nobody(opened):
    assert logins.make_logins() == 0
    assert User.objects.count() == len(opened)


def test_the_health_centre_looks_after_a_village_with_a_roster(opened):
    actor = logins.actor("banyuwangi", Role.HEALTH_CENTRE_OFFICER)
    village = logins.operated_villages(Regency.objects.get(slug="banyuwangi"))[0]
    assert village.pk in actor.membership.village_ids()
