"""Finding memberships and invitations."""

from django.db.models import Q, QuerySet

from accounts.models import Invitation, Membership
from regions.models import Regency


def members_of(regency: Regency) -> QuerySet[Membership]:
    """Everybody whose membership opens a regency today, the branch included, by name."""
    return (
        Membership.objects.current()
        .opening(regency)
        .select_related("user", "regency", "village", "health_centre", "branch")
        .order_by("user__name", "id")
        .distinct()
    )


def open_invitations(regency: Regency) -> QuerySet[Invitation]:
    """Invitations of a regency that nobody has accepted yet, newest first."""
    return (
        Invitation.objects.filter(Q(regency_id=regency.pk), accepted_at=None, revoked_at=None)
        .select_related("regency", "village", "health_centre", "branch")
        .order_by("-id")
    )
