"""People and where they serve."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.formats import mask_nik
from core.history import tracked
from core.sealed import unseal
from regions.models import TenantModel, Village, tenant_fk


class Sex(models.TextChoices):
    """As the KTP prints it."""

    FEMALE = "P", _("Perempuan")
    MALE = "L", _("Laki-laki")


class Category(models.TextChoices):
    """The kinds of service that one person may hold several of; insured once."""

    POSYANDU_CADRE = "posyandu_cadre", _("Kader posyandu")
    STUNTING_CADRE = "stunting_cadre", _("Kader stunting")
    DEVELOPMENT_CADRE = "development_cadre", _("Kader Pembangunan Manusia")
    PKK_CADRE = "pkk_cadre", _("Kader PKK")
    VILLAGE_OFFICIAL = "village_official", _("Perangkat desa")
    VILLAGE_COUNCIL = "village_council_member", _("Anggota BPD")
    NEIGHBOURHOOD_HEAD = "neighbourhood_head", _("Ketua RT/RW")
    VULNERABLE_WORKER = "vulnerable_worker", _("Pekerja rentan")


@tracked()
class Posyandu(TenantModel):
    """A village health post; `seats` are the people whom somebody pays for, None for the norm."""

    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    name_key = models.CharField(max_length=100)
    seats = models.SmallIntegerField(null=True, blank=True)
    decree_number = models.CharField(max_length=80, blank=True, db_default="")
    decree_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "village", "name_key"], name="cadres_posyandu_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Cadre(TenantModel):
    """A person, known by NIK; `name` is the KTP spelling, `name_key` the form that is searched.

    `employment` is what a reconciliation found: a reason why this programme may not insure the
    person. A record that was merged into another one points there and is no longer listed.
    `heirs_confirmed_on` is the day on which heirs and school children were last confirmed.
    """

    class Employment(models.TextChoices):
        CIVIL_SERVANT = "civil_servant", _("ASN, TNI atau Polri")
        WAGE_EARNER = "wage_earner", _("Penerima upah di tempat lain")

    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    nik_sealed = models.BinaryField()
    nik_digest = models.BinaryField(max_length=16)
    birth_place = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex)
    phone = models.CharField(max_length=20, blank=True)
    mother_name = models.CharField(max_length=120, blank=True)
    died_on = models.DateField(null=True, blank=True)
    employment = models.CharField(max_length=14, choices=Employment, blank=True, db_default="")
    merged_into = tenant_fk("cadres.Cadre", null=True, blank=True)
    heirs_confirmed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            # The number first: covers in other regencies are looked up by it alone.
            models.UniqueConstraint(fields=["nik_digest", "regency"], name="cadres_cadre_nik"),
            models.CheckConstraint(
                name="cadres_cadre_dies_after_birth",
                condition=models.Q(died_on=None) | models.Q(died_on__gte=models.F("birth_date")),
            ),
        ]
        indexes = [
            models.Index(fields=["regency", "name_key", "id"], name="cadres_cadre_by_name"),
            models.Index(
                fields=["regency", "village", "name_key", "id"], name="cadres_cadre_place"
            ),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="cadres_cadre_trigram"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def nik(self) -> str:
        """The 16 digits in clear; showing them is `cadres.actions.reveal_nik`."""
        return unseal(self.nik_sealed)

    @property
    def nik_masked(self) -> str:
        """`3510 •••• •••• 0012`."""
        return mask_nik(self.nik)


@tracked()
class Assignment(TenantModel):
    """A person's service: a category, a place, a decree, from a day until it ends.

    Several may be open at once; the person is insured once all the same. `replaces` is the
    service whose funded seat this one took over.
    """

    class EndReason(models.TextChoices):
        STOPPED = "stopped", _("berhenti")
        MOVED = "moved", _("pindah")
        DIED = "died", _("meninggal")
        REPLACED = "replaced", _("digantikan")
        CORRECTED = "corrected", _("pembetulan data")

    cadre = tenant_fk("cadres.Cadre", related_name="assignments")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    posyandu = tenant_fk("cadres.Posyandu", null=True, blank=True, related_name="assignments")
    category = models.CharField(max_length=24, choices=Category)
    decree_number = models.CharField(max_length=80, blank=True)
    decree_date = models.DateField(null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=9, choices=EndReason, blank=True, db_default="")
    replaces = tenant_fk("cadres.Assignment", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "cadre", "category", "village", "posyandu"],
                condition=models.Q(ended_on=None),
                nulls_distinct=False,
                name="cadres_assignment_open_once",
            ),
            models.CheckConstraint(
                name="cadres_assignment_ends_after_start",
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
            ),
            models.UniqueConstraint(
                fields=["regency", "replaces"],
                condition=models.Q(replaces__isnull=False),
                name="cadres_assignment_replaced_once",
            ),
        ]
        indexes = [
            models.Index(fields=["regency", "village", "category"], name="cadres_assignment_place"),
            models.Index(fields=["regency", "posyandu"], name="cadres_assignment_posyandu"),
        ]
