"""Seal what an earlier key sealed with the present one, table by table, inside a scope."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction

from core.sealed import current_key_id, seal, unseal

BATCH = 2000


def sealed_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column that holds sealed values and that the application may change.

    History tables are left out: they are append-only, so their values keep the key of their day.
    """
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name.endswith("_sealed") and isinstance(field, models.BinaryField):
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT has_column_privilege(%s, %s, 'UPDATE')",
                        [model._meta.db_table, field.column],
                    )
                    row = cursor.fetchone()
                if row and row[0]:
                    yield model, str(field.column)


def stale(columns: list[tuple[type[models.Model], str]]) -> list[tuple[type[models.Model], str]]:
    """Those columns that hold a value of an earlier key in the regency in scope; one query."""
    questions = []
    for number, (model, column) in enumerate(columns):
        table, name = _quoted(model, column)
        questions.append(
            f"SELECT {number} WHERE EXISTS (SELECT FROM {table} WHERE length({name}) > 0 "
            f"AND substring({name} FROM 2 FOR 4) <> %(key)s)"
        )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions), {"key": current_key_id()})
        return [columns[number] for (number,) in cursor.fetchall()]


def _quoted(model: type[models.Model], column: str) -> tuple[str, str]:
    return (
        connection.ops.quote_name(model._meta.db_table),
        connection.ops.quote_name(column),
    )


def reseal(model: type[models.Model], column: str) -> int:
    """Reseal one column of the regency in scope and return how many values changed.

    Each batch is one statement in one transaction, so it may be stopped and started again.
    """
    table, name = _quoted(model, column)
    changed = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {name} FROM {table} WHERE length({name}) > 0 "
                f"AND substring({name} FROM 2 FOR 4) <> %s ORDER BY id LIMIT %s FOR UPDATE",
                [current_key_id(), BATCH],
            )
            rows = cursor.fetchall()
            if not rows:
                return changed
            cursor.execute(
                f"UPDATE {table} SET {name} = fresh.value "
                "FROM unnest(%s::bigint[], %s::bytea[]) AS fresh (id, value) "
                f"WHERE {table}.id = fresh.id",
                [[key for key, _ in rows], [seal(unseal(value)) for _, value in rows]],
            )
            changed += len(rows)
