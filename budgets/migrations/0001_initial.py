"""Rates, budgets, invoices and payments."""

import core.history
import core.tenancy
import django.db.models.deletion
import django.db.models.expressions
import pghistory.utils
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cadres', '0001_initial'),
        ('core', '0001_initial'),
        ('enrollment', '0001_initial'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.SmallIntegerField()),
                ('document', models.CharField(blank=True, max_length=80)),
                ('fund_source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enrollment.fundsource')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'fund_source', 'village', 'year'), name='budgets_budget_once', nulls_distinct=False)],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetevent" ("document", "fund_source_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "village_id", "year") SELECT new_values."document", new_values."fund_source_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."village_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='97ad644c018459e9a0d064e9e48843a9e9398965', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_69143', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_budget', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetevent" ("document", "fund_source_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "village_id", "year") SELECT new_values."document", new_values."fund_source_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."village_id", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='17b8c73ce70a0e8a6c467d495e3e9712a77552a4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_dac1d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_budget', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetevent" ("document", "fund_source_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "village_id", "year") SELECT old_values."document", old_values."fund_source_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."village_id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5876b9ac2d56d637346f5e4daf10582e849c675b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d0eba', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_budget', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='BudgetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('year', models.SmallIntegerField()),
                ('document', models.CharField(blank=True, max_length=80)),
                ('fund_source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='enrollment.fundsource')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.budget')),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('component', models.CharField(choices=[('JKK', 'Jaminan Kecelakaan Kerja'), ('JKM', 'Jaminan Kematian'), ('JHT', 'Jaminan Hari Tua')], max_length=3)),
                ('account_code', models.CharField(max_length=40)),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='budgets.budget')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'budget', 'component'), name='budgets_line_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetlineevent" ("account_code", "budget_id", "component", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "village_id") SELECT new_values."account_code", new_values."budget_id", new_values."component", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a7edcfbf86ff5f2a30edcec6dd2c5c62b8a1c38a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8e8f3', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_budgetline', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetlineevent" ("account_code", "budget_id", "component", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "village_id") SELECT new_values."account_code", new_values."budget_id", new_values."component", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d4ffd52d0ef58f5f97f11f3b9ac7d976b7d7da6d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1922c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_budgetline', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetlineevent" ("account_code", "budget_id", "component", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "village_id") SELECT old_values."account_code", old_values."budget_id", old_values."component", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6c6bdc8d976e93a452f1625862ef2381659eb53e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_47283', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_budgetline', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='BudgetLineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('component', models.CharField(choices=[('JKK', 'Jaminan Kecelakaan Kerja'), ('JKM', 'Jaminan Kematian'), ('JHT', 'Jaminan Hari Tua')], max_length=3)),
                ('account_code', models.CharField(max_length=40)),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.budget')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.budgetline')),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContributionRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('segment', models.CharField(choices=[('BPU', 'Bukan Penerima Upah (BPU)'), ('PU', 'Penerima Upah (PU)')], max_length=3)),
                ('component', models.CharField(choices=[('JKK', 'Jaminan Kecelakaan Kerja'), ('JKM', 'Jaminan Kematian'), ('JHT', 'Jaminan Hari Tua')], max_length=3)),
                ('amount', models.IntegerField(null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('source', models.CharField(max_length=200)),
                ('of', models.CharField(blank=True, db_default='', max_length=4)),
                ('points', models.SmallIntegerField(null=True)),
                ('rounding_confirmed', models.BooleanField(db_default=True, default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('segment', 'component', 'valid_from'), name='budgets_rate_once'), models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('of', ''), ('points', None)), models.Q(('amount', None), ('of__in', ('band', 'pay')), ('points__gt', 0)), _connector='OR'), name='budgets_rate_positive')],
            },
        ),
        migrations.CreateModel(
            name='ContributionRelief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('percent', models.SmallIntegerField()),
                ('segment', models.CharField(choices=[('BPU', 'Bukan Penerima Upah (BPU)'), ('PU', 'Penerima Upah (PU)')], max_length=3)),
                ('sector', models.CharField(default='other', max_length=20)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('excluded_payers', models.JSONField(default=list)),
                ('unsettled_payers', models.JSONField(default=list)),
                ('source', models.CharField(max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'sector'), name='budgets_relief_once')],
            },
        ),
        migrations.CreateModel(
            name='InvoiceRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('started_by_id', models.IntegerField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('run', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.run')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'month'), name='budgets_invoicerun_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='budgets_invoicerun_first')],
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('month', models.DateField()),
                ('people', models.IntegerField(default=0)),
                ('jkk', models.BigIntegerField(default=0)),
                ('jkm', models.BigIntegerField(default=0)),
                ('paid', models.BigIntegerField(default=0)),
                ('payer_name', models.CharField(max_length=160)),
                ('confirmation', models.CharField(blank=True, max_length=60)),
                ('due_on', models.DateField()),
                ('issued_at', models.DateTimeField(auto_now_add=True)),
                ('fund_source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enrollment.fundsource')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
                ('invoice_run', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='budgets.invoicerun')),
                ('jht', models.BigIntegerField(db_default=0, default=0)),
                ('segment', models.CharField(choices=[('BPU', 'Bukan Penerima Upah (BPU)'), ('PU', 'Penerima Upah (PU)')], db_default='BPU', default='BPU', max_length=3)),
                ('total', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('jkk'), '+', models.F('jkm')), '+', models.F('jht')), output_field=models.BigIntegerField())),
            ],
            options={
                'indexes': [models.Index(fields=['regency', '-month', '-id'], name='budgets_invoice_recent'), models.Index(fields=['regency', 'village', '-month'], name='budgets_invoice_village')],
                'constraints': [models.UniqueConstraint(fields=('regency', 'number'), name='budgets_invoice_number'), models.CheckConstraint(condition=models.Q(('paid__gte', 0), ('paid__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('jkk'), '+', models.F('jkm')), '+', models.F('jht')))), name='budgets_invoice_not_overpaid')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoiceevent" ("confirmation", "due_on", "fund_source_id", "id", "invoice_run_id", "issued_at", "jht", "jkk", "jkm", "month", "number", "paid", "payer_name", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "segment", "village_id") SELECT new_values."confirmation", new_values."due_on", new_values."fund_source_id", new_values."id", new_values."invoice_run_id", new_values."issued_at", new_values."jht", new_values."jkk", new_values."jkm", new_values."month", new_values."number", new_values."paid", new_values."payer_name", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."segment", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e097bc2efb4a657677e491490d744aa38778145c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bb71a', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_invoice', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoiceevent" ("confirmation", "due_on", "fund_source_id", "id", "invoice_run_id", "issued_at", "jht", "jkk", "jkm", "month", "number", "paid", "payer_name", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "segment", "village_id") SELECT new_values."confirmation", new_values."due_on", new_values."fund_source_id", new_values."id", new_values."invoice_run_id", new_values."issued_at", new_values."jht", new_values."jkk", new_values."jkm", new_values."month", new_values."number", new_values."paid", new_values."payer_name", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."segment", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='396391accf25999c2eacf968422096f79ba71ee6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bd9fc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_invoice', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoiceevent" ("confirmation", "due_on", "fund_source_id", "id", "invoice_run_id", "issued_at", "jht", "jkk", "jkm", "month", "number", "paid", "payer_name", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "segment", "village_id") SELECT old_values."confirmation", old_values."due_on", old_values."fund_source_id", old_values."id", old_values."invoice_run_id", old_values."issued_at", old_values."jht", old_values."jkk", old_values."jkm", old_values."month", old_values."number", old_values."paid", old_values."payer_name", old_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."segment", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='729404ca84223cc1d1a5d984f46b7bb2692970fe', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_27ca5', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_invoice', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='InvoiceLine',
            fields=[
                ('pk', models.CompositePrimaryKey('regency_id', 'month', 'coverage_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('jkk', models.IntegerField()),
                ('jkm', models.IntegerField()),
                ('cadre', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.cadre')),
                ('coverage', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enrollment.coverage')),
                ('invoice', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='budgets.invoice')),
                ('regency', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
                ('jht', models.IntegerField(db_default=0, default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['regency', 'invoice'], name='budgets_invoiceline_invoice'), models.Index(fields=['regency', 'cadre'], name='budgets_invoiceline_cadre')],
            },
        ),
        migrations.CreateModel(
            name='InvoiceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=60)),
                ('month', models.DateField()),
                ('people', models.IntegerField(default=0)),
                ('jkk', models.BigIntegerField(default=0)),
                ('jkm', models.BigIntegerField(default=0)),
                ('paid', models.BigIntegerField(default=0)),
                ('payer_name', models.CharField(max_length=160)),
                ('confirmation', models.CharField(blank=True, max_length=60)),
                ('due_on', models.DateField()),
                ('issued_at', models.DateTimeField(auto_now_add=True)),
                ('fund_source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='enrollment.fundsource')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.invoice')),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.village')),
                ('invoice_run', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.invoicerun')),
                ('jht', models.BigIntegerField(db_default=0, default=0)),
                ('segment', models.CharField(choices=[('BPU', 'Bukan Penerima Upah (BPU)'), ('PU', 'Penerima Upah (PU)')], db_default='BPU', default='BPU', max_length=3)),
                ('total', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('jkk'), '+', models.F('jkm')), '+', models.F('jht')), output_field=models.BigIntegerField())),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sp2d_number', models.CharField(max_length=80)),
                ('sp2d_date', models.DateField()),
                ('amount', models.BigIntegerField()),
                ('recorded_by_id', models.IntegerField()),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('invoice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='budgets.invoice')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='budgets_payment_positive'), models.UniqueConstraint(fields=('regency', 'invoice', 'sp2d_number'), name='budgets_payment_once')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ceiling', 'pagu'), ('commit', 'terikat'), ('spend', 'terbayar')], max_length=8)),
                ('amount', models.BigIntegerField()),
                ('note', models.CharField(blank=True, max_length=160)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('invoice', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.invoice')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='budgets.budgetline')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
                ('payment', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.payment')),
            ],
            options={
                'indexes': [models.Index(fields=['regency', 'line', 'kind'], name='budgets_entry_line')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'ceiling'), ('amount__gt', 0), _connector='OR'), name='budgets_entry_positive'), models.UniqueConstraint(condition=models.Q(('kind', 'commit')), fields=('regency', 'line', 'invoice'), name='budgets_entry_commit_once'), models.UniqueConstraint(condition=models.Q(('kind', 'spend')), fields=('regency', 'line', 'payment'), name='budgets_entry_spend_once')],
            },
        ),
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
            options={
                'constraints': [models.UniqueConstraint(fields=('valid_from', 'income_from'), name='budgets_band_once')],
            },
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
            options={
                'constraints': [models.UniqueConstraint(fields=('segment', 'valid_from'), name='budgets_deadline_once')],
            },
        ),
        core.history.InstallTriggers(
        ),
    ]
