"""Letting people in: who may invite whom, and a link that works once."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from accounts import actions
from accounts.models import Invitation, Membership, User
from accounts.roles import Role
from audit.models import Event
from core.errors import DomainError

NEW = {"email": "Baru@Desa.test", "name": "Operator Baru"}


@pytest.fixture
def sent(db, django_capture_on_commit_callbacks):
    """Runs something and returns the texts of the mails that it sent on commit."""

    def run(work):
        mail.outbox = []
        with django_capture_on_commit_callbacks(execute=True):
            result = work()
        return result, [each.body for each in mail.outbox]

    return run


def _invite(world, **fields):
    given = {"role": Role.VILLAGE_OPERATOR, "village": world.villages[0], **NEW, **fields}
    with world.scope():
        return actions.invite(by=world[Role.DISTRICT_OFFICER], regency=world.regency, **given)


def _token(text: str) -> str:
    return re.search(r"/undangan/([^/]+)/", text)[1]


def test_an_invited_person_sets_a_password_and_is_in(world, sent, client):
    _invitation, texts = sent(lambda: _invite(world))
    token = _token(texts[0])
    assert not Invitation.objects.filter(token_digest=token).exists()
    page = client.get(f"/undangan/{token}/")
    assert page.status_code == 200
    data = {"name": "Operator Baru", "password": "kata-sandi-kuat-9", "again": "kata-sandi-kuat-9"}
    assert client.post(f"/undangan/{token}/", data).status_code == 302
    user = User.objects.get(email="baru@desa.test")
    assert user.check_password("kata-sandi-kuat-9")
    assert user.memberships.get().village == world.villages[0]
    with world.scope():
        kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["member.invited", "member.joined"]
    client.logout()
    assert client.get(f"/undangan/{token}/").status_code == 404


def test_a_weak_password_is_refused(world, sent, client):
    _invitation, texts = sent(lambda: _invite(world))
    data = {"name": "X", "password": "12345678", "again": "12345678"}
    assert client.post(f"/undangan/{_token(texts[0])}/", data).status_code == 200
    assert not User.objects.filter(email="baru@desa.test").exists()


def test_a_link_ends_after_seven_days(world, sent):
    invitation, texts = sent(lambda: _invite(world))
    assert invitation.expires_at - timezone.now() > dt.timedelta(days=6, hours=23)
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(DomainError, match="invitation_over"):
        actions.accept_invitation(by=None, text=_token(texts[0]), name="X", password="x")


def test_a_second_invitation_takes_the_first_back(world, sent):
    _first, old = sent(lambda: _invite(world))
    _second, new = sent(lambda: _invite(world))
    assert actions.find_invitation(_token(old[0])) is None
    assert actions.find_invitation(_token(new[0])) is not None


def test_somebody_known_signs_in_first_and_keeps_the_password(world, sent, client):
    known = world[Role.AUDITOR].user
    _invitation, texts = sent(lambda: _invite(world, email=known.email))
    address = f"/undangan/{_token(texts[0])}/"
    assert client.get(address).status_code == 302
    client.force_login(world[Role.VILLAGE_OPERATOR].user)
    assert client.get(address).status_code == 302
    client.force_login(known)
    assert client.post(address).status_code == 302
    assert known.memberships.filter(role=Role.VILLAGE_OPERATOR).exists()
    assert User.objects.get(pk=known.pk).password == known.password


@pytest.mark.parametrize(
    "role", [Role.DISTRICT_APPROVER, Role.AUDITOR, Role.BRANCH_OFFICER, Role.PLATFORM_OPERATOR]
)
def test_a_department_cannot_make_its_own_checkers(world, role):
    with pytest.raises(DomainError, match="role_not_yours"):
        _invite(world, role=role)


def test_a_department_cannot_invite_outside_its_regency(world, elsewhere):
    with pytest.raises(DomainError, match="place_outside"):
        _invite(world, village=elsewhere.villages[0])
    with world.scope(), pytest.raises(DomainError, match="outside_regency"):
        actions.invite(
            by=world[Role.DISTRICT_OFFICER],
            regency=elsewhere.regency,
            role=Role.VILLAGE_OPERATOR,
            village=elsewhere.villages[0],
            **NEW,
        )


@pytest.mark.parametrize("role", [Role.VILLAGE_OPERATOR, Role.HEALTH_CENTRE_OFFICER])
def test_a_place_is_needed(world, role):
    with pytest.raises(DomainError, match="place_missing"):
        _invite(world, role=role, village=None)


def test_the_platform_invites_anybody(world, sent):
    for role in Role:
        invitation, texts = sent(
            lambda role=role: actions.invite(
                by=world[Role.PLATFORM_OPERATOR],
                role=role,
                regency=world.regency,
                village=world.villages[0],
                health_centre=world.health_centre,
                branch=world.branch,
                email=f"{role}@baru.test",
                name="Baru",
            )
        )
        text = _token(texts[0])
        made = actions.accept_invitation(by=None, text=text, name="Baru", password="kata-sandi-9x")
        assert made.role == invitation.role == role


def test_revoking_closes_the_door_at_once(world, client):
    operator = world[Role.VILLAGE_OPERATOR]
    client.force_login(operator.user)
    with world.scope():
        actions.revoke_membership(by=world[Role.DISTRICT_OFFICER], membership=operator.membership)
    assert not Membership.objects.current().filter(pk=operator.membership.pk).exists()
    assert client.get(f"/r/{world.regency.slug}/jejak/").status_code == 404


def test_nobody_revokes_themselves_or_their_checkers(world):
    officer = world[Role.DISTRICT_OFFICER]
    with pytest.raises(DomainError, match="own_membership"):
        actions.revoke_membership(by=officer, membership=officer.membership)
    with pytest.raises(DomainError, match="role_not_yours"):
        actions.revoke_membership(by=officer, membership=world[Role.DISTRICT_APPROVER].membership)
