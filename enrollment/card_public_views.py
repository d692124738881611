"""The page behind the QR code of a card: valid or not, and nothing that names the person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from core.limits import too_often
from enrollment.card_queries import check_card

LIMIT, WINDOW = 300, 60  # answers for one address in so many seconds: a hall that scans together


@require_safe
@never_cache
@gzip_page
def card_check(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a card is valid today; an unknown token is told apart by nothing but its words."""
    if too_often(request, "card-check", limit=LIMIT, seconds=WINDOW):
        return render(request, "429.html", status=429)
    today = timezone.localdate()
    found = check_card(token, today)
    context = {"card": found, "today": today, "begins_later": found and found.starts_on > today}
    response = render(request, "enrollment/card_check.html", context, status=200 if found else 404)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
