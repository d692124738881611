"""Rows that every app needs and that know no domain word.

`regency_id` is a plain number here, the tenant; the wall reads it. Apps above `regions` use
`regions.models.TenantModel`, where it is a foreign key.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy import current_regency_id


class TenantRow(models.Model):
    """A row of one tenant, by number; filled from the scope."""

    regency_id = models.IntegerField(default=current_regency_id, editable=False)

    class Meta:
        abstract = True


class Run(TenantRow):
    """Long work: a frozen plan, counted progress, a status; see `core.runs`."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("antre")
        RUNNING = "running", _("berjalan")
        DONE = "done", _("selesai")
        FAILED = "failed", _("gagal")
        CANCELLED = "cancelled", _("dibatalkan")

    OPEN = (Status.QUEUED, Status.RUNNING)

    kind = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    plan = models.JSONField(default=dict)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    attempts = models.SmallIntegerField(default=0)
    error_code = models.CharField(max_length=60, blank=True)
    result = models.JSONField(default=dict)
    started_by_id = models.IntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["regency_id", "-created_at"], name="core_run_recent"),
            models.Index(
                fields=["regency_id"],
                name="core_run_open",
                condition=models.Q(status__in=["queued", "running"]),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether work is still to be done."""
        return self.status in self.OPEN

    @property
    def percent(self) -> int:
        """Whole percent of the counted work that is done."""
        return 100 * self.done // self.total if self.total else 0


class RunPart(TenantRow):
    """One piece of a run that is one transaction; `weight` counts people, lines or pages."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="parts", db_constraint=False)
    number = models.IntegerField()
    weight = models.IntegerField(default=1)
    payload = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency_id", "run", "number"], name="core_runpart_once"
            ),
        ]


class Counter(TenantRow):
    """The last number given out, per tenant, series and year; numbers have no gaps."""

    series = models.CharField(max_length=30)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency_id", "series", "year"], name="core_counter_once"
            ),
        ]


class Paper(TenantRow):
    """An issued PDF: what it was made of, its file and its SHA-256; never changed."""

    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    pages = models.IntegerField(default=1)
    issued_by_id = models.IntegerField(null=True)
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency_id", "kind", "subject_type", "subject_id", "number"],
                name="core_paper_once",
            ),
        ]


class IdempotencyKey(TenantRow):
    """The answer to a write that carried an Idempotency-Key: repeating it repeats only this."""

    user_id = models.IntegerField()
    key = models.CharField(max_length=200)
    request_digest = models.BinaryField(max_length=32)
    status = models.SmallIntegerField(default=0)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency_id", "user_id", "key"], name="core_idempotency_once"
            ),
        ]
