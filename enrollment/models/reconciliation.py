"""The monthly comparison of our covers with the list that BPJS bills or shows as active."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.formats import mask_nik
from core.history import tracked
from core.sealed import unseal
from enrollment.models.payers import Segment
from regions.models import TenantModel, Village, tenant_fk


@tracked()
class Reconciliation(TenantModel):
    """One uploaded list of BPJS for one contribution month, and where its comparison stands.

    `columns` maps our fields to the columns of the file, `counts` holds people and rupiah by
    class. Closing it needs every difference settled; `paper` is the signed-off record.
    """

    class Status(models.TextChoices):
        READING = "reading", _("sedang dibaca")
        MAPPING = "mapping", _("kolom perlu ditunjuk")
        REFUSED = "refused", _("berkas ditolak")
        OPEN = "open", _("perlu diselesaikan")
        CLOSED = "closed", _("ditutup")
        WITHDRAWN = "withdrawn", _("dibatalkan")

    class Kind(models.TextChoices):
        BILL = "bill", _("daftar tagihan")
        ACTIVE = "active", _("daftar peserta aktif")

    number = models.CharField(max_length=40)
    month = models.DateField(_("bulan iuran"))
    kind = models.CharField(_("jenis daftar"), max_length=6, choices=Kind)
    fund_source = tenant_fk("enrollment.FundSource", null=True, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.READING)
    file = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    shape = models.CharField(max_length=64, blank=True)
    refusal_code = models.CharField(max_length=40, blank=True)
    refusal_facts = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    run = models.ForeignKey(
        "core.Run", models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    paper = models.ForeignKey(
        "core.Paper", models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    uploaded_by_id = models.IntegerField()
    uploaded_at = models.DateTimeField(auto_now_add=True)
    closed_by_id = models.IntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "number"], name="enrollment_reconciliation_number"
            ),
            models.UniqueConstraint(
                fields=["regency", "month", "file_sha256"],
                condition=~Q(status__in=["withdrawn", "refused"]),
                name="enrollment_reconciliation_file_once",
            ),
            models.CheckConstraint(
                name="enrollment_reconciliation_month", condition=Q(month__day=1)
            ),
        ]
        indexes = [
            models.Index(fields=["regency", "-month", "-id"], name="enrollment_recon_recent")
        ]

    def __str__(self) -> str:
        return self.number


class ReconciliationRow(TenantModel):
    """One line of the uploaded list as it was read; `line` is the number in the spreadsheet."""

    reconciliation = tenant_fk("enrollment.Reconciliation", related_name="rows")
    sheet = models.CharField(max_length=100, blank=True)
    line = models.IntegerField()
    nik_sealed = models.BinaryField()
    nik_digest = models.BinaryField(max_length=16)
    member_no_digest = models.BinaryField(max_length=16, default=b"")
    name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField(null=True)
    segment = models.CharField(max_length=3, choices=Segment, blank=True)
    amount = models.IntegerField(null=True)
    status_text = models.CharField(max_length=60, blank=True)
    payer = models.CharField(max_length=80, blank=True, default="", db_default="")
    problem = models.CharField(max_length=24, blank=True)
    cadre = tenant_fk("cadres.Cadre", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "reconciliation", "sheet", "line"],
                name="enrollment_reconrow_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["regency", "reconciliation", "nik_digest"], name="enrollment_reconrow_nik"
            )
        ]

    @property
    def nik_masked(self) -> str:
        """`3510 •••• •••• 0012`, or empty."""
        return mask_nik(unseal(self.nik_sealed)) if self.nik_sealed else ""


@tracked()
class ReconciliationDifference(TenantModel):
    """One person in one class of difference (domain reference, section 9), until it is settled.

    Amounts are rupiah for the month. Settled means: by whom, how, and with which reason. `gone`
    are those that were not found when the list was compared again.
    """

    class Kind(models.TextChoices):
        NOT_BILLED = "not_billed", _("tidak ditagih BPJS: tidak terlindungi")
        BILLED_NOT_LISTED = "billed_not_listed", _("ditagih, tidak ada dalam daftar kita")
        DEAD_BILLED = "dead_billed", _("orang meninggal ditagih")
        TWICE_SAME_PAYER = "twice_same_payer", _("orang yang sama dua kali, pembayar sama")
        TWICE_OTHER_PAYER = "twice_other_payer", _("orang yang sama dua kali, pembayar lain")
        ACTIVE_PU = "active_pu", _("aktif sebagai Penerima Upah di tempat lain")
        OVER_AGE = "over_age", _("berusia 65 tahun atau lebih")
        AMOUNT_DIFFERS = "amount_differs", _("jumlah iuran berbeda")
        PAID_NOT_CREDITED = "paid_not_credited", _("sudah dibayar, belum tercatat di BPJS")
        GAP_RISK = "gap_risk", _("terancam nonaktif")

    class Settlement(models.TextChoices):
        QUERY = "query", _("ditanyakan ke cabang")
        CORRECTED = "corrected", _("data dibetulkan")
        COVER_ENDED = "cover_ended", _("kepesertaan diakhiri")
        ACCEPTED = "accepted", _("diterima apa adanya")
        GONE = "gone", _("tidak ada lagi")

    BY_HAND = (
        Settlement.QUERY,
        Settlement.CORRECTED,
        Settlement.COVER_ENDED,
        Settlement.ACCEPTED,
    )

    reconciliation = tenant_fk("enrollment.Reconciliation", related_name="differences")
    kind = models.CharField(max_length=18, choices=Kind)
    cadre = tenant_fk("cadres.Cadre", null=True)
    coverage = tenant_fk("enrollment.Coverage", null=True)
    row = tenant_fk("enrollment.ReconciliationRow", null=True)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    expected = models.IntegerField(null=True)
    billed = models.IntegerField(null=True)
    facts = models.JSONField(default=dict)
    settlement = models.CharField(max_length=11, choices=Settlement, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    settled_by_id = models.IntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    query = models.CharField(max_length=500, blank=True)
    asked_by_id = models.IntegerField(null=True)
    asked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_by_id = models.IntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "reconciliation", "kind", "cadre", "row"],
                nulls_distinct=False,
                name="enrollment_difference_once",
            ),
            models.CheckConstraint(
                name="enrollment_difference_settled_by_somebody",
                condition=Q(settlement="") | (Q(settled_by_id__isnull=False) & ~Q(reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["regency", "reconciliation", "kind", "settlement", "id"],
                name="enrollment_difference_list",
            )
        ]


class ReconciliationColumns(TenantModel):
    """The columns that were once pointed out for a file of this shape."""

    shape = models.CharField(max_length=64)
    columns = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "shape"], name="enrollment_reconcols_once")
        ]
