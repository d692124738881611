"""People, where they serve, and the rosters that name them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.formats import mask_nik
from core.history import tracked
from core.models import Run
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
    VILLAGE_OFFICIAL = "village_official", _("Perangkat desa")
    VILLAGE_COUNCIL = "village_council_member", _("Anggota BPD")
    NEIGHBOURHOOD_HEAD = "neighbourhood_head", _("Ketua RT/RW")
    VULNERABLE_WORKER = "vulnerable_worker", _("Pekerja rentan")


@tracked()
class Posyandu(TenantModel):
    """A village health post."""

    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    name_key = models.CharField(max_length=100)

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
    """A person, known by NIK; `name` is the KTP spelling, `name_key` the form that is searched."""

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
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "nik_digest"], name="cadres_cadre_nik"),
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
    """A person's service: a category, a place, a decree, from a day until it ends."""

    cadre = tenant_fk("cadres.Cadre", related_name="assignments")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    posyandu = tenant_fk("cadres.Posyandu", null=True, blank=True, related_name="assignments")
    category = models.CharField(max_length=24, choices=Category)
    decree_number = models.CharField(max_length=80, blank=True)
    decree_date = models.DateField(null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "cadre", "category"],
                condition=models.Q(ended_on=None),
                name="cadres_assignment_one_open",
            ),
            models.CheckConstraint(
                name="cadres_assignment_ends_after_start",
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["regency", "village", "category"], name="cadres_assignment_place"),
            models.Index(fields=["regency", "posyandu"], name="cadres_assignment_posyandu"),
        ]


class RosterImport(TenantModel):
    """One uploaded roster: its file, what the check found, and whether it was applied."""

    class Status(models.TextChoices):
        CHECKING = "checking", _("diperiksa")
        READY = "ready", _("siap disimpan")
        REFUSED = "refused", _("ditolak")
        APPLYING = "applying", _("disimpan")
        APPLIED = "applied", _("tersimpan")
        FAILED = "failed", _("gagal")

    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.CHECKING)
    file = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    counts = models.JSONField(default=dict)
    refusal_code = models.CharField(max_length=60, blank=True)
    refusal_facts = models.JSONField(default=dict)
    category = models.CharField(max_length=24, choices=Category, default=Category.POSYANDU_CADRE)
    number = models.CharField(max_length=30, blank=True)
    uploaded_by_id = models.IntegerField()
    applied_by_id = models.IntegerField(null=True)
    run = models.ForeignKey(Run, models.PROTECT, null=True, db_constraint=False, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["regency", "-created_at"], name="cadres_import_recent")]


class ImportRow(TenantModel):
    """One line of a roster, normalised and sealed, and what applying it would do."""

    class Effect(models.TextChoices):
        NEW = "new", _("baru")
        CHANGED = "changed", _("berubah")
        UNCHANGED = "unchanged", _("sama")
        REJECTED = "rejected", _("ditolak")

    roster = tenant_fk("cadres.RosterImport", on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=60, blank=True)
    number = models.IntegerField()
    effect = models.CharField(max_length=10, choices=Effect, blank=True)
    cadre = tenant_fk("cadres.Cadre", null=True)
    village = models.ForeignKey(Village, models.PROTECT, null=True, related_name="+")
    posyandu_name = models.CharField(max_length=100, blank=True)
    posyandu_key = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=120, blank=True)
    nik_sealed = models.BinaryField(null=True)
    nik_digest = models.BinaryField(null=True, max_length=16)
    birth_place = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    mother_name = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=24, blank=True)
    decree_number = models.CharField(max_length=80, blank=True)
    decree_date = models.DateField(null=True)
    changes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "roster", "sheet", "number"], name="cadres_importrow_once"
            )
        ]
        indexes = [
            models.Index(fields=["regency", "roster", "nik_digest"], name="cadres_importrow_nik")
        ]


class Finding(TenantModel):
    """One problem of one line: a code and its facts; the sentence is made when it is shown."""

    class Level(models.TextChoices):
        REJECT = "reject", _("ditolak")
        WARNING = "warning", _("perlu dilihat")
        INFO = "info", _("catatan")

    roster = tenant_fk("cadres.RosterImport", on_delete=models.CASCADE, related_name="findings")
    sheet = models.CharField(max_length=60, blank=True)
    number = models.IntegerField(default=0)
    column = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=8, choices=Level)
    code = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["regency", "roster", "level", "code"], name="cadres_finding_kind")
        ]


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
