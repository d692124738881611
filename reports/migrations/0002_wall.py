"""Raise the wall around proofs, and open what the public may know of one."""

from django.db import migrations

from core.wall import crossing, history, wall


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("enrollment", "0002_wall")]
    operations = [
        *wall(
            "reports_proof",
            village="village_id",
            refs={
                "village_id": "regions_village",
                "cadre_id": "cadres_cadre",
                "paper_id": "core_paper",
            },
        ),
        *history("reports_proofevent", village="village_id"),
        *crossing(
            ["reports_proof", "cadres_cadre", "core_paper"],
            "reports_proof_check",
            "wanted text",
            "TABLE (number text, day date, answer text, issued_at timestamptz, name text, "
            "regency text, sha256 text)",
            r"""
            SELECT f.number::text, f.day, f.answer::text, f.issued_at,
                   (SELECT string_agg(upper(left(part, 1)) || '.', U&'\00A0' ORDER BY place)
                    FROM regexp_split_to_table(p.name, '\s+') WITH ORDINALITY AS words (part, place)
                    WHERE part ~ '^[[:alpha:]]'),
                   initcap(r.kind) || ' ' || r.name, s.sha256::text
            FROM reports_proof f
            JOIN cadres_cadre p ON p.regency_id = f.regency_id AND p.id = f.cadre_id
            JOIN core_paper s ON s.regency_id = f.regency_id AND s.id = f.paper_id
            JOIN regions_regency r ON r.id = f.regency_id
            WHERE f.token = wanted
            """,
        ),
    ]
