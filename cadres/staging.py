"""A roster against the people who are there, with a handful of SQL statements.

People are staged with COPY into a temporary table (COPY does not pass row security), classified
while they are inserted into `cadres_importrow`, and applied with INSERT ... SELECT. Everything
runs inside the scope; the policies add the regency to every statement.
"""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

from cadres import findings, values
from cadres.importing import Note, Person
from cadres.models import RosterImport
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

# What applying a line would change, as {field: [old, new]}; empty cells change nothing.
CLASSIFIED = """
SELECT s.*, c.id AS cadre_id,
  CASE WHEN s.effect = 'rejected' THEN 'rejected'
       WHEN c.id IS NULL THEN 'new'
       WHEN c.died_on IS NOT NULL THEN 'rejected'
       WHEN %(narrow)s AND c.village_id <> s.village_id THEN 'rejected'
       WHEN d.changes = '{{}}'::jsonb THEN 'unchanged' ELSE 'changed' END AS verdict,
  CASE WHEN s.effect = 'rejected' OR c.id IS NULL THEN '{{}}'::jsonb
       ELSE d.changes END AS differences
FROM {source} s
LEFT JOIN cadres_cadre c ON c.nik_digest = s.nik_digest
LEFT JOIN cadres_assignment a
  ON a.cadre_id = c.id AND a.category = s.category AND a.ended_on IS NULL
LEFT JOIN cadres_posyandu p ON p.id = a.posyandu_id
CROSS JOIN LATERAL (SELECT jsonb_strip_nulls(jsonb_build_object(
  'village', CASE WHEN c.village_id <> s.village_id THEN jsonb_build_array(
     (SELECT name FROM regions_village WHERE id = c.village_id),
     (SELECT name FROM regions_village WHERE id = s.village_id)) END,
  'name', CASE WHEN upper(c.name) <> upper(s.name) THEN jsonb_build_array(c.name, s.name) END,
  'birth_place', CASE WHEN s.birth_place <> '' AND upper(c.birth_place) <> upper(s.birth_place)
     THEN jsonb_build_array(c.birth_place, s.birth_place) END,
  'birth_date', CASE WHEN c.birth_date <> s.birth_date
     THEN jsonb_build_array(c.birth_date, s.birth_date) END,
  'sex', CASE WHEN c.sex <> s.sex THEN jsonb_build_array(c.sex, s.sex) END,
  'phone', CASE WHEN s.phone <> '' AND c.phone <> s.phone
     THEN jsonb_build_array(c.phone, s.phone) END,
  'mother_name', CASE WHEN s.mother_name <> '' AND upper(c.mother_name) <> upper(s.mother_name)
     THEN jsonb_build_array(c.mother_name, s.mother_name) END,
  'category', CASE WHEN a.id IS NULL THEN jsonb_build_array('', s.category) END,
  'posyandu', CASE WHEN a.id IS NOT NULL AND s.posyandu_key <> ''
       AND (p.id IS NULL OR p.name_key <> s.posyandu_key OR p.village_id <> s.village_id)
     THEN jsonb_build_array(coalesce(p.name, ''), s.posyandu_name) END,
  'decree_number', CASE WHEN a.id IS NOT NULL AND s.decree_number <> ''
       AND a.decree_number <> s.decree_number
     THEN jsonb_build_array(a.decree_number, s.decree_number) END,
  'decree_date', CASE WHEN a.id IS NOT NULL AND s.decree_date IS NOT NULL
       AND a.decree_date IS DISTINCT FROM s.decree_date
     THEN jsonb_build_array(coalesce(a.decree_date::text, ''), s.decree_date) END
)) AS changes) d
"""


