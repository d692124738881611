"""What happened, as events that cannot be changed, and the seals that chain them."""

from django.db import models

from regions.models import TenantModel, Village, tenant_fk


class Event(TenantModel):
    """One thing that somebody did: a kind, an object, facts without identity numbers."""

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.IntegerField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    actor_role = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    village = models.ForeignKey(Village, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["regency", "object_type", "object_id", "id"], name="audit_event_object"
            ),
            models.Index(fields=["regency", "-id"], name="audit_event_recent"),
        ]


class Seal(TenantModel):
    """The link of one event in its regency's chain: SHA-256 over previous link and event."""

    event = tenant_fk("audit.Event")
    number = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "number"], name="audit_seal_number"),
            models.UniqueConstraint(fields=["regency", "event"], name="audit_seal_event"),
        ]


class ChainHead(TenantModel):
    """Where a regency's chain ends, so that sealing never searches for it.

    Every event up to `event_id` is sealed; `seen_id` and `seen_xid` are how it rises, see
    `audit.sealing`.
    """

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    event_id = models.BigIntegerField(default=0)
    seen_id = models.BigIntegerField(default=0)
    seen_xid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regency"], name="audit_chainhead_once")]
