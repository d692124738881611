"""Who may receive a benefit after a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from regions.models import TenantModel, tenant_fk


@tracked()
class Heir(TenantModel):
    """Somebody who may receive a benefit, in the legal order of `rank`."""

    class Relation(models.TextChoices):
        SPOUSE = "spouse", _("Janda atau duda")
        CHILD = "child", _("Anak")
        PARENT = "parent", _("Orang tua")
        GRANDCHILD = "grandchild", _("Cucu")
        GRANDPARENT = "grandparent", _("Kakek atau nenek")
        SIBLING = "sibling", _("Saudara kandung")
        PARENT_IN_LAW = "parent_in_law", _("Mertua")
        WILL = "will", _("Pihak yang ditunjuk dalam wasiat")

    cadre = tenant_fk("cadres.Cadre", related_name="heirs")
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=14, choices=Relation)
    nik_sealed = models.BinaryField(default=b"")
    phone = models.CharField(max_length=20, blank=True)
    bank_name = models.CharField(max_length=60, blank=True)
    account_sealed = models.BinaryField(default=b"")
    account_holder = models.CharField(max_length=120, blank=True)
