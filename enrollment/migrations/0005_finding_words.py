"""Findings are named without numbers: a regency may set its own ages."""

import django.contrib.postgres.fields
from django.db import migrations, models

FINDINGS = django.contrib.postgres.fields.ArrayField(
    base_field=models.CharField(
        choices=[
            ("deceased", "Tercatat meninggal"),
            ("covered", "Sudah terlindungi pada bulan pertama"),
            ("over_age", "Melewati batas usia"),
            ("nik_missing", "Belum ada NIK"),
            ("civil_servant", "ASN, TNI atau Polri"),
            ("wage_earner", "Penerima upah di tempat lain"),
            ("decree_missing", "Belum ada SK"),
            ("quota_full", "Kuota desa sudah penuh"),
            ("covered_elsewhere", "Terlindungi di kabupaten lain"),
            ("turns_65", "Segera mencapai batas usia"),
            ("under_17", "Di bawah batas usia"),
        ],
        max_length=20,
    ),
    default=list,
    size=None,
)


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0004_elsewhere_by_index")]
    operations = [
        migrations.AlterField("batchrow", "findings", FINDINGS),
        migrations.AlterField("batchrowevent", "findings", FINDINGS),
    ]
