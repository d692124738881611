"""The application's role gets what it needs on new tables, and nothing back that was taken."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from core.database import DatabaseNotPrepared, prepare

ADMIN_SQL = "Ask an administrator"


@dataclass
class Scratch:
    """An empty database, its owner's connection, and the name of a role that is not there yet."""

    owner: BaseDatabaseWrapper
    role: str
    password: str = "first-password"

    def prepare(self, password: str | None = None) -> list[str]:
        done: list[str] = []
        prepare(self.owner, self.role, password or self.password, done.append)
        return done

    def execute(self, text: str) -> None:
        with self.owner.cursor() as cursor:
            cursor.execute(text)

    def as_application(self, password: str | None = None) -> psycopg.Connection:
        facts = self.owner.settings_dict
        return psycopg.connect(
            host=facts["HOST"],
            port=facts["PORT"],
            dbname=facts["NAME"],
            user=self.role,
            password=password or self.password,
            autocommit=True,
        )


def _wrapper(**changes: str) -> BaseDatabaseWrapper:
    made = connections.create_connection("owner")
    made.settings_dict = {**connections["owner"].settings_dict, **changes}
    return made


@pytest.fixture
def scratch(django_db_blocker) -> Iterator[Scratch]:
    """A database of the test's own, made and dropped by the owner."""
    name = f"kj_ops_{secrets.token_hex(4)}"
    with django_db_blocker.unblock():
        admin = _wrapper()
        made = Scratch(_wrapper(NAME=name), role=f"{name}_app")
        with admin.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield made
        finally:
            made.owner.close()
            with admin.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name}")
                for role in (made.role, f"{name}_poor"):
                    cursor.execute(f"DROP ROLE IF EXISTS {role}")
            admin.close()


def test_a_second_run_changes_nothing(scratch):
    assert len(scratch.prepare()) >= 7
    assert scratch.prepare() == []


def test_the_application_works_on_new_tables_and_owns_nothing(scratch):
    scratch.prepare()
    scratch.execute("CREATE TABLE person (id serial PRIMARY KEY, name text)")
    with scratch.as_application() as app:
        app.execute("INSERT INTO person (name) VALUES ('Sri')")
        app.execute("UPDATE person SET name = 'Sari'")
        assert app.execute("SELECT id, name FROM person").fetchall() == [(1, "Sari")]
        app.execute("DELETE FROM person")
        for forbidden in ("TRUNCATE person", "DROP TABLE person", "CREATE TABLE mine (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)


def test_what_a_migration_took_away_is_not_given_back(scratch):
    scratch.prepare()
    scratch.execute("CREATE TABLE event (id int)")
    scratch.execute(f"REVOKE UPDATE, DELETE ON event FROM {scratch.role}")
    scratch.prepare()
    with scratch.as_application() as app:
        app.execute("INSERT INTO event VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DELETE FROM event")


def test_the_application_gets_no_powers(scratch):
    scratch.prepare()
    with scratch.as_application() as app:
        powers = app.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication "
            "FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert powers == (False,) * 5


def test_strangers_may_not_connect(scratch):
    scratch.prepare()
    with scratch.owner.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_database d, aclexplode(d.datacl) a "
            "WHERE d.datname = current_database() AND a.grantee = 0"
        )
        assert cursor.fetchone() == (0,)


def test_the_password_follows_the_configuration(scratch):
    scratch.prepare()
    assert scratch.prepare("second-password") == ["Password of the application role set"]
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        scratch.as_application("first-password")
    scratch.as_application("second-password").close()


def test_the_owner_as_the_application_is_refused(scratch):
    scratch.role, role = scratch.owner.settings_dict["USER"], scratch.role
    with pytest.raises(DatabaseNotPrepared, match="same role"):
        scratch.prepare()
    scratch.role = role


def test_a_powerful_application_is_refused(scratch):
    scratch.execute(f"CREATE ROLE {scratch.role} LOGIN CREATEROLE PASSWORD 'first-password'")
    with pytest.raises(DatabaseNotPrepared, match="bypasses row security"):
        scratch.prepare()


def test_an_owner_without_rights_is_told_the_exact_sql(scratch):
    poor = f"{scratch.owner.settings_dict['NAME']}_poor"
    scratch.execute(f"CREATE ROLE {poor} LOGIN PASSWORD 'poor'")
    scratch.execute("GRANT CREATE, USAGE ON SCHEMA public TO " + poor)
    rich = scratch.owner
    scratch.owner = _wrapper(NAME=rich.settings_dict["NAME"], USER=poor, PASSWORD="poor")
    with pytest.raises(DatabaseNotPrepared, match=ADMIN_SQL) as refused:
        scratch.prepare()
    scratch.owner.close()
    scratch.owner = rich
    text = str(refused.value)
    assert f'CREATE ROLE "{scratch.role}" LOGIN NOSUPERUSER NOBYPASSRLS' in text
    assert 'CREATE EXTENSION "pg_trgm"' in text
    assert "SCRAM-SHA-256$" in text
    assert scratch.password not in text

    statements = text.split("run:\n\n")[1]
    with scratch.owner.cursor() as cursor:
        cursor.execute(sql.SQL(statements.split(";\n")[0]).as_string(None))
    scratch.as_application().close()
