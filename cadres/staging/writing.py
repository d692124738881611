"""Writing a judged roster: posyandu, people, their services, and who left. Set-based.

`judged` is the temporary table that `classify_again` made a moment before in this transaction.
"""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager

from cadres.models import Cadre, RosterImport
from cadres.staging.sql import parameters, rows, run
from core import tenancy

ROWS = "judged j JOIN cadres_importrow r ON r.id = j.id"

# Posyandu that are not there yet, unless somebody said which one is meant.
POSYANDU = f"""
INSERT INTO cadres_posyandu (regency_id, village_id, name, name_key)
SELECT %(regency)s, r.village_id, min(r.posyandu_name), r.posyandu_key FROM {ROWS}
WHERE j.verdict IN ('new', 'changed') AND r.posyandu_key <> '' AND j.place IS NULL
GROUP BY r.village_id, r.posyandu_key ORDER BY r.village_id, r.posyandu_key
ON CONFLICT DO NOTHING
"""

PEOPLE = f"""
INSERT INTO cadres_cadre (regency_id, village_id, name, name_key, nik_sealed, nik_digest,
  birth_place, birth_date, sex, phone, mother_name, created_at)
SELECT %(regency)s, r.village_id, r.name, r.name_key, r.nik_sealed, r.nik_digest, r.birth_place,
  r.birth_date, r.sex, r.phone, r.mother_name, now()
FROM {ROWS} WHERE j.verdict = 'new' ORDER BY r.id
"""

# People who changed, told by the first of their lines; an empty cell changes nothing.
CHANGED_PEOPLE = f"""
UPDATE cadres_cadre c SET village_id = r.village_id,
  nik_sealed = CASE WHEN r.changes ? 'nik' THEN r.nik_sealed ELSE c.nik_sealed END,
  nik_digest = CASE WHEN r.changes ? 'nik' THEN r.nik_digest ELSE c.nik_digest END,
  name = CASE WHEN r.changes ? 'name' THEN r.name ELSE c.name END,
  name_key = CASE WHEN r.changes ? 'name' THEN r.name_key ELSE c.name_key END,
  birth_place = CASE WHEN r.changes ? 'birth_place' THEN r.birth_place ELSE c.birth_place END,
  birth_date = CASE WHEN r.changes ? 'birth_date' THEN r.birth_date ELSE c.birth_date END,
  sex = CASE WHEN r.changes ? 'sex' THEN r.sex ELSE c.sex END,
  phone = CASE WHEN r.changes ? 'phone' THEN r.phone ELSE c.phone END,
  mother_name = CASE WHEN r.changes ? 'mother_name' THEN r.mother_name ELSE c.mother_name END
FROM {ROWS}
WHERE j.verdict = 'changed' AND c.id = j.person
  AND r.changes ?| array['nik', 'village', 'name', 'birth_place', 'birth_date', 'sex', 'phone',
    'mother_name']
"""

# Decrees of a service that goes on.
DECREES = f"""
UPDATE cadres_assignment a SET
  decree_number = CASE WHEN r.decree_number <> '' THEN r.decree_number ELSE a.decree_number END,
  decree_date = coalesce(r.decree_date, a.decree_date)
FROM {ROWS}
WHERE j.verdict = 'changed' AND j.service = 'same' AND a.id = j.target
  AND r.changes ?| array['decree_number', 'decree_date']
"""

# A service that began today and names another place was a slip: put it right.
SLIPS = f"""
UPDATE cadres_assignment a SET village_id = r.village_id, posyandu_id = coalesce(j.place, p.id),
  decree_number = CASE WHEN r.decree_number <> '' THEN r.decree_number ELSE a.decree_number END,
  decree_date = coalesce(r.decree_date, a.decree_date)
FROM {ROWS} LEFT JOIN cadres_posyandu p
  ON p.village_id = r.village_id AND p.name_key = r.posyandu_key
WHERE j.verdict = 'changed' AND j.service = 'moved' AND a.id = j.target
  AND a.started_on >= %(today)s
"""

# A service in another place ends the day before; who moves to another village leaves them all.
ENDS = f"""
UPDATE cadres_assignment a SET ended_on = greatest(%(today)s::date - 1, a.started_on),
  end_reason = 'moved'
FROM {ROWS}
WHERE j.verdict = 'changed' AND a.cadre_id = j.person AND a.ended_on IS NULL
  AND ((j.service = 'moved' AND a.id = j.target AND a.started_on < %(today)s)
    OR (r.changes ? 'village' AND a.village_id <> r.village_id))
"""

