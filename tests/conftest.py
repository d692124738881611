"""The test database, the application's role in it, and a small world with a stranger in it.

One template database is migrated and given the area codes once per state of the migrations;
every worker runs on a clone of it, connected as the application's role. Tests that need real
commits take the fixture `own_database`, a clone for that test alone.
"""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from kaderjamsos import servers
from tests import databases, factories


def pytest_configure(config: pytest.Config) -> None:
    """Keep the embedded servers up for the length of the run."""
    if not hasattr(config, "workerinput"):
        config._kj_servers = servers.in_use(progress=lambda text: None)
        config._kj_servers.__enter__()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Groups, which stay together, and then what is long: nobody waits for one at the end."""

    def turn(item: pytest.Item) -> int:
        marks = ("xdist_group", "long")
        return next((n for n, mark in enumerate(marks) if item.get_closest_marker(mark)), 2)

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What is loaded now stays; looking through it for garbage again and again takes a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the embedded servers."""
    held = getattr(config, "_kj_servers", None)
    if held is not None:
        databases.close()
        held.__exit__(None, None, None)


def _clone(django_db_blocker, purpose: str) -> Iterator[str]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    suffix = f"{purpose}_{worker}_{os.getpid()}"
    with django_db_blocker.unblock(), databases.clone_of_template(suffix) as name:
        yield name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[str]:
    """This worker's clone; tests roll back what they write in it."""
    yield from _clone(django_db_blocker, "shared")


@pytest.fixture
def own_database(django_db_blocker) -> Iterator[str]:
    """A clone for this test alone, with real commits; for threads, processes and browsers."""
    yield from _clone(django_db_blocker, "own")


@pytest.fixture(autouse=True)
def quick_and_private(settings, tmp_path: Path) -> Iterator[None]:
    """A test's uploads and papers lie in its own directory; passwords are hashed quickly.

    Static files are looked for when asked for; every client would list them all beforehand. The
    language of a test's last page is not that of the next test.
    """
    settings.KJ_PRIVATE_ROOT = tmp_path / "files"
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield
    translation.deactivate()


@pytest.fixture
def world(db) -> factories.World:
    """Banyuwangi with somebody in every role, and Jember as the stranger's regency."""
    return factories.World.make()


@pytest.fixture
def elsewhere(db) -> factories.World:
    """The stranger's world: Jember, with its own people and logins."""
    return factories.World.make(slug="jember")
