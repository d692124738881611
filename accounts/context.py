"""What the shell around every page reads."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Membership
from accounts.navigation import items_for


def shell(request: HttpRequest) -> dict:
    """Navigation, memberships and addresses for the signed-in person; nothing for a stranger."""
    membership = getattr(request, "membership", None)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    regency = getattr(request, "regency", None)
    context = {
        "home_url": reverse("home"),
        "account_url": reverse("accounts:profile"),
        "switch_url": reverse("accounts:switch"),
        "session_seconds": settings.SESSION_COOKIE_AGE,
        "session_extend_url": reverse("accounts:extend"),
        "memberships": [
            {
                "id": each.pk,
                "label": each.role_label,
                "detail": str(each.village or each.regency or each.branch or ""),
                "current": membership is not None and each.pk == membership.pk,
            }
            for each in Membership.objects.current()
            .filter(user=user)
            .select_related("regency", "village", "branch")
            .order_by("id")
        ],
        "nav": items_for(request),
    }
    if regency is not None:
        context["search_url"] = reverse("cadres:search", args=[regency.slug])
        context["home_url"] = reverse("reports:dashboard", args=[regency.slug])
    return context
