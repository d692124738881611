from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0003_undoing'),
    ]

    operations = [
        migrations.AddField(
            model_name='columnmemory',
            name='month_first',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='month_first',
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]
