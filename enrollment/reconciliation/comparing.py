"""Comparing our covers of a month with the rows of a list: a few statements for all people.

What they say of one person is `enrollment.reconciliation.classes`, word for word.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import connection

from core import plans
from enrollment.models import Reconciliation
from enrollment.reconciliation import classes, money
from enrollment.reconciliation.again import Again, settle_gone
from enrollment.reconciliation.words import Standing, standing

TEMPORARY = ("theirs", "elsewhere", "other_list", "compared", "found")
TOLD = 10  # statuses that nobody knows and that the page names

STATUSES = """
SELECT status_text, count(*) FROM enrollment_reconciliationrow
WHERE reconciliation_id = %(reconciliation)s AND status_text <> '' GROUP BY status_text
"""

# Who each row is: by NIK; else by member number, when the NIK cannot be read or the name agrees.
# A list that was read a moment ago has found its people by NIK already.
REMATCH = """
UPDATE enrollment_reconciliationrow r SET cadre_id = m.cadre_id FROM (
  SELECT r.id, coalesce(p.merged_into_id, p.id, n.cadre_id) AS cadre_id, r.cadre_id AS before
  FROM enrollment_reconciliationrow r
  LEFT JOIN cadres_cadre p ON p.nik_digest = r.nik_digest
  LEFT JOIN (
    SELECT DISTINCT ON (r.id) r.id, c.cadre_id
    FROM enrollment_reconciliationrow r
    JOIN enrollment_coverage c ON c.member_no_digest = r.member_no_digest
    JOIN cadres_cadre o ON o.id = c.cadre_id
    WHERE r.reconciliation_id = %(reconciliation)s AND r.member_no_digest <> '' {which}
      AND (r.nik_digest = '' OR o.name_key = r.name_key)
    ORDER BY r.id, c.starts_on DESC
  ) n ON n.id = r.id
  WHERE r.reconciliation_id = %(reconciliation)s {which}
) m WHERE m.id = r.id AND m.cadre_id IS DISTINCT FROM m.before
"""

# Covers that hold on the first day of the month, and whether they are of the list's payer.
OURS = """
SELECT o.*, (o.fund_source_id = %(source)s::bigint) IS NOT FALSE AS mine FROM recon_ours o
"""

# The lines of one person together; lines that BPJS itself calls inactive do not count, unless
# they are billed all the same.
THEIRS = """
CREATE TEMP TABLE recon_theirs ON COMMIT DROP AS
SELECT r.cadre_id, min(r.id) AS row_id, count(*)::int AS times, sum(r.amount)::int AS billed,
  bool_or(r.segment = 'PU') AS pu, bool_or(r.segment = 'BPU') AS bpu,
  bool_or(r.status_text = ANY(%(wage)s)) AS wage,
  bool_or(r.status_text = ANY(%(arrears)s)) AS arrears, {payers} AS payers
FROM enrollment_reconciliationrow r
WHERE r.reconciliation_id = %(reconciliation)s
  AND (r.status_text <> ALL(%(inactive)s) OR (%(bill)s AND r.amount > 0))
GROUP BY r.cadre_id, CASE WHEN r.cadre_id IS NULL AND r.nik_digest <> '' THEN r.nik_digest END,
  CASE WHEN r.cadre_id IS NULL AND r.nik_digest = '' THEN r.id END
"""

# A name with and without dots is one payer; a line without any is like the others.
PAYERS = """greatest(1, count(DISTINCT upper(regexp_replace(r.payer, '[^[:alnum:]]', '', 'g')))
    FILTER (WHERE r.payer <> ''))::int"""

# People of both sides who are covered in another regency: yes or no, never who pays.
ELSEWHERE = """
CREATE TEMP TABLE recon_elsewhere ON COMMIT DROP AS
SELECT p.id AS cadre_id, bool_or(e.segment = 'BPU') AS bpu, bool_or(e.segment = 'PU') AS pu
FROM enrollment_covered_elsewhere_among(
  (SELECT array_agg(p.nik_digest) FROM recon_theirs t JOIN cadres_cadre p ON p.id = t.cadre_id),
  %(regency)s, %(month)s) e
