"""What applying each line of a roster would do, judged with one statement.

A line finds its person by NIK, by the NIK of a record that was merged into another, or by
somebody's answer that it names a person known by another NIK. Several lines of one person are
one person with several services: only the first of them speaks of the person.
"""

from cadres.models import RosterImport
from cadres.staging.sql import parameters, run

# Answers of people to a line, one row each.
ANSWERS = """
SELECT w.sheet, w.number,
  coalesce(bool_or(w.yes) FILTER (WHERE w.question = 'skip'), false) AS skip,
  coalesce(bool_or(w.yes) FILTER (WHERE w.question = 'move'), false) AS moves,
  (array_agg(k.nik_digest) FILTER (WHERE k.id IS NOT NULL))[1] AS same_digest
FROM cadres_rowdecision w
LEFT JOIN cadres_cadre k ON k.id = w.cadre_id AND w.question = 'same' AND w.yes
WHERE w.roster_id = %(roster)s GROUP BY 1, 2
"""

# Lines of people who are named more than once: the place of each, and all services named.
TURNS = """
SELECT t.sheet, t.number,
  row_number() OVER (PARTITION BY t.nik_digest ORDER BY t.sheet, t.number) AS turn,
  array_agg(t.category || '/' || t.village_id || '/' || coalesce(f.name_key, t.posyandu_key))
    OVER (PARTITION BY t.nik_digest) AS named
FROM {source} t
LEFT JOIN cadres_posyanduchoice h ON h.roster_id = %(roster)s
  AND h.village_id = t.village_id AND h.name_key = t.posyandu_key
LEFT JOIN cadres_posyandu f ON f.id = h.posyandu_id
WHERE t.effect <> 'rejected'
  AND NOT EXISTS (SELECT FROM cadres_rowdecision w WHERE w.roster_id = %(roster)s
    AND w.question = 'skip' AND w.yes AND w.sheet = t.sheet AND w.number = t.number)
  AND t.nik_digest IN (SELECT u.nik_digest FROM {source} u WHERE u.effect <> 'rejected'
    GROUP BY u.nik_digest HAVING count(*) > 1)
"""

LINES = """
SELECT s.*, coalesce(w.skip, false) AS skip, coalesce(w.moves, false) AS moves,
  coalesce(t.turn, 1) AS turn, t.named, w.same_digest IS NOT NULL AS corrected,
  CASE WHEN w.same_digest IS NOT NULL
      AND NOT EXISTS (SELECT FROM cadres_cadre o WHERE o.nik_digest = s.nik_digest)
      AND NOT EXISTS (SELECT FROM {source} o WHERE o.nik_digest = w.same_digest)
    THEN w.same_digest ELSE coalesce(g.new_digest, s.nik_digest) END AS person_digest
FROM {source} s
LEFT JOIN ({answers}) w ON w.sheet = s.sheet AND w.number = s.number
LEFT JOIN ({turns}) t ON t.sheet = s.sheet AND t.number = s.number
LEFT JOIN (SELECT o.nik_digest AS old_digest, k.nik_digest AS new_digest FROM cadres_cadre o
  JOIN cadres_cadre k ON k.id = o.merged_into_id) g ON g.old_digest = s.nik_digest
"""

# Which service of the person a line speaks of: the one at its place, or the only one of its
# kind, unless another line names that one; `b` is the first open one of the kind.
SERVICE = """
CASE WHEN m.id IS NOT NULL THEN 'same'
  WHEN b.id IS NULL THEN 'first'
  WHEN l.posyandu_key = '' AND b.village_id = l.village_id THEN 'same'
  WHEN e.many = 1 AND l.turn = 1 AND (l.named IS NULL OR NOT (b.category || '/' || b.village_id
    || '/' || coalesce(bp.name_key, '')) = ANY (l.named)) THEN 'moved'
  ELSE 'added' END
"""

# What applying a line would change, as {field: [old, new]}; empty cells change nothing.
DIFFERENCES = """
jsonb_strip_nulls(jsonb_build_object(
  'posyandu', CASE WHEN v.service = 'moved' AND l.posyandu_key <> ''
    THEN jsonb_build_array(coalesce(bp.name, ''), l.posyandu_name) END,
  'category', CASE WHEN v.service = 'first' THEN jsonb_build_array('', l.category) END,
  'service', CASE WHEN v.service = 'added'
    THEN jsonb_build_array('', coalesce(nullif(l.posyandu_name, ''), l.category)) END,
  'decree_number', CASE WHEN v.service IN ('same', 'moved') AND l.decree_number <> ''
      AND a.decree_number <> l.decree_number
    THEN jsonb_build_array(a.decree_number, l.decree_number) END,
  'decree_date', CASE WHEN v.service IN ('same', 'moved') AND l.decree_date IS NOT NULL
      AND a.decree_date IS DISTINCT FROM l.decree_date
    THEN jsonb_build_array(coalesce(a.decree_date::text, ''), l.decree_date) END
)) || CASE WHEN l.turn > 1 THEN '{}'::jsonb ELSE jsonb_strip_nulls(jsonb_build_object(
  'nik', CASE WHEN c.nik_digest <> l.nik_digest AND l.corrected
    THEN jsonb_build_array('', '') END,
  'village', CASE WHEN c.village_id <> l.village_id THEN jsonb_build_array(
     (SELECT name FROM regions_village WHERE id = c.village_id),
     (SELECT name FROM regions_village WHERE id = l.village_id)) END,
  'name', CASE WHEN l.name <> '' AND upper(c.name) <> upper(l.name)
    THEN jsonb_build_array(c.name, l.name) END,
  'birth_place', CASE WHEN l.birth_place <> '' AND upper(c.birth_place) <> upper(l.birth_place)
    THEN jsonb_build_array(c.birth_place, l.birth_place) END,
  'birth_date', CASE WHEN c.birth_date <> l.birth_date
    THEN jsonb_build_array(c.birth_date, l.birth_date) END,
  'sex', CASE WHEN l.sex <> '' AND c.sex <> l.sex THEN jsonb_build_array(c.sex, l.sex) END,
  'phone', CASE WHEN l.phone <> '' AND c.phone <> l.phone
    THEN jsonb_build_array(c.phone, l.phone) END,
  'mother_name', CASE WHEN l.mother_name <> '' AND upper(c.mother_name) <> upper(l.mother_name)
    THEN jsonb_build_array(c.mother_name, l.mother_name) END
)) END
"""

