"""Raise the wall around moves of covers."""

from django.db import migrations

from core.wall import wall


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0003_moves")]
    operations = [
        *wall(
            "enrollment_coveragemove",
            refs={"coverage_id": "enrollment_coverage", "left_id": "regions_village"},
        ),
    ]
