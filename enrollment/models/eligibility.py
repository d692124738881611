"""The rules of eligibility as a regency has set them, and exceptions that two people made."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from enrollment.models.batches import EnrollmentBatch
from regions.models import TenantModel, Village, tenant_fk


@tracked()
class EligibilityRule(TenantModel):
    """How a regency applies one rule to a programme, in place of the rule file.

    `value` is the number of the rule (an age in years), `basis` says on what the setting rests,
    `confirmed` that the branch has confirmed it.
    """

    class Weight(models.TextChoices):
        REFUSES = "refuses", _("menolak")
        ASKS_BRANCH = "asks_branch", _("perlu konfirmasi cabang")
        OFF = "off", _("tidak dipakai")

    programme = models.CharField(max_length=12, choices=EnrollmentBatch.Programme)
    code = models.CharField(max_length=24)
    weight = models.CharField(_("akibat"), max_length=12, choices=Weight)
    value = models.IntegerField(_("nilai"), null=True, blank=True)
    basis = models.CharField(_("dasar"), max_length=200)
    confirmed = models.BooleanField(_("sudah dikonfirmasi cabang"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "programme", "code"], name="enrollment_rule_once"
            )
        ]


@tracked()
class EligibilityOverride(TenantModel):
    """One rule lifted for one person: asked for by one with a reason, granted by another."""

    class Status(models.TextChoices):
        ASKED = "asked", _("menunggu persetujuan")
        GRANTED = "granted", _("disetujui")
        DECLINED = "declined", _("ditolak")
        WITHDRAWN = "withdrawn", _("ditarik")

    cadre = tenant_fk("cadres.Cadre")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    programme = models.CharField(max_length=12, choices=EnrollmentBatch.Programme)
    code = models.CharField(max_length=24)
    reason = models.CharField(_("alasan"), max_length=300)
    status = models.CharField(max_length=9, choices=Status, default=Status.ASKED)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    asked_by_id = models.IntegerField()
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by_id = models.IntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "cadre", "programme", "code"],
                condition=Q(status__in=["asked", "granted"]),
                name="enrollment_override_once",
            ),
            models.CheckConstraint(
                name="enrollment_override_two_people",
                condition=Q(answered_by_id=None) | ~Q(answered_by_id=F("asked_by_id")),
            ),
        ]
