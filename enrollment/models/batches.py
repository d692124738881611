"""People put forward to the branch, and what it answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadres.models import Category
from core.formats import mask_kpj
from core.history import tracked
from core.sealed import unseal
from enrollment.models.payers import Segment
from regions.models import TenantModel, Village, tenant_fk


class Terms(models.Model):
    """What is insured, as the registration form asks for it: disputes are about these.

    `income_base` is rupiah a month: the reported income of a BPU, the reported pay of a PU;
    empty means the lowest band. JHT is an option beside JKK and JKM.
    """

    segment = models.CharField(
        _("segmen"), max_length=3, choices=Segment, default=Segment.BPU, db_default=Segment.BPU
    )
    with_jht = models.BooleanField(_("dengan JHT"), default=False, db_default=False)
    income_base = models.IntegerField(_("dasar upah atau penghasilan"), null=True, blank=True)
    occupation = models.CharField(_("pekerjaan"), max_length=80, blank=True, db_default="")
    second_occupation = models.CharField(
        _("pekerjaan kedua"), max_length=80, blank=True, db_default=""
    )
    work_place = models.CharField(_("lokasi kerja"), max_length=160, blank=True, db_default="")
    works_from = models.TimeField(_("jam mulai"), null=True, blank=True)
    works_until = models.TimeField(_("jam selesai"), null=True, blank=True)

    class Meta:
        abstract = True


class BatchQuerySet(models.QuerySet["EnrollmentBatch"]):
    """Batches with what lists show of them."""

    def submitted_or_later(self) -> "BatchQuerySet":
        """What the branch may see: everything but drafts."""
        return self.exclude(status=EnrollmentBatch.Status.DRAFT)

    def with_counts(self) -> "BatchQuerySet":
        """Annotate `people`, `waiting`, `accepted` and `returned`: rows by status.

        `waiting_from` is the oldest correction that waits for the branch.
        """
        return self.annotate(
            people=models.Count("rows"),
            waiting_from=models.Min("rows__corrected_at", filter=Q(rows__status="waiting")),
            **{
                status: models.Count("rows", filter=Q(rows__status=status))
                for status in ("waiting", "accepted", "returned")
            },
        )


@tracked()
class EnrollmentBatch(Terms, TenantModel):
    """People put forward: prepared by one, submitted by another, reviewed by the branch.

    Its terms are those that its rows begin with. `accepted` and `partly_accepted` wait for their
    first month, `active` means that their cover has begun. A corrected row comes back into the
    same batch, which is then in review again.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("disusun")
        SUBMITTED = "submitted", _("menunggu cabang")
        IN_REVIEW = "in_review", _("sedang ditinjau")
        ACCEPTED = "accepted", _("diterima")
        PARTLY_ACCEPTED = "partly_accepted", _("diterima sebagian")
        RETURNED = "returned", _("dikembalikan")
        ACTIVE = "active", _("aktif")

    AT_BRANCH = (Status.SUBMITTED, Status.IN_REVIEW)
    ANSWERED = (Status.ACCEPTED, Status.PARTLY_ACCEPTED, Status.RETURNED, Status.ACTIVE)

    class Programme(models.TextChoices):
        JKK_JKM = "JKK_JKM", _("JKK dan JKM")

    number = models.CharField(max_length=40)
    status = models.CharField(max_length=16, choices=Status, default=Status.DRAFT)
    programme = models.CharField(max_length=12, choices=Programme, default=Programme.JKK_JKM)
    agreement = tenant_fk("enrollment.Agreement", null=True, blank=True)
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
class BatchRow(Terms, TenantModel):
    """One person in a batch, and what the branch answered.

    `times_returned` counts the answers that sent the row back; `corrected_at` is when the village
    last sent it again. `findings` are codes of the rules that the person meets.
    """

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
        """What the branch should look at before it accepts; see `enrollment.eligibility`.

        Words without numbers: a regency may have set its own.
        """

        DECEASED = "deceased", _("Tercatat meninggal")
        COVERED = "covered", _("Sudah terlindungi pada bulan pertama")
        OVER_AGE = "over_age", _("Melewati batas usia")
        NIK_MISSING = "nik_missing", _("Belum ada NIK")
        CIVIL_SERVANT = "civil_servant", _("ASN, TNI atau Polri")
        WAGE_EARNER = "wage_earner", _("Penerima upah di tempat lain")
        DECREE_MISSING = "decree_missing", _("Belum ada SK")
        QUOTA_FULL = "quota_full", _("Kuota desa sudah penuh")
        COVERED_ELSEWHERE = "covered_elsewhere", _("Terlindungi di kabupaten lain")
        TURNS_65 = "turns_65", _("Segera mencapai batas usia")
        UNDER_17 = "under_17", _("Di bawah batas usia")

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
    decided_by_id = models.IntegerField(null=True)
    times_returned = models.SmallIntegerField(default=0, db_default=0)
    corrected_at = models.DateTimeField(null=True)
    corrected_by_id = models.IntegerField(null=True)
    correction_note = models.CharField(max_length=200, blank=True, db_default="")

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
