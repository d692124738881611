"""Families, trainings and competencies of people."""

import core.tenancy
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0007_seats_quotas_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('confirmed_on', models.DateField()),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='competences', to='cadres.cadre')),
            ],
        ),
        migrations.CreateModel(
            name='CompetenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=20)),
                ('confirmed_on', models.DateField()),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cadres.competence')),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.cadre')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FamilyLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_digest', models.BinaryField(max_length=32, unique=True)),
                ('made_by_id', models.IntegerField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.cadre')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SchoolChild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.SmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('birth_date', models.DateField()),
                ('level', models.CharField(choices=[('not_yet', 'Belum sekolah'), ('tk', 'TK'), ('sd', 'SD'), ('smp', 'SMP'), ('sma', 'SMA atau SMK'), ('higher', 'Kuliah atau pelatihan')], max_length=8)),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='school_children', to='cadres.cadre')),
            ],
        ),
        migrations.CreateModel(
            name='SchoolChildEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('position', models.SmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('birth_date', models.DateField()),
                ('level', models.CharField(choices=[('not_yet', 'Belum sekolah'), ('tk', 'TK'), ('sd', 'SD'), ('smp', 'SMP'), ('sma', 'SMA atau SMK'), ('higher', 'Kuliah atau pelatihan')], max_length=8)),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cadres.schoolchild')),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.cadre')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('organiser', models.CharField(blank=True, max_length=120)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('certificate_number', models.CharField(blank=True, max_length=80)),
                ('level', models.CharField(blank=True, choices=[('purwa', 'Purwa'), ('madya', 'Madya'), ('utama', 'Utama')], max_length=5)),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='cadres.cadre')),
            ],
        ),
        migrations.CreateModel(
            name='TrainingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=160)),
                ('organiser', models.CharField(blank=True, max_length=120)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('certificate_number', models.CharField(blank=True, max_length=80)),
                ('level', models.CharField(blank=True, choices=[('purwa', 'Purwa'), ('madya', 'Madya'), ('utama', 'Utama')], max_length=5)),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cadres.training')),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.cadre')),
            ],
            options={
                'abstract': False,
            },
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
            model_name='heir',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='heir',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='heir',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='cadre',
            name='heirs_confirmed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='cadreevent',
            name='heirs_confirmed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='heir',
            name='birth_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='heirevent',
            name='birth_date',
            field=models.DateField(blank=True, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cadre',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_cadreevent" ("birth_date", "birth_place", "created_at", "died_on", "employment", "heirs_confirmed_on", "id", "merged_into_id", "mother_name", "name", "name_key", "nik_digest", "nik_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "regency_id", "sex", "village_id") SELECT new_values."birth_date", new_values."birth_place", new_values."created_at", new_values."died_on", new_values."employment", new_values."heirs_confirmed_on", new_values."id", new_values."merged_into_id", new_values."mother_name", new_values."name", new_values."name_key", new_values."nik_digest", new_values."nik_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone", new_values."regency_id", new_values."sex", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eee0b6b3fefd7f2298f71eaa4d903dbd6954821d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8ba58', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_cadre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cadre',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_cadreevent" ("birth_date", "birth_place", "created_at", "died_on", "employment", "heirs_confirmed_on", "id", "merged_into_id", "mother_name", "name", "name_key", "nik_digest", "nik_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "regency_id", "sex", "village_id") SELECT new_values."birth_date", new_values."birth_place", new_values."created_at", new_values."died_on", new_values."employment", new_values."heirs_confirmed_on", new_values."id", new_values."merged_into_id", new_values."mother_name", new_values."name", new_values."name_key", new_values."nik_digest", new_values."nik_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."phone", new_values."regency_id", new_values."sex", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eaedb8a2ddbe10ccd1e1684d117a91ddb3d17c2b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a175c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_cadre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cadre',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_cadreevent" ("birth_date", "birth_place", "created_at", "died_on", "employment", "heirs_confirmed_on", "id", "merged_into_id", "mother_name", "name", "name_key", "nik_digest", "nik_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "regency_id", "sex", "village_id") SELECT old_values."birth_date", old_values."birth_place", old_values."created_at", old_values."died_on", old_values."employment", old_values."heirs_confirmed_on", old_values."id", old_values."merged_into_id", old_values."mother_name", old_values."name", old_values."name_key", old_values."nik_digest", old_values."nik_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."phone", old_values."regency_id", old_values."sex", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3177afe8b24e4c084520a8c556749e0b8619d061', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1cdea', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_cadre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heir',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_heirevent" ("account_holder", "account_sealed", "bank_name", "birth_date", "cadre_id", "id", "name", "nik_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "regency_id", "relation") SELECT new_values."account_holder", new_values."account_sealed", new_values."bank_name", new_values."birth_date", new_values."cadre_id", new_values."id", new_values."name", new_values."nik_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone", new_values."regency_id", new_values."relation" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='35e21c9a183566d0452a7a90667a6b334cb2ca57', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_15e00', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_heir', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heir',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_heirevent" ("account_holder", "account_sealed", "bank_name", "birth_date", "cadre_id", "id", "name", "nik_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "regency_id", "relation") SELECT new_values."account_holder", new_values."account_sealed", new_values."bank_name", new_values."birth_date", new_values."cadre_id", new_values."id", new_values."name", new_values."nik_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."phone", new_values."regency_id", new_values."relation" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='63197936aa18823c62c0b2bb2c19bfce560e1782', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f6c00', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_heir', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heir',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_heirevent" ("account_holder", "account_sealed", "bank_name", "birth_date", "cadre_id", "id", "name", "nik_sealed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "regency_id", "relation") SELECT old_values."account_holder", old_values."account_sealed", old_values."bank_name", old_values."birth_date", old_values."cadre_id", old_values."id", old_values."name", old_values."nik_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."phone", old_values."regency_id", old_values."relation" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a906f836340b8697590d82ba90e27c2b95804bde', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6c934', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_heir', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='competence',
            constraint=models.UniqueConstraint(fields=('regency', 'cadre', 'code'), name='cadres_competence_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='competence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_competenceevent" ("cadre_id", "code", "confirmed_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id") SELECT new_values."cadre_id", new_values."code", new_values."confirmed_on", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a7c1d7b35c960e0cc134178503ad6f5273989804', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0b71f', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_competence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='competence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_competenceevent" ("cadre_id", "code", "confirmed_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id") SELECT new_values."cadre_id", new_values."code", new_values."confirmed_on", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='784bcd6b9e4ac86591f5d57aa7c6a0f6a81af876', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_469f1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_competence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='competence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_competenceevent" ("cadre_id", "code", "confirmed_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id") SELECT old_values."cadre_id", old_values."code", old_values."confirmed_on", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='77f79c0ad7b85ee826683d795c1fda8c752c7ca7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2af1b', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_competence', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='schoolchild',
            constraint=models.UniqueConstraint(fields=('regency', 'cadre', 'position'), name='cadres_schoolchild_place'),
        ),
        migrations.AddConstraint(
            model_name='schoolchild',
            constraint=models.CheckConstraint(condition=models.Q(('position__in', (1, 2))), name='cadres_schoolchild_two'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolchild',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_schoolchildevent" ("birth_date", "cadre_id", "id", "level", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "regency_id") SELECT new_values."birth_date", new_values."cadre_id", new_values."id", new_values."level", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."regency_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d3424c2d6e6abafb27f21cfd52e26630ea48b8aa', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c1221', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_schoolchild', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolchild',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_schoolchildevent" ("birth_date", "cadre_id", "id", "level", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "regency_id") SELECT new_values."birth_date", new_values."cadre_id", new_values."id", new_values."level", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."regency_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ac439aba7cfdef13f19f907d70ef51773422eb66', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_37312', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_schoolchild', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolchild',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_schoolchildevent" ("birth_date", "cadre_id", "id", "level", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "regency_id") SELECT old_values."birth_date", old_values."cadre_id", old_values."id", old_values."level", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."regency_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='377e26910dfeef23c40be6dacddd3a43df00bf26', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_848b4', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_schoolchild', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.UniqueConstraint(fields=('regency', 'cadre', 'title', 'starts_on'), name='cadres_training_once'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='cadres_training_ends_after_start'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='training',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_trainingevent" ("cadre_id", "certificate_number", "ends_on", "id", "level", "organiser", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "starts_on", "title") SELECT new_values."cadre_id", new_values."certificate_number", new_values."ends_on", new_values."id", new_values."level", new_values."organiser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."starts_on", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='18bca38145588e0939993646a3ba76a83db858e3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_24917', referencing='REFERENCING NEW TABLE AS new_values ', table='cadres_training', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='training',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_trainingevent" ("cadre_id", "certificate_number", "ends_on", "id", "level", "organiser", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "starts_on", "title") SELECT new_values."cadre_id", new_values."certificate_number", new_values."ends_on", new_values."id", new_values."level", new_values."organiser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."starts_on", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='368fccb073b10b4e6648aa3c5bcda99c8827e774', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_247cb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cadres_training', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='training',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cadres_trainingevent" ("cadre_id", "certificate_number", "ends_on", "id", "level", "organiser", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "starts_on", "title") SELECT old_values."cadre_id", old_values."certificate_number", old_values."ends_on", old_values."id", old_values."level", old_values."organiser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."starts_on", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='63c38fb42ec014d4bc4a320d4f304ec028290e98', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_da6fe', referencing='REFERENCING OLD TABLE AS old_values ', table='cadres_training', when='AFTER')),
        ),
    ]
