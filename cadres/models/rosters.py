"""Rosters: an uploaded file, its lines, what was found in them and what people decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cadres.models.people import Category
from core.models import Run
from regions.models import TenantModel, Village, tenant_fk


class RosterImport(TenantModel):
    """One uploaded roster: its file, what the check found, and whether it was applied.

    `mapping` is the person's own answer to which column means what: {shape: {column: place}},
    `shape` and places as in `cadres.headings`; `month_first` whether days of birth are read with
    the month before the day, {shape: yes or no}. `limited`: who sent it sees one village only, so
    it takes nobody from another one. `confirmed_by_id` asked for it to be saved,
    `applied_by_id` is who let it be saved: another person where the regency wants approval.
    `returned_text` is what an approver asked to put right. `refusal_code` says why the file is
    refused, why saving did not work, or, of a saved one, why taking it back did not.
    """

    class Status(models.TextChoices):
        CHECKING = "checking", _("diperiksa")
        MAPPING = "mapping", _("menunggu cocokkan kolom")
        READY = "ready", _("siap disimpan")
        WAITING = "waiting", _("menunggu persetujuan")
        REFUSED = "refused", _("ditolak")
        APPLYING = "applying", _("disimpan")
        APPLIED = "applied", _("tersimpan")
        FAILED = "failed", _("gagal")
        UNDOING = "undoing", _("sedang dibatalkan")
        UNDONE = "undone", _("dibatalkan")

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
    mapping = models.JSONField(default=dict, db_default={})
    month_first = models.JSONField(default=dict, db_default={})
    limited = models.BooleanField(default=False, db_default=False)
    returned_text = models.CharField(max_length=500, blank=True, db_default="")
    uploaded_by_id = models.IntegerField()
    confirmed_by_id = models.IntegerField(null=True)
    applied_by_id = models.IntegerField(null=True)
    run = models.ForeignKey(Run, models.PROTECT, null=True, db_constraint=False, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["regency", "-created_at"], name="cadres_import_recent")]


class ImportRow(TenantModel):
    """One line of a roster, normalised and sealed, and what applying it would do."""

    class Effect(models.TextChoices):
        NEW = "new", _("baru")
        CHANGED = "changed", _("berubah")
        UNCHANGED = "unchanged", _("sama")
        REJECTED = "rejected", _("ditolak")
        SKIPPED = "skipped", _("dilewati")

    roster = tenant_fk("cadres.RosterImport", on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=60, blank=True)
    number = models.IntegerField()
    effect = models.CharField(max_length=10, choices=Effect, blank=True)
    cadre = tenant_fk("cadres.Cadre", null=True)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
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


class RowFix(TenantModel):
    """What somebody typed in place of one cell; the file itself stays as it was sent.

    `column` is the name of a column in `cadres.headings`; the value may be a NIK, so it is sealed.
    """

    roster = tenant_fk("cadres.RosterImport", on_delete=models.CASCADE, related_name="fixes")
    sheet = models.CharField(max_length=60, blank=True)
    number = models.IntegerField()
    column = models.CharField(max_length=20)
    value_sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "roster", "sheet", "number", "column"],
                name="cadres_rowfix_once",
            )
        ]


class RowDecision(TenantModel):
    """Somebody's answer to a question that only a person can answer about one line.

    `skip`: leave the line out. `move`: whether a person known elsewhere moves here.
    `same`: the person of another NIK whom this line names, or nobody (`cadre` None).
    """

    class Question(models.TextChoices):
        SKIP = "skip", _("lewati baris")
        MOVE = "move", _("pindah ke desa ini")
        SAME = "same", _("orang yang sama")

    roster = tenant_fk("cadres.RosterImport", on_delete=models.CASCADE, related_name="decisions")
    sheet = models.CharField(max_length=60, blank=True)
    number = models.IntegerField()
    question = models.CharField(max_length=5, choices=Question)
    yes = models.BooleanField(default=True)
    cadre = tenant_fk("cadres.Cadre", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "roster", "sheet", "number", "question"],
                name="cadres_rowdecision_once",
            )
        ]


class PosyanduChoice(TenantModel):
    """What an unknown posyandu of a roster is: one that is there already, or a new one (None)."""

    roster = tenant_fk("cadres.RosterImport", on_delete=models.CASCADE, related_name="posyandu")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    name_key = models.CharField(max_length=100)
    posyandu = tenant_fk("cadres.Posyandu", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "roster", "village", "name_key"],
                name="cadres_posyanduchoice_once",
            )
        ]


class Departure(TenantModel):
    """Why a person who was in the list before is missing from it now; applied with the roster."""

    class Reason(models.TextChoices):
        STAYS = "stays", _("masih bertugas")
        STOPPED = "stopped", _("berhenti")
        MOVED = "moved", _("pindah")
        DIED = "died", _("meninggal")
        REPLACED = "replaced", _("digantikan")

    roster = tenant_fk("cadres.RosterImport", on_delete=models.CASCADE, related_name="departures")
    cadre = tenant_fk("cadres.Cadre")
    reason = models.CharField(max_length=8, choices=Reason)
    day = models.DateField(null=True)
    replaced_by_sheet = models.CharField(max_length=60, blank=True)
    replaced_by_number = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "roster", "cadre"], name="cadres_departure_once"
            )
        ]


class ColumnMemory(TenantModel):
    """How a kind of file is read, as a village or the regency answered before.

    `places` says which column means what, and is empty where nobody had to say it; `month_first`
    that its days of birth are read with the month before the day.
    """

    village = models.ForeignKey(Village, models.PROTECT, null=True, related_name="+")
    shape = models.CharField(max_length=64)
    places = models.JSONField()
    month_first = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "village", "shape"],
                nulls_distinct=False,
                name="cadres_columnmemory_once",
            )
        ]
