"""Taking a saved roster back, from the row history that saving it wrote.

While a roster is saved its number stands in the context of every history row (`marked`), which
names exactly what the roster did; the entry before it is the state that it replaced.
"""

from django.db import models

from cadres.models import Assignment, Cadre, RosterImport
from cadres.staging.sql import parameters, rows, run

OURS = "(pgh_context->>'roster')::bigint = %(roster)s"
TOUCHED = f"SELECT pgh_obj_id FROM {{table}}event WHERE {OURS}"
MADE = f"{TOUCHED} AND pgh_label = 'insert'"

# The moment that history gave to everything that the roster wrote.
MOMENT = f"""
SELECT greatest((SELECT max(pgh_created_at) FROM cadres_cadreevent WHERE {OURS}),
  (SELECT max(pgh_created_at) FROM cadres_assignmentevent WHERE {OURS}))
"""
# Something that the roster wrote was written again later.
WRITTEN_AGAIN = f"""
SELECT EXISTS (SELECT FROM {{table}}event n
JOIN (SELECT pgh_obj_id, max(pgh_id) AS last FROM {{table}}event WHERE {OURS}
  GROUP BY 1) o ON o.pgh_obj_id = n.pgh_obj_id
WHERE n.pgh_id > o.last)
"""
# Rows about the people of the roster that somebody added or changed later, whichever the table.
REFERRING = """
SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]
WHERE c.contype = 'f' AND c.confrelid = 'cadres_cadre'::regclass AND cardinality(c.conkey) = 2
  AND to_regclass(c.conrelid::regclass::text || 'event') IS NOT NULL
ORDER BY 1, 2
"""
ADDED_LATER = (
    """
SELECT EXISTS (SELECT FROM {table}event n JOIN {table} t ON t.id = n.pgh_obj_id
WHERE n.pgh_created_at > %(at)s AND t.{column} IN ("""
    + TOUCHED.replace("{table}", Cadre._meta.db_table)
    + "))"
)

# What a row was before the roster wrote it.
RESTORE = f"""
UPDATE {{table}} t SET ({{columns}}) = ROW ({{before}})
FROM (SELECT DISTINCT ON (p.pgh_obj_id) p.* FROM {{table}}event p
  JOIN (SELECT pgh_obj_id, min(pgh_id) AS first FROM {{table}}event
    WHERE {OURS} GROUP BY 1) o ON o.pgh_obj_id = p.pgh_obj_id
  WHERE p.pgh_id < o.first ORDER BY p.pgh_obj_id, p.pgh_id DESC) b
WHERE t.id = b.pgh_obj_id
"""
REMOVE = f"DELETE FROM {{table}} WHERE id IN ({MADE})"
# Posyandu that the roster made stay when somebody uses them by now.
REMOVE_POSYANDU = f"""
DELETE FROM cadres_posyandu p WHERE id IN ({MADE.replace("{table}", "cadres_posyandu")})
  AND p.seats IS NULL
  AND NOT EXISTS (SELECT FROM cadres_assignment a WHERE a.posyandu_id = p.id)
  AND NOT EXISTS (SELECT FROM cadres_posyanduchoice h WHERE h.posyandu_id = p.id)
"""
# Lists that were only checked may name people who go now; they are judged again anyway.
LET_GO = (
    "UPDATE cadres_importrow SET cadre_id = NULL WHERE cadre_id IN ({people})",
    "DELETE FROM cadres_rowdecision w USING cadres_rosterimport i WHERE i.id = w.roster_id "
    "AND i.applied_at IS NULL AND w.cadre_id IN ({people})",
    "DELETE FROM cadres_departure d USING cadres_rosterimport i WHERE i.id = d.roster_id "
    "AND i.applied_at IS NULL AND d.cadre_id IN ({people})",
)


def was_built_upon(roster: RosterImport) -> bool:
    """Whether something that the roster wrote, or a row about its people, was written later."""
    moment = parameters(roster)
    moment["at"] = rows(MOMENT, moment)[0][0] or roster.applied_at
    if any(
        rows(WRITTEN_AGAIN.replace("{table}", model._meta.db_table), moment)[0][0]
        for model in (Cadre, Assignment)
    ):
        return True
    return any(
        rows(ADDED_LATER.replace("{table}", table).replace("{column}", column), moment)[0][0]
        for table, column in rows(REFERRING, {})
    )


def take_back(roster: RosterImport) -> dict[str, int]:
    """Undo what saving a roster wrote: how many people were removed and restored.

    Raises IntegrityError when a row of another table stands on somebody who would be removed.
    """
    moment = parameters(roster)
    people = Cadre._meta.db_table
    services = Assignment._meta.db_table
    for statement in LET_GO:
        run(statement.replace("{people}", MADE.replace("{table}", people)), moment)
    run(REMOVE.replace("{table}", services), moment)
    restored = run(_restore(Cadre), moment)
    run(_restore(Assignment), moment)
    removed = run(REMOVE.replace("{table}", people), moment)
    run(REMOVE_POSYANDU, moment)
    return {"removed": removed, "restored": restored}


def _restore(model: type[models.Model]) -> str:
    columns = [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]
    return (
        RESTORE.replace("{table}", model._meta.db_table)
        .replace("{columns}", ", ".join(columns))
        .replace("{before}", ", ".join(f"b.{column}" for column in columns))
    )