JOIN cadres_cadre p ON p.nik_digest = e.nik_digest GROUP BY p.id
"""

# People who also stand on another payer's list of the same kind and month.
OTHER_LISTS = """
CREATE TEMP TABLE recon_other_list ON COMMIT DROP AS
SELECT DISTINCT r.cadre_id FROM enrollment_reconciliation o
JOIN enrollment_reconciliationrow r ON r.reconciliation_id = o.id
WHERE o.month = %(month)s AND o.kind = %(kind)s AND o.id <> %(reconciliation)s
  AND o.status IN ('open', 'closed') AND o.fund_source_id <> %(source)s
  AND r.cadre_id IS NOT NULL AND r.status_text <> ALL(%(inactive)s)
"""

_FLAGS = {
    classes.NOT_BILLED: "x.ours AND NOT x.theirs",
    classes.NOT_LISTED: "x.theirs AND NOT x.ours AND NOT x.other",
    classes.TWICE_SAME: "x.times > x.payers AND NOT x.mixed",
    classes.TWICE_OTHER: "x.other OR (x.payers > 1 AND NOT x.mixed)",
    classes.ACTIVE_PU: "x.ours AND x.theirs AND (x.mixed OR x.wage OR x.employed OR x.wage_claim)",
    classes.OVER_AGE: "x.ours AND x.theirs AND x.over_age",
    classes.AMOUNT: "x.ours AND x.times = 1 AND (x.other_segment OR x.billed <> x.expected)",
    classes.NOT_CREDITED: "x.ours AND x.paid AND (NOT x.theirs OR x.arrears)",
    classes.GAP: "x.ours AND x.unpaid > 0 AND %(bills)s",
}
# Most people are in no class, and an array of nothing for each of them would take a while.
_KINDS = f"""CASE WHEN {" OR ".join(f"({flag})" for flag in _FLAGS.values())}
  THEN array_remove(ARRAY[{
    ", ".join(
        f"CASE WHEN {_FLAGS[kind]} THEN '{kind}' END" for kind in classes.KINDS if kind in _FLAGS
    )
}], NULL) END"""

# A birthday of 29 February falls on the 28th in other years, as PostgreSQL adds years.
COMPARED = f"""
CREATE TEMP TABLE recon_compared ON COMMIT DROP AS
SELECT x.*, CASE WHEN x.dead THEN CASE WHEN x.theirs THEN ARRAY['{classes.DEAD}'] END
  ELSE {_KINDS} END AS kinds
