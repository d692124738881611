"""An applied roster has a number that people can quote, and names who applied it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cadres", "0002_wall")]
    operations = [
        migrations.AddField(
            model_name="rosterimport",
            name="number",
            field=models.CharField(blank=True, default="", max_length=30),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rosterimport",
            name="applied_by_id",
            field=models.IntegerField(null=True),
        ),
    ]
