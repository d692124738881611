"""Who may touch whom with a roster, what an approver asked for, and people found by NIK alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cadres", "0009_family_training_wall")]
    operations = [
        migrations.AddField(
            model_name="rosterimport",
            name="limited",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddField(
            model_name="rosterimport",
            name="returned_text",
            field=models.CharField(max_length=500, blank=True, db_default=""),
        ),
        migrations.RemoveField(model_name="importrow", name="before"),
        migrations.RemoveConstraint(model_name="cadre", name="cadres_cadre_nik"),
        migrations.AddConstraint(
            model_name="cadre",
            constraint=models.UniqueConstraint(
                fields=["nik_digest", "regency"], name="cadres_cadre_nik"
            ),
        ),
    ]
