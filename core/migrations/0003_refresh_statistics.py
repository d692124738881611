"""Let the application have tables looked at for the planner, without any other right on them."""

from django.conf import settings
from django.db import migrations

FUNCTION = "core_refresh_statistics(names text[])"


class Migration(migrations.Migration):
    dependencies = [("core", "0002_wall")]
    operations = [
        migrations.RunSQL(
            [
                f"CREATE FUNCTION {FUNCTION} RETURNS void LANGUAGE plpgsql SECURITY DEFINER "
                "SET search_path = public, pg_temp SET default_statistics_target = 20 AS $kj$ "
                "DECLARE name text; BEGIN FOREACH name IN ARRAY names LOOP "
                "EXECUTE format('ANALYZE public.%I', name); END LOOP; END $kj$",
                f"REVOKE ALL ON FUNCTION {FUNCTION} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {FUNCTION} TO {settings.KJ_APP_ROLE}",
            ],
            [f"DROP FUNCTION {FUNCTION}"],
        )
    ]
