"""What the database's catalogue must say about every table; each checker returns its findings."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

RULE = "(regency_id = (current_setting('kj.regency'::text))::integer)"
NARROWED = (
    f"({RULE} AND ((current_setting('kj.villages'::text) = ''::text) "
    "OR (village_id = ANY ((string_to_array(current_setting('kj.villages'::text), "
    "','::text))::integer[]))))"
)

# Tables with a regency_id outside the wall, and why.
OPEN = {
    "regions_district": "areas are public reference data, the same for everybody",
    "regions_village": "areas are public reference data, the same for everybody",
    "regions_healthcentre": "a public institution; the door reads it before a scope exists",
    "regions_branch_regencies": "the door reads which branch serves whom before a scope exists",
    "accounts_membership": "the door reads memberships before a scope exists",
    "accounts_invitation": "an invitation is opened by somebody who has no scope yet",
}
# Foreign keys between walled tables without a composite constraint, and why.
LOOSE: dict[str, str] = {
    "cadres_importrow.village_id": "a staged line; the person it becomes is held to the village",
    "budgets_invoiceline.village_id": "copied from the cover, or from its move, in the "
    "statement that bills it, and those are held to the village",
}
APPEND_ONLY = (
    "audit_event",
    "audit_seal",
    "budgets_ledgerentry",
    "budgets_payment",
    "budgets_invoiceline",
    "core_paper",
)

Cursor = Any


def tenant_tables(cursor: Cursor) -> list[str]:
    """Every table that has a regency_id, and every table of a model that is a tenant's."""
    cursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') "
        "AND a.attname = 'regency_id' AND NOT a.attisdropped ORDER BY 1"
    )
    found = {name for (name,) in cursor.fetchall()}
    found |= {model._meta.db_table for model in tenant_models()}
    return sorted(found - OPEN.keys())


