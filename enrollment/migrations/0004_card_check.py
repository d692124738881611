"""Let the public question about a card answer initials instead of a name, and the whole regency."""

from django.db import migrations

from core.wall import crossing

CHECK = crossing(
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
)


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0003_row_findings")]
    operations = [
        migrations.RunSQL(
            [text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION") for text in each.sql],
            migrations.RunSQL.noop,
        )
        for each in CHECK
    ]
