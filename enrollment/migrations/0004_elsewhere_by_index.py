"""Covers in other regencies are looked up number by number, however large the country is."""

from django.db import migrations

from core.wall import crossing

# OFFSET 0 keeps each look-up one of its own in an index. Joined freely, the planner would rather
# read every number of the country once than look up the ten thousand of a roster.
LOOK_UP = """
SELECT DISTINCT w.nik_digest, c.programme::text, c.segment::text
FROM unnest(wanted) AS w (nik_digest)
CROSS JOIN LATERAL (
    SELECT p.regency_id, p.id FROM cadres_cadre p
    WHERE p.nik_digest = w.nik_digest AND p.regency_id <> asking OFFSET 0
) p
CROSS JOIN LATERAL (
    SELECT c.programme, c.segment FROM enrollment_coverage c
    WHERE c.regency_id = p.regency_id AND c.cadre_id = p.id
      AND c.starts_on <= day AND (c.ends_on IS NULL OR c.ends_on >= day) OFFSET 0
) c
"""


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0003_posyandu_cards")]
    operations = [
        migrations.RunSQL(
            "DROP FUNCTION enrollment_covered_elsewhere_among", migrations.RunSQL.noop
        ),
        *crossing(
            ["enrollment_coverage", "cadres_cadre"],
            "enrollment_covered_elsewhere_among",
            "wanted bytea[], asking int, day date",
            "TABLE (nik_digest bytea, programme text, segment text)",
            LOOK_UP,
        ),
    ]
