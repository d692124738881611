"""Raise the wall around agreements, batches, coverages, cards and reconciliations."""

from django.db import migrations

from core.wall import crossing, history, wall

PLACE = {"village_id": "regions_village"}
PAYER = {"fund_source_id": "enrollment_fundsource"}
PAPER = {"agreement_id": "enrollment_agreement"}
COMPARED = {"reconciliation_id": "enrollment_reconciliation"}

# The planner sees how many are wanted: a roster's people are looked up one by one in the index, and
# a list of half the country is joined. OFFSET 0 keeps the few who are found from being joined with
# every cover there is.
LOOK_UP = """
SELECT DISTINCT w.nik_digest, c.programme::text, c.segment::text
FROM unnest(wanted) AS w (nik_digest)
JOIN cadres_cadre p ON p.nik_digest = w.nik_digest AND p.regency_id <> asking
CROSS JOIN LATERAL (
    SELECT c.programme, c.segment FROM enrollment_coverage c
    WHERE c.regency_id = p.regency_id AND c.cadre_id = p.id
      AND c.starts_on <= day AND (c.ends_on IS NULL OR c.ends_on >= day) OFFSET 0
) c
"""


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0001_initial"), ("cadres", "0002_wall")]
    operations = [
        *wall("enrollment_fundsource"),
        *wall("enrollment_target"),
        *wall("enrollment_agreement", village="village_id", refs=PLACE),
        *wall("enrollment_eligibilityrule"),
        *wall(
            "enrollment_eligibilityoverride",
            village="village_id",
            refs={**PLACE, "cadre_id": "cadres_cadre"},
        ),
        *wall("enrollment_enrollmentbatch", refs={**PAYER, **PAPER}),
        *wall(
            "enrollment_batchrow",
            village="village_id",
            refs={
                **PLACE,
                "batch_id": "enrollment_enrollmentbatch",
                "cadre_id": "cadres_cadre",
            },
        ),
        *wall(
            "enrollment_coverage",
            village="village_id",
            refs={
                **PLACE,
                "cadre_id": "cadres_cadre",
                "batch_row_id": "enrollment_batchrow",
                **PAYER,
                **PAPER,
            },
        ),
        *wall(
            "enrollment_coveragemove",
            refs={"coverage_id": "enrollment_coverage", "left_id": "regions_village"},
        ),
        *wall(
            "enrollment_card",
            village="village_id",
            refs={**PLACE, "coverage_id": "enrollment_coverage"},
        ),
        *wall(
            "enrollment_cardorder",
            village="village_id",
            refs={**PLACE, "run_id": "core_run", "paper_id": "core_paper"},
        ),
        *wall(
            "enrollment_reconciliation",
            refs={**PAYER, "run_id": "core_run", "paper_id": "core_paper"},
        ),
        *wall("enrollment_reconciliationrow", refs={**COMPARED, "cadre_id": "cadres_cadre"}),
        *wall(
            "enrollment_reconciliationdifference",
            village="village_id",
            refs={
                **PLACE,
                **COMPARED,
                "cadre_id": "cadres_cadre",
                "coverage_id": "enrollment_coverage",
                "row_id": "enrollment_reconciliationrow",
            },
            tenant_key=False,
        ),
        *wall("enrollment_reconciliationcolumns"),
        *history("enrollment_fundsourceevent"),
        *history("enrollment_targetevent"),
        *history("enrollment_agreementevent", village="village_id"),
        *history("enrollment_eligibilityruleevent"),
        *history("enrollment_eligibilityoverrideevent", village="village_id"),
        *history("enrollment_enrollmentbatchevent"),
        *history("enrollment_batchrowevent", village="village_id"),
        *history("enrollment_coverageevent", village="village_id"),
        *history("enrollment_reconciliationevent"),
        *history("enrollment_reconciliationdifferenceevent", village="village_id"),
        *crossing(
            ["enrollment_card", "enrollment_coverage", "cadres_cadre"],
            "enrollment_card_check",
            "wanted text, day date",
            "TABLE (valid boolean, name text, regency text, starts_on date, ends_on date)",
            r"""
            SELECT c.starts_on <= day AND (c.ends_on IS NULL OR c.ends_on >= day),
                   (SELECT string_agg(upper(left(part, 1)) || '.', U&'\00A0' ORDER BY place)
                    FROM regexp_split_to_table(p.name, '\s+') WITH ORDINALITY AS words (part, place)
                    WHERE part ~ '^[[:alpha:]]'),
                   initcap(r.kind) || ' ' || r.name, c.starts_on, c.ends_on
            FROM enrollment_card k
            JOIN enrollment_coverage c ON c.regency_id = k.regency_id AND c.id = k.coverage_id
            JOIN cadres_cadre p ON p.regency_id = c.regency_id AND p.id = c.cadre_id
            JOIN regions_regency r ON r.id = c.regency_id
            WHERE k.token = wanted
            """,
        ),
        *crossing(
            ["enrollment_coverage", "cadres_cadre"],
            "enrollment_covered_elsewhere",
            "wanted bytea, asking int, day date",
            "TABLE (programme text, segment text)",
            """
            SELECT DISTINCT c.programme::text, c.segment::text
            FROM cadres_cadre p
            JOIN enrollment_coverage c ON c.regency_id = p.regency_id AND c.cadre_id = p.id
            WHERE p.nik_digest = wanted
              AND p.regency_id <> asking
              AND c.starts_on <= day AND (c.ends_on IS NULL OR c.ends_on >= day)
            """,
        ),
        *crossing(
            ["enrollment_coverage", "cadres_cadre"],
            "enrollment_covered_elsewhere_among",
            "wanted bytea[], asking int, day date",
            "TABLE (nik_digest bytea, programme text, segment text)",
            LOOK_UP,
        ),
        *crossing(
            ["enrollment_enrollmentbatch", "enrollment_batchrow"],
            "enrollment_branch_queue",
            "served int[]",
            "TABLE (regency_id int, batch_id bigint, number text, status text, first_month date, "
            "since timestamptz, people bigint, waiting bigint, to_look_at bigint, corrected bigint)",
            """
            SELECT b.regency_id::int, b.id, b.number::text, b.status::text, b.first_month,
                   least(min(coalesce(r.corrected_at, b.submitted_at))
                         FILTER (WHERE r.status = 'waiting'), now()),
                   count(*), count(*) FILTER (WHERE r.status = 'waiting'),
                   count(*) FILTER (WHERE r.status = 'waiting' AND r.findings <> '{}'),
                   count(*) FILTER (WHERE r.status = 'waiting' AND r.times_returned > 0)
            FROM enrollment_enrollmentbatch b
            JOIN enrollment_batchrow r ON r.regency_id = b.regency_id AND r.batch_id = b.id
            WHERE b.regency_id = ANY (served) AND b.status IN ('submitted', 'in_review')
            GROUP BY b.regency_id, b.id
            ORDER BY 6, 2
            """,
        ),
    ]
