"""Ganti kader: who leaves, who takes over and from which day; then what it means."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import door
from accounts.roles import Perm
from audit.timeline import trail
from cadres import actions, queries, values
from cadres.models import Assignment, Cadre
from cadres.place_forms import ReplaceForm
from cadres.place_sections import place_sections
from cadres.seats import first_paid_month, last_paid_day, months_of_seat
from cadres.views.posyandu import fill
from core.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PEOPLE_EDIT)
def replace(request: HttpRequest, pk: int, service_id: int) -> HttpResponse:
    """Name who takes over the seat of a service."""
    service = get_object_or_404(_services(), pk=service_id, cadre_id=pk)
    people = (
        queries.people()
        .filter(village=service.village_id, died_on=None, merged_into=None)
        .exclude(pk=service.cadre_id)
    )
    form = ReplaceForm(
        request.POST if request.method == "POST" else None,
        people=people,
        initial={"takes_over": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            successor = _replace(request, service, form.cleaned_data)
        except DomainError as error:
            fill(form, error)
        else:
            messages.success(request, _("Pergantian kader tersimpan."))
            return redirect("cadres:replacement", request.regency.slug, successor.pk)
    context = {"service": service, "form": form}
    return render(request, "cadres/replace.html", context, status=422 if form.errors else 200)


def _services():
    return Assignment.objects.select_related(
        "cadre", "posyandu", "village__district", "replaces__cadre"
    )


def _replace(request: HttpRequest, service: Assignment, told: dict) -> Assignment:
    person: Cadre | actions.NewPerson = told["person"] or actions.NewPerson(
        **{
            name: told[name]
            for name in (
                "nik",
                "name",
                "birth_date",
                "sex",
                "birth_place",
                "phone",
                "mother_name",
            )
        }
    )
    return actions.replace_cadre(
        by=request.actor,
        service=service,
        takes_over=told["takes_over"],
        person=person,
        reason=told["reason"],
        decree_number=told["decree_number"],
        decree_date=told["decree_date"],
    )


@require_safe
@door(Perm.PEOPLE_VIEW)
def replacement(request: HttpRequest, service_id: int) -> HttpResponse:
    """What a replacement came to: the two services, and for whom the seat is paid each month."""
    service = get_object_or_404(_services(), pk=service_id, replaces__isnull=False)
    context = {
        "service": service,
        "old": service.replaces,
        "first": first_paid_month(service.started_on),
        "last": last_paid_day(service.started_on),
        "months": months_of_seat(service.started_on),
        "doubts": _doubts(service.cadre),
        "sections": place_sections("REPLACEMENT", service, request.actor),
        "trail": trail(service),
    }
    return render(request, "cadres/replacement.html", context)


def _doubts(cadre: Cadre) -> list[str]:
    """What in the new person's record disagrees with the NIK; a NIK itself never changes."""
    found = []
    if cadre.birth_date not in values.nik_birth_dates(cadre.nik):
        found.append(_("Tanggal lahir berbeda dengan NIK. Cocokkan dengan KTP."))
    if cadre.sex != values.nik_sex(cadre.nik):
        found.append(_("Jenis kelamin berbeda dengan NIK. Cocokkan dengan KTP."))
    if values.age_on(cadre.birth_date, timezone.localdate()) >= 65:
        found.append(_("Berusia 65 tahun atau lebih: BPJS menolak pendaftarannya."))
    return found
