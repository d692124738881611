"""Areas, health centres and branches."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Province',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=100)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('decree', models.CharField(max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='regions_province_code')],
            },
        ),
        migrations.CreateModel(
            name='Regency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=100)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('decree', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('kabupaten', 'Kabupaten'), ('kota', 'Kota')], max_length=10)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('time_zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=20)),
                ('active', models.BooleanField(default=False)),
                ('department', models.CharField(blank=True, max_length=120)),
                ('palette', models.CharField(blank=True, max_length=10)),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regencies', to='regions.province')),
                ('rosters_need_approval', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='regions_regency_code')],
            },
        ),
        migrations.CreateModel(
            name='District',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=100)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('decree', models.CharField(max_length=60)),
                ('regency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='regions.regency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='regions_district_code'), models.UniqueConstraint(fields=('regency', 'id'), name='regions_district_tenant_key')],
            },
        ),
        migrations.CreateModel(
            name='Branch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('regencies', models.ManyToManyField(related_name='branches', to='regions.regency')),
            ],
        ),
        migrations.CreateModel(
            name='Village',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=100)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('decree', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('desa', 'Desa'), ('kelurahan', 'Kelurahan')], max_length=10)),
                ('postal_code', models.CharField(blank=True, max_length=5)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='villages', to='regions.district')),
                ('regency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='villages', to='regions.regency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='regions_village_code'), models.UniqueConstraint(fields=('regency', 'id'), name='regions_village_tenant_key')],
            },
        ),
        migrations.CreateModel(
            name='HealthCentre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('regency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='health_centres', to='regions.regency')),
                ('villages', models.ManyToManyField(related_name='health_centres', to='regions.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'name'), name='regions_healthcentre_name')],
            },
        ),
    ]
