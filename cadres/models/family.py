"""Who may receive a benefit after a person, and the children whom a scholarship is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from regions.models import TenantModel, tenant_fk


@tracked()
class Heir(TenantModel):
    """Somebody who may receive a benefit; `cadres.heirs` puts them into the legal order."""

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
    birth_date = models.DateField(null=True, blank=True)
    nik_sealed = models.BinaryField(default=b"")
    phone = models.CharField(max_length=20, blank=True)
    bank_name = models.CharField(max_length=60, blank=True)
    account_sealed = models.BinaryField(default=b"")
    account_holder = models.CharField(max_length=120, blank=True)


@tracked()
class SchoolChild(TenantModel):
    """One of at most two children whom the scholarship is for; nothing beyond what it needs.

    Children's data are specific data of UU 27/2022, so there is no number and no school's name.
    """

    class Level(models.TextChoices):
        NOT_YET = "not_yet", _("Belum sekolah")
        KINDERGARTEN = "tk", _("TK")
        PRIMARY = "sd", _("SD")
        JUNIOR = "smp", _("SMP")
        SENIOR = "sma", _("SMA atau SMK")
        HIGHER = "higher", _("Kuliah atau pelatihan")

    cadre = tenant_fk("cadres.Cadre", related_name="school_children")
    position = models.SmallIntegerField()
    name = models.CharField(max_length=120)
    birth_date = models.DateField()
    level = models.CharField(max_length=8, choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "cadre", "position"], name="cadres_schoolchild_place"
            ),
            models.CheckConstraint(
                name="cadres_schoolchild_two", condition=models.Q(position__in=(1, 2))
            ),
        ]


class FamilyLink(TenantModel):
    """An address sent to a person who fills in the family without signing in; used once.

    Only the digest of its secret is kept, so nobody can read the address back from here.
    """

    cadre = tenant_fk("cadres.Cadre")
    token_digest = models.BinaryField(max_length=32, unique=True)
    made_by_id = models.IntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
