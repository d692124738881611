"""Who pays, for whom, from which month: programmes, batches, coverages and cards."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from cadres.models import Category
from core.formats import mask_kpj
from core.history import tracked
from core.sealed import unseal
from regions.models import TenantModel, Village, tenant_fk


class Segment(models.TextChoices):
    """How BPJS classes the worker; carried by each enrolment, never assumed."""

    BPU = "BPU", _("Bukan Penerima Upah (BPU)")
    PU = "PU", _("Penerima Upah (PU)")


@tracked()
class FundSource(TenantModel):
    """The budget that pays; with `billed_to=village` each village gets its own invoice."""

    class Kind(models.TextChoices):
        REGENCY_BUDGET = "regency_budget", _("APBD kabupaten/kota")
        PROVINCE_BUDGET = "province_budget", _("APBD provinsi")
        VILLAGE_BUDGET = "village_budget", _("APBDes")
        TOBACCO_SHARE = "tobacco_share", _("DBHCHT")
        PALM_OIL_SHARE = "palm_oil_share", _("DBH Sawit")
        CORPORATE = "corporate", _("CSR perusahaan")
        SELF_PAID = "self_paid", _("Mandiri")

    class BilledTo(models.TextChoices):
        REGENCY = "regency", _("satu tagihan untuk kabupaten")
        VILLAGE = "village", _("satu tagihan untuk setiap desa")

    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=16, choices=Kind)
    billed_to = models.CharField(
        _("ditagihkan"), max_length=8, choices=BilledTo, default=BilledTo.REGENCY
    )
    department = models.CharField(_("dinas pembayar"), max_length=120, blank=True)
    active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "name"], name="enrollment_fundsource_name")
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Target(TenantModel):
    """How many people a programme means to cover by a day, against which baseline."""

    category = models.CharField(max_length=24, choices=Category)
    people = models.IntegerField()
    baseline = models.IntegerField(default=0)
    by = models.DateField()
    source = models.CharField(max_length=160)


@tracked()
class Agreement(TenantModel):
    """A MoU or PKS between the branch and a department or village."""

    number = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    signed_on = models.DateField()
    valid_until = models.DateField()
    branch_signatory = models.CharField(max_length=120)
    party = models.CharField(max_length=160)
    party_signatory = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=160)
    category = models.CharField(max_length=24, choices=Category)
    quota = models.IntegerField(null=True)


class BatchQuerySet(models.QuerySet["EnrollmentBatch"]):
    """Batches with what lists show of them."""

    def submitted_or_later(self) -> "BatchQuerySet":
        """What the branch may see: everything but drafts."""
        return self.exclude(status=EnrollmentBatch.Status.DRAFT)

    def with_counts(self) -> "BatchQuerySet":
        """Annotate `people`, `waiting`, `accepted` and `returned`: rows by status."""
        return self.annotate(
            people=models.Count("rows"),
            **{
                status: models.Count("rows", filter=Q(rows__status=status))
                for status in ("waiting", "accepted", "returned")
            },
        )


@tracked()
class EnrollmentBatch(TenantModel):
    """People put forward: prepared by one, submitted by another, reviewed by the branch."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("disusun")
        SUBMITTED = "submitted", _("menunggu cabang")
        REVIEWED = "reviewed", _("selesai ditinjau")
        RETURNED = "returned", _("dikembalikan")

    class Programme(models.TextChoices):
        JKK_JKM = "JKK_JKM", _("JKK dan JKM")

    number = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    programme = models.CharField(max_length=12, choices=Programme, default=Programme.JKK_JKM)
    segment = models.CharField(max_length=3, choices=Segment, default=Segment.BPU)
    fund_source = tenant_fk("enrollment.FundSource")
    first_month = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    prepared_by_id = models.IntegerField()
    submitted_by_id = models.IntegerField(null=True)
    reviewed_by_id = models.IntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "number"], name="enrollment_batch_number"),
            models.CheckConstraint(
                name="enrollment_batch_first_month", condition=Q(first_month__day=1)
            ),
            models.CheckConstraint(
                name="enrollment_batch_two_people",
                condition=Q(submitted_by_id=None) | ~Q(submitted_by_id=models.F("prepared_by_id")),
            ),
        ]
        indexes = [models.Index(fields=["regency", "-created_at"], name="enrollment_batch_recent")]

    def __str__(self) -> str:
        return self.number


