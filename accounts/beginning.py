"""How the first platform operator gets in: by a link that the server's own console prints."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import tokens
from accounts.models import Invitation, Membership, User
from accounts.roles import Role
from core.errors import DomainError

HOURS = 24


@transaction.atomic
def invite_first_operator(*, email: str, name: str) -> str:
    """Make the account and a link with which its owner sets a password; returns the link.

    For a new installation only: raises DomainError once a platform operator has a membership.
    Running it again before the link is used makes a new link and the old one void.
    """
    with connection.cursor() as cursor:  # two consoles at once must not both find nobody
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('first platform operator'))")
    if Membership.objects.filter(role=Role.PLATFORM_OPERATOR).exists():
        raise DomainError(
            "operator_exists", "There is a platform operator; they can invite others."
        )
    email = email.strip().lower()
    # Nobody else is there to be the inviter: the account, without a password, invites itself.
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, None, name=name.strip())
    Invitation.objects.filter(
        role=Role.PLATFORM_OPERATOR, accepted_at=None, revoked_at=None
    ).update(revoked_at=timezone.now())
    text = secrets.token_urlsafe(32)
    Invitation.objects.create(
        email=email,
        name=name.strip(),
        role=Role.PLATFORM_OPERATOR,
        token_digest=tokens.digest_of(text),
        invited_by=user,
        expires_at=timezone.now() + dt.timedelta(hours=HOURS),
    )
    return settings.KJ_BASE_URL + reverse("accounts:accept", args=[text])
