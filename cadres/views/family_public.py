"""The page behind a family's address: heirs and school children, without signing in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from cadres import actions, heirs, queries
from cadres.person_forms import FamilyForm
from cadres.views.person_parts import sent, tried
from core.limits import too_often
from core.tenancy import scope

LIMIT, WINDOW = 60, 600  # requests of one phone in so many seconds


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@gzip_page
def family_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form once; a used, late or unknown address says so and shows nothing else.

    What is there already is never shown: whoever holds the address only adds to it.
    """
    if too_often(request, "family-link", limit=LIMIT, seconds=WINDOW):
        return render(request, "429.html", status=429)
    gate = queries.family_gate(token)
    if gate is None or not gate.open:
        return _answer(request, {"gate": gate}, 404 if gate is None else 410)
    form = FamilyForm(sent(request))
    if request.method == "POST" and form.is_valid():

        def work(_data: dict[str, Any]) -> None:
            actions.answer_family_link(
                by=None, link_id=gate.link_id, heirs=form.heirs(), children=form.children()
            )

        with scope(gate.regency_id, villages=(gate.village_id,)):
            done = tried(form, work)
        if done:
            return _answer(request, {"gate": gate, "done": True}, 200)
    context = {"gate": gate, "form": form, "order": heirs.WORDS}
    return _answer(request, context, 422 if request.method == "POST" else 200)


def _answer(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, "cadres/family_link.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