JUDGED = """
SELECT l.*, c.id AS person, a.id AS target, coalesce(h.posyandu_id, p.id) AS place, v.service,
  CASE WHEN l.effect = 'rejected' THEN 'rejected'
    WHEN l.skip THEN 'skipped'
    WHEN c.id IS NULL THEN CASE WHEN l.turn = 1 THEN 'new' ELSE 'changed' END
    WHEN c.died_on IS NOT NULL THEN 'rejected'
    WHEN c.village_id <> l.village_id AND %(limited)s THEN 'rejected'
    WHEN c.village_id <> l.village_id AND NOT l.moves THEN 'skipped'
    WHEN d.differences = '{}'::jsonb THEN 'unchanged' ELSE 'changed' END AS verdict,
  CASE WHEN l.effect = 'rejected' THEN '{}'::jsonb
    WHEN c.id IS NOT NULL THEN d.differences
    WHEN l.turn > 1 THEN jsonb_build_object('service',
      jsonb_build_array('', coalesce(nullif(l.posyandu_name, ''), l.category)))
    ELSE '{}'::jsonb END AS differences
FROM ({lines}) l
LEFT JOIN cadres_cadre c ON c.nik_digest = l.person_digest
LEFT JOIN cadres_posyanduchoice h ON h.roster_id = %(roster)s
  AND h.village_id = l.village_id AND h.name_key = l.posyandu_key
LEFT JOIN cadres_posyandu p ON p.village_id = l.village_id AND p.name_key = l.posyandu_key
LEFT JOIN cadres_assignment m ON m.cadre_id = c.id AND m.category = l.category
  AND m.village_id = l.village_id AND m.posyandu_id = coalesce(h.posyandu_id, p.id)
  AND m.ended_on IS NULL
LEFT JOIN (SELECT cadre_id, category, min(id) AS first_id, count(*) AS many
  FROM cadres_assignment WHERE ended_on IS NULL GROUP BY 1, 2) e
  ON e.cadre_id = c.id AND e.category = l.category
LEFT JOIN cadres_assignment b ON b.id = e.first_id
LEFT JOIN cadres_posyandu bp ON bp.id = b.posyandu_id
CROSS JOIN LATERAL (SELECT {service} AS service) v
LEFT JOIN cadres_assignment a ON a.id = CASE WHEN v.service = 'same' THEN coalesce(m.id, b.id)
  WHEN v.service = 'moved' THEN b.id END
CROSS JOIN LATERAL (SELECT {differences} AS differences) d
"""
PARTS = {
    "lines": LINES,
    "answers": ANSWERS,
    "turns": TURNS,
    "service": SERVICE,
    "differences": DIFFERENCES,
}
KEPT = "(SELECT * FROM cadres_importrow WHERE roster_id = %(roster)s AND effect <> 'rejected')"


def judged(source: str) -> str:
    """The query that judges the lines of `source`; its parameters are those of the roster.

    Beside the line's columns: `person`, `verdict`, `differences`, and for applying `service`
    (same, moved, added, first), `target` (the service meant) and `place` (its posyandu).
    """
    text = JUDGED
    for name, part in PARTS.items():
        text = text.replace(f"{{{name}}}", part)
    return text.replace("{source}", source)


def lock_people(roster: RosterImport) -> None:
    """Hold the people whom the roster names, or lets go, until the transaction ends."""
    run(
        "SELECT c.id FROM cadres_cadre c WHERE c.nik_digest IN (SELECT r.nik_digest "
        "FROM cadres_importrow r WHERE r.roster_id = %(roster)s AND r.effect <> 'rejected') "
        "OR c.id IN (SELECT r.cadre_id FROM cadres_importrow r WHERE r.roster_id = %(roster)s) "
        "OR c.id IN (SELECT cadre_id FROM cadres_departure WHERE roster_id = %(roster)s) "
        "ORDER BY c.id FOR UPDATE OF c",
        {"roster": roster.pk},
    )


def classify_again(roster: RosterImport) -> int:
    """Judge the kept rows against the people who are there now; how many were judged otherwise.

    The judgement stays in the temporary table `judged` for `writing`.
    """
    run("DROP TABLE IF EXISTS judged", {})
    run(
        "CREATE TEMP TABLE judged ON COMMIT DROP AS SELECT id, person, target, place, service, "
        f"verdict, differences FROM ({judged(KEPT)}) x",
        parameters(roster),
    )
    return run(
        "UPDATE cadres_importrow r SET effect = x.verdict, cadre_id = x.person, "
        "changes = x.differences FROM judged x WHERE r.id = x.id AND r.roster_id = %(roster)s AND "
        "(r.effect, r.cadre_id, r.changes) IS DISTINCT FROM (x.verdict, x.person, x.differences)",
        parameters(roster),
    )
