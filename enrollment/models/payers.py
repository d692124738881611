"""Who pays: fund sources, and how many people a programme means to cover."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cadres.models import Category
from core.history import tracked
from regions.models import TenantModel


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
    """How many people of one kind a regency means to cover by a day, against which baseline.

    A new number is a new row: the one that was set last holds, the others are its history.
    `baseline` are people covered on `baseline_on`, before the programme; `source` and
    `baseline_source` say who published the numbers.
    """

    category = models.CharField(max_length=24, choices=Category)
    people = models.IntegerField()
    baseline = models.IntegerField(default=0)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_source = models.CharField(max_length=160, blank=True, db_default="")
    by = models.DateField()
    source = models.CharField(max_length=160)
    set_by_id = models.IntegerField(null=True)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enrollment_target_above_baseline",
                condition=models.Q(people__gt=0, baseline__gte=0, baseline__lte=models.F("people")),
            )
        ]
        indexes = [
            models.Index(
                fields=["regency", "category", "-set_at", "-id"], name="enrollment_target_latest"
            )
        ]
