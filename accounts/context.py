"""What the shell around every page reads."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.models import Membership, User
from accounts.navigation import items_for
from accounts.roles import Perm
from regions.models import Regency


def shell(request: HttpRequest) -> dict:
    """Navigation, memberships and addresses for the signed-in person; nothing for a stranger.

    Memberships and navigation are read when a page shows them: error pages and fragments do not.
    """
    membership = getattr(request, "membership", None)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    regency = getattr(request, "regency", None)
    if not hasattr(request, "choices"):  # a page of several templates asks once
        request.choices = SimpleLazyObject(lambda: list(_choices(user, membership, regency)))
    context = {
        "home_url": reverse("home"),
        "account_url": reverse("accounts:profile"),
        "switch_url": reverse("accounts:switch"),
        "session_seconds": settings.SESSION_COOKIE_AGE,
        "session_extend_url": reverse("accounts:extend"),
        "memberships": request.choices,
        "nav": SimpleLazyObject(lambda: items_for(request)),
    }
    if regency is not None:
        if request.actor.may(Perm.PEOPLE_VIEW):
            context["search_url"] = reverse("cadres:search", args=[regency.slug])
        context["home_url"] = reverse("reports:dashboard", args=[regency.slug])
    return context


def _choices(
    user: User, membership: Membership | None, regency: Regency | None
) -> Iterator[dict[str, Any]]:
    """The roles that the person may switch to; a branch role once for each regency it serves."""
    found = (
        Membership.objects.current()
        .filter(user=user)
        .select_related("regency", "village", "health_centre", "branch")
        .prefetch_related("branch__regencies")
        .order_by("id")
    )
    for each in found:
        same = membership is not None and each.pk == membership.pk
        if each.branch is None:
            place = each.village or each.health_centre or each.regency or ""
            yield {"id": each.pk, "label": each.role_label, "detail": str(place), "current": same}
            continue
        for place in each.branch.regencies.all():
            if place.active:
                yield {
                    "id": f"{each.pk}:{place.slug}",
                    "label": each.role_label,
                    "detail": place.name,
                    "current": same and regency is not None and place.pk == regency.pk,
                }
