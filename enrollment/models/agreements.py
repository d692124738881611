"""What branch and payer signed: agreements."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cadres.models import Category
from core.history import tracked
from enrollment.models.payers import Segment
from regions.models import Branch, TenantModel, Village


@tracked()
class Agreement(TenantModel):
    """A MoU or PKS between the branch and a department, or a village when `village` names one.

    `legal_basis` is a code of `enrollment/rules/legal_bases.toml`, `legal_detail` the number of
    the local rule. `file` is the signed paper, kept privately under a random name.
    """

    number = models.CharField(_("nomor"), max_length=80)
    title = models.CharField(_("judul"), max_length=200)
    signed_on = models.DateField(_("ditandatangani"))
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"))
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="+")
    branch_signatory = models.CharField(_("penanda tangan cabang"), max_length=120)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    party = models.CharField(_("pihak"), max_length=160)
    party_signatory = models.CharField(_("penanda tangan pihak"), max_length=120)
    legal_basis = models.CharField(_("dasar hukum"), max_length=40)
    legal_detail = models.CharField(_("nomor dasar hukum"), max_length=160, blank=True)
    categories = ArrayField(models.CharField(max_length=24, choices=Category))
    segment = models.CharField(
        _("segmen"), max_length=3, choices=Segment, default=Segment.BPU, db_default=Segment.BPU
    )
    with_jht = models.BooleanField(_("dengan JHT"), default=False, db_default=False)
    quota = models.IntegerField(_("kuota"), null=True, blank=True)
    file = models.CharField(max_length=200, blank=True, db_default="")
    file_name = models.CharField(max_length=200, blank=True, db_default="")
    file_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    ended_on = models.DateField(_("diakhiri"), null=True, blank=True)
    end_note = models.CharField(_("alasan"), max_length=200, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "number"], name="enrollment_agreement_number"
            ),
            models.CheckConstraint(
                name="enrollment_agreement_span", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="enrollment_agreement_quota", condition=Q(quota=None) | Q(quota__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.number
