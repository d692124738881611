"""Contributions by what a cover says: bands of income, shares of the pay, JHT, due dates."""

import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0002_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContributionBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('income_from', models.IntegerField()),
                ('base', models.IntegerField()),
                ('confirmed', models.BooleanField()),
                ('source', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='ContributionDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('segment', models.CharField(choices=[('BPU', 'Bukan Penerima Upah (BPU)'), ('PU', 'Penerima Upah (PU)')], max_length=3)),
                ('months_later', models.SmallIntegerField()),
                ('day', models.SmallIntegerField()),
                ('valid_from', models.DateField()),
                ('source', models.CharField(max_length=200)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='invoice',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='invoice',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='invoice',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='contributionrate',
            name='budgets_rate_positive',
        ),
        migrations.RemoveConstraint(
            model_name='invoice',
            name='budgets_invoice_not_overpaid',
        ),
        migrations.AddField(
            model_name='contributionrate',
            name='of',
            field=models.CharField(blank=True, db_default='', max_length=4),
        ),
        migrations.AddField(
            model_name='contributionrate',
            name='points',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='contributionrate',
            name='rounding_confirmed',
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name='invoice',
            name='jht',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='invoice',
            name='segment',
            field=models.CharField(choices=[('BPU', 'Bukan Penerima Upah (BPU)'), ('PU', 'Penerima Upah (PU)')], db_default='BPU', default='BPU', max_length=3),
        ),
        migrations.AddField(
            model_name='invoiceevent',
            name='jht',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='invoiceevent',
            name='segment',
            field=models.CharField(choices=[('BPU', 'Bukan Penerima Upah (BPU)'), ('PU', 'Penerima Upah (PU)')], db_default='BPU', default='BPU', max_length=3),
        ),
        migrations.AddField(
            model_name='invoiceline',
            name='jht',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name='budgetline',
            name='component',
            field=models.CharField(choices=[('JKK', 'Jaminan Kecelakaan Kerja'), ('JKM', 'Jaminan Kematian'), ('JHT', 'Jaminan Hari Tua')], max_length=3),
        ),
        migrations.AlterField(
            model_name='budgetlineevent',
            name='component',
            field=models.CharField(choices=[('JKK', 'Jaminan Kecelakaan Kerja'), ('JKM', 'Jaminan Kematian'), ('JHT', 'Jaminan Hari Tua')], max_length=3),
        ),
        migrations.AlterField(
            model_name='contributionrate',
            name='amount',
            field=models.IntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='contributionrate',
            name='component',
            field=models.CharField(choices=[('JKK', 'Jaminan Kecelakaan Kerja'), ('JKM', 'Jaminan Kematian'), ('JHT', 'Jaminan Hari Tua')], max_length=3),
        ),
        migrations.RemoveField(
            model_name='invoice',
            name='total',
        ),
        migrations.AddField(
            model_name='invoice',
            name='total',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('jkk'), '+', models.F('jkm')), '+', models.F('jht')), output_field=models.BigIntegerField()),
        ),
        migrations.RemoveField(
            model_name='invoiceevent',
            name='total',
        ),
        migrations.AddField(
            model_name='invoiceevent',
            name='total',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('jkk'), '+', models.F('jkm')), '+', models.F('jht')), output_field=models.BigIntegerField()),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoiceevent" ("confirmation", "due_on", "fund_source_id", "id", "invoice_run_id", "issued_at", "jht", "jkk", "jkm", "month", "number", "paid", "payer_name", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "segment", "village_id") SELECT new_values."confirmation", new_values."due_on", new_values."fund_source_id", new_values."id", new_values."invoice_run_id", new_values."issued_at", new_values."jht", new_values."jkk", new_values."jkm", new_values."month", new_values."number", new_values."paid", new_values."payer_name", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."segment", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e097bc2efb4a657677e491490d744aa38778145c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bb71a', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_invoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoiceevent" ("confirmation", "due_on", "fund_source_id", "id", "invoice_run_id", "issued_at", "jht", "jkk", "jkm", "month", "number", "paid", "payer_name", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "segment", "village_id") SELECT new_values."confirmation", new_values."due_on", new_values."fund_source_id", new_values."id", new_values."invoice_run_id", new_values."issued_at", new_values."jht", new_values."jkk", new_values."jkm", new_values."month", new_values."number", new_values."paid", new_values."payer_name", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."segment", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='396391accf25999c2eacf968422096f79ba71ee6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bd9fc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_invoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoiceevent" ("confirmation", "due_on", "fund_source_id", "id", "invoice_run_id", "issued_at", "jht", "jkk", "jkm", "month", "number", "paid", "payer_name", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "segment", "village_id") SELECT old_values."confirmation", old_values."due_on", old_values."fund_source_id", old_values."id", old_values."invoice_run_id", old_values."issued_at", old_values."jht", old_values."jkk", old_values."jkm", old_values."month", old_values."number", old_values."paid", old_values."payer_name", old_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."segment", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='729404ca84223cc1d1a5d984f46b7bb2692970fe', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_27ca5', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_invoice', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='contributionrate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('of', ''), ('points', None)), models.Q(('amount', None), ('of__in', ('band', 'pay')), ('points__gt', 0)), _connector='OR'), name='budgets_rate_positive'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('paid__gte', 0), ('paid__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('jkk'), '+', models.F('jkm')), '+', models.F('jht')))), name='budgets_invoice_not_overpaid'),
        ),
        migrations.AddConstraint(
            model_name='contributionband',
            constraint=models.UniqueConstraint(fields=('valid_from', 'income_from'), name='budgets_band_once'),
        ),
        migrations.AddConstraint(
            model_name='contributiondeadline',
            constraint=models.UniqueConstraint(fields=('segment', 'valid_from'), name='budgets_deadline_once'),
        ),
    ]
