"""What people decide about a roster; several open services; records that were merged."""

import core.tenancy
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0003_roster_number'),
        ('regions', '0002_rosters_need_approval'),
    ]

    operations = [
        migrations.CreateModel(
            name='ColumnMemory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shape', models.CharField(max_length=64)),
                ('places', models.JSONField()),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'village', 'shape'), name='cadres_columnmemory_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('stays', 'masih bertugas'), ('stopped', 'berhenti'), ('moved', 'pindah'), ('died', 'meninggal'), ('replaced', 'digantikan')], max_length=8)),
                ('day', models.DateField(null=True)),
                ('replaced_by_sheet', models.CharField(blank=True, max_length=60)),
                ('replaced_by_number', models.IntegerField(null=True)),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.cadre')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('roster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='departures', to='cadres.rosterimport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'roster', 'cadre'), name='cadres_departure_once')],
            },
        ),
        migrations.CreateModel(
            name='PosyanduChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_key', models.CharField(max_length=100)),
                ('posyandu', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.posyandu')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('roster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='posyandu', to='cadres.rosterimport')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'roster', 'village', 'name_key'), name='cadres_posyanduchoice_once')],
            },
        ),
        migrations.CreateModel(
            name='RowDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(blank=True, max_length=60)),
                ('number', models.IntegerField()),
                ('question', models.CharField(choices=[('skip', 'lewati baris'), ('move', 'pindah ke desa ini'), ('same', 'orang yang sama')], max_length=5)),
                ('yes', models.BooleanField(default=True)),
                ('cadre', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.cadre')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('roster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='cadres.rosterimport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'roster', 'sheet', 'number', 'question'), name='cadres_rowdecision_once')],
            },
        ),
        migrations.CreateModel(
            name='RowFix',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(blank=True, max_length=60)),
                ('number', models.IntegerField()),
                ('column', models.CharField(max_length=20)),
                ('value_sealed', models.BinaryField()),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('roster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='fixes', to='cadres.rosterimport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'roster', 'sheet', 'number', 'column'), name='cadres_rowfix_once')],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assignment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assignment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assignment',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='cadre',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='cadre',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='cadre',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='posyandu',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='posyandu',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='posyandu',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='assignment',
            name='cadres_assignment_one_open',
        ),
        migrations.AddField(
            model_name='assignment',
            name='end_reason',
            field=models.CharField(blank=True, choices=[('stopped', 'berhenti'), ('moved', 'pindah'), ('died', 'meninggal'), ('replaced', 'digantikan'), ('corrected', 'pembetulan data')], db_default='', max_length=9),
        ),
        migrations.AddField(
            model_name='assignment',
            name='replaces',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.assignment'),
        ),
        migrations.AddField(
            model_name='assignmentevent',
            name='end_reason',
            field=models.CharField(blank=True, choices=[('stopped', 'berhenti'), ('moved', 'pindah'), ('died', 'meninggal'), ('replaced', 'digantikan'), ('corrected', 'pembetulan data')], db_default='', max_length=9),
        ),
        migrations.AddField(
            model_name='assignmentevent',
            name='replaces',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.assignment'),
        ),
        migrations.AddField(
            model_name='cadre',
            name='employment',
            field=models.CharField(blank=True, choices=[('civil_servant', 'ASN, TNI atau Polri'), ('wage_earner', 'Penerima upah di tempat lain')], db_default='', max_length=14),
        ),
        migrations.AddField(
            model_name='cadre',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.cadre'),
        ),
        migrations.AddField(
            model_name='cadreevent',
            name='employment',
            field=models.CharField(blank=True, choices=[('civil_servant', 'ASN, TNI atau Polri'), ('wage_earner', 'Penerima upah di tempat lain')], db_default='', max_length=14),
        ),
        migrations.AddField(
            model_name='cadreevent',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.cadre'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='before',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='posyandu',
            name='decree_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='posyandu',
            name='decree_number',
            field=models.CharField(blank=True, db_default='', max_length=80),
        ),
        migrations.AddField(
            model_name='posyandu',
            name='seats',
            field=models.SmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='posyanduevent',
            name='decree_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='posyanduevent',
            name='decree_number',
            field=models.CharField(blank=True, db_default='', max_length=80),
        ),
        migrations.AddField(
            model_name='posyanduevent',
            name='seats',
            field=models.SmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='confirmed_by_id',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='mapping',
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='undone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='category',
            field=models.CharField(choices=[('posyandu_cadre', 'Kader posyandu'), ('stunting_cadre', 'Kader stunting'), ('development_cadre', 'Kader Pembangunan Manusia'), ('pkk_cadre', 'Kader PKK'), ('village_official', 'Perangkat desa'), ('village_council_member', 'Anggota BPD'), ('neighbourhood_head', 'Ketua RT/RW'), ('vulnerable_worker', 'Pekerja rentan')], max_length=24),
        ),
        migrations.AlterField(
            model_name='assignmentevent',
            name='category',
            field=models.CharField(choices=[('posyandu_cadre', 'Kader posyandu'), ('stunting_cadre', 'Kader stunting'), ('development_cadre', 'Kader Pembangunan Manusia'), ('pkk_cadre', 'Kader PKK'), ('village_official', 'Perangkat desa'), ('village_council_member', 'Anggota BPD'), ('neighbourhood_head', 'Ketua RT/RW'), ('vulnerable_worker', 'Pekerja rentan')], max_length=24),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='effect',
            field=models.CharField(blank=True, choices=[('new', 'baru'), ('changed', 'berubah'), ('unchanged', 'sama'), ('rejected', 'ditolak'), ('skipped', 'dilewati')], max_length=10),
        ),
        migrations.AlterField(
            model_name='rosterimport',
            name='category',
            field=models.CharField(choices=[('posyandu_cadre', 'Kader posyandu'), ('stunting_cadre', 'Kader stunting'), ('development_cadre', 'Kader Pembangunan Manusia'), ('pkk_cadre', 'Kader PKK'), ('village_official', 'Perangkat desa'), ('village_council_member', 'Anggota BPD'), ('neighbourhood_head', 'Ketua RT/RW'), ('vulnerable_worker', 'Pekerja rentan')], default='posyandu_cadre', max_length=24),
        ),
        migrations.AlterField(
            model_name='rosterimport',
            name='status',
            field=models.CharField(choices=[('checking', 'diperiksa'), ('mapping', 'menunggu cocokkan kolom'), ('ready', 'siap disimpan'), ('waiting', 'menunggu persetujuan'), ('refused', 'ditolak'), ('applying', 'disimpan'), ('applied', 'tersimpan'), ('failed', 'gagal'), ('undone', 'dibatalkan')], default='checking', max_length=10),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_assignmentevent" ("cadre_id", "category", "decree_date", "decree_number", "end_reason", "ended_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posyandu_id", "regency_id", "replaces_id", "started_on", "village_id") SELECT new_values."cadre_id", new_values."category", new_values."decree_date", new_values."decree_number", new_values."end_reason", new_values."ended_on", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."posyandu_id", new_values."regency_id", new_values."replaces_id", new_values."started_on", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='adc6de471473136c5640bd6e33c5403c1e7dcfa2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a07bb', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_assignmentevent" ("cadre_id", "category", "decree_date", "decree_number", "end_reason", "ended_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posyandu_id", "regency_id", "replaces_id", "started_on", "village_id") SELECT new_values."cadre_id", new_values."category", new_values."decree_date", new_values."decree_number", new_values."end_reason", new_values."ended_on", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."posyandu_id", new_values."regency_id", new_values."replaces_id", new_values."started_on", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8c977cb48ba377ffccbd906254918b685fd2d387', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c035f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_assignmentevent" ("cadre_id", "category", "decree_date", "decree_number", "end_reason", "ended_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posyandu_id", "regency_id", "replaces_id", "started_on", "village_id") SELECT old_values."cadre_id", old_values."category", old_values."decree_date", old_values."decree_number", old_values."end_reason", old_values."ended_on", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."posyandu_id", old_values."regency_id", old_values."replaces_id", old_values."started_on", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a5783c82fa91d3a06da702bf702e7d3915373d38', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_92c8d', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cadre',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_cadreevent" ("birth_date", "birth_place", "created_at", "died_on", "employment", "id", "merged_into_id", "mother_name", "name", "name_key", "nik_digest", "nik_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "regency_id", "sex", "village_id") SELECT new_values."birth_date", new_values."birth_place", new_values."created_at", new_values."died_on", new_values."employment", new_values."id", new_values."merged_into_id", new_values."mother_name", new_values."name", new_values."name_key", new_values."nik_digest", new_values."nik_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone", new_values."regency_id", new_values."sex", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='092727da306d4b3b9f139e3c30f5ba40b6329ecc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8ba58', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_cadre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cadre',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_cadreevent" ("birth_date", "birth_place", "created_at", "died_on", "employment", "id", "merged_into_id", "mother_name", "name", "name_key", "nik_digest", "nik_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "regency_id", "sex", "village_id") SELECT new_values."birth_date", new_values."birth_place", new_values."created_at", new_values."died_on", new_values."employment", new_values."id", new_values."merged_into_id", new_values."mother_name", new_values."name", new_values."name_key", new_values."nik_digest", new_values."nik_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."phone", new_values."regency_id", new_values."sex", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c88693226c24047ca30a437d0892f22c177e64e4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a175c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_cadre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cadre',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_cadreevent" ("birth_date", "birth_place", "created_at", "died_on", "employment", "id", "merged_into_id", "mother_name", "name", "name_key", "nik_digest", "nik_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "regency_id", "sex", "village_id") SELECT old_values."birth_date", old_values."birth_place", old_values."created_at", old_values."died_on", old_values."employment", old_values."id", old_values."merged_into_id", old_values."mother_name", old_values."name", old_values."name_key", old_values."nik_digest", old_values."nik_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."phone", old_values."regency_id", old_values."sex", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a5331a5c8fcec1077226d80f0354140820b7b2de', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1cdea', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_cadre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posyandu',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_posyanduevent" ("decree_date", "decree_number", "id", "name", "name_key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "seats", "village_id") SELECT new_values."decree_date", new_values."decree_number", new_values."id", new_values."name", new_values."name_key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."seats", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eadc1e71f1d0781d00bf21786a9aa47b719b861b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2e780', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_posyandu', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posyandu',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_posyanduevent" ("decree_date", "decree_number", "id", "name", "name_key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "seats", "village_id") SELECT new_values."decree_date", new_values."decree_number", new_values."id", new_values."name", new_values."name_key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."seats", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f1f33467ca899f5e523924e85a7f7d75942ee01f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_91acc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_posyandu', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posyandu',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_posyanduevent" ("decree_date", "decree_number", "id", "name", "name_key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "seats", "village_id") SELECT old_values."decree_date", old_values."decree_number", old_values."id", old_values."name", old_values."name_key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."seats", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='60d1a6b2061312236cb799c33487295dd8fba741', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7a750', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_posyandu', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('regency', 'cadre', 'category', 'village', 'posyandu'), name='cadres_assignment_open_once', nulls_distinct=False),
        ),
    ]
