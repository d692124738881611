"""Raise the wall around events and seals, which nobody may change."""

from django.db import migrations

from core.wall import wall


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("core", "0002_wall")]
    operations = [
        *wall(
            "audit_event",
            village="village_id",
            refs={"village_id": "regions_village"},
            append_only=True,
        ),
        *wall("audit_seal", refs={"event_id": "audit_event"}, append_only=True),
        *wall("audit_chainhead"),
    ]
