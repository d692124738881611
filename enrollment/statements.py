"""Set-based statements of enrollment; the wall narrows each of them to the regency in scope."""

# `{found}` are the rows of a batch with the codes that the rules give them.
MARK = """
UPDATE enrollment_batchrow r SET findings = marked.marked
FROM ({found}) AS marked
WHERE marked.id = r.id AND r.findings IS DISTINCT FROM marked.marked
"""

ADD_ROWS = """
INSERT INTO enrollment_batchrow (
    regency_id, batch_id, cadre_id, village_id, category, findings,
    status, reason, reason_text, member_no_sealed, member_no_digest,
    segment, with_jht, income_base, occupation, second_occupation, work_place,
    works_from, works_until
)
SELECT b.regency_id, b.id, chosen.id, chosen.village_id, chosen.row_category, '{{}}',
    'waiting', '', '', '', '',
    b.segment, b.with_jht, b.income_base, b.occupation, b.second_occupation,
    CASE WHEN b.work_place = ''
        THEN left(concat_ws(', ', post.name, initcap(v.kind) || ' ' || v.name), 160)
        ELSE b.work_place END,
    b.works_from, b.works_until
FROM enrollment_enrollmentbatch b, ({chosen}) AS chosen
JOIN regions_village v ON v.id = chosen.village_id
LEFT JOIN (
    SELECT DISTINCT ON (a.cadre_id) a.cadre_id, 'Posyandu ' || p.name AS name
    FROM cadres_assignment a
    JOIN cadres_posyandu p ON p.regency_id = a.regency_id AND p.id = a.posyandu_id
    WHERE a.ended_on IS NULL
    ORDER BY a.cadre_id, a.started_on, a.id
) AS post ON post.cadre_id = chosen.id
WHERE b.id = %s
ORDER BY chosen.village_id, chosen.name_key, chosen.id
ON CONFLICT DO NOTHING
"""

DECIDE = """
UPDATE enrollment_batchrow r SET
    status = d.status, reason = d.reason, reason_text = d.reason_text, decided_at = now(),
    times_returned = r.times_returned
        + (d.status = 'returned' AND r.status <> 'returned')::int,
    member_no_sealed = CASE
        WHEN d.status = 'returned' THEN ''
        WHEN d.sealed = '' OR d.digest = r.member_no_digest THEN r.member_no_sealed
        ELSE d.sealed END,
    member_no_digest = CASE
        WHEN d.status = 'returned' THEN ''
        WHEN d.digest = '' THEN r.member_no_digest
        ELSE d.digest END
FROM unnest(
    %(ids)s::bigint[], %(statuses)s::text[], %(reasons)s::text[], %(texts)s::text[],
    %(sealed)s::bytea[], %(digests)s::bytea[]
) AS d (id, status, reason, reason_text, sealed, digest)
WHERE r.id = d.id AND r.batch_id = %(batch)s
"""

TAKEN = """
SELECT DISTINCT wanted.digest FROM unnest(%(ids)s::bigint[], %(digests)s::bytea[])
    AS wanted (id, digest)
JOIN enrollment_batchrow r ON r.id = wanted.id
JOIN enrollment_coverage c
    ON c.member_no_digest = wanted.digest AND c.ends_on IS NULL AND c.cadre_id <> r.cadre_id
"""

START_COVERAGES = """
INSERT INTO enrollment_coverage (
    regency_id, cadre_id, village_id, batch_row_id, fund_source_id, agreement_id, programme,
    category, member_no_sealed, member_no_digest, starts_on, ends_on, end_reason, created_at,
    segment, with_jht, income_base, occupation, second_occupation, work_place,
    works_from, works_until
)
SELECT r.regency_id, r.cadre_id, p.village_id, r.id, b.fund_source_id, b.agreement_id, b.programme,
    r.category, r.member_no_sealed, r.member_no_digest, b.first_month, p.died_on,
    CASE WHEN p.died_on IS NULL THEN '' ELSE 'died' END, now(),
    r.segment, r.with_jht, r.income_base, r.occupation, r.second_occupation, r.work_place,
    r.works_from, r.works_until
FROM enrollment_batchrow r
JOIN enrollment_enrollmentbatch b ON b.regency_id = r.regency_id AND b.id = r.batch_id
JOIN cadres_cadre p ON p.regency_id = r.regency_id AND p.id = r.cadre_id
WHERE r.batch_id = %(batch)s AND r.status = 'accepted'
  AND (p.died_on IS NULL OR p.died_on >= b.first_month)
  AND NOT EXISTS (SELECT FROM enrollment_coverage c WHERE c.batch_row_id = r.id)
ORDER BY r.id
ON CONFLICT DO NOTHING
"""