def tenant_models() -> list[type[models.Model]]:
    """Every model whose rows belong to one regency, history included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if any(field.attname == "regency_id" for field in model._meta.concrete_fields)
        and model._meta.db_table not in OPEN
    ]


def without_wall(cursor: Cursor) -> Iterator[str]:
    """Tenant tables whose row security, FORCE or policy is not as it must be."""
    for table in tenant_tables(cursor):
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = to_regclass(%s)",
            [table],
        )
        on, force = cursor.fetchone()
        if not on or not force:
            yield f"{table}: row security {on}, FORCE {force}"
        cursor.execute(
            "SELECT policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies "
            "WHERE schemaname = 'public' AND tablename = %s AND policyname <> 'crossing'",
            [table],
        )
        policies = cursor.fetchall()
        if len(policies) != 1:
            yield f"{table}: {len(policies)} policies"
            continue
        name, permissive, roles, command, using, check = policies[0]
        if (name, permissive, roles, command) != ("wall", "PERMISSIVE", "{public}", "ALL"):
            yield f"{table}: policy {policies[0]}"
        asked = " ".join(using.split())
        if using != check or asked not in (RULE, NARROWED):
            yield f"{table}: the policy asks {asked}"
        cursor.execute(
            "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(%s) "
            "AND attname = 'village_id' AND NOT attisdropped",
            [table],
        )
        if cursor.fetchone()[0] and asked == RULE and table not in WIDE:
            yield f"{table}: has a village that the policy does not narrow to"


# Tables with a village that the policy does not narrow to, and why.
WIDE = {
    "cadres_importrow": "rows of a roster are reached through the roster, which is narrowed",
}


def open_crossings(cursor: Cursor) -> Iterator[str]:
    """Crossing policies that are not only for the owner and only while a function runs."""
    cursor.execute(
        "SELECT tablename, roles::text, cmd, qual FROM pg_policies "
        "WHERE schemaname = 'public' AND policyname = 'crossing'"
    )
    for table, roles, command, using in cursor.fetchall():
        narrow = "current_setting('kj.crossing'::text, true) = 'on'::text" in using
        if (
            roles in ("{public}", f"{{{settings.KJ_APP_ROLE}}}")
            or command != "SELECT"
            or not narrow
        ):
            yield f"{table}: crossing for {roles}, {command}, {using}"


def without_tenant_index(cursor: Cursor) -> Iterator[str]:
    """Tenant tables without any index that starts with regency_id."""
    for table in tenant_tables(cursor):
        cursor.execute(
            "SELECT count(*) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
            "AND a.attnum = i.indkey[0] WHERE i.indrelid = to_regclass(%s) "
            "AND a.attname = 'regency_id' AND i.indisvalid",
            [table],
        )
        if not cursor.fetchone()[0]:
            yield table


def known_by_name(cursor: Cursor) -> Iterator[str]:
    """Tenant tables whose statistics are to name more than one regency."""
    cursor.execute(
        "SELECT attrelid::regclass::text FROM pg_attribute WHERE attname = 'regency_id' "
        "AND attstattarget IS DISTINCT FROM 1 AND attrelid::regclass::text = ANY (%s)",
        [tenant_tables(cursor)],
    )
    yield from (table for (table,) in cursor.fetchall())


def plain_foreign_keys(cursor: Cursor) -> Iterator[str]:
    """Foreign keys to walled tables (or to a village) without a composite constraint."""
    walled = set(tenant_tables(cursor)) | {"regions_village", "regions_district"}
    for model in tenant_models():
        if hasattr(model, "pgh_tracked_model"):
            continue  # history outlives what it tells about
        for field in model._meta.concrete_fields:
            target = field.related_model and field.related_model._meta.db_table
            name = f"{model._meta.db_table}.{field.column}"
            if target not in walled or name in LOOSE:
                continue
            cursor.execute(
                "SELECT count(*) FROM pg_constraint c WHERE c.contype = 'f' "
                "AND c.conrelid = to_regclass(%s) AND c.confrelid = to_regclass(%s) "
                "AND c.convalidated AND (SELECT array_agg(a.attname::text ORDER BY k.n) "
                "FROM unnest(c.conkey) WITH ORDINALITY k(attnum, n) JOIN pg_attribute a "
                "ON a.attrelid = c.conrelid AND a.attnum = k.attnum) = ARRAY['regency_id', %s]",
                [model._meta.db_table, target, field.column],
            )
            if not cursor.fetchone()[0]:
                yield name


def powerful_views(cursor: Cursor) -> Iterator[str]:
    """Views that look at tables with their owner's eyes."""
    cursor.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace "
        "AND c.relkind IN ('v', 'm') AND NOT coalesce('security_invoker=true' = ANY "
        "(c.reloptions) OR 'security_invoker=on' = ANY (c.reloptions), false) "
        "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
    )
    yield from (name for (name,) in cursor.fetchall())


def powers_of_the_application(cursor: Cursor) -> Iterator[str]:
    """What the application's role must not have: ownership, powers, rights over definitions."""
    role = settings.KJ_APP_ROLE
    cursor.execute(
        "SELECT rolname FROM pg_roles WHERE pg_has_role(%s, oid, 'MEMBER') AND (rolname <> %s "
        "OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)",
        [role, role],
    )
    yield from (f"is or may become {name}" for (name,) in cursor.fetchall())
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relowner = %s::regrole UNION ALL "
        "SELECT proname FROM pg_proc WHERE proowner = %s::regrole UNION ALL "
        "SELECT nspname FROM pg_namespace WHERE nspowner = %s::regrole "
        "OR has_schema_privilege(%s, oid, 'CREATE') AND nspname !~ '^pg_'",
        [role] * 4,
    )
    yield from (f"owns or may create in {name}" for (name,) in cursor.fetchall())
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p') "
        "AND has_table_privilege(%s, oid, 'TRUNCATE, TRIGGER, REFERENCES')",
        [role],
    )
    yield from (f"may truncate or define on {name}" for (name,) in cursor.fetchall())


