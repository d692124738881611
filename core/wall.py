"""Migration operations that raise the tenant wall around a table."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import migrations

REGENCY = "current_setting('kj.regency')::int"
OPEN_TABLES = {"regions_village", "regions_district"}
VILLAGES = "current_setting('kj.villages')"


def wall(
    table: str,
    *,
    village: str | None = None,
    refs: Mapping[str, str] | None = None,
    append_only: bool = False,
    tenant_key: bool = True,
) -> list[migrations.RunSQL]:
    """Row security with one policy, a tenant key, and composite foreign keys for one table.

    The composite keys take the place of Django's plain ones, and indexes that begin with the
    regency that of its plain ones.
    `village` names the column that narrows the policy when the scope names villages; `refs`
    maps a column to the tenant table it points to. An `append_only` table cannot be updated
    or deleted from by the application. `tenant_key=False` where no other table points at a row.
    """
    rule = f"regency_id = {REGENCY}"
    if village:
        listed = f"{village} = ANY (string_to_array({VILLAGES}, ',')::int[])"
        rule += f" AND ({VILLAGES} = '' OR {listed})"
    do, undo = [], []
    if tenant_key:
        key = f"{table}_tenant_key"
        do.append(f"ALTER TABLE {table} ADD CONSTRAINT {key} UNIQUE (regency_id, id)")
        undo.append(f"ALTER TABLE {table} DROP CONSTRAINT {key} CASCADE")
    _keys(table, refs or {}, do, undo)
    do += [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY wall ON {table} USING ({rule}) WITH CHECK ({rule})",
        # One regency by name, the others by their average. With a longer list the planner
        # expects one row of a regency that is not on it, and loops over all for each.
        f"ALTER TABLE {table} ALTER regency_id SET STATISTICS 1",
    ]
    undo += [
        f"ALTER TABLE {table} ALTER regency_id SET STATISTICS -1",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"DROP POLICY wall ON {table}",
    ]
    if append_only:
        do.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {settings.KJ_APP_ROLE}")
        undo.append(f"GRANT UPDATE, DELETE ON {table} TO {settings.KJ_APP_ROLE}")
    return [migrations.RunSQL([*do], [*reversed(undo)])]


def _keys(table: str, refs: Mapping[str, str], do: list[str], undo: list[str]) -> None:
    """Add the statements that make composite foreign keys, and those that drop them."""
    for column, target in refs.items():
        name = f"{table}_{column}_wall"
        walled = target not in OPEN_TABLES
        # Checking the rows that exist reads the target as its owner, whom FORCE holds too.
        if walled:
            do.append(f"ALTER TABLE {target} NO FORCE ROW LEVEL SECURITY")
        do.append(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (regency_id, {column}) "
            f"REFERENCES {target} (regency_id, id)"
        )
        if walled:
            do.append(f"ALTER TABLE {target} FORCE ROW LEVEL SECURITY")
        undo.append(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
    do.append(_one_key_each(table, ["regency_id", *refs]))


def _one_key_each(table: str, columns: Sequence[str]) -> str:
    """Drop plain foreign keys beside composite ones; let indexes begin with the regency.

    A row's regency is held by any composite key whose other column is always filled. An index on
    a column that may be empty holds only the filled ones.
    """
    named = ", ".join(f"'{column}'" for column in columns)
    return f"""
DO $kj$ DECLARE each record; BEGIN
FOR each IN SELECT c.conname FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.conrelid = '{table}'::regclass AND c.contype = 'f' AND cardinality(c.conkey) = 1
    AND a.attname IN ({named}) AND (a.attname <> 'regency_id' OR EXISTS (
        SELECT FROM pg_attribute other WHERE other.attrelid = c.conrelid AND other.attnotnull
        AND other.attname IN ({named}) AND other.attname <> 'regency_id'))
LOOP
    EXECUTE format('ALTER TABLE {table} DROP CONSTRAINT %I', each.conname);
END LOOP;
FOR each IN SELECT i.indexrelid::regclass AS index, a.attname,
        CASE WHEN NOT a.attnotnull THEN format(' WHERE %I IS NOT NULL', a.attname) END AS filled,
        EXISTS (SELECT FROM pg_index o JOIN pg_attribute b ON b.attrelid = o.indrelid
            AND b.attnum = o.indkey[0] AND b.attname = 'regency_id'
            WHERE o.indrelid = i.indrelid AND o.indkey[1] = a.attnum
            AND coalesce(pg_get_expr(o.indpred, o.indrelid), held.rule) = held.rule) AS doubled
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0],
    LATERAL format('(%I IS NOT NULL)', a.attname) AS held (rule)
    WHERE i.indrelid = '{table}'::regclass AND i.indnatts = 1 AND NOT i.indisunique
    AND i.indpred IS NULL AND a.attname IN ({named})
LOOP
    EXECUTE format('DROP INDEX %s', each.index);
    IF each.attname <> 'regency_id' AND NOT each.doubled THEN
        EXECUTE format('CREATE INDEX ON {table} (regency_id, %I)', each.attname)
            || coalesce(each.filled, '');
    END IF;
END LOOP;
END $kj$"""


def history(table: str, *, village: str | None = None) -> list[migrations.RunSQL]:
    """The wall around a history table, which the application may only add to."""
    # One index: it is written with every row, and read by its object.
    return [
        *wall(table, village=village, append_only=True, tenant_key=False),
        migrations.RunSQL(
            f"""
DO $kj$ DECLARE each record; BEGIN
FOR each IN SELECT i.indexrelid::regclass AS index FROM pg_index i
    WHERE i.indrelid = '{table}'::regclass AND NOT i.indisunique
LOOP
    EXECUTE format('DROP INDEX %s', each.index);
END LOOP;
CREATE INDEX ON {table} (regency_id, pgh_obj_id);
END $kj$""",
            migrations.RunSQL.noop,
        ),
    ]


def crossing(
    tables: Sequence[str], name: str, arguments: str, returns: str, body: str
) -> list[migrations.RunSQL]:
    """A function that looks over the wall and answers only what `body` selects.

    It runs as the owner, to whom a second policy on `tables` opens reading while the function
    runs; the application's own queries gain nothing from it. The scope in force is put aside
    for that moment.
    """
    do, undo = [], [f"DROP FUNCTION {name}"]
    for table in tables:
        do.append(f"DROP POLICY IF EXISTS crossing ON {table}")
        do.append(
            f"CREATE POLICY crossing ON {table} FOR SELECT TO CURRENT_USER "
            "USING (current_setting('kj.crossing', true) = 'on')"
        )
    names = ("kj.crossing", "kj.regency", "kj.villages")
    keep = ", ".join(f"coalesce(current_setting('{each}', true), '')" for each in names)
    opened = zip(names, ("on", "0", ""), strict=True)
    opening = ", ".join(f"set_config('{each}', '{value}', true)" for each, value in opened)
    closing = ", ".join(
        f"set_config('{each}', kept[{place}], true)" for place, each in enumerate(names, 1)
    )
    do.append(
        f"CREATE FUNCTION {name}({arguments}) RETURNS {returns} LANGUAGE plpgsql VOLATILE "
        "SECURITY DEFINER SET search_path = public AS $kj$ #variable_conflict use_column\n"
        f"DECLARE kept text[] := ARRAY[{keep}]; BEGIN PERFORM {opening}; "
        f"RETURN QUERY {body}; PERFORM {closing}; END $kj$"
    )
    do.append(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    do.append(f"GRANT EXECUTE ON FUNCTION {name} TO {settings.KJ_APP_ROLE}")
    return [migrations.RunSQL([*do], [*undo])]
