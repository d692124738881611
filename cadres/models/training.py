"""What a person was trained in and can do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from regions.models import TenantModel, tenant_fk


class Level(models.TextChoices):
    """The ranks of a posyandu cadre, by the pin (tanda kecakapan) that was given."""

    PURWA = "purwa", _("Purwa")
    MADYA = "madya", _("Madya")
    UTAMA = "utama", _("Utama")


@tracked()
class Training(TenantModel):
    """One training of one person; `level` is the rank that its certificate gave, if it gave one."""

    cadre = tenant_fk("cadres.Cadre", related_name="trainings")
    title = models.CharField(max_length=160)
    organiser = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    certificate_number = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=5, choices=Level, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "cadre", "title", "starts_on"], name="cadres_training_once"
            ),
            models.CheckConstraint(
                name="cadres_training_ends_after_start",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]


@tracked()
class Competence(TenantModel):
    """A basic skill that somebody has seen a person master; codes of `cadres.competencies`."""

    cadre = tenant_fk("cadres.Cadre", related_name="competences")
    code = models.CharField(max_length=20)
    confirmed_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "cadre", "code"], name="cadres_competence_once"
            )
        ]
