"""Raise the wall around families, trainings and competencies; answer who holds a family link."""

from django.db import migrations

from core.wall import crossing, history, wall

PERSON = {"cadre_id": "cadres_cadre"}

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
    dependencies = [("cadres", "0008_family_training")]
    operations = [
        *wall("cadres_competence", refs=PERSON),
        *wall("cadres_training", refs=PERSON),
        *wall("cadres_schoolchild", refs=PERSON),
        *wall("cadres_familylink", refs=PERSON),
        *history("cadres_competenceevent"),
        *history("cadres_trainingevent"),
        *history("cadres_schoolchildevent"),
        *LINK,
    ]
