"""Papers that answer a question: whether somebody was covered on a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from regions.models import TenantModel, Village, tenant_fk


@tracked()
class Proof(TenantModel):
    """One answer to "was she covered on that day?", frozen as it was given.

    `fingerprint` is the SHA-256 of what the paper says: the same facts give the same paper.
    `token` is the address behind its QR code.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("terlindungi")
        NO = "no", _("tidak terlindungi")
        DISPUTED = "disputed", _("belum pasti")

    number = models.CharField(max_length=60)
    cadre = tenant_fk("cadres.Cadre")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    day = models.DateField()
    answer = models.CharField(max_length=8, choices=Answer)
    fingerprint = models.CharField(max_length=64)
    token = models.CharField(max_length=32, unique=True)
    paper = models.ForeignKey(
        "core.Paper", models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    issued_by_id = models.IntegerField()
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "number"], name="reports_proof_number"),
            models.UniqueConstraint(
                fields=["regency", "cadre", "day", "fingerprint"], name="reports_proof_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number
