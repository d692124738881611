"""A difference may be gone when its list is compared again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enrollment', '0004_moves_wall'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reconciliationdifference',
            name='settlement',
            field=models.CharField(blank=True, choices=[('query', 'ditanyakan ke cabang'), ('corrected', 'data dibetulkan'), ('cover_ended', 'kepesertaan diakhiri'), ('accepted', 'diterima apa adanya'), ('gone', 'tidak ada lagi')], max_length=11),
        ),
        migrations.AlterField(
            model_name='reconciliationdifferenceevent',
            name='settlement',
            field=models.CharField(blank=True, choices=[('query', 'ditanyakan ke cabang'), ('corrected', 'data dibetulkan'), ('cover_ended', 'kepesertaan diakhiri'), ('accepted', 'diterima apa adanya'), ('gone', 'tidak ada lagi')], max_length=11),
        ),
    ]
