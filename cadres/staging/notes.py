"""Findings that only the people who are there can tell, each written once per line. Set-based."""

import datetime as dt
from collections import defaultdict

from cadres import elsewhere, findings, likeness
from cadres.importing import Note
from cadres.models import RosterImport
from cadres.queries.seats import seat_norm
from cadres.seats import SEATED
from cadres.staging.sql import parameters, rows, run

KEEP = """
INSERT INTO cadres_finding (regency_id, roster_id, sheet, number, "column", level, code, facts)
SELECT %(regency)s, %(roster)s, x.sheet, x.number, '', %(level)s, %(code)s, x.facts FROM ({found}) x
WHERE NOT EXISTS (SELECT FROM cadres_finding f WHERE f.roster_id = %(roster)s
  AND f.code = %(code)s AND f.sheet = x.sheet AND f.number = x.number)
"""
NAMED = """
SELECT r.sheet, r.number, {facts} AS facts
FROM cadres_importrow r JOIN cadres_cadre c ON c.id = r.cadre_id
WHERE r.roster_id = %(roster)s AND {condition}
"""
UNDECIDED = """
NOT EXISTS (SELECT FROM cadres_rowdecision w WHERE w.roster_id = %(roster)s
  AND w.question = '{question}' AND w.sheet = r.sheet AND w.number = r.number)
"""
# Neither skipped by somebody, nor answered with no.
STILL_ASKED = """
NOT EXISTS (SELECT FROM cadres_rowdecision w WHERE w.roster_id = %(roster)s
  AND w.sheet = r.sheet AND w.number = r.number
  AND ((w.question = 'skip' AND w.yes) OR (w.question = 'move' AND NOT w.yes)))
"""
USABLE = "r.effect IN ('new', 'changed', 'unchanged')"

# code -> (which lines, facts); `c` is the person whom the line names.
KNOWN = {
    "person_died": (
        "c.died_on IS NOT NULL AND r.effect = 'rejected'",
        "jsonb_build_object('date', c.died_on)",
    ),
    "person_other_village": (
        "%(limited)s AND c.died_on IS NULL AND r.effect = 'rejected' "
        "AND c.village_id <> r.village_id",
        "'{}'::jsonb",
    ),
    "person_moves": (
        "NOT %(limited)s AND r.changes ? 'village' AND r.effect IN ('changed', 'skipped') AND "
        + STILL_ASKED,
        "jsonb_build_object('old', r.changes->'village'->>0, 'new', r.changes->'village'->>1, "
        "'cadre', c.id)",
    ),
    "person_civil_servant": (f"c.employment = 'civil_servant' AND {USABLE}", "'{}'::jsonb"),
    "person_wage_earner": (f"c.employment = 'wage_earner' AND {USABLE}", "'{}'::jsonb"),
}

# A person of another NIK who is probably meant: the same day of birth with a name alike, or the
# same name and mother with another day. A day that very many share is only matched by name.
SIMILAR = """
SELECT DISTINCT ON (x.sheet, x.number) x.sheet, x.number, jsonb_build_object(
  'cadre', x.id, 'name', x.name, 'village', x.village, 'date', x.birth_date) AS facts
FROM (
  SELECT r.sheet, r.number, c.id, c.name, c.birth_date, g.name AS village,
    similarity(c.name_key, r.name_key) AS score
  FROM cadres_importrow r
  JOIN cadres_cadre c ON c.birth_date = r.birth_date AND c.birth_date NOT IN (
    SELECT birth_date FROM cadres_cadre GROUP BY 1 HAVING count(*) > %(crowd)s)
  JOIN regions_village g ON g.id = c.village_id
  WHERE r.roster_id = %(roster)s AND r.effect = 'new' AND {allowed}
    AND CASE WHEN r.mother_name = '' OR c.mother_name = ''
      THEN similarity(c.name_key, r.name_key) >= %(sure)s
      ELSE similarity(c.name_key, r.name_key) >= %(alike)s
        AND similarity(upper(c.mother_name), upper(r.mother_name)) >= %(alike)s END
  UNION ALL
  SELECT r.sheet, r.number, c.id, c.name, c.birth_date, g.name, 1
  FROM cadres_importrow r
  JOIN cadres_cadre c ON c.name_key = r.name_key
  JOIN regions_village g ON g.id = c.village_id
  WHERE r.roster_id = %(roster)s AND r.effect = 'new' AND r.mother_name <> '' AND {allowed}
    AND similarity(upper(c.mother_name), upper(r.mother_name)) >= %(alike)s
    AND (c.birth_date = r.birth_date
      OR (extract(day FROM c.birth_date) = extract(month FROM r.birth_date)
        AND extract(month FROM c.birth_date) = extract(day FROM r.birth_date)
        AND extract(year FROM c.birth_date) = extract(year FROM r.birth_date))
      OR (extract(day FROM c.birth_date) = extract(day FROM r.birth_date))::int
        + (extract(month FROM c.birth_date) = extract(month FROM r.birth_date))::int
        + (extract(year FROM c.birth_date) = extract(year FROM r.birth_date))::int >= 2)
) x ORDER BY x.sheet, x.number, x.score DESC, x.id
""".replace(
    "{allowed}",
    "c.died_on IS NULL AND c.merged_into_id IS NULL "
    "AND (NOT %(limited)s OR c.village_id = r.village_id) "
    "AND NOT EXISTS (SELECT FROM cadres_importrow o WHERE o.roster_id = %(roster)s "
    "AND o.nik_digest = c.nik_digest) AND " + UNDECIDED.format(question="same"),
)
LIKE = {"crowd": 500, "sure": 0.75, "alike": 0.5}
OFFERED = 5