def loose_definers(cursor: Cursor) -> Iterator[str]:
    """SECURITY DEFINER functions open to everybody or without a fixed search path."""
    cursor.execute(
        "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace "
        "AND p.prosecdef AND (has_function_privilege('public', p.oid, 'EXECUTE') "
        "OR NOT coalesce(EXISTS (SELECT FROM unnest(p.proconfig) c "
        "WHERE c LIKE 'search_path=%%'), false))"
    )
    yield from (name for (name,) in cursor.fetchall())


def changeable(cursor: Cursor) -> Iterator[str]:
    """Append-only tables, history among them, that the application may change."""
    history = [
        each._meta.db_table for each in tenant_models() if hasattr(each, "pgh_tracked_model")
    ]
    for table in (*APPEND_ONLY, *history):
        cursor.execute(
            "SELECT has_table_privilege(%s, %s, 'UPDATE, DELETE, TRUNCATE')",
            [settings.KJ_APP_ROLE, table],
        )
        if cursor.fetchone()[0]:
            yield table


def untracked(cursor: Cursor) -> Iterator[str]:
    """Tracked tables that lack a trigger for insert, update or delete, and history off the wall."""
    walled = set(tenant_tables(cursor))
    for events in apps.get_models():
        model = getattr(events, "pgh_tracked_model", None)
        if model is None:
            continue
        if events._meta.db_table not in walled:
            yield f"{events._meta.db_table}: history has no regency"
        cursor.execute(
            "SELECT DISTINCT CASE WHEN tgtype & 4 > 0 THEN 'insert' WHEN tgtype & 8 > 0 "
            "THEN 'delete' ELSE 'update' END FROM pg_trigger WHERE tgrelid = to_regclass(%s) "
            "AND tgname LIKE 'pgtrigger_%%' AND tgenabled <> 'D'",
            [model._meta.db_table],
        )
        missing = {"insert", "update", "delete"} - {name for (name,) in cursor.fetchall()}
        if missing:
            yield f"{model._meta.db_table}: no trigger for {sorted(missing)}"


# Tables about people, cover and money without row history, and why.
NOT_TRACKED = {
    "cadres_familylink": "an address by its digest; making and using it are events",
    "audit_event": "is itself the record",
    "audit_seal": "is itself the record",
    "audit_chainhead": "follows from the seals",
    "budgets_invoiceline": "append-only",
    "budgets_invoicerun": "says only that a month was billed; its invoices are tracked",
    "budgets_ledgerentry": "append-only",
    "budgets_payment": "append-only",
    "cadres_columnmemory": "a convenience; forgetting it asks the question again",
    "cadres_departure": "an answer about a roster; what it changes is tracked",
    "cadres_finding": "a stage before people; the roster's file is kept",
    "cadres_importrow": "a stage before people; the roster's file is kept",
    "cadres_posyanduchoice": "an answer about a roster; what it changes is tracked",
    "cadres_rosterimport": "a stage before people; every step is an audit event",
    "cadres_rowdecision": "an answer about a roster; what it changes is tracked",
    "cadres_rowfix": "an answer about a roster; what it changes is tracked",
    "core_counter": "numbers are on the papers",
    "core_idempotencykey": "an answer, not a fact",
    "core_paper": "append-only",
    "core_run": "work, not a fact; its effects are tracked",
    "core_runpart": "work, not a fact; its effects are tracked",
    "enrollment_card": "a token of a tracked coverage, written once",
    "enrollment_cardorder": "work, not a fact; its paper is kept",
    "enrollment_reconciliationcolumns": "a convenience; forgetting it asks the question again",
    "enrollment_reconciliationrow": "what the uploaded file says; the file is kept",
    "enrollment_coveragemove": "written once with the move; the cover's own history tells it",
}


def without_history() -> Iterator[str]:
    """Tenant models that are neither tracked nor excused."""
    tracked = {getattr(each, "pgh_tracked_model", None) for each in apps.get_models()}
    for model in tenant_models():
        if hasattr(model, "pgh_tracked_model") or model in tracked:
            continue
        if model._meta.db_table not in NOT_TRACKED:
            yield model._meta.db_table
