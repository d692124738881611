"""Raise the wall around seats and quotas."""

from django.db import migrations

from core.wall import history, wall


class Migration(migrations.Migration):
    dependencies = [("cadres", "0006_seats_quotas")]
    operations = [
        *wall("cadres_seatnorm"),
        *history("cadres_seatnormevent"),
        *wall("cadres_quota"),
        *history("cadres_quotaevent"),
        *wall(
            "cadres_quotashare",
            village="village_id",
            refs={"quota_id": "cadres_quota", "village_id": "regions_village"},
        ),
        *history("cadres_quotashareevent", village="village_id"),
        *wall(
            "cadres_quotaplace",
            village="village_id",
            refs={
                "quota_id": "cadres_quota",
                "village_id": "regions_village",
                "cadre_id": "cadres_cadre",
            },
        ),
        *history("cadres_quotaplaceevent", village="village_id"),
    ]