SEND_BACK_UNCOVERED = """
UPDATE enrollment_batchrow r SET
    status = 'returned', decided_at = now(), member_no_sealed = '', member_no_digest = '',
    times_returned = r.times_returned + 1,
    reason = CASE WHEN p.died_on IS NULL THEN 'already_member' ELSE 'deceased' END
FROM cadres_cadre p, enrollment_enrollmentbatch b
WHERE r.batch_id = %(batch)s AND r.status = 'accepted'
  AND p.regency_id = r.regency_id AND p.id = r.cadre_id
  AND b.regency_id = r.regency_id AND b.id = r.batch_id
  AND NOT EXISTS (SELECT FROM enrollment_coverage c WHERE c.batch_row_id = r.id)
  AND (p.died_on < b.first_month OR EXISTS (
      SELECT FROM enrollment_coverage c
      WHERE c.cadre_id = r.cadre_id AND c.programme = b.programme
        AND (c.ends_on IS NULL OR c.ends_on >= b.first_month)))
"""

END_REPLACED = """
UPDATE enrollment_coverage c SET ends_on = b.first_month - 1, end_reason = 'replaced'
FROM enrollment_enrollmentbatch b
JOIN enrollment_batchrow r ON r.regency_id = b.regency_id AND r.batch_id = b.id
JOIN cadres_assignment n ON n.regency_id = r.regency_id AND n.cadre_id = r.cadre_id
JOIN cadres_assignment o ON o.regency_id = n.regency_id AND o.id = n.replaces_id
WHERE b.id = %(batch)s AND r.status = 'accepted' AND n.ended_on IS NULL
  AND c.regency_id = o.regency_id AND c.cadre_id = o.cadre_id AND c.programme = b.programme
  AND c.starts_on < b.first_month AND (c.ends_on IS NULL OR c.ends_on >= b.first_month)
  AND NOT EXISTS (SELECT FROM cadres_assignment s
      WHERE s.regency_id = o.regency_id AND s.cadre_id = o.cadre_id AND s.ended_on IS NULL)
RETURNING c.id
"""

# Every cover of people who moved is where they are; where it was before is written down.
MOVE_COVERS = """
WITH moved AS (
    UPDATE enrollment_coverage c SET village_id = p.village_id
    FROM enrollment_coverage o
    JOIN cadres_cadre p ON p.regency_id = o.regency_id AND p.id = o.cadre_id
    WHERE p.id = ANY (%(people)s) AND c.id = o.id AND c.village_id <> p.village_id
    RETURNING c.regency_id, c.id, o.village_id AS left_id
)
INSERT INTO enrollment_coveragemove (
    regency_id, coverage_id, left_id, moved_on, roster_id, created_at
)
SELECT m.regency_id, m.id, m.left_id, greatest(%(on)s::date, (
        SELECT max(e.moved_on) FROM enrollment_coveragemove e
        WHERE e.regency_id = m.regency_id AND e.coverage_id = m.id
    )), %(roster)s, now()
FROM moved m ORDER BY m.id
RETURNING coverage_id, left_id, moved_on
"""

MOVE_BACK = (
    """
UPDATE enrollment_coverage c SET village_id = first.left_id
FROM (
    SELECT DISTINCT ON (coverage_id) coverage_id, left_id FROM enrollment_coveragemove
    WHERE roster_id = %(roster)s ORDER BY coverage_id, id
) AS first
WHERE c.id = first.coverage_id
""",
    "DELETE FROM enrollment_coveragemove WHERE roster_id = %(roster)s",
)

# What stands at the branch stays as it was said; a row that became cover goes with it.
_ANSWERED_ROWS = """
UPDATE enrollment_batchrow r SET village_id = p.village_id
FROM enrollment_enrollmentbatch b, cadres_cadre p
WHERE b.regency_id = r.regency_id AND b.id = r.batch_id
  AND p.regency_id = r.regency_id AND p.id = r.cadre_id AND r.village_id <> p.village_id
  AND (b.status NOT IN ('submitted', 'in_review') OR r.status = 'returned'
    OR EXISTS (SELECT FROM enrollment_coverage c WHERE c.batch_row_id = r.id))
"""
MOVE_ANSWERED_ROWS = f"{_ANSWERED_ROWS} AND r.id = ANY (%(rows)s)"

MOVE_THE_REST = (
    f"{_ANSWERED_ROWS} AND r.cadre_id = ANY (%(people)s)",
    """
UPDATE enrollment_card k SET village_id = c.village_id
FROM enrollment_coverage c
WHERE c.cadre_id = ANY (%(people)s) AND k.regency_id = c.regency_id AND k.coverage_id = c.id
  AND k.village_id <> c.village_id
""",
    """
UPDATE enrollment_eligibilityoverride o SET village_id = p.village_id
FROM cadres_cadre p
WHERE p.id = ANY (%(people)s) AND o.regency_id = p.regency_id AND o.cadre_id = p.id
  AND o.village_id <> p.village_id
""",
)
