"""The page of one person's contribution period, and of what a death today would pay."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import door
from accounts.roles import Perm
from cadres.models import Cadre
from claims import contribution_period_words
from claims.contribution_period import contribution_period_of


@require_safe
@door(Perm.COVERAGE_VIEW)
def contribution_period(request: HttpRequest, cadre_id: int) -> HttpResponse:
    """A page, or with `bagian` the part that the person's page shows."""
    cadre = get_object_or_404(Cadre.objects.select_related("village__district"), pk=cadre_id)
    found = contribution_period_of(cadre, timezone.localdate())
    part = "bagian" in request.GET
    template = "claims/_contribution_period.html" if part else "claims/contribution_period.html"
    section = contribution_period_words.shown(found) if found else None
    return render(request, template, {"cadre": cadre, "section": section})
