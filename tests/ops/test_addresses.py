"""Which database, which role, which secrets: decided by the environment alone."""

import base64
import os
import stat
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kaderjamsos import servers

OWNER = "postgresql://boss:pa%2Fss@db.example:6543/kader?sslmode=require"
APP = "postgresql://app:secret@pool.example:6432/kader"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("KJ_", "DATABASE", "REDIS")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KJ_HOME", str(tmp_path / "home"))


def test_two_addresses_are_taken_as_they_are(monkeypatch):
    monkeypatch.setenv("DATABASE_OWNER_URL", OWNER)
    monkeypatch.setenv("DATABASE_URL", APP)
    assert servers.database_urls() == (OWNER, APP)


def test_one_address_is_the_owners_and_the_application_gets_a_role_of_its_own(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", OWNER)
    monkeypatch.setenv("KJ_SECRET_KEY", "a")
    owner, app = servers.database_urls()
    parts = urlsplit(app)
    assert owner == OWNER
    assert (parts.username, parts.hostname, parts.port) == ("kader_app", "db.example", 6543)
    assert (parts.path, parts.query) == ("/kader", "sslmode=require")
    assert parts.password is not None
    assert len(parts.password) == 64


def test_the_applications_password_follows_the_secret_key(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", OWNER)
    passwords = []
    for key in ("a", "a", "b"):
        monkeypatch.setenv("KJ_SECRET_KEY", key)
        passwords.append(urlsplit(servers.database_urls()[1]).password)
    assert passwords[0] == passwords[1] != passwords[2]


def test_an_owner_without_an_application_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_OWNER_URL", OWNER)
    with pytest.raises(servers.ServerError, match="without DATABASE_URL"):
        servers.database_urls()


def test_an_address_without_a_database_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://boss@db.example/")
    with pytest.raises(servers.ServerError, match="names no database"):
        servers.database_urls()


def test_production_without_a_key_is_refused(monkeypatch):
    monkeypatch.setenv("KJ_ENV", "production")
    with pytest.raises(servers.ServerError, match="KJ_FIELD_KEY must be set"):
        servers.secret("field_key")
    assert not (servers.home() / "secret.json").exists()


def test_a_key_from_the_environment_wins_and_is_not_written_down(monkeypatch):
    monkeypatch.setenv("KJ_FIELD_KEY", "given")
    assert servers.secret("field_key") == "given"
    assert not (servers.home() / "secret.json").exists()


def test_generated_keys_stay_the_same_and_are_ours_alone():
    first = [servers.secret(name) for name in servers.SECRET_NAMES]
    again = [servers.secret(name) for name in servers.SECRET_NAMES]
    assert first == again
    assert len(set(first)) == 3
    assert len(base64.b64decode(servers.secret("field_key"))) == 32
    mode = (servers.home() / "secret.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_redis_url_replaces_the_embedded_broker(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://broker.example/3")
    assert servers.redis_url() == "redis://broker.example/3"


def test_with_both_named_nothing_is_started(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", OWNER)
    monkeypatch.setenv("REDIS_URL", "redis://broker.example/3")
    assert servers.ensure_running() is False
    assert servers.status() == {}
    assert not servers.home().exists()