def _run(statement: str, parameters: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def stage(people: Iterable[Person]) -> None:
    """COPY people into a temporary table, sealing each NIK on its way."""
    columns = ", ".join(f"{name} {type_}" for name, type_ in STAGED)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged")
        cursor.execute(f"CREATE TEMP TABLE staged ({columns}) ON COMMIT DROP")
        with cursor.copy(f"COPY staged ({COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(TYPES)
            for person in people:
                copy.write_row(_row(person))
        cursor.execute("ANALYZE staged")


def _row(person: Person) -> tuple:
    nik = person.nik
    return (
        person.sheet[:60],
        person.number,
        "rejected" if person.rejected else "",
        person.village_id,
        person.posyandu,
        values.place_key(person.posyandu) if person.posyandu else "",
        person.name,
        values.name_key(person.name),
        sealed.seal(nik) if nik else None,
        sealed.digest(nik) if nik else None,
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
    source = CLASSIFIED.format(source="staged")
    kept = ", ".join(f"x.{name}" for name, _type in STAGED if name != "effect")
    named = ", ".join(name for name, _type in STAGED if name != "effect")
    _run(
        f"INSERT INTO cadres_importrow (regency_id, roster_id, cadre_id, effect, changes, {named}) "
        f"SELECT %(regency)s, %(roster)s, x.cadre_id, x.verdict, x.differences, {kept} "
        f"FROM ({source}) x",
        _parameters(roster),
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


# Findings that only the people who are there can tell; each is written once per line.
KNOWN = {
    "person_died": (
        "c.died_on IS NOT NULL AND r.effect = 'rejected'",
        "jsonb_build_object('date', c.died_on)",
    ),
    "person_other_village": (
        "%(narrow)s AND c.died_on IS NULL AND r.effect = 'rejected' "
        "AND c.village_id <> r.village_id",
        "'{}'::jsonb",
    ),
    "person_moves": (
        "r.changes ? 'village' AND r.effect = 'changed'",
        "jsonb_build_object('old', r.changes->'village'->>0, 'new', r.changes->'village'->>1)",
    ),
}


def note_known(roster: RosterImport) -> None:
    """Findings about people who died, who belong to another village or who move."""
    for code, (condition, facts) in KNOWN.items():
        _run(
            'INSERT INTO cadres_finding (regency_id, roster_id, sheet, number, "column", level, '
            f"code, facts) SELECT r.regency_id, r.roster_id, r.sheet, r.number, '', %(level)s, "
            f"%(code)s, {facts} FROM cadres_importrow r JOIN cadres_cadre c ON c.id = r.cadre_id "
            f"WHERE r.roster_id = %(roster)s AND {condition} AND NOT EXISTS (SELECT FROM "
            "cadres_finding f WHERE f.roster_id = r.roster_id AND f.code = %(code)s "
            "AND f.sheet = r.sheet AND f.number = r.number)",
            {**_parameters(roster), "code": code, "level": findings.level_of(code)},
        )


def forget(roster: RosterImport) -> None:
    """Remove what an earlier check of this roster kept."""
    for table in ("cadres_finding", "cadres_importrow"):
        _run(f"DELETE FROM {table} WHERE roster_id = %(roster)s", {"roster": roster.pk})


def lock_people(roster: RosterImport) -> None:
    """Hold the people whom the roster names until the transaction ends."""
    _run(
        "SELECT c.id FROM cadres_cadre c JOIN cadres_importrow r ON r.nik_digest = c.nik_digest "
        "WHERE r.roster_id = %(roster)s AND r.effect <> 'rejected' ORDER BY c.id "
        "FOR UPDATE OF c",
        {"roster": roster.pk},
    )


def classify_again(roster: RosterImport) -> int:
    """Judge the kept rows against the people who are there now; how many were judged otherwise."""
    source = CLASSIFIED.format(
        source="(SELECT * FROM cadres_importrow WHERE roster_id = %(roster)s "
        "AND effect <> 'rejected')"
    ).replace("SELECT s.*, c.id AS cadre_id", "SELECT s.id, c.id AS found_id")
    return _run(
        "UPDATE cadres_importrow r SET effect = x.verdict, cadre_id = x.found_id, "
        f"changes = x.differences FROM ({source}) x WHERE r.id = x.id AND "
        "(r.effect, r.cadre_id, r.changes) IS DISTINCT FROM (x.verdict, x.found_id, x.differences)",
        _parameters(roster),
    )


def _parameters(roster: RosterImport, **more: Any) -> dict[str, Any]:
    return {
        "regency": roster.regency_id,
        "roster": roster.pk,
        "narrow": roster.village_id is not None,
        **more,
    }


APPLY = (
    # Posyandu that are not there yet.
    """
INSERT INTO cadres_posyandu (regency_id, village_id, name, name_key)
SELECT %(regency)s, r.village_id, min(r.posyandu_name), r.posyandu_key FROM cadres_importrow r
WHERE r.roster_id = %(roster)s AND r.effect IN ('new', 'changed') AND r.posyandu_key <> ''
  AND NOT EXISTS (SELECT FROM cadres_posyandu p
    WHERE p.village_id = r.village_id AND p.name_key = r.posyandu_key)
GROUP BY r.village_id, r.posyandu_key ORDER BY r.village_id, r.posyandu_key
ON CONFLICT DO NOTHING
""",
    # New people.
    """
INSERT INTO cadres_cadre (regency_id, village_id, name, name_key, nik_sealed, nik_digest,
  birth_place, birth_date, sex, phone, mother_name, created_at)
SELECT %(regency)s, r.village_id, r.name, r.name_key, r.nik_sealed, r.nik_digest, r.birth_place,
  r.birth_date, r.sex, r.phone, r.mother_name, now()
FROM cadres_importrow r WHERE r.roster_id = %(roster)s AND r.effect = 'new'
ORDER BY r.sheet, r.number
""",
    # People who changed; an empty cell changes nothing.
    """
UPDATE cadres_cadre c SET village_id = r.village_id,
  name = CASE WHEN r.changes ? 'name' THEN r.name ELSE c.name END,
  name_key = CASE WHEN r.changes ? 'name' THEN r.name_key ELSE c.name_key END,
  birth_place = CASE WHEN r.changes ? 'birth_place' THEN r.birth_place ELSE c.birth_place END,
  birth_date = r.birth_date, sex = r.sex,
  phone = CASE WHEN r.phone <> '' THEN r.phone ELSE c.phone END,
  mother_name = CASE WHEN r.changes ? 'mother_name' THEN r.mother_name ELSE c.mother_name END
FROM cadres_importrow r
WHERE r.roster_id = %(roster)s AND r.effect = 'changed' AND c.id = r.cadre_id
  AND r.changes ?| array['village', 'name', 'birth_place', 'birth_date', 'sex', 'phone',
    'mother_name']
""",
    # Decrees of a service that goes on.
    """
UPDATE cadres_assignment a SET
  decree_number = CASE WHEN r.decree_number <> '' THEN r.decree_number ELSE a.decree_number END,
  decree_date = coalesce(r.decree_date, a.decree_date)
FROM cadres_importrow r
WHERE r.roster_id = %(roster)s AND r.effect = 'changed' AND a.cadre_id = r.cadre_id
  AND a.category = r.category AND a.ended_on IS NULL
  AND r.changes ?| array['decree_number', 'decree_date']
  AND NOT r.changes ?| array['posyandu', 'village']
""",
    # A service that began today and names another place was a slip: put it right.
    """
UPDATE cadres_assignment a SET village_id = r.village_id, posyandu_id = p.id
FROM cadres_importrow r LEFT JOIN cadres_posyandu p
  ON p.village_id = r.village_id AND p.name_key = r.posyandu_key
WHERE r.roster_id = %(roster)s AND r.effect = 'changed' AND a.cadre_id = r.cadre_id
  AND a.category = r.category AND a.ended_on IS NULL AND a.started_on >= %(today)s
  AND r.changes ?| array['posyandu', 'village']
""",
    # A service in another place ends the day before.
    """
UPDATE cadres_assignment a SET ended_on = %(today)s::date - 1 FROM cadres_importrow r
WHERE r.roster_id = %(roster)s AND r.effect = 'changed' AND a.cadre_id = r.cadre_id
  AND a.ended_on IS NULL AND a.started_on < %(today)s
  AND (r.changes ? 'village' OR (r.changes ? 'posyandu' AND a.category = r.category))
""",
    # Services that nobody holds open yet.
    """
INSERT INTO cadres_assignment (regency_id, cadre_id, village_id, posyandu_id, category,
  decree_number, decree_date, started_on)
SELECT %(regency)s, c.id, r.village_id, p.id, r.category, r.decree_number, r.decree_date,
  CASE WHEN r.effect = 'new' OR r.changes ? 'category'
    THEN least(coalesce(r.decree_date, %(today)s), %(today)s) ELSE %(today)s END
FROM cadres_importrow r
JOIN cadres_cadre c ON c.nik_digest = r.nik_digest
LEFT JOIN cadres_posyandu p ON p.village_id = r.village_id AND p.name_key = r.posyandu_key
WHERE r.roster_id = %(roster)s AND r.effect IN ('new', 'changed')
  AND NOT EXISTS (SELECT FROM cadres_assignment a
    WHERE a.cadre_id = c.id AND a.category = r.category AND a.ended_on IS NULL)
""",
)


def apply(roster: RosterImport, today: dt.date) -> None:
    """Write posyandu, people and their services; history follows by triggers."""
    for statement in APPLY:
        _run(statement, _parameters(roster, today=today))
