"""Events, seals and the chain."""

import core.tenancy
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('actor_id', models.IntegerField(null=True)),
                ('actor_name', models.CharField(blank=True, max_length=120)),
                ('actor_role', models.CharField(blank=True, max_length=24)),
                ('kind', models.CharField(max_length=60)),
                ('object_type', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('facts', models.JSONField(default=dict)),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
            options={
                'indexes': [models.Index(fields=['regency', 'object_type', 'object_id', 'id'], name='audit_event_object'), models.Index(fields=['regency', '-id'], name='audit_event_recent')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField()),
                ('previous', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField(auto_now_add=True)),
                ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.event')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'number'), name='audit_seal_number'), models.UniqueConstraint(fields=('regency', 'event'), name='audit_seal_event')],
            },
        ),
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('event_id', models.BigIntegerField(default=0)),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('seen_id', models.BigIntegerField(default=0)),
                ('seen_xid', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency',), name='audit_chainhead_once')],
            },
        ),
    ]
