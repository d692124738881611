"""Membership cards and the orders to print them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import TenantModel, Village, tenant_fk


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
    """A request for the cards of a posyandu, a village or the regency as one PDF.

    The posyandu is kept as it was called on that day: one that is merged into another later leaves
    its orders as they were.
    """

    class Layout(models.TextChoices):
        CARD = "card", _("ukuran kartu, satu per halaman")
        A4 = "a4", _("delapan kartu pada kertas A4")

    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    posyandu_id = models.IntegerField(null=True)
    posyandu_name = models.CharField(max_length=100, blank=True, db_default="")
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
