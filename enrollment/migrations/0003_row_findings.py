"""Keep on each row its category, what the branch should look at, and the digest of its number."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.wall import crossing


class Migration(migrations.Migration):
    dependencies = [
        ("enrollment", "0002_wall"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="batchrow",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="batchrow",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="batchrow",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="batchrow",
            name="category",
            field=models.CharField(
                choices=[
                    ("posyandu_cadre", "Kader posyandu"),
                    ("stunting_cadre", "Kader stunting"),
                    ("village_official", "Perangkat desa"),
                    ("village_council_member", "Anggota BPD"),
                    ("neighbourhood_head", "Ketua RT/RW"),
                    ("vulnerable_worker", "Pekerja rentan"),
                ],
                default="",
                max_length=24,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="batchrow",
            name="findings",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("deceased", "Tercatat meninggal"),
                        ("covered", "Sudah terlindungi pada bulan pertama"),
                        ("over_age", "Usia 65 tahun atau lebih"),
                        ("covered_elsewhere", "Terlindungi di kabupaten lain"),
                        ("turns_65", "Berusia 65 tahun dalam setahun"),
                        ("under_17", "Belum berusia 17 tahun"),
                    ],
                    max_length=20,
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="batchrow",
            name="member_no_digest",
            field=models.BinaryField(default=b"", max_length=16),
        ),
        migrations.AddField(
            model_name="batchrowevent",
            name="category",
            field=models.CharField(
                choices=[
                    ("posyandu_cadre", "Kader posyandu"),
                    ("stunting_cadre", "Kader stunting"),
                    ("village_official", "Perangkat desa"),
                    ("village_council_member", "Anggota BPD"),
                    ("neighbourhood_head", "Ketua RT/RW"),
                    ("vulnerable_worker", "Pekerja rentan"),
                ],
                default="",
                max_length=24,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="batchrowevent",
            name="findings",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("deceased", "Tercatat meninggal"),
                        ("covered", "Sudah terlindungi pada bulan pertama"),
                        ("over_age", "Usia 65 tahun atau lebih"),
                        ("covered_elsewhere", "Terlindungi di kabupaten lain"),
                        ("turns_65", "Berusia 65 tahun dalam setahun"),
                        ("under_17", "Belum berusia 17 tahun"),
                    ],
                    max_length=20,
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="batchrowevent",
            name="member_no_digest",
            field=models.BinaryField(default=b"", max_length=16),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="batchrow",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_batchrowevent" ("batch_id", "cadre_id", "category", "decided_at", "findings", "id", "member_no_digest", "member_no_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_text", "regency_id", "status", "village_id") SELECT new_values."batch_id", new_values."cadre_id", new_values."category", new_values."decided_at", new_values."findings", new_values."id", new_values."member_no_digest", new_values."member_no_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."reason_text", new_values."regency_id", new_values."status", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="086a4f3b93016dc40fff149a0ee6beed58ef41b9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c932f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_batchrow",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="batchrow",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_batchrowevent" ("batch_id", "cadre_id", "category", "decided_at", "findings", "id", "member_no_digest", "member_no_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_text", "regency_id", "status", "village_id") SELECT new_values."batch_id", new_values."cadre_id", new_values."category", new_values."decided_at", new_values."findings", new_values."id", new_values."member_no_digest", new_values."member_no_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."reason_text", new_values."regency_id", new_values."status", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c0d311b19360230ccaec368defe08364233c794a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_993d2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_batchrow",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="batchrow",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_batchrowevent" ("batch_id", "cadre_id", "category", "decided_at", "findings", "id", "member_no_digest", "member_no_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_text", "regency_id", "status", "village_id") SELECT old_values."batch_id", old_values."cadre_id", old_values."category", old_values."decided_at", old_values."findings", old_values."id", old_values."member_no_digest", old_values."member_no_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."reason_text", old_values."regency_id", old_values."status", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="fa3de2cfa6e619da35a1b4ae7197e4637aaca4c3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_22f96",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_batchrow",
                    when="AFTER",
                ),
            ),
        ),
        *crossing(
            ["enrollment_coverage", "cadres_cadre"],
            "enrollment_covered_elsewhere_among",
            "wanted bytea[], asking int, day date",
            "TABLE (nik_digest bytea, programme text, segment text)",
            """
            SELECT DISTINCT p.nik_digest, c.programme::text, c.segment::text
            FROM unnest(wanted) AS w (nik_digest)
            JOIN cadres_cadre p ON p.nik_digest = w.nik_digest
            JOIN enrollment_coverage c ON c.regency_id = p.regency_id AND c.cadre_id = p.id
            WHERE p.regency_id <> asking
              AND c.starts_on <= day AND (c.ends_on IS NULL OR c.ends_on >= day)
            """,
        ),
    ]
