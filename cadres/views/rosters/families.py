"""Asking the families of the people whom a saved roster recorded first."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import door
from accounts.roles import Perm
from cadres import actions, queries
from cadres.actions.family import LINK_DAYS
from cadres.models import Cadre
from cadres.views.rosters import parts
from cadres.views.rosters.parts import Status
from core.errors import DomainError

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PEOPLE_EDIT)
def families(request: HttpRequest, pk: int) -> HttpResponse:
    """People without heirs; POST makes an address for each chosen one and shows it once."""
    found = parts.roster_or_404(pk)
    if found.status != Status.APPLIED:
        return redirect("cadres:roster", request.regency.slug, found.pk)
    people = queries.without_heirs(found)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {**parts.base(found), "page": page, "link_days": LINK_DAYS}
    if request.method != "POST":
        return render(request, "cadres/roster_families.html", context)
    chosen = [int(each) for each in request.POST.getlist("people") if each.isdecimal()]
    try:
        asked = list(people.filter(pk__in=[each for each in chosen if each < 2**62]))
        tokens = actions.make_family_links(by=request.actor, cadres=asked)
    except DomainError as fault:
        context["error"] = fault.message
        return render(request, "cadres/roster_families.html", context, status=422)
    context["made"] = [_link(request, each, tokens[each.pk]) for each in asked if each.pk in tokens]
    response = render(request, "cadres/roster_families.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _link(request: HttpRequest, cadre: Cadre, token: str) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse("family_link", args=[token]))
    return {"cadre": cadre, "address": address}
