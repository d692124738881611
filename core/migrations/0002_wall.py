"""Raise the wall around the tables of long work, numbers and papers."""

from django.db import migrations

from core.wall import crossing, wall


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        *wall("core_run"),
        *wall("core_runpart", refs={"run_id": "core_run"}),
        *wall("core_counter"),
        *wall("core_paper", append_only=True),
        *wall("core_idempotencykey"),
        *crossing(
            ["core_run"],
            "core_open_runs",
            "",
            "TABLE (regency_id int, run_id bigint)",
            "SELECT regency_id, id FROM core_run WHERE status IN ('queued', 'running')",
        ),
    ]
