"""The first hour of an installation, and the day on which a key is changed."""

import base64
import io
import os

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Membership
from accounts.roles import Role
from cadres.models import Cadre
from core.sealed import SealBroken
from core.tenancy import scope
from tests.factories import World, cadre

STRONG = "sebelas kader di posyandu mawar"


def _create(monkeypatch: pytest.MonkeyPatch, email: str, password: str = STRONG) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("create_operator", email, name="Rini", stdout=io.StringIO())


def test_the_first_operator_signs_in_with_the_password_given(db, client, monkeypatch):
    _create(monkeypatch, "Rini@Dinas.test")
    member = Membership.objects.get(role=Role.PLATFORM_OPERATOR)
    assert member.user.email == "rini@dinas.test"
    assert client.login(email="rini@dinas.test", password=STRONG)


def test_a_second_operator_is_invited_and_not_created(db, monkeypatch):
    _create(monkeypatch, "rini@dinas.test")
    with pytest.raises(CommandError, match="pengelola sistem"):
        _create(monkeypatch, "lain@dinas.test")


def test_a_weak_password_makes_no_operator(db, monkeypatch):
    with pytest.raises(CommandError):
        _create(monkeypatch, "rini@dinas.test", "12345")
    assert not Membership.objects.exists()


def _key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def _niks(world: World) -> dict[int, str]:
    with scope(world.regency.id):
        return {cadre.pk: cadre.nik for cadre in Cadre.objects.all()}


@pytest.fixture
def people(world: World) -> dict[int, str]:
    """Two people's numbers in clear, by id."""
    with scope(world.regency.id):
        for _ in range(2):
            cadre(world.villages[0])
    return _niks(world)


def test_after_rotation_the_new_key_alone_opens_every_number(world, people, settings):
    old, new = settings.KJ_FIELD_KEY, _key()
    settings.KJ_FIELD_KEY = f"{new},{old}"
    out = io.StringIO()
    call_command("rotate_keys", stdout=out)
    assert f"{world.regency.slug}: 2 values" in out.getvalue()

    settings.KJ_FIELD_KEY = new
    assert _niks(world) == people


def test_a_second_rotation_changes_nothing(people, settings):
    settings.KJ_FIELD_KEY = f"{_key()},{settings.KJ_FIELD_KEY}"
    call_command("rotate_keys", stdout=io.StringIO())
    out = io.StringIO()
    call_command("rotate_keys", stdout=out)
    assert out.getvalue().startswith("0 values")


def test_without_the_old_key_rotation_stops_and_changes_nothing(world, people, settings):
    old = settings.KJ_FIELD_KEY
    settings.KJ_FIELD_KEY = _key()
    with pytest.raises(SealBroken):
        call_command("rotate_keys", stdout=io.StringIO())
    settings.KJ_FIELD_KEY = old
    assert _niks(world) == people
