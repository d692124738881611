"""People who sign in, what they may do where, and how they were let in."""

import datetime as dt

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from regions.models import Branch, HealthCentre, Regency, Village


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A user with a usable password, or with none until the invitation is accepted."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields) -> "User":
        """A user who may enter Django's own admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person; permissions belong to memberships, not to the person."""

    email = models.EmailField(_("surel"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.email


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships that open something today."""

    def current(self, on: dt.date | None = None) -> "MembershipQuerySet":
        """Not revoked and not past their last day."""
        day = on or timezone.localdate()
        return self.filter(
            models.Q(valid_until=None) | models.Q(valid_until__gte=day),
            revoked_at=None,
            user__is_active=True,
        )

    def opening(self, regency: Regency) -> "MembershipQuerySet":
        """Those that open this regency, directly or through a branch that serves it."""
        return self.filter(models.Q(regency=regency) | models.Q(branch__regencies=regency))


class Membership(models.Model):
    """A role of a person in a village, a health centre, a regency, a branch or the platform."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role)
    regency = models.ForeignKey(Regency, models.PROTECT, null=True, blank=True)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True)
    health_centre = models.ForeignKey(HealthCentre, models.PROTECT, null=True, blank=True)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_membership_place_fits_role",
                condition=models.Q(role=Role.PLATFORM_OPERATOR, regency=None, branch=None)
                | models.Q(role=Role.BRANCH_OFFICER, branch__isnull=False, regency=None)
                | models.Q(role=Role.VILLAGE_OPERATOR, regency__isnull=False, village__isnull=False)
                | models.Q(
                    role=Role.HEALTH_CENTRE_OFFICER,
                    regency__isnull=False,
                    health_centre__isnull=False,
                )
                | models.Q(
                    role__in=[Role.DISTRICT_OFFICER, Role.DISTRICT_APPROVER, Role.AUDITOR],
                    regency__isnull=False,
                    village=None,
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "regency", "village", "health_centre", "branch"],
                condition=models.Q(revoked_at=None),
                nulls_distinct=False,
                name="accounts_membership_once",
            ),
        ]

    @property
    def role_label(self) -> str:
        """The role in the words that people see."""
        return str(Role(self.role).label)

    def village_ids(self) -> tuple[int, ...]:
        """The villages that this membership narrows its holder to; empty means all."""
        if self.village_id:
            return (self.village_id,)
        if self.health_centre:
            return tuple(self.health_centre.villages.values_list("id", flat=True))
        return ()


class Invitation(models.Model):
    """An e-mailed link that makes a membership; only the digest of its token is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=24, choices=Role)
    regency = models.ForeignKey(Regency, models.PROTECT, null=True, blank=True)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True)
    health_centre = models.ForeignKey(HealthCentre, models.PROTECT, null=True, blank=True)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class ApiToken(models.Model):
    """A bearer token of one user; only its digest is kept, and it can be revoked."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
