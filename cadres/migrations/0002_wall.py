"""Raise the wall around people and rosters, and around their history."""

from django.db import migrations

from core.wall import history, wall

PLACE = {"village_id": "regions_village"}


class Migration(migrations.Migration):
    dependencies = [("cadres", "0001_initial"), ("core", "0002_wall")]
    operations = [
        *wall("cadres_posyandu", village="village_id", refs=PLACE),
        *wall("cadres_cadre", village="village_id", refs=PLACE),
        *wall(
            "cadres_assignment",
            village="village_id",
            refs={**PLACE, "cadre_id": "cadres_cadre", "posyandu_id": "cadres_posyandu"},
        ),
        *wall("cadres_rosterimport", village="village_id", refs={**PLACE, "run_id": "core_run"}),
        *wall(
            "cadres_importrow",
            refs={"roster_id": "cadres_rosterimport", "cadre_id": "cadres_cadre"},
        ),
        *wall("cadres_finding", refs={"roster_id": "cadres_rosterimport"}),
        *wall("cadres_heir", refs={"cadre_id": "cadres_cadre"}),
        *history("cadres_posyanduevent", village="village_id"),
        *history("cadres_cadreevent", village="village_id"),
        *history("cadres_assignmentevent", village="village_id"),
        *history("cadres_heirevent"),
    ]
