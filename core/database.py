"""Prepare a database for the application's role: a role that owns nothing and bypasses nothing.

Runs as the database's owner before every migrate and may run any number of times. It grants
nothing on tables that exist: migrations take rights away from append-only tables, and
default privileges cover each new table at the moment that the owner creates it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

EXTENSIONS = ("pg_trgm", "btree_gist")


class DatabaseNotPrepared(Exception):
    """The database needs an administrator; the text carries the exact SQL."""


@dataclass(frozen=True)
class Step:
    """One statement, the question that tells whether it is needed, and whether it may be."""

    name: str
    needed: str  # SQL that answers one boolean; parameters: role
    statement: sql.Composed


def prepare(
    owner: BaseDatabaseWrapper, role: str, password: str, log: Callable[[str], object]
) -> None:
    """Make roles, grants, default privileges and extensions of one database as they must be.

    `owner` is a Django connection of the owner. Raises DatabaseNotPrepared when something
    needs rights that the owner lacks, or when the application's role could pass the tenant wall.
    """
    owner.ensure_connection()
    connection: psycopg.Connection = owner.connection
    if connection.info.user == role:
        raise DatabaseNotPrepared(
            f"DATABASE_URL and DATABASE_OWNER_URL name the same role {role}; the application "
            "must not own its tables."
        )
    for_admin: list[str] = []
    for step in _steps(connection, role, password):
        try:
            if not _answer(connection, step.needed, role):
                continue
            connection.execute(step.statement)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject):
            # Undefined: the role itself is still to be made by the administrator.
            for_admin.append(step.statement.as_string(connection) + ";")
        except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            log(f"{step.name}: already there")  # another start was a moment earlier
        else:
            log(step.name)
    if for_admin:
        raise DatabaseNotPrepared(
            f"The role {connection.info.user} may not do all of this. Ask an administrator of "
            f"the database {connection.info.dbname} to run:\n\n" + "\n".join(for_admin)
        )
    _refuse_powerful(connection, role)
    _match_password(connection, role, password, log)


def _answer(connection: psycopg.Connection, question: str, role: str) -> bool:
    row = connection.execute(question, {"role": role}).fetchone()
    return bool(row and row[0])


def _steps(connection: psycopg.Connection, role: str, password: str) -> list[Step]:
    app, database = sql.Identifier(role), sql.Identifier(connection.info.dbname)
    owner = sql.Identifier(connection.info.user)
    # A SCRAM verifier instead of the password: this text may be shown to an administrator.
    verifier = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    ).decode()

    def statement(text: str) -> sql.Composed:
        return sql.SQL(text).format(
            app=app, database=database, owner=owner, verifier=sql.Literal(verifier)
        )

    steps = [
        Step(
            "Application role created",
            "SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %(role)s)",
            statement(
                "CREATE ROLE {app} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE "
                "PASSWORD {verifier}"
            ),
        ),
        Step(
            "Rights of PUBLIC on the database revoked",
            "SELECT EXISTS (SELECT FROM pg_database d, aclexplode(coalesce(d.datacl, "
            "acldefault('d', d.datdba))) a WHERE d.datname = current_database() "
            "AND a.grantee = 0)",
            statement("REVOKE ALL ON DATABASE {database} FROM PUBLIC"),
        ),
        Step(
            "Right to connect granted",
            "SELECT NOT (has_database_privilege(%(role)s, current_database(), 'CONNECT') "
            "AND has_database_privilege(%(role)s, current_database(), 'TEMPORARY'))",
            statement("GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}"),
        ),
        Step(
            "Right to use the schema granted",
            "SELECT NOT has_schema_privilege(%(role)s, 'public', 'USAGE')",
            statement("GRANT USAGE ON SCHEMA public TO {app}"),
        ),
    ]
    for kind, rights, letters in (
        ("TABLES", "SELECT, INSERT, UPDATE, DELETE", "r"),
        ("SEQUENCES", "USAGE, SELECT", "S"),
        ("FUNCTIONS", "EXECUTE", "f"),
    ):
        steps.append(
            Step(
                f"Default rights on new {kind.lower()} set",
                "SELECT NOT EXISTS (SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) a "
                "WHERE d.defaclrole = current_user::regrole AND d.defaclnamespace = "
                f"'public'::regnamespace AND d.defaclobjtype = '{letters}' "
                "AND a.grantee = (SELECT oid FROM pg_roles WHERE rolname = %(role)s))",
                statement(
                    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
                    f"GRANT {rights} ON {kind} TO {{app}}"
                ),
            )
        )
    for extension in EXTENSIONS:
        steps.append(
            Step(
                f"Extension {extension} installed",
                "SELECT NOT EXISTS (SELECT FROM pg_extension "
                f"WHERE extname = '{extension}' AND %(role)s IS NOT NULL)",
                sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(extension)),
            )
        )
    return steps


def _refuse_powerful(connection: psycopg.Connection, role: str) -> None:
    """The application's role must not be able to pass row security, directly or by membership."""
    powerful = _answer(
        connection,
        "SELECT EXISTS (SELECT FROM pg_roles WHERE (rolsuper OR rolbypassrls OR rolcreaterole) "
        "AND pg_has_role(%(role)s, oid, 'MEMBER')) "
        "OR pg_has_role(%(role)s, current_user, 'MEMBER')",
        role,
    )
    if powerful:
        raise DatabaseNotPrepared(
            f"The application's role {role} is a superuser, bypasses row security, creates roles "
            "or is a member of such a role or of the owner. Use another role in DATABASE_URL."
        )


def _match_password(
    connection: psycopg.Connection, role: str, password: str, log: Callable[[str], object]
) -> None:
    """Set the role's password where signing in with it fails (a changed secret key, a restore)."""
    parameters: dict[str, Any] = {
        name: value
        for name, value in connection.info.get_parameters().items()
        if name in {"host", "hostaddr", "port", "dbname", "sslmode", "sslrootcert"}
    }
    try:
        psycopg.connect(**parameters, user=role, password=password, connect_timeout=10).close()
        return
    except psycopg.OperationalError as error:
        if "authentication failed" not in str(error):
            raise
    verifier = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    ).decode()
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(
        sql.Identifier(role), sql.Literal(verifier)
    )
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        raise DatabaseNotPrepared(
            f"The password of {role} differs from the configured one and {connection.info.user} "
            f"may not change it. Run:\n\n{statement.as_string(connection)};"
        ) from None
    log("Password of the application role set")