# People who are missing and why: in the places and kinds that the roster speaks of, or
# everywhere when they moved away. Who is named after all has not left.
LEAVERS = """
UPDATE cadres_assignment a SET
  ended_on = greatest(least(coalesce(d.day, %(today)s), %(today)s), a.started_on),
  end_reason = d.reason
FROM cadres_departure d
WHERE d.roster_id = %(roster)s AND d.reason IN ('stopped', 'moved', 'replaced')
  AND a.cadre_id = d.cadre_id AND a.ended_on IS NULL
  AND NOT EXISTS (SELECT FROM judged j WHERE j.person = d.cadre_id
    AND j.verdict IN ('new', 'changed', 'unchanged'))
  AND (d.reason = 'moved' OR (
    a.category IN (SELECT r.category FROM cadres_importrow r WHERE r.roster_id = %(roster)s)
    AND a.village_id IN (SELECT r.village_id FROM cadres_importrow r
      WHERE r.roster_id = %(roster)s)))
"""

# The service that each successor takes over: of the same kind and place when there is one.
REPLACED = """
SELECT DISTINCT ON (d.replaced_by_sheet, d.replaced_by_number)
  d.replaced_by_sheet AS sheet, d.replaced_by_number AS number, a.id, a.ended_on
FROM cadres_departure d
JOIN cadres_importrow r ON r.roster_id = d.roster_id
  AND r.sheet = d.replaced_by_sheet AND r.number = d.replaced_by_number
JOIN cadres_assignment a ON a.cadre_id = d.cadre_id AND a.end_reason = 'replaced'
LEFT JOIN cadres_posyandu p ON p.id = a.posyandu_id
WHERE d.roster_id = %(roster)s AND d.reason = 'replaced'
ORDER BY d.replaced_by_sheet, d.replaced_by_number, a.category = r.category DESC,
  p.name_key = r.posyandu_key DESC NULLS LAST, a.ended_on DESC, a.id DESC
"""

# Services that nobody holds open yet; who takes over a seat begins the day after.
SERVICES = f"""
INSERT INTO cadres_assignment (regency_id, cadre_id, village_id, posyandu_id, category,
  decree_number, decree_date, started_on, replaces_id)
SELECT %(regency)s, c.id, r.village_id, coalesce(j.place, p.id), r.category, r.decree_number,
  r.decree_date, CASE WHEN o.id IS NOT NULL THEN o.ended_on + 1
    WHEN j.service = 'moved' THEN %(today)s
    ELSE least(coalesce(r.decree_date, %(today)s), %(today)s) END, o.id
FROM {ROWS}
JOIN cadres_cadre c ON c.nik_digest = coalesce(k.nik_digest, r.nik_digest)
LEFT JOIN cadres_posyandu p ON j.place IS NULL
  AND p.village_id = r.village_id AND p.name_key = r.posyandu_key
LEFT JOIN cadres_assignment t ON t.id = j.target
LEFT JOIN ({REPLACED}) o ON o.sheet = r.sheet AND o.number = r.number
WHERE j.verdict IN ('new', 'changed')
  AND (j.service IN ('first', 'added') OR (j.service = 'moved' AND t.ended_on IS NOT NULL))
ON CONFLICT DO NOTHING
""".replace("judged j", "judged j LEFT JOIN cadres_cadre k ON k.id = j.person")

# People whom the lines of a roster have in another village, of those that were written.
MOVED = """
SELECT DISTINCT cadre_id FROM cadres_importrow
WHERE roster_id = %(roster)s AND effect = 'changed' AND changes ? 'village'
ORDER BY cadre_id
"""

APPLY = (POSYANDU, PEOPLE, CHANGED_PEOPLE, DECREES, SLIPS, ENDS, LEAVERS, SERVICES)

DEATHS = """
SELECT d.cadre_id, d.day FROM cadres_departure d JOIN cadres_cadre c ON c.id = d.cadre_id
WHERE d.roster_id = %(roster)s AND d.reason = 'died' AND c.died_on IS NULL
  AND NOT EXISTS (SELECT FROM judged j WHERE j.person = d.cadre_id
    AND j.verdict IN ('new', 'changed', 'unchanged'))
ORDER BY d.cadre_id
"""


def apply(roster: RosterImport, today: dt.date) -> int:
    """Write posyandu, people and their services; how many services ended as people left.

    History follows by triggers.
    """
    left = 0
    for statement in APPLY:
        touched = run(statement, parameters(roster, today=today))
        left += touched if statement is LEAVERS else 0
    return left


def moved(roster: RosterImport) -> list[int]:
    """The people (ids) whom saving a roster brings to another village."""
    return [pk for (pk,) in rows(MOVED, parameters(roster))]


def deaths(roster: RosterImport) -> list[tuple[Cadre, dt.date | None]]:
    """People who are missing from the roster because they died, and the day when it is known."""
    days = dict(rows(DEATHS, parameters(roster)))
    return [(person, days[person.pk]) for person in Cadre.objects.filter(pk__in=days)]


@contextmanager
def marked(roster: RosterImport) -> Iterator[None]:
    """Let the history of everything that is written meanwhile name the roster."""
    by = tenancy.current().by
    before = json.dumps({"by": by}) if by else ""
    context = {"by": by, "roster": roster.pk} if by else {"roster": roster.pk}
    _set_context(json.dumps(context))
    yield
    _set_context(before)


def _set_context(context: str) -> None:
    rows("SELECT set_config('pghistory.context_metadata', %(context)s, true)", {"context": context})
