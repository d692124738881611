"""Differences of a list that is compared again: which stay, which are gone, which are back.

`recon_found` is the temporary table of what is found now. A difference is the same one when it is
of the same class and the same person, or of the same line while nobody knows whose it is.
"""

from dataclasses import dataclass
from typing import Any

from core import plans

_MINE = "d.reconciliation_id = %(reconciliation)s"
_SAME = """f.kind = d.kind AND coalesce(f.cadre_id, 0) = coalesce(d.cadre_id, 0)
  AND coalesce(f.row_id, 0) = coalesce(d.row_id, 0)"""

# Lines whose person was not known before and is now.
NOW_KNOWN = f"""
UPDATE enrollment_reconciliationdifference u SET cadre_id = n.cadre_id, row_id = n.row_id
FROM (
  SELECT DISTINCT ON (f.kind, f.cadre_id) d.id, f.cadre_id, f.row_id
  FROM enrollment_reconciliationdifference d
  JOIN enrollment_reconciliationrow r ON r.id = d.row_id
  JOIN recon_found f ON f.kind = d.kind AND f.cadre_id = r.cadre_id
  LEFT JOIN enrollment_reconciliationdifference o ON o.reconciliation_id = d.reconciliation_id
    AND o.kind = d.kind AND o.cadre_id = r.cadre_id
  WHERE {_MINE} AND d.cadre_id IS NULL AND o.id IS NULL
  ORDER BY f.kind, f.cadre_id, d.id
) n WHERE u.id = n.id
"""

# People whose line is another one now; of two differences of one person the oldest goes on.
OTHER_LINE = f"""
UPDATE enrollment_reconciliationdifference u SET row_id = n.row_id
FROM (
  SELECT DISTINCT ON (f.kind, f.cadre_id) d.id, d.row_id AS before, f.row_id
  FROM enrollment_reconciliationdifference d
  JOIN recon_found f ON f.kind = d.kind AND f.cadre_id = d.cadre_id
  WHERE {_MINE}
  ORDER BY f.kind, f.cadre_id, d.row_id IS NOT DISTINCT FROM f.row_id DESC, d.id
) n WHERE u.id = n.id AND n.before IS DISTINCT FROM n.row_id
"""

BACK = f"""
UPDATE enrollment_reconciliationdifference d
SET settlement = '', reason = '', settled_by_id = NULL, settled_at = NULL
FROM recon_found f WHERE {_MINE} AND {_SAME} AND d.settlement = 'gone'
"""

GONE = f"""
UPDATE enrollment_reconciliationdifference d
SET settlement = 'gone', reason = %(reason)s, settled_by_id = %(by)s, settled_at = now()
WHERE {_MINE} AND d.settlement = '' AND NOT EXISTS (SELECT FROM recon_found f WHERE {_SAME})
"""

# What is settled says what was settled; what is open says what is true now.
REFRESH = f"""
UPDATE enrollment_reconciliationdifference d SET coverage_id = f.coverage_id,
  village_id = f.village_id, expected = f.expected, billed = f.billed, facts = f.facts
FROM recon_found f WHERE {_MINE} AND {_SAME} AND d.settlement = ''
  AND (d.coverage_id, d.village_id, d.expected, d.billed, d.facts)
    IS DISTINCT FROM (f.coverage_id, f.village_id, f.expected, f.billed, f.facts)
"""


@dataclass(frozen=True)
class Again:
    """How many differences are gone, and how many are new or back."""

    gone: int = 0
    new: int = 0


def settle_gone(facts: dict[str, Any]) -> Again:
    """Bring the differences of a list in line with what was found now; adding new ones is left.

    `facts` are those of the comparison with `by`, who asked for it, and the `reason`.
    """
    with plans.for_many() as cursor:
        for statement in (NOW_KNOWN, OTHER_LINE, BACK):
            cursor.execute(statement, facts)
        back = cursor.rowcount
        cursor.execute(GONE, facts)
        gone = cursor.rowcount
        cursor.execute(REFRESH, facts)
    return Again(gone=gone, new=back)
