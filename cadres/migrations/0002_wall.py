"""Raise the wall around people, families, rosters, seats and quotas, and around their history."""

from django.db import migrations

from core.wall import crossing, history, wall

PLACE = {"village_id": "regions_village"}
PERSON = {"cadre_id": "cadres_cadre"}
ROSTER = {"roster_id": "cadres_rosterimport"}

# All that the holder of an address may learn: a first name, the village, and whether it still
# opens. The regency and the village open the scope in which the answer is written.
LINK = crossing(
    ["cadres_familylink", "cadres_cadre"],
    "cadres_family_link",
    "wanted bytea",
    "TABLE (link bigint, regency bigint, village bigint, first_name text, place text, "
    "expires_at timestamptz, used_at timestamptz)",
    r"""
    SELECT l.id, l.regency_id, c.village_id,
           initcap((regexp_split_to_array(c.name_key, '\s+'))[1]), v.name::text,
           l.expires_at, l.used_at
    FROM cadres_familylink l
    JOIN cadres_cadre c ON c.regency_id = l.regency_id AND c.id = l.cadre_id
    JOIN regions_village v ON v.id = c.village_id
    WHERE l.token_digest = wanted AND c.merged_into_id IS NULL AND c.died_on IS NULL
    """,
)


class Migration(migrations.Migration):
    dependencies = [("cadres", "0001_initial"), ("core", "0002_wall")]
    operations = [
        *wall("cadres_posyandu", village="village_id", refs=PLACE),
        *wall(
            "cadres_cadre", village="village_id", refs={**PLACE, "merged_into_id": "cadres_cadre"}
        ),
        *wall(
            "cadres_assignment",
            village="village_id",
            refs={
                **PLACE,
                **PERSON,
                "posyandu_id": "cadres_posyandu",
                "replaces_id": "cadres_assignment",
            },
        ),
        *wall("cadres_heir", refs=PERSON),
        *wall("cadres_schoolchild", refs=PERSON),
        *wall("cadres_familylink", refs=PERSON),
        *wall("cadres_training", refs=PERSON),
        *wall("cadres_competence", refs=PERSON),
        *wall("cadres_rosterimport", village="village_id", refs={**PLACE, "run_id": "core_run"}),
        *wall("cadres_importrow", refs={**ROSTER, **PERSON}, tenant_key=False),
        *wall("cadres_finding", refs=ROSTER, tenant_key=False),
        *wall("cadres_rowfix", refs=ROSTER),
        *wall("cadres_rowdecision", refs={**ROSTER, **PERSON}),
        *wall(
            "cadres_posyanduchoice",
            village="village_id",
            refs={**ROSTER, **PLACE, "posyandu_id": "cadres_posyandu"},
        ),
        *wall("cadres_departure", refs={**ROSTER, **PERSON}),
        *wall("cadres_columnmemory", village="village_id", refs=PLACE),
        *wall("cadres_seatnorm"),
        *wall("cadres_quota"),
        *wall(
            "cadres_quotashare",
            village="village_id",
            refs={**PLACE, "quota_id": "cadres_quota"},
        ),
        *wall(
            "cadres_quotaplace",
            village="village_id",
            refs={**PLACE, **PERSON, "quota_id": "cadres_quota"},
        ),
        *history("cadres_posyanduevent", village="village_id"),
        *history("cadres_cadreevent", village="village_id"),
        *history("cadres_assignmentevent", village="village_id"),
        *history("cadres_heirevent"),
        *history("cadres_schoolchildevent"),
        *history("cadres_trainingevent"),
        *history("cadres_competenceevent"),
        *history("cadres_seatnormevent"),
        *history("cadres_quotaevent"),
        *history("cadres_quotashareevent", village="village_id"),
        *history("cadres_quotaplaceevent", village="village_id"),
        *LINK,
    ]
