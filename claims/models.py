"""Death claims: what was reported, what the rules give, who decided, who received it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from regions.models import TenantModel, Village, tenant_fk


@tracked()
class Claim(TenantModel):
    """A death benefit (JKM) claim from the report to the hand-over."""

    class Status(models.TextChoices):
        REPORTED = "reported", _("dilaporkan")
        SUBMITTED = "submitted", _("menunggu keputusan cabang")
        APPROVED = "approved", _("disetujui")
        REJECTED = "rejected", _("ditolak")
        PAID = "paid", _("dibayar")
        HANDED_OVER = "handed_over", _("diserahterimakan")

    class Outcome(models.TextChoices):
        FULL = "full", _("manfaat penuh")
        REDUCED = "reduced", _("manfaat dikurangi")
        NEEDS_CONFIRMATION = "needs_confirmation", _("perlu konfirmasi cabang")
        NOT_COVERED = "not_covered", _("tidak terlindungi")

    number = models.CharField(max_length=40)
    cadre = tenant_fk("cadres.Cadre", related_name="claims")
    coverage = tenant_fk("enrollment.Coverage", null=True)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.REPORTED)
    died_on = models.DateField()
    died_at_place = models.CharField(max_length=120, blank=True)
    cause = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome)
    benefit = models.JSONField(default=dict)
    total = models.BigIntegerField(default=0)
    heir = tenant_fk("cadres.Heir", null=True)
    reported_by_id = models.IntegerField()
    submitted_by_id = models.IntegerField(null=True)
    decided_by_id = models.IntegerField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    paid_on = models.DateField(null=True)
    payment_reference = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "number"], name="claims_claim_number"),
            models.UniqueConstraint(
                fields=["regency", "cadre"],
                condition=~Q(status="rejected"),
                name="claims_claim_one_per_death",
            ),
            models.CheckConstraint(
                name="claims_claim_two_people",
                condition=Q(decided_by_id=None) | ~Q(decided_by_id=models.F("reported_by_id")),
            ),
        ]
        indexes = [models.Index(fields=["regency", "status", "-id"], name="claims_claim_state")]


@tracked()
class ClaimDocument(TenantModel):
    """One item of a claim's checklist: needed or not, received when, and its scan."""

    claim = tenant_fk("claims.Claim", related_name="documents")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    label = models.CharField(max_length=120)
    need = models.CharField(max_length=12)
    condition = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=20)
    position = models.SmallIntegerField()
    file = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(null=True)
    received_by_id = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "claim", "code"], name="claims_document_once"
            )
        ]


@tracked()
class HandOver(TenantModel):
    """The record (BAST) that the benefit reached the heir, perhaps through a representative."""

    claim = tenant_fk("claims.Claim")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    on = models.DateField()
    place = models.CharField(max_length=160)
    handed_by = models.CharField(max_length=120)
    received_by = models.CharField(max_length=120)
    representative = models.CharField(max_length=120, blank=True)
    representative_office = models.CharField(max_length=120, blank=True)
    recorded_by_id = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "claim"], name="claims_handover_once")
        ]
