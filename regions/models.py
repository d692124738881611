"""Areas of the decree, the tenants among them, health centres and BPJS branches.

Areas are public reference data outside the wall. Codes are those of Kepmendagri
300.2.2-2138/2025 without dots and keep the dates between which they were valid.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy import current_regency_id


class Area(models.Model):
    """What every level of area has: a code without dots, a name, validity and the decree."""

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    decree = models.CharField(max_length=60)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def dotted(self) -> str:
        """The code as the decree prints it: 35.10.01.2001."""
        parts = [self.code[:2], self.code[2:4], self.code[4:6], self.code[6:]]
        return ".".join(part for part in parts if part)


class Province(Area):
    """A province (two digits)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="regions_province_code")
        ]


class Regency(Area):
    """A kabupaten or kota (four digits); a tenant once it is active.

    `rosters_need_approval`: what a village operator sends is saved when an officer agrees.
    """

    class TimeZone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    class Kind(models.TextChoices):
        KABUPATEN = "kabupaten", _("Kabupaten")
        KOTA = "kota", _("Kota")

    province = models.ForeignKey(Province, models.PROTECT, related_name="regencies")
    kind = models.CharField(max_length=10, choices=Kind)
    slug = models.SlugField(max_length=60, unique=True)
    time_zone = models.CharField(max_length=20, choices=TimeZone, default=TimeZone.WIB)
    active = models.BooleanField(default=False)
    department = models.CharField(max_length=120, blank=True)
    palette = models.CharField(max_length=10, blank=True)
    rosters_need_approval = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="regions_regency_code")
        ]

    @property
    def full_name(self) -> str:
        """`Kabupaten Banyuwangi`, in the language of the reader."""
        kind = _("Kota %(name)s") if self.kind == self.Kind.KOTA else _("Kabupaten %(name)s")
        return kind % {"name": self.name}


class District(Area):
    """A kecamatan (six digits)."""

    regency = models.ForeignKey(Regency, models.PROTECT, related_name="districts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="regions_district_code"),
            models.UniqueConstraint(fields=["regency", "id"], name="regions_district_tenant_key"),
        ]


class Village(Area):
    """A desa or kelurahan (ten digits), with its postal code."""

    class Kind(models.TextChoices):
        DESA = "desa", _("Desa")
        KELURAHAN = "kelurahan", _("Kelurahan")

    regency = models.ForeignKey(Regency, models.PROTECT, related_name="villages")
    district = models.ForeignKey(District, models.PROTECT, related_name="villages")
    kind = models.CharField(max_length=10, choices=Kind)
    postal_code = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="regions_village_code"),
            models.UniqueConstraint(fields=["regency", "id"], name="regions_village_tenant_key"),
        ]

    @property
    def full_name(self) -> str:
        """`Desa Benculuk`, in the language of the reader."""
        rural = self.kind == self.Kind.DESA
        return (_("Desa %(name)s") if rural else _("Kelurahan %(name)s")) % {"name": self.name}


class HealthCentre(models.Model):
    """A puskesmas and the villages that it looks after."""

    regency = models.ForeignKey(Regency, models.PROTECT, related_name="health_centres")
    name = models.CharField(max_length=100)
    villages = models.ManyToManyField(Village, related_name="health_centres")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "name"], name="regions_healthcentre_name")
        ]

    def __str__(self) -> str:
        return self.name


class Branch(models.Model):
    """A BPJS Ketenagakerjaan branch office and the regencies that it serves."""

    name = models.CharField(max_length=100, unique=True)
    regencies = models.ManyToManyField(Regency, related_name="branches")

    def __str__(self) -> str:
        return self.name


class TenantModel(models.Model):
    """A row of one regency: the regency comes from the scope, and the wall checks it."""

    regency = models.ForeignKey(
        Regency, models.PROTECT, default=current_regency_id, editable=False, related_name="+"
    )

    class Meta:
        abstract = True


def tenant_fk(to: str, **options) -> models.ForeignKey:
    """A foreign key between tenant tables; the composite constraint is added by `core.wall`."""
    options.setdefault("on_delete", models.PROTECT)
    options.setdefault("related_name", "+")
    return models.ForeignKey(to, db_constraint=False, **options)


AUTH_USER = settings.AUTH_USER_MODEL
