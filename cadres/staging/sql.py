"""Running the statements of a roster."""

from typing import Any

from django.db import connection

from cadres.models import RosterImport


def run(statement: str, parameters: dict[str, Any]) -> int:
    """Execute one statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def rows(statement: str, parameters: dict[str, Any]) -> list[tuple]:
    """What one query finds."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def parameters(roster: RosterImport, **more: Any) -> dict[str, Any]:
    """What every statement about a roster may name."""
    return {
        "regency": roster.regency_id,
        "roster": roster.pk,
        "limited": roster.limited,
        **more,
    }
