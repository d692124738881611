"""Pages of posyandu: the list, people and seats of one, its name and decree, merging, the norm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.roles import Perm
from audit.exporting import offer
from audit.timeline import trail
from cadres import actions, queries
from cadres.models import Posyandu, SeatNorm
from cadres.place_forms import MergeForm, NormForm, PosyanduForm, SeatsForm
from cadres.place_sections import place_sections
from cadres.place_tables import PosyanduTable
from cadres.queries import places
from cadres.resources import find_posyandu
from core.errors import DomainError
from core.formats import thousands
from core.listing import chips


def the_posyandu(pk: int) -> Posyandu:
    """One posyandu within the scope, or 404."""
    return get_object_or_404(Posyandu.objects.select_related("village__district"), pk=pk)


@require_safe
@door(Perm.PEOPLE_VIEW)
def posyandu_list(request: HttpRequest) -> HttpResponse:
    """Every posyandu with its people, seats and decree."""
    found, form = find_posyandu(request)
    slug = request.regency.slug
    table = PosyanduTable(found, slug=slug)
    table.filtered = any(request.GET.get(name) for name in form.fields)
    table.clear_url = reverse("cadres:posyandu_list", args=[slug])
    if request.actor.may(Perm.ROSTER_UPLOAD):
        table.empty_url = reverse("cadres:upload", args=[slug])
        table.empty_action = _("Unggah daftar")
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "form": form,
        "table": table,
        "norm": queries.seat_norm(),
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request, reverse("cadres:posyandu_export", args=[slug]), table.page.paginator.count
        ),
    }
    return render(request, "cadres/posyandu_list.html", context)


@require_safe
@door(Perm.PEOPLE_VIEW)
def posyandu(request: HttpRequest, pk: int) -> HttpResponse:
    """One posyandu: who serves, how many seats are paid for, and what can be done."""
    found = the_posyandu(pk)
    today = timezone.localdate()
    norm = queries.seat_norm()
    context = {
        "posyandu": found,
        "services": places.services_at(found.pk, today),
        "today": today,
        "seats": queries.seats_at(found, norm, today),
        "norm": norm,
        "left": places.empty_seats(found.pk, today)[:10],
        "can": {
            "edit": request.actor.may(Perm.PEOPLE_EDIT),
            "manage": request.actor.may(Perm.PEOPLE_MANAGE),
        },
        "others": Posyandu.objects.filter(village=found.village).exclude(pk=found.pk).exists(),
        "sections": place_sections("POSYANDU", found, request.actor),
        "trail": trail(found),
    }
    return render(request, "cadres/posyandu.html", context)


def fill(form, error: DomainError) -> None:
    """Show a refusal at its field, or above the form."""
    for name, text in (error.fields or {"": error.message}).items():
        form.add_error(name if name in form.fields else None, str(text))


def _form_page(request: HttpRequest, found: Posyandu, form, title: str, **more) -> HttpResponse:
    context = {
        "posyandu": found,
        "form": form,
        "title": title,
        "back": reverse("cadres:posyandu", args=[request.regency.slug, found.pk]),
        **more,
    }
    return render(request, "cadres/posyandu_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PEOPLE_EDIT)
def posyandu_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name or decree."""
    found = the_posyandu(pk)
    form = PosyanduForm(
        request.POST or None,
        initial={
            "name": found.name,
            "decree_number": found.decree_number,
            "decree_date": found.decree_date,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_posyandu(by=request.actor, posyandu=found, **form.cleaned_data)
        except DomainError as error:
            fill(form, error)
        else:
            messages.success(request, _("Data posyandu tersimpan."))
            return redirect("cadres:posyandu", request.regency.slug, found.pk)
    return _form_page(request, found, form, _("Ubah posyandu"))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PEOPLE_MANAGE)
def posyandu_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """How many people of a posyandu are paid for."""
    found = the_posyandu(pk)
    form = SeatsForm(
        request.POST if request.method == "POST" else None, initial={"seats": found.seats}
    )
    if request.method == "POST" and form.is_valid():
        actions.fund_seats(by=request.actor, posyandu=found, seats_each=form.cleaned_data["seats"])
        messages.success(request, _("Jumlah kursi tersimpan."))
        return redirect("cadres:posyandu", request.regency.slug, found.pk)
    return _form_page(request, found, form, _("Kursi yang dibiayai"), norm=queries.seat_norm())


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PEOPLE_MANAGE)
def posyandu_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Two records of one posyandu become one: choose, then see what moves, then merge."""
    found = the_posyandu(pk)
    others = Posyandu.objects.filter(village=found.village).exclude(pk=found.pk)
    form = MergeForm(
        request.POST if request.method == "POST" else None, others=others.order_by("name_key")
    )
    effects: list[str] = []
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        if request.POST.get("sure"):
            actions.merge_posyandu(by=request.actor, posyandu=found, into=into)
            messages.success(request, _("Kedua posyandu sudah digabungkan."))
            return redirect("cadres:posyandu", request.regency.slug, into.pk)
        people = found.assignments.filter(ended_on=None).count()
        effects = [
            _("%(people)s orang pindah ke posyandu %(name)s")
            % {"people": thousands(people), "name": into.name},
            _("Posyandu %(name)s dihapus dari daftar; riwayatnya tetap ada") % {"name": found.name},
        ]
    return _form_page(
        request,
        found,
        form,
        _("Gabungkan posyandu"),
        effects=effects,
        merge=True,
        others=others.exists(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PEOPLE_MANAGE)
def seat_norm(request: HttpRequest) -> HttpResponse:
    """The seats of every posyandu without a number of its own."""
    norm = queries.seat_norm()
    known = SeatNorm.objects.first()
    form = NormForm(
        request.POST if request.method == "POST" else None,
        initial={"seats": norm.seats, "basis": norm.basis, "confirmed": norm.confirmed},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.set_norm(
            by=request.actor,
            seats_each=told["seats"],
            basis=told["basis"],
            confirmed=told["confirmed"],
        )
        messages.success(request, _("Norma kursi tersimpan."))
        return redirect("cadres:villages", request.regency.slug)
    context = {"form": form, "norm": norm, "trail": trail(known) if known else None}
    return render(request, "cadres/seat_norm.html", context, status=422 if form.errors else 200)
