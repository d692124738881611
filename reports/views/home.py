"""The home page of a regency, and the lists behind its figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import door
from accounts.roles import Perm
from budgets.queries import Figures, figures
from cadres.resources import villages_in_sight
from core import charts
from core.formats import short_month
from core.months import this_month
from enrollment.queries.targets import current as current_targets
from regions.models import District
from reports.queries import figures as regency_figures
from reports.todo import items_for


@require_safe
@door(Perm.PEOPLE_VIEW)
def dashboard(request: HttpRequest) -> HttpResponse:
    """Figures with their date and denominator, and first of all what waits for this person."""
    month = this_month()
    narrow = bool(request.membership.village_id or request.membership.health_centre_id)
    places = regency_figures.places(timezone.localdate(), by_village=narrow)
    villages = villages_in_sight(request)
    claims = regency_figures.claims(month.year)
    money = figures(month) if request.actor.may(Perm.INVOICE_VIEW) else None
    sees_targets = request.actor.may(Perm.BATCH_VIEW)
    context = {
        "month": month,
        "now": timezone.localtime(),
        "places": places,
        "people": sum(place.people for place in places),
        "covered": sum(place.covered for place in places),
        "todo": items_for(
            request.actor,
            request.regency,
            villages=villages,
            claim_counts=claims.by_status,
            figures=money,
        ),
        "by_village": narrow,
        "targets": current_targets(timezone.localdate()) if sees_targets else [],
        "may_upload": request.actor.may(Perm.ROSTER_UPLOAD),
        "may_prepare": request.actor.may(Perm.BATCH_PREPARE),
    }
    if money:
        context |= _money(money)
        context |= {"families": claims.families, "benefits": claims.paid}
    return render(request, "reports/dashboard.html", context)


def _money(money: Figures) -> dict:
    bills = regency_figures.bills(money.month)
    first = next((place for place, figure in enumerate(bills) if figure.total), len(bills))
    billed = bills[first:]
    chart = None
    if billed:
        chart = charts.bar(
            [(short_month(figure.month, get_language()), figure.people) for figure in billed],
            title=_("Orang yang ditagih tiap bulan"),
        )
    return {
        "bill": bills[-1],
        "people_trend": [figure.people for figure in billed],
        "bill_trend": [figure.total for figure in billed],
        "money": money,
        "bill_chart": chart,
    }


@require_safe
@door(Perm.PEOPLE_VIEW)
def district(request: HttpRequest, code: str) -> HttpResponse:
    """The villages of one district."""
    found = get_object_or_404(District, regency=request.regency, code=code)
    today = timezone.localdate()
    places = [
        place
        for place in regency_figures.places(today, by_village=True)
        if place.code.startswith(code)
    ]
    return render(
        request, "reports/district.html", {"district": found, "places": places, "today": today}
    )
