from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0002_wall'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rosterimport',
            name='status',
            field=models.CharField(choices=[('checking', 'diperiksa'), ('mapping', 'menunggu cocokkan kolom'), ('ready', 'siap disimpan'), ('waiting', 'menunggu persetujuan'), ('refused', 'ditolak'), ('applying', 'disimpan'), ('applied', 'tersimpan'), ('failed', 'gagal'), ('undoing', 'sedang dibatalkan'), ('undone', 'dibatalkan')], default='checking', max_length=10),
        ),
    ]
