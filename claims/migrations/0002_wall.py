"""Raise the wall around claims, their documents and hand-overs."""

from django.db import migrations

from core.wall import history, wall

PLACE = {"village_id": "regions_village"}


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial"), ("enrollment", "0002_wall")]
    operations = [
        *wall(
            "claims_claim",
            village="village_id",
            refs={
                **PLACE,
                "cadre_id": "cadres_cadre",
                "coverage_id": "enrollment_coverage",
                "heir_id": "cadres_heir",
            },
        ),
        *wall(
            "claims_claimdocument",
            village="village_id",
            refs={**PLACE, "claim_id": "claims_claim"},
        ),
        *wall(
            "claims_handover", village="village_id", refs={**PLACE, "claim_id": "claims_claim"}
        ),
        *history("claims_claimevent", village="village_id"),
        *history("claims_claimdocumentevent", village="village_id"),
        *history("claims_handoverevent", village="village_id"),
    ]
