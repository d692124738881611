"""Letting people in and out: invitations, memberships, tokens, and the platform's own settings."""

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import tokens
from accounts.access import Actor
from accounts.models import ApiToken, Invitation, Membership, User
from accounts.roles import INVITABLE, Role
from accounts.signals import happened
from core.errors import DomainError
from regions.models import Branch, HealthCentre, Regency, Village

INVITATION_DAYS = 7


@transaction.atomic
def invite(
    *,
    by: Actor,
    email: str,
    name: str,
    role: str,
    regency: Regency | None = None,
    village: Village | None = None,
    health_centre: HealthCentre | None = None,
    branch: Branch | None = None,
    valid_until: dt.date | None = None,
) -> Invitation:
    """E-mail somebody a link that makes a membership; it works once and for seven days.

    Raises DomainError for a role that `by` may not give, a place that does not fit the role or
    lies outside the regency, and a person who already holds the role there.
    """
    _require_invitable(by, role, regency)
    place = _place(role, regency, village, health_centre, branch)
    email = email.strip().lower()
    if Membership.objects.current().filter(user__email=email, role=role, **place).exists():
        message = _("Orang ini sudah memegang peran itu.")
        raise DomainError("member_exists", message, {"email": message})
    Invitation.objects.filter(
        email=email, role=role, accepted_at=None, revoked_at=None, **place
    ).update(revoked_at=timezone.now())
    text = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name.strip(),
        role=role,
        valid_until=valid_until,
        token_digest=tokens.digest_of(text),
        invited_by=by.user,
        expires_at=timezone.now() + dt.timedelta(days=INVITATION_DAYS),
        **place,
    )
    _tell("member.invited", invitation, by, invitation.name)
    transaction.on_commit(lambda: _send(invitation, text))
    return invitation


def find_invitation(text: str) -> Invitation | None:
    """The open invitation behind a link, or None when it is unknown, used, revoked or too old."""
    return (
        Invitation.objects.select_related("regency", "village", "health_centre", "branch")
        .filter(
            token_digest=tokens.digest_of(text),
            accepted_at=None,
            revoked_at=None,
            expires_at__gt=timezone.now(),
        )
        .first()
    )


@transaction.atomic
def accept_invitation(*, by: Actor | None, text: str, name: str, password: str) -> Membership:
    """Make the membership, and the user when the address is new; the link is used up.

    `by` is always None: nobody has a role before accepting. Somebody who already has an account
    keeps name and password. Raises DomainError when the link no longer works.
    """
    found = find_invitation(text)
    used = found and Invitation.objects.filter(pk=found.pk, accepted_at=None).update(
        accepted_at=timezone.now()
    )
    if not found or not used:
        raise DomainError("invitation_over", _("Undangan ini sudah dipakai atau tidak berlaku."))
    user = User.objects.filter(email=found.email).first()
    if user is None:
        user = User.objects.create_user(found.email, password, name=name.strip())
    membership = Membership.objects.create(
        user=user,
        role=found.role,
        regency=found.regency,
        village=found.village,
        health_centre=found.health_centre,
        branch=found.branch,
        valid_until=found.valid_until,
    )
    _tell("member.joined", membership, Actor(user, membership.role, membership), user.name)
    return membership


@transaction.atomic
def revoke_membership(*, by: Actor, membership: Membership) -> Membership:
    """End a membership now. Raises DomainError as `require_revocable` does."""
    require_revocable(by, membership)
    if Membership.objects.filter(pk=membership.pk, revoked_at=None).update(
        revoked_at=timezone.now()
    ):
        _tell("member.revoked", membership, by, membership.user.name)
    membership.refresh_from_db()
    return membership


def require_revocable(by: Actor, held: Membership | Invitation) -> None:
    """Raises DomainError for a membership of one's own, and for a role `by` may not give."""
    _require_invitable(by, held.role, held.regency)
    if isinstance(held, Membership) and held.user_id == by.id:
        raise DomainError("own_membership", _("Peran sendiri tidak dapat dicabut."))


@transaction.atomic
def revoke_invitation(*, by: Actor, invitation: Invitation) -> Invitation:
    """Take a link back before it is used."""
    require_revocable(by, invitation)
    if Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    ):
        _tell("invitation.revoked", invitation, by, invitation.name)
    invitation.refresh_from_db()
    return invitation


def create_token(*, by: User, name: str) -> tuple[ApiToken, str]:
    """A new API token of oneself, and its text, which is shown this once."""
    return tokens.create(by, name.strip())


