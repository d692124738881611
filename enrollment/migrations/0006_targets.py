"""Where a baseline comes from, and who set a target when."""

import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enrollment', '0005_compared_again'),
        ('regions', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='target',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='target',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='target',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='target',
            name='baseline_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='target',
            name='baseline_source',
            field=models.CharField(blank=True, db_default='', max_length=160),
        ),
        migrations.AddField(
            model_name='target',
            name='set_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='target',
            name='set_by_id',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='targetevent',
            name='baseline_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='targetevent',
            name='baseline_source',
            field=models.CharField(blank=True, db_default='', max_length=160),
        ),
        migrations.AddField(
            model_name='targetevent',
            name='set_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='targetevent',
            name='set_by_id',
            field=models.IntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='target',
            index=models.Index(fields=['regency', 'category', '-set_at', '-id'], name='enrollment_target_latest'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_targetevent" ("baseline", "baseline_on", "baseline_source", "by", "category", "id", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "set_at", "set_by_id", "source") SELECT new_values."baseline", new_values."baseline_on", new_values."baseline_source", new_values."by", new_values."category", new_values."id", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."set_at", new_values."set_by_id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d71f8759e96022ce0b80034ec6232d66e8367a59', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_168d2', referencing='REFERENCING NEW TABLE AS new_values ', table='enrollment_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_targetevent" ("baseline", "baseline_on", "baseline_source", "by", "category", "id", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "set_at", "set_by_id", "source") SELECT new_values."baseline", new_values."baseline_on", new_values."baseline_source", new_values."by", new_values."category", new_values."id", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."set_at", new_values."set_by_id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='60a0b51474266518e78e674e55dc001e9cfddcae', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e8837', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='enrollment_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_targetevent" ("baseline", "baseline_on", "baseline_source", "by", "category", "id", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "set_at", "set_by_id", "source") SELECT old_values."baseline", old_values."baseline_on", old_values."baseline_source", old_values."by", old_values."category", old_values."id", old_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."set_at", old_values."set_by_id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b3ac62b7cab1b2eb17b9ecf051526b309ef69483', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_62c15', referencing='REFERENCING OLD TABLE AS old_values ', table='enrollment_target', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('baseline__gte', 0), ('baseline__lte', models.F('people')), ('people__gt', 0)), name='enrollment_target_above_baseline'),
        ),
    ]
