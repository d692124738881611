"""Orders of cards of one posyandu."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0002_wall")]
    operations = [
        migrations.AddField("cardorder", "posyandu_id", models.IntegerField(null=True)),
        migrations.AddField(
            "cardorder",
            "posyandu_name",
            models.CharField(blank=True, db_default="", max_length=100),
        ),
    ]
