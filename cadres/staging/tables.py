"""Lines and findings of a roster on their way into the database, through temporary tables.

COPY does not pass row security, so lines are copied into a temporary table and inserted from it.
"""

import json
from collections.abc import Iterable

from django.db import connection

from cadres import findings, values
from cadres.importing import Note, Person
from cadres.models import RosterImport
from cadres.staging.classify import judged
from cadres.staging.sql import parameters, run
from core import sealed

STAGED = (
    ("sheet", "text"),
    ("number", "int4"),
    ("effect", "text"),
    ("village_id", "int8"),
    ("posyandu_name", "text"),
    ("posyandu_key", "text"),
    ("name", "text"),
    ("name_key", "text"),
    ("nik_sealed", "bytea"),
    ("nik_digest", "bytea"),
    ("birth_place", "text"),
    ("birth_date", "date"),
    ("sex", "text"),
    ("phone", "text"),
    ("mother_name", "text"),
    ("category", "text"),
    ("decree_number", "text"),
    ("decree_date", "date"),
)
COLUMNS = ", ".join(name for name, _type in STAGED)
TYPES = [type_ for _name, type_ in STAGED]


def stage(people: Iterable[Person]) -> None:
    """COPY people into a temporary table, sealing each NIK on its way."""
    columns = ", ".join(f"{name} {type_}" for name, type_ in STAGED)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged")
        cursor.execute(f"CREATE TEMP TABLE staged ({columns}) ON COMMIT DROP")
        with cursor.copy(f"COPY staged ({COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(TYPES)
            write_row, seal = copy.write_row, sealed.sealer()
            for person in people:
                write_row(_row(person, *(seal(person.nik) if person.nik else (None, None))))


def _row(person: Person, nik_sealed: bytes | None, nik_digest: bytes | None) -> tuple:
    return (
        person.sheet[:60],
        person.number,
        "rejected" if person.rejected else "",
        person.village_id,
        person.posyandu,
        values.place_key(person.posyandu) if person.posyandu else "",
        person.name,
        values.name_key(person.name),
        nik_sealed,
        nik_digest,
        person.birth_place,
        person.birth_date,
        person.sex,
        person.phone,
        person.mother_name,
        person.category,
        person.decree_number,
        person.decree_date,
    )


def keep_rows(roster: RosterImport) -> None:
    """Insert the staged lines as the roster's rows, each with what applying it would do."""
    kept = ", ".join(name for name, _type in STAGED if name != "effect")
    run(
        f"INSERT INTO cadres_importrow (regency_id, roster_id, cadre_id, effect, changes, {kept}) "
        f"SELECT %(regency)s, %(roster)s, x.person, x.verdict, x.differences, {kept} "
        f"FROM ({judged('staged')}) x",
        parameters(roster),
    )


def keep_notes(roster: RosterImport, notes: Iterable[Note]) -> None:
    """Store findings, likewise through a temporary table."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS noted")
        cursor.execute(
            "CREATE TEMP TABLE noted (sheet text, number int, name text, level text, code text, "
            "facts text) ON COMMIT DROP"
        )
        with cursor.copy("COPY noted FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["text", "int4", "text", "text", "text", "text"])
            for note in notes:
                copy.write_row(
                    (
                        note.sheet[:60],
                        note.number,
                        note.column[:80],
                        findings.level_of(note.code),
                        note.code,
                        json.dumps(note.facts),
                    )
                )
        cursor.execute(
            'INSERT INTO cadres_finding (regency_id, roster_id, sheet, number, "column", level, '
            "code, facts) SELECT %s, %s, sheet, number, name, level, code, facts::jsonb FROM noted",
            [roster.regency_id, roster.pk],
        )


def forget(roster: RosterImport) -> None:
    """Remove what an earlier check of this roster kept."""
    for table in ("cadres_finding", "cadres_importrow"):
        run(f"DELETE FROM {table} WHERE roster_id = %(roster)s", {"roster": roster.pk})
