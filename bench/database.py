"""A scratch database for a benchmark: a clone of one migrated once per state of the code."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent


def _state() -> str:
    seen = hashlib.sha256()
    for pattern in ("*/migrations/*.py", "core/wall.py", "regions/*.py", "budgets/rules/*"):
        for path in sorted(ROOT.glob(pattern)):
            seen.update(path.read_bytes())
    return seen.hexdigest()[:12]


@contextmanager
def _admin() -> Iterator[psycopg.Connection]:
    owner = connections["owner"].settings_dict
    with psycopg.connect(
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
        user=owner["USER"],
        password=owner["PASSWORD"] or None,
        dbname=owner.get("KJ_ADMIN_NAME") or settings.DATABASES["owner"]["NAME"],
        autocommit=True,
    ) as connection:
        yield connection


def _execute(text: str, **names: str) -> None:
    identifiers = {key: sql.Identifier(name) for key, name in names.items()}
    with _admin() as admin:
        admin.execute(sql.SQL(text).format(**identifiers))  # type: ignore[arg-type]


def _use(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _template() -> str:
    name = f"kj_bench_{_state()}"
    with _admin() as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
    before = connections["default"].settings_dict["NAME"]
    building = f"{name}_new"
    _execute("DROP DATABASE IF EXISTS {building} WITH (FORCE)", building=building)
    _execute("CREATE DATABASE {building}", building=building)
    _use(building)
    call_command("prepare_database", verbosity=0)
    call_command("migrate", database="owner", verbosity=0)
    call_command("load_areas", verbosity=0)
    call_command("load_rules", verbosity=0)
    _use(before)
    _execute("ALTER DATABASE {building} RENAME TO {name}", building=building, name=name)
    return name


@contextmanager
def scratch(name: str) -> Iterator[str]:
    """A database of this benchmark's own, areas and rules loaded; dropped afterwards."""
    template, clone = _template(), f"kj_bench_{name}"
    before = connections["default"].settings_dict["NAME"]
    _execute("DROP DATABASE IF EXISTS {clone} WITH (FORCE)", clone=clone)
    _execute("CREATE DATABASE {clone} TEMPLATE {template}", clone=clone, template=template)
    _execute(
        "GRANT CONNECT, TEMPORARY ON DATABASE {clone} TO {role}",
        clone=clone,
        role=settings.KJ_APP_ROLE,
    )
    _use(clone)
    try:
        yield clone
    finally:
        _use(before)
        _execute("DROP DATABASE IF EXISTS {clone} WITH (FORCE)", clone=clone)
