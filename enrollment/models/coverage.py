"""Cover: who is insured from when until when, and on what terms."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from cadres.models import Category
from core.formats import mask_kpj
from core.history import tracked
from core.sealed import unseal
from enrollment.models.batches import EnrollmentBatch, Terms
from regions.models import TenantModel, Village, tenant_fk


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
class Coverage(Terms, TenantModel):
    """One person's cover: from the first day of a month until it ends (both days included).

    Its terms are those of the accepted row.
    """

    class EndReason(models.TextChoices):
        DIED = "died", _("meninggal")
        STOPPED = "stopped", _("berhenti")
        MOVED = "moved", _("pindah")
        REPLACED = "replaced", _("digantikan")
        OVER_AGE = "over_age", _("berusia 65 tahun")
        CIVIL_SERVANT = "civil_servant", _("menjadi ASN, TNI atau Polri")
        UNPAID = "unpaid", _("iuran tidak dibayar")
        AGREEMENT_ENDED = "agreement_ended", _("perjanjian berakhir")
        ENTERED_WRONGLY = "entered_wrongly", _("tercatat keliru")
        OTHER = "other", _("lainnya")

    cadre = tenant_fk("cadres.Cadre", related_name="coverages")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    batch_row = tenant_fk("enrollment.BatchRow")
    fund_source = tenant_fk("enrollment.FundSource")
    agreement = tenant_fk("enrollment.Agreement", null=True, blank=True)
    programme = models.CharField(max_length=12, choices=EnrollmentBatch.Programme)
    category = models.CharField(max_length=24, choices=Category)
    member_no_sealed = models.BinaryField()
    member_no_digest = models.BinaryField(max_length=16)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=16, choices=EndReason, blank=True)
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


class CoverageMove(TenantModel):
    """A cover that followed its person to another village of the regency.

    `left` is where the person was before `moved_on`: that village pays for the months that begin
    before that day where each village pays for its own. `roster_id` is the list that moved her.
    """

    coverage = tenant_fk("enrollment.Coverage", on_delete=models.CASCADE, related_name="moves")
    left = models.ForeignKey(Village, models.PROTECT, related_name="+")
    moved_on = models.DateField()
    roster_id = models.IntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
