"""Claims, their documents and hand-overs."""

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
        ('enrollment', '0001_initial'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40)),
                ('status', models.CharField(choices=[('reported', 'dilaporkan'), ('submitted', 'menunggu keputusan cabang'), ('approved', 'disetujui'), ('rejected', 'ditolak'), ('paid', 'dibayar'), ('handed_over', 'diserahterimakan')], default='reported', max_length=12)),
                ('died_on', models.DateField()),
                ('died_at_place', models.CharField(blank=True, max_length=120)),
                ('cause', models.CharField(blank=True, max_length=200)),
                ('outcome', models.CharField(choices=[('full', 'manfaat penuh'), ('reduced', 'manfaat dikurangi'), ('needs_confirmation', 'perlu konfirmasi cabang'), ('not_covered', 'tidak terlindungi')], max_length=20)),
                ('benefit', models.JSONField(default=dict)),
                ('total', models.BigIntegerField(default=0)),
                ('reported_by_id', models.IntegerField()),
                ('submitted_by_id', models.IntegerField(null=True)),
                ('decided_by_id', models.IntegerField(null=True)),
                ('decision_note', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('paid_on', models.DateField(null=True)),
                ('payment_reference', models.CharField(blank=True, max_length=80)),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='cadres.cadre')),
                ('coverage', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enrollment.coverage')),
                ('heir', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.heir')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
            options={
                'indexes': [models.Index(fields=['regency', 'status', '-id'], name='claims_claim_state')],
                'constraints': [models.UniqueConstraint(fields=('regency', 'number'), name='claims_claim_number'), models.UniqueConstraint(condition=models.Q(('status', 'rejected'), _negated=True), fields=('regency', 'cadre'), name='claims_claim_one_per_death'), models.CheckConstraint(condition=models.Q(('decided_by_id', None), models.Q(('decided_by_id', models.F('reported_by_id')), _negated=True), _connector='OR'), name='claims_claim_two_people')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimevent" ("benefit", "cadre_id", "cause", "coverage_id", "created_at", "decided_at", "decided_by_id", "decision_note", "died_at_place", "died_on", "heir_id", "id", "number", "outcome", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "reported_by_id", "status", "submitted_at", "submitted_by_id", "total", "village_id") SELECT new_values."benefit", new_values."cadre_id", new_values."cause", new_values."coverage_id", new_values."created_at", new_values."decided_at", new_values."decided_by_id", new_values."decision_note", new_values."died_at_place", new_values."died_on", new_values."heir_id", new_values."id", new_values."number", new_values."outcome", new_values."paid_on", new_values."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id", new_values."reported_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."total", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3e3e0067d570e03589b72b6a1a09138473c73436', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_df8fa', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_claim', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimevent" ("benefit", "cadre_id", "cause", "coverage_id", "created_at", "decided_at", "decided_by_id", "decision_note", "died_at_place", "died_on", "heir_id", "id", "number", "outcome", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "reported_by_id", "status", "submitted_at", "submitted_by_id", "total", "village_id") SELECT new_values."benefit", new_values."cadre_id", new_values."cause", new_values."coverage_id", new_values."created_at", new_values."decided_at", new_values."decided_by_id", new_values."decision_note", new_values."died_at_place", new_values."died_on", new_values."heir_id", new_values."id", new_values."number", new_values."outcome", new_values."paid_on", new_values."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id", new_values."reported_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."total", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8ff7f042b4f3470620c597e3ddc39eb609e3d033', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fe4ba', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_claim', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimevent" ("benefit", "cadre_id", "cause", "coverage_id", "created_at", "decided_at", "decided_by_id", "decision_note", "died_at_place", "died_on", "heir_id", "id", "number", "outcome", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "reported_by_id", "status", "submitted_at", "submitted_by_id", "total", "village_id") SELECT old_values."benefit", old_values."cadre_id", old_values."cause", old_values."coverage_id", old_values."created_at", old_values."decided_at", old_values."decided_by_id", old_values."decision_note", old_values."died_at_place", old_values."died_on", old_values."heir_id", old_values."id", old_values."number", old_values."outcome", old_values."paid_on", old_values."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id", old_values."reported_by_id", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."total", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8684f5d8e14dc9751862f8ee9412828ea88167af', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_dbf31', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_claim', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ClaimDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24)),
                ('label', models.CharField(max_length=120)),
                ('need', models.CharField(max_length=12)),
                ('condition', models.CharField(blank=True, max_length=80)),
                ('source', models.CharField(max_length=20)),
                ('position', models.SmallIntegerField()),
                ('file', models.CharField(blank=True, max_length=200)),
                ('received_at', models.DateTimeField(null=True)),
                ('received_by_id', models.IntegerField(null=True)),
                ('claim', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='claims.claim')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'claim', 'code'), name='claims_document_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimdocumentevent" ("claim_id", "code", "condition", "file", "id", "label", "need", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "received_at", "received_by_id", "regency_id", "source", "village_id") SELECT new_values."claim_id", new_values."code", new_values."condition", new_values."file", new_values."id", new_values."label", new_values."need", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."received_at", new_values."received_by_id", new_values."regency_id", new_values."source", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bea87626d2e5576e0c07066c031f942291d510e1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_225bd', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_claimdocument', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimdocumentevent" ("claim_id", "code", "condition", "file", "id", "label", "need", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "received_at", "received_by_id", "regency_id", "source", "village_id") SELECT new_values."claim_id", new_values."code", new_values."condition", new_values."file", new_values."id", new_values."label", new_values."need", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."received_at", new_values."received_by_id", new_values."regency_id", new_values."source", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b3a0b3ba60a72c2e5b25c9b5ec5f99949be8d26b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bdb60', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_claimdocument', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimdocumentevent" ("claim_id", "code", "condition", "file", "id", "label", "need", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "received_at", "received_by_id", "regency_id", "source", "village_id") SELECT old_values."claim_id", old_values."code", old_values."condition", old_values."file", old_values."id", old_values."label", old_values."need", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."received_at", old_values."received_by_id", old_values."regency_id", old_values."source", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='51a1b98caa369a77a15d64e215e2fb4abbe4eacb', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e7038', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_claimdocument', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ClaimDocumentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=24)),
                ('label', models.CharField(max_length=120)),
                ('need', models.CharField(max_length=12)),
                ('condition', models.CharField(blank=True, max_length=80)),
                ('source', models.CharField(max_length=20)),
                ('position', models.SmallIntegerField()),
                ('file', models.CharField(blank=True, max_length=200)),
                ('received_at', models.DateTimeField(null=True)),
                ('received_by_id', models.IntegerField(null=True)),
                ('claim', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.claimdocument')),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClaimEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=40)),
                ('status', models.CharField(choices=[('reported', 'dilaporkan'), ('submitted', 'menunggu keputusan cabang'), ('approved', 'disetujui'), ('rejected', 'ditolak'), ('paid', 'dibayar'), ('handed_over', 'diserahterimakan')], default='reported', max_length=12)),
                ('died_on', models.DateField()),
                ('died_at_place', models.CharField(blank=True, max_length=120)),
                ('cause', models.CharField(blank=True, max_length=200)),
                ('outcome', models.CharField(choices=[('full', 'manfaat penuh'), ('reduced', 'manfaat dikurangi'), ('needs_confirmation', 'perlu konfirmasi cabang'), ('not_covered', 'tidak terlindungi')], max_length=20)),
                ('benefit', models.JSONField(default=dict)),
                ('total', models.BigIntegerField(default=0)),
                ('reported_by_id', models.IntegerField()),
                ('submitted_by_id', models.IntegerField(null=True)),
                ('decided_by_id', models.IntegerField(null=True)),
                ('decision_note', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('paid_on', models.DateField(null=True)),
                ('payment_reference', models.CharField(blank=True, max_length=80)),
                ('cadre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.cadre')),
                ('coverage', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='enrollment.coverage')),
                ('heir', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cadres.heir')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.claim')),
                ('regency', models.ForeignKey(db_constraint=False, default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.regency')),
                ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('on', models.DateField()),
                ('place', models.CharField(max_length=160)),
                ('handed_by', models.CharField(max_length=120)),
                ('received_by', models.CharField(max_length=120)),
                ('representative', models.CharField(blank=True, max_length=120)),
                ('representative_office', models.CharField(blank=True, max_length=120)),
                ('recorded_by_id', models.IntegerField()),
                ('claim', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claim')),
                ('regency', models.ForeignKey(default=core.tenancy.current_regency_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.regency')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regency', 'claim'), name='claims_handover_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_handoverevent" ("claim_id", "handed_by", "id", "number", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "received_by", "recorded_by_id", "regency_id", "representative", "representative_office", "village_id") SELECT new_values."claim_id", new_values."handed_by", new_values."id", new_values."number", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."place", new_values."received_by", new_values."recorded_by_id", new_values."regency_id", new_values."representative", new_values."representative_office", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='47464d657fffe58c9bf5834129a786a9432c5dcb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_abbd3', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_handover', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_handoverevent" ("claim_id", "handed_by", "id", "number", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "received_by", "recorded_by_id", "regency_id", "representative", "representative_office", "village_id") SELECT new_values."claim_id", new_values."handed_by", new_values."id", new_values."number", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."place", new_values."received_by", new_values."recorded_by_id", new_values."regency_id", new_values."representative", new_values."representative_office", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1b8e129ab06072867785ad2ff913573996c389be', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a08bd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_handover', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_handoverevent" ("claim_id", "handed_by", "id", "number", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "received_by", "recorded_by_id", "regency_id", "representative", "representative_office", "village_id") SELECT old_values."claim_id", old_values."handed_by", old_values."id", old_values."number", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."place", old_values."received_by", old_values."recorded_by_id", old_values."regency_id", old_values."representative", old_values."representative_office", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='41e0941122fe7b5b30dff525ebda47f29efd06b3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bebc4', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_handover', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='HandOverEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=60)),
                ('on', models.DateField()),
                ('place', models.CharField(max_length=160)),
                ('handed_by', models.CharField(max_length=120)),
                ('received_by', models.CharField(max_length=120)),
                ('representative', models.CharField(blank=True, max_length=120)),
                ('representative_office', models.CharField(blank=True, max_length=120)),
                ('recorded_by_id', models.IntegerField()),
                ('claim', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.handover')),
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
