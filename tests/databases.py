"""Scratch databases for tests and benchmarks: clones of one that is migrated and given the areas.

The template is made once per state of the migrations, the wall and the loaders; a clone of it
takes a moment. Servers must be up.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from kaderjamsos import servers

ROOT = Path(__file__).resolve().parent.parent
HOME_DATABASE = str(settings.DATABASES["owner"]["NAME"])  # clones change the settings
MAKES_A_TEMPLATE = ("*/migrations/*.py", "core/wall.py", "regions/*.py", "budgets/rules/*")


@cache
def template() -> str:
    """The name of the migrated template, made by whichever process comes first."""
    name = f"kj_template_{_state()}"
    servers.home().mkdir(parents=True, exist_ok=True)
    with (servers.home() / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _admin() as admin:
            ready = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not ready:
            building = f"{name}_new"
            with _database(building):
                call_command("prepare_database", verbosity=0)
                call_command("migrate", database="owner", verbosity=0)
                call_command("load_areas", verbosity=0)
                call_command("load_rules", verbosity=0)
            execute("ALTER DATABASE {building} RENAME TO {name}", building=building, name=name)
    return name


@contextmanager
def clone_of_template(suffix: str) -> Iterator[str]:
    """A clone of the template, in use as the application's role; dropped afterwards."""
    source = template()
    name = f"{source}_{suffix}"
    with _database(name, source):
        execute(
            "GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {role}",
            name=name,
            role=settings.KJ_APP_ROLE,
        )
        try:
            yield name
        finally:
            close()
            execute("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)


def close() -> None:
    """Close this thread's connections."""
    for alias in ("default", "owner"):
        connections[alias].close()


@contextmanager
def _database(name: str, source: str = "template1") -> Iterator[None]:
    """Make a database, replacing what an interrupted run left, and use it for a while."""
    execute("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)
    execute("CREATE DATABASE {name} TEMPLATE {source}", name=name, source=source)
    before = connections["default"].settings_dict["NAME"]
    _use(name)
    try:
        yield
    finally:
        _use(before)


def _use(name: str) -> None:
    close()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


def _state() -> str:
    """A name for the present migrations, loaders and rules: another state, another template."""
    seen = hashlib.sha256()
    for path in sorted(path for pattern in MAKES_A_TEMPLATE for path in ROOT.glob(pattern)):
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


def execute(text: str, **names: str) -> None:
    """Run one statement as the owner; `names` are put in as identifiers."""
    with _admin() as admin:
        admin.execute(sql.SQL(text).format(**{k: sql.Identifier(v) for k, v in names.items()}))
