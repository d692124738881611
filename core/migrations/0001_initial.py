"""Runs, counters, papers and answers."""

import core.tenancy
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('regency_id', models.IntegerField(default=core.tenancy.current_regency_id, editable=False)),
                ('series', models.CharField(max_length=30)),
                ('year', models.SmallIntegerField()),
                ('last', models.IntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency_id', 'series', 'year'), name='core_counter_once')],
            },
        ),
        migrations.CreateModel(
            name='IdempotencyKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('regency_id', models.IntegerField(default=core.tenancy.current_regency_id, editable=False)),
                ('user_id', models.IntegerField()),
                ('key', models.CharField(max_length=200)),
                ('request_digest', models.BinaryField(max_length=32)),
                ('status', models.SmallIntegerField(default=0)),
                ('body', models.JSONField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency_id', 'user_id', 'key'), name='core_idempotency_once')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('regency_id', models.IntegerField(default=core.tenancy.current_regency_id, editable=False)),
                ('kind', models.CharField(max_length=30)),
                ('number', models.CharField(max_length=60)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('file', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.IntegerField()),
                ('pages', models.IntegerField(default=1)),
                ('issued_by_id', models.IntegerField(null=True)),
                ('issued_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency_id', 'kind', 'subject_type', 'subject_id', 'number'), name='core_paper_once')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('regency_id', models.IntegerField(default=core.tenancy.current_regency_id, editable=False)),
                ('kind', models.CharField(max_length=40)),
                ('status', models.CharField(choices=[('queued', 'antre'), ('running', 'berjalan'), ('done', 'selesai'), ('failed', 'gagal'), ('cancelled', 'dibatalkan')], default='queued', max_length=10)),
                ('plan', models.JSONField(default=dict)),
                ('total', models.IntegerField(default=0)),
                ('done', models.IntegerField(default=0)),
                ('attempts', models.SmallIntegerField(default=0)),
                ('error_code', models.CharField(blank=True, max_length=60)),
                ('result', models.JSONField(default=dict)),
                ('started_by_id', models.IntegerField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['regency_id', '-created_at'], name='core_run_recent'), models.Index(condition=models.Q(('status__in', ['queued', 'running'])), fields=['regency_id'], name='core_run_open')],
            },
        ),
        migrations.CreateModel(
            name='RunPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('regency_id', models.IntegerField(default=core.tenancy.current_regency_id, editable=False)),
                ('number', models.IntegerField()),
                ('weight', models.IntegerField(default=1)),
                ('payload', models.JSONField(default=dict)),
                ('done_at', models.DateTimeField(null=True)),
                ('run', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='core.run')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency_id', 'run', 'number'), name='core_runpart_once')],
            },
        ),
    ]
