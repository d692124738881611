"""The catalogue guard: no table forgets the wall. Each check is also seen to fail."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from tests.guards import catalogue

BROKEN = "CREATE TABLE broken (id bigint, regency_id int, village_id int);"


@pytest.fixture
def cursor(db) -> Iterator[psycopg.Cursor]:
    """The owner's connection to this test's database, in a transaction that is rolled back."""
    owner = connections["owner"].settings_dict
    with psycopg.connect(
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
        user=owner["USER"],
        password=owner["PASSWORD"] or None,
        dbname=connections["default"].settings_dict["NAME"],
    ) as connection:
        with connection.cursor() as cursor:
            yield cursor
        connection.rollback()


CHECKS = (
    catalogue.without_wall,
    catalogue.open_crossings,
    catalogue.without_tenant_index,
    catalogue.known_by_name,
    catalogue.plain_foreign_keys,
    catalogue.powerful_views,
    catalogue.powers_of_the_application,
    catalogue.loose_definers,
    catalogue.changeable,
    catalogue.untracked,
)
APP = settings.KJ_APP_ROLE
BREAKAGES = [
    (catalogue.without_wall, "ALTER TABLE claims_claim DISABLE ROW LEVEL SECURITY"),
    (catalogue.without_wall, "ALTER TABLE claims_claim NO FORCE ROW LEVEL SECURITY"),
    (catalogue.without_wall, "DROP POLICY wall ON cadres_cadreevent"),
    (catalogue.without_wall, "CREATE POLICY second ON core_run USING (true)"),
    (catalogue.without_wall, "ALTER POLICY wall ON core_run USING (true)"),
    (
        catalogue.without_wall,
        "ALTER POLICY wall ON cadres_cadre USING (regency_id = current_setting('kj.regency')::int) "
        "WITH CHECK (regency_id = current_setting('kj.regency')::int)",
    ),
    (catalogue.without_wall, BROKEN),
    (catalogue.open_crossings, "CREATE POLICY crossing ON claims_claim FOR SELECT USING (true)"),
    (catalogue.without_tenant_index, BROKEN + "CREATE INDEX ON broken (id, regency_id)"),
    (
        catalogue.without_wall,
        "ALTER POLICY wall ON cadres_cadre USING (regency_id = current_setting('kj.regency')::int "
        "OR village_id = ANY (string_to_array(current_setting('kj.villages'), ',')::int[]))",
    ),
    (catalogue.known_by_name, "ALTER TABLE claims_claim ALTER regency_id SET STATISTICS 100"),
    (
        catalogue.plain_foreign_keys,
        "ALTER TABLE claims_claim DROP CONSTRAINT claims_claim_coverage_id_wall",
    ),
    (catalogue.powerful_views, "CREATE VIEW broken AS SELECT * FROM claims_claim"),
    (catalogue.powers_of_the_application, f"GRANT CREATE ON SCHEMA public TO {APP}"),
    (catalogue.powers_of_the_application, f"GRANT TRUNCATE ON claims_claim TO {APP}"),
    (
        catalogue.loose_definers,
        "CREATE FUNCTION broken() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    ),
    (catalogue.changeable, f"GRANT UPDATE ON audit_event TO {APP}"),
    (catalogue.changeable, f"GRANT DELETE ON cadres_cadreevent TO {APP}"),
    (
        catalogue.untracked,
        "DO $$ BEGIN EXECUTE (SELECT format('DROP TRIGGER %I ON cadres_cadre', "
        "tgname) FROM pg_trigger WHERE tgrelid = 'cadres_cadre'::regclass AND tgname LIKE "
        "'pgtrigger_delete%' LIMIT 1); END $$",
    ),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_catalogue_is_as_it_must_be(cursor, check):
    assert list(check(cursor)) == []


def test_the_catalogue_was_really_read(cursor):
    assert len(catalogue.tenant_tables(cursor)) > 35
    assert len(catalogue.tenant_models()) > 35


@pytest.mark.parametrize(
    ("check", "breakage"), BREAKAGES, ids=lambda part: getattr(part, "__name__", str(part)[:60])
)
def test_the_guard_sees(cursor, check, breakage):
    before = set(check(cursor))
    cursor.execute(breakage)
    assert set(check(cursor)) - before


def test_every_table_about_people_cover_and_money_is_tracked_or_excused(db):
    assert list(catalogue.without_history()) == []


def test_no_excuse_is_stale(cursor):
    cursor.execute("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')")
    tables = {name for (name,) in cursor.fetchall()}
    excused = {*catalogue.OPEN, *catalogue.NOT_TRACKED, *catalogue.WIDE, *catalogue.APPEND_ONLY}
    assert excused <= tables
    assert {name.split(".")[0] for name in catalogue.LOOSE} <= tables