# People who would sit at a posyandu once the roster is saved, where they are more than its seats.
OVER = f"""
WITH meant AS (
  SELECT r.id, r.cadre_id, r.nik_digest, r.village_id, r.posyandu_key AS key,
    coalesce(h.posyandu_id, p.id) AS place
  FROM cadres_importrow r
  LEFT JOIN cadres_posyanduchoice h ON h.roster_id = %(roster)s
    AND h.village_id = r.village_id AND h.name_key = r.posyandu_key
  LEFT JOIN cadres_posyandu p ON p.village_id = r.village_id AND p.name_key = r.posyandu_key
  WHERE r.roster_id = %(roster)s AND {USABLE} AND r.posyandu_key <> ''
    AND r.category = ANY (%(seated)s)
), sitting AS (
  SELECT a.posyandu_id, count(*) AS people FROM cadres_assignment a
  WHERE a.ended_on IS NULL AND a.category = ANY (%(seated)s)
    AND a.posyandu_id IN (SELECT place FROM meant)
    AND NOT EXISTS (SELECT FROM meant n WHERE n.cadre_id = a.cadre_id)
    AND NOT EXISTS (SELECT FROM cadres_departure d WHERE d.roster_id = %(roster)s
      AND d.cadre_id = a.cadre_id AND d.reason <> 'stays')
  GROUP BY 1
)
SELECT f.sheet, f.number, f.posyandu_name, o.people, o.seats FROM (
SELECT min(m.id) AS first_id,
  count(DISTINCT m.nik_digest) + coalesce(max(t.people), 0) AS people, max(q.seats) AS seats
FROM meant m LEFT JOIN sitting t ON t.posyandu_id = m.place
LEFT JOIN cadres_posyandu q ON q.id = m.place
GROUP BY m.village_id, m.place, CASE WHEN m.place IS NULL THEN m.key END
HAVING count(DISTINCT m.nik_digest) + coalesce(max(t.people), 0)
  > coalesce(max(q.seats), %(seats)s)
) o JOIN cadres_importrow f ON f.id = o.first_id ORDER BY f.id
"""

UNKNOWN = f"""
SELECT village_id, posyandu_key, posyandu_name, lines, sheet, number FROM (
SELECT r.village_id, r.posyandu_key, r.posyandu_name, r.sheet, r.number,
  count(*) OVER (PARTITION BY r.village_id, r.posyandu_key) AS lines,
  row_number() OVER (PARTITION BY r.village_id, r.posyandu_key ORDER BY r.sheet, r.number) AS place
FROM cadres_importrow r
WHERE r.roster_id = %(roster)s AND {USABLE} AND r.posyandu_key <> ''
  AND NOT EXISTS (SELECT FROM cadres_posyandu p
    WHERE p.village_id = r.village_id AND p.name_key = r.posyandu_key)
  AND NOT EXISTS (SELECT FROM cadres_posyanduchoice h WHERE h.roster_id = %(roster)s
    AND h.village_id = r.village_id AND h.name_key = r.posyandu_key)
) named WHERE place = 1 ORDER BY sheet, number
"""