def revoke_token(*, by: User, token: ApiToken) -> ApiToken:
    """End one's own token; it answers 401 from now on."""
    ApiToken.objects.filter(pk=token.pk, user=by, revoked_at=None).update(revoked_at=timezone.now())
    token.refresh_from_db()
    return token


@transaction.atomic
def activate_regency(
    *, by: Actor, regency: Regency, active: bool, time_zone: str, department: str
) -> Regency:
    """Open or close a regency as a tenant, with its time zone and the department in charge."""
    opened = active and not regency.active
    regency.active, regency.time_zone, regency.department = active, time_zone, department.strip()
    regency.save(update_fields=["active", "time_zone", "department"])
    if opened:
        happened.send(
            Regency,
            kind="regency.activated",
            subject=regency,
            by=by,
            regency_ids=[regency.pk],
            facts={"name": regency.name},
        )
    return regency


@transaction.atomic
def save_branch(
    *, by: Actor, branch: Branch | None, name: str, regencies: Iterable[Regency]
) -> Branch:
    """Make or change a BPJS branch and the regencies that it serves; its name must be free."""
    namesakes = Branch.objects.filter(name=name.strip())
    if branch:
        namesakes = namesakes.exclude(pk=branch.pk)
    if namesakes.exists():
        message = _("Cabang dengan nama ini sudah ada.")
        raise DomainError("branch_exists", message, {"name": message})
    branch = branch or Branch()
    branch.name = name.strip()
    branch.save()
    branch.regencies.set(regencies)
    return branch


def _require_invitable(by: Actor, role: str, regency: Regency | None) -> None:
    """Nobody gives a role above or outside their own."""
    if role not in INVITABLE.get(Role(by.role), frozenset()):
        message = _("Peran ini diberikan oleh pengelola sistem.")
        raise DomainError("role_not_yours", message, {"role": message})
    if by.role != Role.PLATFORM_OPERATOR and (
        regency is None or regency.pk != by.membership.regency_id
    ):
        raise DomainError("outside_regency", _("Peran ini di luar wilayah tugas Anda."))


def _place(
    role: str,
    regency: Regency | None,
    village: Village | None,
    health_centre: HealthCentre | None,
    branch: Branch | None,
) -> dict:
    """The columns that fit the role. Raises DomainError naming the missing or foreign one."""
    place = {"regency": regency, "village": None, "health_centre": None, "branch": None}
    if role == Role.PLATFORM_OPERATOR:
        return place | {"regency": None}
    if role == Role.BRANCH_OFFICER:
        return place | {"regency": None, "branch": _needed("branch", branch)}
    _needed("regency", regency)
    if role == Role.VILLAGE_OPERATOR:
        place["village"] = _inside("village", village, regency)
    if role == Role.HEALTH_CENTRE_OFFICER:
        place["health_centre"] = _inside("health_centre", health_centre, regency)
    return place


def _needed(field: str, place: Any) -> Any:
    if place is None:
        message = _("Pilih tempat tugasnya.")
        raise DomainError("place_missing", message, {field: message})
    return place


def _inside(field: str, place: Any, regency: Regency | None) -> Any:
    if _needed(field, place).regency_id != (regency.pk if regency else None):
        message = _("Tempat ini di luar kabupaten yang dipilih.")
        raise DomainError("place_outside", message, {field: message})
    return place


def _tell(kind: str, subject: Invitation | Membership, by: Actor, name: str) -> None:
    """Report to the trail of the regency, or of every regency that the branch serves."""
    regency_ids = [subject.regency_id] if subject.regency_id else []
    if subject.branch is not None:
        regency_ids = list(
            subject.branch.regencies.filter(active=True).values_list("id", flat=True)
        )
    facts = {"name": name, "role": subject.role}
    happened.send(
        type(subject), kind=kind, subject=subject, by=by, regency_ids=regency_ids, facts=facts
    )


def _send(invitation: Invitation, text: str) -> None:
    context = {
        "invitation": invitation,
        "role": Role(invitation.role).label,
        "place": invitation.village or invitation.regency or invitation.branch or "",
        "url": settings.KJ_BASE_URL + reverse("accounts:accept", args=[text]),
        "days": INVITATION_DAYS,
    }
    send_mail(
        gettext("Undangan KaderJamsos"),
        render_to_string("emails/invitation.txt", context),
        None,
        [invitation.email],
    )
