"""Takeovers of seats: who replaces whom, and every month of a seat is paid once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enrollment', '0002_wall'),
    ]

    operations = [
        migrations.AlterField(
            model_name='coverage',
            name='end_reason',
            field=models.CharField(blank=True, choices=[('died', 'meninggal'), ('stopped', 'berhenti'), ('moved', 'pindah'), ('replaced', 'digantikan'), ('unpaid', 'iuran tidak dibayar'), ('other', 'lainnya')], max_length=8),
        ),
        migrations.AlterField(
            model_name='coverageevent',
            name='end_reason',
            field=models.CharField(blank=True, choices=[('died', 'meninggal'), ('stopped', 'berhenti'), ('moved', 'pindah'), ('replaced', 'digantikan'), ('unpaid', 'iuran tidak dibayar'), ('other', 'lainnya')], max_length=8),
        ),
    ]