@tracked()
class BatchRow(TenantModel):
    """One person in a batch, and what the branch answered."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        ACCEPTED = "accepted", _("diterima")
        RETURNED = "returned", _("dikembalikan")

    class Reason(models.TextChoices):
        NIK_MISMATCH = "nik_mismatch", _("NIK tidak cocok dengan data kependudukan")
        NAME_MISMATCH = "name_mismatch", _("Nama berbeda dengan data kependudukan")
        OVER_AGE = "over_age", _("Usia 65 tahun atau lebih")
        ALREADY_MEMBER = "already_member", _("Sudah terdaftar oleh pembayar lain")
        DECEASED = "deceased", _("Sudah meninggal")
        INCOMPLETE = "incomplete", _("Data belum lengkap")
        OTHER = "other", _("Lainnya")

    class Finding(models.TextChoices):
        """What the branch should look at before it accepts; see `enrollment.eligibility`."""

        DECEASED = "deceased", _("Tercatat meninggal")
        COVERED = "covered", _("Sudah terlindungi pada bulan pertama")
        OVER_AGE = "over_age", _("Usia 65 tahun atau lebih")
        COVERED_ELSEWHERE = "covered_elsewhere", _("Terlindungi di kabupaten lain")
        TURNS_65 = "turns_65", _("Berusia 65 tahun dalam setahun")
        UNDER_17 = "under_17", _("Belum berusia 17 tahun")

    batch = tenant_fk("enrollment.EnrollmentBatch", on_delete=models.CASCADE, related_name="rows")
    cadre = tenant_fk("cadres.Cadre")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    category = models.CharField(max_length=24, choices=Category)
    findings = ArrayField(models.CharField(max_length=20, choices=Finding), default=list)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    reason_text = models.CharField(max_length=200, blank=True)
    member_no_sealed = models.BinaryField(default=b"")
    member_no_digest = models.BinaryField(default=b"", max_length=16)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "batch", "cadre"], name="enrollment_batchrow_once"
            ),
            models.UniqueConstraint(
                fields=["regency", "cadre"],
                condition=Q(status="waiting"),
                name="enrollment_batchrow_one_waiting",
            ),
        ]
        indexes = [
            models.Index(fields=["regency", "batch", "status", "id"], name="enrollment_row_state")
        ]

    @property
    def member_no(self) -> str:
        """The member number (KPJ) in clear; empty until the branch has given one."""
        return unseal(self.member_no_sealed)

    @property
    def member_no_masked(self) -> str:
        """`2408•••••12`, or empty."""
        return mask_kpj(self.member_no) if self.member_no_sealed else ""

    @property
    def finding_labels(self) -> list[str]:
        """The findings in the words that people see."""
        return [str(self.Finding(code).label) for code in self.findings]


class DateRange(Func):
    """Half-open daterange of two columns."""

    function = "daterange"


class CoverageQuerySet(models.QuerySet["Coverage"]):
    """Covers by the time in which they hold."""

    def active_in(self, month: dt.date) -> "CoverageQuerySet":
        """Those billed for a contribution month: running on its first day.

        A cover that ends during the month stays in that month's bill and leaves the next one.
        """
        return self.active_on(month)

    def active_on(self, day: dt.date) -> "CoverageQuerySet":
        """Those that hold on a day; the last day counts."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def not_over(self, day: dt.date) -> "CoverageQuerySet":
        """Those that hold on a day or begin after it."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))


@tracked()
class Coverage(TenantModel):
    """One person's cover: from the first day of a month until it ends (both days included)."""

    class EndReason(models.TextChoices):
        DIED = "died", _("meninggal")
        STOPPED = "stopped", _("berhenti")
        MOVED = "moved", _("pindah")
        REPLACED = "replaced", _("digantikan")
        UNPAID = "unpaid", _("iuran tidak dibayar")
        OTHER = "other", _("lainnya")

    cadre = tenant_fk("cadres.Cadre", related_name="coverages")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    batch_row = tenant_fk("enrollment.BatchRow")
    fund_source = tenant_fk("enrollment.FundSource")
    programme = models.CharField(max_length=12, choices=EnrollmentBatch.Programme)
    segment = models.CharField(max_length=3, choices=Segment)
    category = models.CharField(max_length=24, choices=Category)
    member_no_sealed = models.BinaryField()
    member_no_digest = models.BinaryField(max_length=16)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=8, choices=EndReason, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="enrollment_coverage_no_overlap",
                expressions=[
                    ("regency", RangeOperators.EQUAL),
                    ("cadre", RangeOperators.EQUAL),
                    ("programme", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", models.Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                name="enrollment_coverage_starts_a_month", condition=Q(starts_on__day=1)
            ),
            models.CheckConstraint(
                name="enrollment_coverage_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["regency", "member_no_digest"],
                condition=Q(ends_on=None),
                name="enrollment_coverage_member_no",
            ),
        ]
        indexes = [
            models.Index(
                fields=["regency", "fund_source", "village", "starts_on"],
                name="enrollment_coverage_payer",
            ),
        ]

    def holds_on(self, day: dt.date) -> bool:
        """Whether the person is covered on a day; the first and the last day count."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    @property
    def member_no(self) -> str:
        """The member number (KPJ) in clear."""
        return unseal(self.member_no_sealed)

    @property
    def member_no_masked(self) -> str:
        """`2408•••••12`."""
        return mask_kpj(self.member_no)


class Card(TenantModel):
    """A membership card of one coverage; its token is the address behind the QR."""

    coverage = tenant_fk("enrollment.Coverage")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "coverage"], name="enrollment_card_once")
        ]


class CardOrder(TenantModel):
    """A request for the cards of a village or of the regency as one PDF."""

    class Layout(models.TextChoices):
        CARD = "card", _("ukuran kartu, satu per halaman")
        A4 = "a4", _("delapan kartu pada kertas A4")

    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    layout = models.CharField(max_length=4, choices=Layout, default=Layout.A4)
    people = models.IntegerField(default=0)
    run = models.ForeignKey(
        "core.Run", models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    paper = models.ForeignKey(
        "core.Paper", models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    ordered_by_id = models.IntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
