"""How many people somebody pays for: seats of posyandu, and quotas of villages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cadres.models.people import Category
from core.history import tracked
from regions.models import TenantModel, Village, tenant_fk


@tracked()
class SeatNorm(TenantModel):
    """The seats of a posyandu without a number of its own, as the regency follows it."""

    seats = models.SmallIntegerField(_("kursi"))
    basis = models.CharField(_("dasar"), max_length=160)
    confirmed = models.BooleanField(_("sudah dikonfirmasi"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency"], name="cadres_seatnorm_one"),
            models.CheckConstraint(
                name="cadres_seatnorm_seats", condition=models.Q(seats__range=(1, 60))
            ),
        ]


@tracked()
class Quota(TenantModel):
    """A programme that pays for a fixed number of people in each village.

    `per_village` holds where the village has no number of its own (`QuotaShare`).
    """

    name = models.CharField(_("nama"), max_length=120)
    category = models.CharField(_("jenis"), max_length=24, choices=Category)
    legal_basis = models.CharField(_("dasar hukum"), max_length=200, blank=True)
    per_village = models.IntegerField(_("orang tiap desa"))
    note = models.CharField(_("syarat"), max_length=300, blank=True)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("berakhir"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "name"], name="cadres_quota_name"),
            models.CheckConstraint(
                name="cadres_quota_positive", condition=models.Q(per_village__gte=0)
            ),
            models.CheckConstraint(
                name="cadres_quota_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class QuotaShare(TenantModel):
    """The number of a village that has its own."""

    quota = tenant_fk("cadres.Quota", related_name="shares")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    places = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "quota", "village"], name="cadres_quotashare_once"
            ),
            models.CheckConstraint(
                name="cadres_quotashare_positive", condition=models.Q(places__gte=0)
            ),
        ]


@tracked()
class QuotaPlace(TenantModel):
    """A person on the list of a quota: waiting in order of `since`, inside, or gone with a reason.

    The number of people inside never passes the village's number: `cadres.actions.quotas` counts
    them behind a lock of the quota.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        INSIDE = "inside", _("di dalam kuota")
        LEFT = "left", _("keluar")

    quota = tenant_fk("cadres.Quota", related_name="people")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    cadre = tenant_fk("cadres.Cadre", related_name="quota_places")
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    since = models.DateField()
    entered_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "quota", "cadre"],
                condition=~models.Q(status="left"),
                name="cadres_quotaplace_once",
            ),
            models.CheckConstraint(
                name="cadres_quotaplace_inside_since",
                condition=~models.Q(status="inside") | models.Q(entered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="cadres_quotaplace_left_with_reason",
                condition=~models.Q(status="left")
                | (models.Q(left_on__isnull=False) & ~models.Q(reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["regency", "quota", "village", "status", "since", "id"],
                name="cadres_quotaplace_order",
            ),
            models.Index(fields=["regency", "cadre"], name="cadres_quotaplace_person"),
        ]
