"""Seats that somebody pays for, and quotas of villages with their waiting lists."""

import core.tenancy
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0005_roster_desk_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='Quota',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('category', models.CharField(choices=[('posyandu_cadre', 'Kader posyandu'), ('stunting_cadre', 'Kader stunting'), ('development_cadre', 'Kader Pembangunan Manusia'), ('pkk_cadre', 'Kader PKK'), ('village_official', 'Perangkat desa'), ('village_council_member', 'Anggota BPD'), ('neighbourhood_head', 'Ketua RT/RW'), ('vulnerable_worker', 'Pekerja rentan')], max_length=24, verbose_name='jenis')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='dasar hukum')),
                ('per_village', models.IntegerField(verbose_name='orang tiap desa')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='syarat')),
                ('starts_on', models.DateField(verbose_name='mulai')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='berakhir')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
            ],
        ),
        migrations.CreateModel(
            name='QuotaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('category', models.CharField(choices=[('posyandu_cadre', 'Kader posyandu'), ('stunting_cadre', 'Kader stunting'), ('development_cadre', 'Kader Pembangunan Manusia'), ('pkk_cadre', 'Kader PKK'), ('village_official', 'Perangkat desa'), ('village_council_member', 'Anggota BPD'), ('neighbourhood_head', 'Ketua RT/RW'), ('vulnerable_worker', 'Pekerja rentan')], max_length=24, verbose_name='jenis')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='dasar hukum')),
                ('per_village', models.IntegerField(verbose_name='orang tiap desa')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='syarat')),
                ('starts_on', models.DateField(verbose_name='mulai')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='berakhir')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cadres.quota')),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuotaPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('waiting', 'menunggu'), ('inside', 'di dalam kuota'), ('left', 'keluar')], default='waiting', max_length=7)),
                ('since', models.DateField()),
                ('entered_on', models.DateField(blank=True, null=True)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='quota_places', to='cadres.cadre')),
                ('quota', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='cadres.quota')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
        ),
        migrations.CreateModel(
            name='QuotaPlaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('waiting', 'menunggu'), ('inside', 'di dalam kuota'), ('left', 'keluar')], default='waiting', max_length=7)),
                ('since', models.DateField()),
                ('entered_on', models.DateField(blank=True, null=True)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.cadre')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cadres.quotaplace')),
                ('quota', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.quota')),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuotaShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('places', models.IntegerField()),
                ('quota', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='cadres.quota')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
        ),
        migrations.CreateModel(
            name='QuotaShareEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('places', models.IntegerField()),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cadres.quotashare')),
                ('quota', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.quota')),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SeatNorm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seats', models.SmallIntegerField(verbose_name='kursi')),
                ('basis', models.CharField(max_length=160, verbose_name='dasar')),
                ('confirmed', models.BooleanField(default=False, verbose_name='sudah dikonfirmasi')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
            ],
        ),
        migrations.CreateModel(
            name='SeatNormEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('seats', models.SmallIntegerField(verbose_name='kursi')),
                ('basis', models.CharField(max_length=160, verbose_name='dasar')),
                ('confirmed', models.BooleanField(default=False, verbose_name='sudah dikonfirmasi')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cadres.seatnorm')),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('regency', 'replaces'), name='cadres_assignment_replaced_once'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.UniqueConstraint(fields=('regency', 'name'), name='cadres_quota_name'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.CheckConstraint(condition=models.Q(('per_village__gte', 0)), name='cadres_quota_positive'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='cadres_quota_ends_after_start'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quota',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_quotaevent" ("category", "ends_on", "id", "legal_basis", "name", "note", "per_village", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "starts_on") SELECT new_values."category", new_values."ends_on", new_values."id", new_values."legal_basis", new_values."name", new_values."note", new_values."per_village", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2d11bba89c629ec0f728c63035e339f88a849ddf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e9cfe', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_quota', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quota',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_quotaevent" ("category", "ends_on", "id", "legal_basis", "name", "note", "per_village", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "starts_on") SELECT new_values."category", new_values."ends_on", new_values."id", new_values."legal_basis", new_values."name", new_values."note", new_values."per_village", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c96cf3dc084fe036c412d297f800eb86d3e02f5b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_69d26', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_quota', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quota',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_quotaevent" ("category", "ends_on", "id", "legal_basis", "name", "note", "per_village", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "starts_on") SELECT old_values."category", old_values."ends_on", old_values."id", old_values."legal_basis", old_values."name", old_values."note", old_values."per_village", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0e2c7d1db06745329340a8061a40cbf89ffeb6cd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_53d43', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_quota', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='quotaplace',
            index=models.Index(fields=['regency', 'quota', 'village', 'status', 'since', 'id'], name='cadres_quotaplace_order'),
        ),
        migrations.AddIndex(
            model_name='quotaplace',
            index=models.Index(fields=['regency', 'cadre'], name='cadres_quotaplace_person'),
        ),
        migrations.AddConstraint(
            model_name='quotaplace',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'left'), _negated=True), fields=('regency', 'quota', 'cadre'), name='cadres_quotaplace_once'),
        ),
        migrations.AddConstraint(
            model_name='quotaplace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'inside'), _negated=True), ('entered_on__isnull', False), _connector='OR'), name='cadres_quotaplace_inside_since'),
        ),
        migrations.AddConstraint(
            model_name='quotaplace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'left'), _negated=True), models.Q(('left_on__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='cadres_quotaplace_left_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotaplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_quotaplaceevent" ("cadre_id", "entered_on", "id", "left_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quota_id", "reason", "regency_id", "since", "status", "village_id") SELECT new_values."cadre_id", new_values."entered_on", new_values."id", new_values."left_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."quota_id", new_values."reason", new_values."regency_id", new_values."since", new_values."status", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d43959147472861ea897e15eeba5a4b2caadc30c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_05d6a', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_quotaplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotaplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_quotaplaceevent" ("cadre_id", "entered_on", "id", "left_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quota_id", "reason", "regency_id", "since", "status", "village_id") SELECT new_values."cadre_id", new_values."entered_on", new_values."id", new_values."left_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."quota_id", new_values."reason", new_values."regency_id", new_values."since", new_values."status", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ea05f5ea6a9646a609df8caa421af9258de44529', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d305c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_quotaplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotaplace',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_quotaplaceevent" ("cadre_id", "entered_on", "id", "left_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quota_id", "reason", "regency_id", "since", "status", "village_id") SELECT old_values."cadre_id", old_values."entered_on", old_values."id", old_values."left_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."quota_id", old_values."reason", old_values."regency_id", old_values."since", old_values."status", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a05189d058fcf1e9f96a2213336322554fdcb7b4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_23cd9', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_quotaplace', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='quotashare',
            constraint=models.UniqueConstraint(fields=('regency', 'quota', 'village'), name='cadres_quotashare_once'),
        ),
        migrations.AddConstraint(
            model_name='quotashare',
            constraint=models.CheckConstraint(condition=models.Q(('places__gte', 0)), name='cadres_quotashare_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotashare',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_quotashareevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "quota_id", "regency_id", "village_id") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."places", new_values."quota_id", new_values."regency_id", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5c66b231ac8dc99d06679a00aeb26a489ff806cb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_094af', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_quotashare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotashare',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_quotashareevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "quota_id", "regency_id", "village_id") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."places", new_values."quota_id", new_values."regency_id", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5e377db4112df53b2c6da97ee73b9dbf6a092c87', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_59d44', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_quotashare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotashare',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_quotashareevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "quota_id", "regency_id", "village_id") SELECT old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."places", old_values."quota_id", old_values."regency_id", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0d95903d22f7e0b22d5a5407beb38d06001841b9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8d213', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_quotashare', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='seatnorm',
            constraint=models.UniqueConstraint(fields=('regency',), name='cadres_seatnorm_one'),
        ),
        migrations.AddConstraint(
            model_name='seatnorm',
            constraint=models.CheckConstraint(condition=models.Q(('seats__range', (1, 60))), name='cadres_seatnorm_seats'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seatnorm',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_seatnormevent" ("basis", "confirmed", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "seats") SELECT new_values."basis", new_values."confirmed", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."seats" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='09b13f8ab57f117726c39048507b8131d6fc35d9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7b843', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_seatnorm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seatnorm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_seatnormevent" ("basis", "confirmed", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "seats") SELECT new_values."basis", new_values."confirmed", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."seats" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6a03b4965f8fc1b52c1c2a11148fffb390ce735b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f35ee', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_seatnorm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seatnorm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_seatnormevent" ("basis", "confirmed", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "seats") SELECT old_values."basis", old_values."confirmed", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."seats" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fdb93a41f58077e429de5014062f0aef8ea48072', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_15442', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_seatnorm', when='AFTER')),
        ),
    ]
