"""Pages of the risk radar: the figures by place, and the list behind each."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import door
from accounts.roles import Perm
from audit.exporting import offer
from cadres.resources import villages_in_sight
from core.exports import how_many
from core.formats import thousands
from core.listing import chips
from regions.queries import districts_of
from reports.queries import radar as radar_queries
from reports.queries.radar import BY_CODE, RISKS
from reports.resources import find_at_risk

PER_PAGE = 50


@require_safe
@door(Perm.COVERAGE_VIEW)
def radar(request: HttpRequest) -> HttpResponse:
    """Every risk with its figure, then by district; of one district, by village."""
    today = timezone.localdate()
    villages = villages_in_sight(request).select_related("district")
    district = None
    if code := request.GET.get("district"):
        district = get_object_or_404(districts_of(request.regency), code=code)
        villages = villages.filter(district=district)
    counted = radar_queries.counts(today, villages)
    each_village = district is not None or bool(request.membership.village_ids())
    context = {
        "today": today,
        "risks": [(risk, thousands(counted[risk.code].total())) for risk in RISKS],
        "places": radar_queries.places(counted, villages, each_village=each_village),
        "by_village": each_village,
        "district": district,
    }
    return render(request, "reports/radar.html", context)


@require_safe
@door(Perm.COVERAGE_VIEW)
def risk(request: HttpRequest, risk_code: str) -> HttpResponse:
    """Who is at risk in one way, the most urgent first."""
    found = BY_CODE.get(risk_code)
    if found is None:
        raise Http404
    today = timezone.localdate()
    rows, form = find_at_risk(request, found)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    slug = request.regency.slug
    context = {
        "risk": found,
        "of_people": not found.of_villages,
        "page": page,
        "form": form,
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request, reverse(f"reports:risk_{risk_code}_export", args=[slug]), how_many(rows)
        ),
        "today": today,
    }
    return render(request, "reports/risk.html", context)
