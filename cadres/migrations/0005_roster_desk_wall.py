"""Raise the wall around what people decide about a roster."""

from django.db import migrations

from core.wall import read_by_object, tenant_keys, wall


class Migration(migrations.Migration):
    dependencies = [("cadres", "0002_wall")]
    operations = [
        *wall("cadres_rowfix", refs={"roster_id": "cadres_rosterimport"}),
        *wall(
            "cadres_rowdecision",
            refs={"roster_id": "cadres_rosterimport", "cadre_id": "cadres_cadre"},
        ),
        *wall(
            "cadres_posyanduchoice",
            village="village_id",
            refs={
                "roster_id": "cadres_rosterimport",
                "village_id": "regions_village",
                "posyandu_id": "cadres_posyandu",
            },
        ),
        *wall(
            "cadres_departure",
            refs={"roster_id": "cadres_rosterimport", "cadre_id": "cadres_cadre"},
        ),
        *wall(
            "cadres_columnmemory", village="village_id", refs={"village_id": "regions_village"}
        ),
        *tenant_keys("cadres_cadre", {"merged_into_id": "cadres_cadre"}),
        *tenant_keys("cadres_assignment", {"replaces_id": "cadres_assignment"}),
        read_by_object("cadres_cadreevent"),
        read_by_object("cadres_assignmentevent"),
    ]
