"""The door above the wall: who stands before it, and what opens.

Not yours: 404, as if it did not exist. Yours but not allowed: 403. A view without a
declaration is closed by the guard that walks every address.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Perm, Role, allows
from core.tenancy import Scope, scope
from regions.models import Regency

SESSION_MEMBERSHIP = "membership"


@dataclass(frozen=True)
class Actor:
    """Who does something: a person in a role. The one value that actions take as `by`."""

    user: User
    role: str
    membership: Membership

    @property
    def id(self) -> int:
        """The user's id, as history and events keep it."""
        return self.user.pk

    def may(self, perm: Perm) -> bool:
        """Whether the role holds the permission."""
        return allows(self.role, perm)


@dataclass(frozen=True)
class Entry:
    """An open door: the regency and the actor in it."""

    regency: Regency
    actor: Actor

    def scope(self) -> AbstractContextManager[Scope]:
        """The wall's opening for this actor."""
        return scope(
            self.regency.pk,
            villages=self.actor.membership.village_ids() or (),
            by=self.actor.id,
        )


def _standing(user: User, slug: str) -> tuple[Regency, list[Membership]]:
    """The regency and the user's memberships that open it; Http404 when there is none."""
    regency = Regency.objects.filter(slug=slug, active=True).first()
    if regency is None:
        raise Http404
    found = list(
        Membership.objects.current()
        .opening(regency)
        .filter(user=user)
        .select_related("village__district", "health_centre", "branch")
        .order_by("id")
    )
    if not found:
        raise Http404
    return regency, found


def _opens(membership: Membership, perm: Perm) -> bool:
    """Whether it holds the permission; a health centre without villages would see all, so never."""
    return allows(membership.role, perm) and (
        membership.role != Role.HEALTH_CENTRE_OFFICER or bool(membership.village_ids())
    )


def enter(user: User, slug: str, perm: Perm, *, prefer: int | None = None) -> Entry:
    """The entry of a user to a regency for one permission.

    `prefer` is the membership chosen in the session. Raises Http404 when no membership opens
    the regency and PermissionDenied when none that opens it holds the permission.
    """
    regency, found = _standing(user, slug)
    chosen = next((each for each in found if each.pk == prefer), found[0])
    if not _opens(chosen, perm):
        raise PermissionDenied
    return Entry(regency, Actor(user, chosen.role, chosen))


def enter_by_token(user: User, slug: str, perm: Perm) -> Entry:
    """As `enter`, for the API: a token carries no choice, so any membership that allows opens."""
    regency, found = _standing(user, slug)
    for each in found:
        if _opens(each, perm):
            return Entry(regency, Actor(user, each.role, each))
    raise PermissionDenied


def door(perm: Perm) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Declare what a view under `/r/<regency>/` needs, and run it inside the scope.

    The view gets `request.regency`, `request.membership` and `request.actor`; its response is
    rendered before the scope closes.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def inside(request: HttpRequest, regency: str, *args: Any, **kwargs: Any) -> HttpResponse:
            entry = enter(
                request.user, regency, perm, prefer=request.session.get(SESSION_MEMBERSHIP)
            )
            request.regency = entry.regency
            request.membership = entry.actor.membership
            request.actor = entry.actor
            with timezone.override(entry.regency.time_zone), entry.scope():
                response = view(request, *args, **kwargs)
                if callable(getattr(response, "render", None)):
                    response = response.render()
                return response

        inside.door = perm
        return inside

    return decorate


def _in_branches(user: User) -> list[Membership]:
    """The memberships of a person in branches, with the branch."""
    rows = Membership.objects.current().filter(user=user, role=Role.BRANCH_OFFICER)
    return list(rows.select_related("branch").order_by("id"))


def enter_branch_by_token(user: User, branch_id: int | None) -> Membership:
    """As `branch_door`, for the API: a token carries no choice, so a branch may be named.

    Raises Http404 for who works in no branch, or not in that one.
    """
    for each in _in_branches(user):
        if branch_id in (None, each.branch_id):
            return each
    raise Http404


def branch_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Declare a page of a branch over all regencies that it serves: counts, no personal data.

    The view gets `request.branch`; the chosen membership counts, else the first one.
    """

    @login_required
    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = _in_branches(request.user)
        if not found:
            raise Http404
        chosen = request.session.get(SESSION_MEMBERSHIP)
        membership = next((each for each in found if each.pk == chosen), found[0])
        request.membership, request.branch = membership, membership.branch
        request.actor = Actor(request.user, membership.role, membership)
        return view(request, *args, **kwargs)

    inside.door = Perm.BATCH_REVIEW
    return inside


def platform_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Declare a view for the platform operator: tenants and health, no personal data."""

    @login_required
    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        membership = (
            Membership.objects.current()
            .filter(user=request.user, role=Role.PLATFORM_OPERATOR)
            .first()
        )
        if membership is None:
            raise Http404
        request.membership = membership
        request.actor = Actor(request.user, membership.role, membership)
        return view(request, *args, **kwargs)

    inside.door = Perm.PLATFORM_MANAGE
    return inside