FROM (
  SELECT coalesce(o.cadre_id, t.cadre_id) AS cadre_id,
    CASE WHEN o.mine THEN o.coverage_id END AS coverage_id, t.row_id,
    coalesce(o.village_id, p.village_id) AS village_id,
    CASE WHEN o.mine THEN o.expected END AS expected, t.billed, t.times, t.payers,
    coalesce(o.mine, false) AS ours, t.row_id IS NOT NULL AS theirs,
    coalesce(p.died_on < %(month)s, false) AS dead,
    coalesce(t.pu AND t.bpu, false) AS mixed, coalesce(t.wage, false) AS wage,
    p.employment <> '' OR coalesce(e.pu, false) AS employed, p.employment,
    t.pu AND o.segment = 'BPU' AS wage_claim, t.bpu AND o.segment = 'PU' AS other_segment,
    t.row_id IS NOT NULL AND (
      NOT coalesce(o.mine, true) OR coalesce(e.bpu, false) OR l.cadre_id IS NOT NULL) AS other,
    p.birth_date + interval '{classes.OLDEST} years' <= %(month)s AS over_age,
    o.paid, t.arrears, o.unpaid, e.pu AS elsewhere
  FROM ({OURS}) o FULL JOIN recon_theirs t ON t.cadre_id = o.cadre_id
  LEFT JOIN cadres_cadre p ON p.id = coalesce(o.cadre_id, t.cadre_id)
  LEFT JOIN recon_elsewhere e ON e.cadre_id = p.id
  LEFT JOIN recon_other_list l ON l.cadre_id = t.cadre_id
  WHERE o.mine OR t.row_id IS NOT NULL
) x
"""

_MATCHED = f"""ours AND theirs AND (
  kinds IS NULL OR kinds <@ ARRAY['{classes.NOT_CREDITED}', '{classes.GAP}'])"""

_AT_STAKE = f"""
CASE WHEN kind IN ('{classes.NOT_BILLED}', '{classes.NOT_CREDITED}', '{classes.GAP}')
    THEN coalesce(expected, 0)
  WHEN kind IN ('{classes.AMOUNT}', '{classes.TWICE_SAME}') AND billed IS NOT NULL
    THEN abs(billed - coalesce(expected, 0))
  ELSE coalesce(billed, expected, 0) END
"""

FOUND = """
CREATE TEMP TABLE recon_found ON COMMIT DROP AS
SELECT k.kind, x.cadre_id, x.coverage_id, x.row_id, x.village_id, x.expected, x.billed,
  jsonb_strip_nulls(CASE k.kind
    WHEN 'gap_risk' THEN jsonb_build_object('months', x.unpaid)
    WHEN 'amount_differs' THEN jsonb_build_object('cause', CASE WHEN x.other_segment THEN 'segment'
      WHEN 2 * least(x.billed, x.expected) = greatest(x.billed, x.expected) THEN 'relief'
      ELSE 'rate' END)
    WHEN 'active_pu' THEN jsonb_build_object('by', CASE WHEN x.mixed OR x.wage_claim THEN 'segment'
      WHEN x.wage THEN 'status' WHEN x.employment <> '' THEN 'recorded' ELSE 'elsewhere' END)
    WHEN 'twice_same_payer' THEN jsonb_build_object('times', x.times)
    WHEN 'twice_other_payer' THEN jsonb_build_object('payers', nullif(x.payers, 1))
    WHEN 'billed_not_listed' THEN jsonb_build_object('known', x.cadre_id IS NOT NULL)
    ELSE '{}'::jsonb END) AS facts
FROM recon_compared x CROSS JOIN LATERAL unnest(x.kinds) AS k (kind)
"""

DIFFERENCES = """
INSERT INTO enrollment_reconciliationdifference (regency_id, reconciliation_id, kind, cadre_id,
  coverage_id, row_id, village_id, expected, billed, facts, settlement, reason, query, answer)
SELECT %(regency)s, %(reconciliation)s, kind, cadre_id, coverage_id, row_id, village_id,
  expected, billed, facts, '', '', '', ''
FROM recon_found
ORDER BY kind, village_id, cadre_id, row_id
ON CONFLICT DO NOTHING
"""

COUNTS = f"""
SELECT kind, count(*), sum({_AT_STAKE})::bigint FROM recon_found GROUP BY kind
"""

OURS_COUNTED = f"""
SELECT count(*) FILTER (WHERE ours AND NOT dead), count(*) FILTER (WHERE {_MATCHED}),
  sum(coalesce(billed, expected)) FILTER (WHERE {_MATCHED})
