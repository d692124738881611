"""The test database, the application's role in it, and a small world with a stranger in it.

One template database is migrated and given the area codes once per state of the migrations;
every worker runs on a clone of it, connected as the application's role. Tests that need real
commits take the fixture `own_database`, a clone for that test alone.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from kaderjamsos import servers
from tests import factories

ROOT = Path(__file__).resolve().parent.parent
HOME_DATABASE = str(settings.DATABASES["owner"]["NAME"])  # clones change the settings


def _state() -> str:
    """A name for the present migrations, loaders and rules: another state, another template."""
    seen = hashlib.sha256()
    patterns = ("*/migrations/*.py", "core/wall.py", "regions/*.py", "budgets/rules/*")
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        seen.update(path.read_bytes())
    return seen.hexdigest()[:12]


def _admin() -> psycopg.Connection:
    owner = connections["owner"].settings_dict
    return psycopg.connect(
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
        user=owner["USER"],
        password=owner["PASSWORD"] or None,
        dbname=HOME_DATABASE,
        autocommit=True,
    )


def _execute(text: str, **names: str) -> None:
    with _admin() as admin:
        admin.execute(sql.SQL(text).format(**{k: sql.Identifier(v) for k, v in names.items()}))


def _use(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _template() -> str:
    """The name of the migrated template, made by whichever worker comes first."""
    name = f"kj_test_{_state()}"
    servers.home().mkdir(parents=True, exist_ok=True)
    with (servers.home() / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _admin() as admin:
            ready = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not ready:
            building = f"{name}_new"
            _execute("DROP DATABASE IF EXISTS {building} WITH (FORCE)", building=building)
            _execute("CREATE DATABASE {building}", building=building)
            _use(building)
            call_command("prepare_database", verbosity=0)
            call_command("migrate", database="owner", verbosity=0)
            call_command("load_areas", verbosity=0)
            call_command("load_rules", verbosity=0)
            _use(HOME_DATABASE)
            _execute("ALTER DATABASE {building} RENAME TO {name}", building=building, name=name)
    return name


@contextmanager
def clone_of(template: str, suffix: str) -> Iterator[str]:
    name = f"{template}_{suffix}"
    _execute("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)
    _execute("CREATE DATABASE {name} TEMPLATE {template}", name=name, template=template)
    _execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {{name}} TO {settings.KJ_APP_ROLE}", name=name)
    before = connections["default"].settings_dict["NAME"]
    _use(name)
    try:
        yield name
    finally:
        _use(before)
        _execute("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)


def pytest_configure(config: pytest.Config) -> None:
    """Keep the embedded servers up for the length of the run."""
    if not hasattr(config, "workerinput"):
        config._kj_servers = servers.in_use(progress=lambda text: None)
        config._kj_servers.__enter__()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the embedded servers."""
    held = getattr(config, "_kj_servers", None)
    if held is not None:
        for alias in ("default", "owner"):
            connections[alias].close()
        held.__exit__(None, None, None)


@pytest.fixture(scope="session")
def template_database(django_db_blocker) -> str:
    """The migrated database that clones are made of."""
    with django_db_blocker.unblock():
        return _template()


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker) -> Iterator[None]:
    """This worker's clone; tests roll back what they write in it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with django_db_blocker.unblock(), clone_of(template_database, f"{worker}_{os.getpid()}"):
        yield


@pytest.fixture
def own_database(template_database: str, django_db_blocker) -> Iterator[str]:
    """A clone for this test alone, with real commits; for threads, processes and browsers."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with (
        django_db_blocker.unblock(),
        clone_of(template_database, f"own_{worker}_{os.getpid()}") as name,
    ):
        yield name


@pytest.fixture(autouse=True)
def quick_and_private(settings, tmp_path: Path) -> None:
    """A test's uploads and papers lie in its own directory; passwords are hashed quickly."""
    settings.KJ_PRIVATE_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db) -> factories.World:
    """Banyuwangi with somebody in every role, and Jember as the stranger's regency."""
    return factories.World.make()


@pytest.fixture
def elsewhere(db) -> factories.World:
    """The stranger's world: Jember, with its own people and logins."""
    return factories.World.make(slug="jember")
