"""The page of one person, and the NIK shown once for a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import door
from accounts.roles import Perm
from cadres import actions, person_page
from cadres.forms import RevealForm
from cadres.models import Cadre
from core.errors import DomainError


@require_safe
@door(Perm.PEOPLE_VIEW)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what is missing, identity, services, family, trainings, and the trail."""
    return _page(request, found(pk), form=RevealForm())


@require_POST
@door(Perm.PEOPLE_REVEAL)
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the NIK once, for a reason that the trail keeps."""
    cadre = found(pk)
    form = RevealForm(request.POST)
    if form.is_valid():
        try:
            nik = actions.reveal_nik(
                by=request.actor, cadre=cadre, reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            form.add_error("reason", str(error.message))
        else:
            response = _page(request, cadre, form=RevealForm(), nik=nik)
            response["Cache-Control"] = "no-store"
            return response
    return _page(request, cadre, status=422, form=form)


def found(pk: int) -> Cadre:
    """A person of the scope with the village, or 404."""
    return get_object_or_404(
        Cadre.objects.select_related("village__district", "merged_into"), pk=pk
    )


def _page(request: HttpRequest, cadre: Cadre, *, status: int = 200, **more: Any) -> HttpResponse:
    context = person_page.context(cadre, request.actor, request.regency.slug)
    context["may_reveal"] = context["may_reveal"] and "nik" not in more
    return render(request, "cadres/person.html", context | more, status=status)