def _keep(roster: RosterImport, code: str, found: str, **more: object) -> None:
    run(
        KEEP.replace("{found}", found),
        parameters(roster, code=code, level=findings.level_of(code), **more),
    )


def note_known(roster: RosterImport) -> None:
    """Findings about the people whom lines name: died, elsewhere, moving, not insurable."""
    for code, (condition, facts) in KNOWN.items():
        found = NAMED.replace("{condition}", condition).replace("{facts}", facts)
        _keep(roster, code, found)


def note_similar(roster: RosterImport) -> None:
    """Findings about new people who are probably known by another NIK, one candidate each."""
    _keep(roster, "person_similar", SIMILAR, **LIKE)


def posyandu_notes(roster: RosterImport) -> list[Note]:
    """Unknown posyandu with those that may be meant, and posyandu with more people than seats.

    A village without any posyandu begins its register with the list, so nothing is asked there
    but names in it that are alike.
    """
    return [*_unknown(roster), *_over_seats(roster)]


def _unknown(roster: RosterImport) -> list[Note]:
    unknown = rows(UNKNOWN, parameters(roster))
    villages = sorted({village for village, *_rest in unknown})
    known: dict[int, dict[str, tuple[int, str]]] = defaultdict(dict)
    for village, key, pk, name in rows(
        "SELECT village_id, name_key, id, name FROM cadres_posyandu "
        "WHERE village_id = ANY (%(villages)s)",
        {"villages": villages},
    ):
        known[village][key] = (pk, name)
    notes: list[Note] = []
    before: dict[int, dict[str, str]] = defaultdict(dict)
    for village, key, name, count, sheet, number in unknown:
        facts = {"name": name, "key": key, "village": village, "rows": count}
        if there := known[village]:
            alike = [there[other] for other in likeness.near(key, there)][:OFFERED]
            offered = [{"id": pk, "name": written} for pk, written in alike]
            code = "posyandu_near" if offered else "posyandu_new"
            notes.append(Note(sheet, number, "", code, {**facts, "near": offered}))
        if alike_here := likeness.near(key, before[village]):
            other = before[village][alike_here[0]]
            notes.append(Note(sheet, number, "", "posyandu_alike", {**facts, "other": other}))
        before[village][key] = name
    return notes


def _over_seats(roster: RosterImport) -> list[Note]:
    norm = seat_norm()
    found = rows(OVER, parameters(roster, seated=list(SEATED), seats=norm.seats))
    return [
        Note(
            sheet,
            number,
            "",
            "posyandu_over_norm" if seats is None and not norm.confirmed else "posyandu_over_seats",
            {"name": name, "people": people, "seats": norm.seats if seats is None else seats},
        )
        for sheet, number, name, people, seats in found
    ]


def elsewhere_notes(roster: RosterImport, day: dt.date) -> list[Note] | None:
    """Who is covered in another regency, and by what kind of cover; None when nobody can tell.

    Needs plans for few rows: the function looks up each NIK in an index over all regencies.
    """
    function = elsewhere.function_name()
    if function is None:
        return None
    covers = {
        bytes(digest): (programme, segment)
        for digest, programme, segment in rows(
            f"SELECT nik_digest, programme, segment FROM {function}((SELECT array_agg(nik_digest) "
            "FROM cadres_importrow WHERE roster_id = %(roster)s AND nik_digest IS NOT NULL "
            "AND effect <> 'rejected'), %(regency)s, %(day)s)",
            parameters(roster, day=day),
        )
    }
    lines = rows(
        f"SELECT r.sheet, r.number, r.nik_digest FROM cadres_importrow r WHERE {USABLE} "
        "AND r.roster_id = %(roster)s AND r.nik_digest = ANY (%(found)s)",
        parameters(roster, found=list(covers)),
    )
    return [
        Note(sheet, number, "", "covered_elsewhere", _cover(covers[bytes(digest)]))
        for sheet, number, digest in lines
    ]


def _cover(cover: tuple[str, str]) -> dict[str, str]:
    programme, segment = cover
    return {"cover": programme.upper().replace("_", ", "), "segment": segment.upper()}
