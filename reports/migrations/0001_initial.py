"""Proofs of cover."""

import core.history
import core.tenancy
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cadres', '0001_initial'),
        ('core', '0001_initial'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('day', models.DateField()),
                ('answer', models.CharField(choices=[('yes', 'terlindungi'), ('no', 'tidak terlindungi'), ('disputed', 'belum pasti')], max_length=8)),
                ('fingerprint', models.CharField(max_length=64)),
                ('token', models.CharField(max_length=32, unique=True)),
                ('issued_by_id', models.IntegerField()),
                ('issued_at', models.DateTimeField(auto_now_add=True)),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.cadre')),
                ('paper', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.paper')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'number'), name='reports_proof_number'), models.UniqueConstraint(fields=('regency', 'cadre', 'day', 'fingerprint'), name='reports_proof_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_proofevent" ("answer", "cadre_id", "day", "fingerprint", "id", "issued_at", "issued_by_id", "number", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "token", "village_id") SELECT new_values."answer", new_values."cadre_id", new_values."day", new_values."fingerprint", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."number", new_values."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."token", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9d188b4790dbf9fecee244ad9719f08a4318d589', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_643eb', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_proof', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_proofevent" ("answer", "cadre_id", "day", "fingerprint", "id", "issued_at", "issued_by_id", "number", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "token", "village_id") SELECT new_values."answer", new_values."cadre_id", new_values."day", new_values."fingerprint", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."number", new_values."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."token", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fb5529cef1de3c1eaf0533973d83919bd845b959', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_884c3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reports_proof', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_proofevent" ("answer", "cadre_id", "day", "fingerprint", "id", "issued_at", "issued_by_id", "number", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "token", "village_id") SELECT old_values."answer", old_values."cadre_id", old_values."day", old_values."fingerprint", old_values."id", old_values."issued_at", old_values."issued_by_id", old_values."number", old_values."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."token", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f497f3f5a8eaeaab8569c49d6a9b2b39408732dc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_349c3', referencing='REFERENCING OLD TABLE AS old_values ', table='reports_proof', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ProofEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=60)),
                ('day', models.DateField()),
                ('answer', models.CharField(choices=[('yes', 'terlindungi'), ('no', 'tidak terlindungi'), ('disputed', 'belum pasti')], max_length=8)),
                ('fingerprint', models.CharField(max_length=64)),
                ('token', models.CharField(max_length=32)),
                ('issued_by_id', models.IntegerField()),
                ('issued_at', models.DateTimeField(auto_now_add=True)),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.cadre')),
                ('paper', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.paper')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.proof')),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.village')),
            ],
            options={
                'abstract': False,
            },
        ),
        core.history.InstallTriggers(
        ),
    ]
