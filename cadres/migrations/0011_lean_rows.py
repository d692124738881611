"""Fewer indexes and keys to write with every row; those of rare references hold only the filled."""

import django.db.models.deletion
from django.db import migrations, models

RARE = {"cadres_cadre": "merged_into_id", "cadres_importrow": "cadre_id"}


def _only_filled(table, column):
    name = f"{table}_regency_id_{column}_idx"
    return migrations.RunSQL(
        [
            f"DROP INDEX IF EXISTS {name}",
            f"CREATE INDEX {name} ON {table} (regency_id, {column}) WHERE {column} IS NOT NULL",
        ],
        [f"DROP INDEX {name}", f"CREATE INDEX {name} ON {table} (regency_id, {column})"],
    )


def _without_tenant_key(table):
    key = f"{table}_tenant_key"
    return migrations.RunSQL(
        f"ALTER TABLE {table} DROP CONSTRAINT {key}",
        f"ALTER TABLE {table} ADD CONSTRAINT {key} UNIQUE (regency_id, id)",
    )


class Migration(migrations.Migration):
    dependencies = [("cadres", "0010_roster_judging"), ("regions", "0001_initial")]
    operations = [
        migrations.AlterField(
            model_name="importrow",
            name="village",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.village",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="assignment", name="cadres_assignment_replaced_once"
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                fields=["regency", "replaces"],
                condition=models.Q(("replaces__isnull", False)),
                name="cadres_assignment_replaced_once",
            ),
        ),
        migrations.RunSQL(
            "DROP INDEX IF EXISTS cadres_assignment_regency_id_replaces_id_idx",
            "CREATE INDEX cadres_assignment_regency_id_replaces_id_idx "
            "ON cadres_assignment (regency_id, replaces_id)",
        ),
        *(_only_filled(table, column) for table, column in RARE.items()),
        # Nothing points at a line of a roster or at a finding.
        _without_tenant_key("cadres_importrow"),
        _without_tenant_key("cadres_finding"),
    ]