FROM recon_compared
"""

THEIRS_COUNTED = "SELECT count(*), sum(times), sum(billed)::bigint FROM recon_theirs"


def compare(reconciliation: Reconciliation) -> dict[str, Any]:
    """Write the differences of a list against our covers of its month, and return the counts.

    `{"ours", "theirs", "billed", "matched": {"people", "rupiah"}, <class>: {...}, ...}`; a second
    run over the same rows adds only what was not found before.
    """
    counts, _again = _compare(reconciliation)
    return counts


def compare_again(
    reconciliation: Reconciliation, *, by: int | None, reason: str
) -> tuple[dict[str, Any], Again]:
    """Compare the rows of a list once more: the counts of now, and what became of differences.

    What is not found any more is settled as gone by a user (id) with a reason.
    """
    return _compare(reconciliation, again={"by": by, "reason": reason})


def _compare(
    reconciliation: Reconciliation, again: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], Again]:
    bills = money.fill(reconciliation.month)
    by_standing = statuses(reconciliation)
    facts = _facts(reconciliation, by_standing, bills)
    with connection.cursor() as cursor:
        for name in TEMPORARY:
            cursor.execute(f"DROP TABLE IF EXISTS recon_{name}")
        if again is None:  # by index: few rows are left
            cursor.execute(REMATCH.format(which="AND r.cadre_id IS NULL"), facts)
    if again is not None:
        _run(facts, REMATCH.format(which=""))
    named = reconciliation.rows.exclude(payer="").exists()
    _run(facts, THEIRS.format(payers=PAYERS if named else "1"))
    with connection.cursor() as cursor:  # by index: few of a whole country's people are asked for
        cursor.execute(ELSEWHERE, facts)
    _run(facts, OTHER_LISTS, COMPARED, FOUND)
    changes = Again()
    if again is not None:
        changes = settle_gone({**facts, **again})
    changes = replace(changes, new=changes.new + _run(facts, DIFFERENCES))
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        by_kind = {kind: {"people": n, "rupiah": rp or 0} for kind, n, rp in cursor.fetchall()}
        cursor.execute(OURS_COUNTED)
        ours, matched, rupiah = cursor.fetchone()
        cursor.execute(THEIRS_COUNTED)
        theirs, rows, billed = cursor.fetchone()
    nothing = {"people": 0, "rupiah": 0}
    unknown = by_standing[Standing.UNKNOWN]
    counts = {
        "ours": ours,
        "theirs": theirs,
        "counted_rows": int(rows or 0),
        "billed": billed,
        "bills": bills,
        "unknown_statuses": dict(sorted(unknown.items(), key=lambda it: -it[1])[:TOLD]),
        "matched": {"people": matched, "rupiah": rupiah or 0},
        **{kind: by_kind.get(kind, nothing) for kind in classes.KINDS},
    }
    return counts, changes


def _run(facts: dict[str, Any], *statements: str) -> int:
    """Execute statements that are planned for thousands of rows; what the last one touched."""
    with plans.for_many() as cursor:
        for statement in statements:
            cursor.execute(statement, facts)
        return cursor.rowcount


def _facts(
    reconciliation: Reconciliation,
    by_standing: Mapping[Standing, Mapping[str, int]],
    bills: bool,
) -> dict[str, Any]:
    wage = [*by_standing[Standing.WAGE_EARNER], *by_standing[Standing.CIVIL_SERVANT]]
    return {
        "regency": reconciliation.regency_id,
        "reconciliation": reconciliation.pk,
        "month": reconciliation.month,
        "kind": reconciliation.kind,
        "source": reconciliation.fund_source_id,
        "bill": reconciliation.kind == Reconciliation.Kind.BILL,
        "bills": bills,
        "inactive": list(by_standing[Standing.INACTIVE]),
        "arrears": list(by_standing[Standing.ARREARS]),
        "wage": wage,
    }


def statuses(reconciliation: Reconciliation) -> Mapping[Standing, Mapping[str, int]]:
    """The statuses that the list uses by what they say, each with its number of lines."""
    found: dict[Standing, dict[str, int]] = {each: {} for each in Standing}
    with connection.cursor() as cursor:
        cursor.execute(STATUSES, {"reconciliation": reconciliation.pk})
        for text, count in cursor.fetchall():
            found[standing(text)][text] = count
    return found
