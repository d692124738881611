"""What the branch may count over all its regencies: batches that wait, without any person."""

from django.db import migrations

from core.wall import crossing


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0005_finding_words")]
    operations = [
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
        )
    ]
