"""Let the head of a chain know below which event nothing can still appear."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_wall")]
    operations = [
        migrations.AddField("chainhead", "seen_id", models.BigIntegerField(default=0)),
        migrations.AddField("chainhead", "seen_xid", models.BigIntegerField(default=0)),
    ]
