"""Pages of quotas: the list, one quota with its villages, and the list of one village."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.roles import Perm
from audit.timeline import trail
from cadres import actions, queries
from cadres.models import Quota, QuotaPlace
from cadres.place_forms import EnlistForm, LeaveForm, QuotaForm, ShareForm
from cadres.place_tables import QuotaVillageTable
from cadres.resources import villages_in_sight
from cadres.views.posyandu import fill
from core.errors import DomainError
from core.formats import thousands
from regions.models import Village

ALL_AT_ONCE = 1_000


@require_safe
@door(Perm.PEOPLE_VIEW)
def quotas(request: HttpRequest) -> HttpResponse:
    """Every quota with its people inside and waiting."""
    today = timezone.localdate()
    found = [
        (quota, quota.starts_on <= today and (quota.ends_on is None or quota.ends_on >= today))
        for quota in queries.quotas()
    ]
    context = {"quotas": found, "may_manage": request.actor.may(Perm.PEOPLE_MANAGE)}
    return render(request, "cadres/quotas.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PEOPLE_MANAGE)
def quota_new(request: HttpRequest) -> HttpResponse:
    """A new quota."""
    return _save(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PEOPLE_MANAGE)
def quota_edit(request: HttpRequest, quota_id: int) -> HttpResponse:
    """Change a quota."""
    return _save(request, get_object_or_404(Quota, pk=quota_id))


def _save(request: HttpRequest, quota: Quota | None) -> HttpResponse:
    initial = {name: getattr(quota, name) for name in QuotaForm.base_fields} if quota else {}
    form = QuotaForm(request.POST if request.method == "POST" else None, initial=initial)
    slug = request.regency.slug
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_quota(by=request.actor, quota=quota, **form.cleaned_data)
        except DomainError as error:
            fill(form, error)
        else:
            messages.success(request, _("Kuota tersimpan."))
            return redirect("cadres:quota", slug, saved.pk)
    back = reverse("cadres:quotas", args=[slug])
    context = {"form": form, "quota": quota, "back": back}
    return render(request, "cadres/quota_form.html", context, status=422 if form.errors else 200)


@require_safe
@door(Perm.PEOPLE_VIEW)
def quota(request: HttpRequest, quota_id: int) -> HttpResponse:
    """One quota: every village with its places, people inside and waiting."""
    found = get_object_or_404(queries.quotas(), pk=quota_id)
    states = queries.by_village(found, villages_in_sight(request))
    table = QuotaVillageTable(states, slug=request.regency.slug, quota_id=found.pk)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "quota": found,
        "table": table,
        "places": sum(state.places for state in states),
        "free": sum(state.free for state in states),
        "over": sum(state.over for state in states),
        "outside": sum(state.outside for state in states),
        "may_manage": request.actor.may(Perm.PEOPLE_MANAGE),
        "trail": trail(found),
    }
    return render(request, "cadres/quota.html", context)


def _place(request: HttpRequest, quota_id: int, village_code: str) -> tuple[Quota, Village]:
    """The quota and the village of an address, both within sight, or 404."""
    return (
        get_object_or_404(Quota, pk=quota_id),
        get_object_or_404(villages_in_sight(request), code=village_code),
    )


@require_safe
@door(Perm.PEOPLE_VIEW)
def quota_village(request: HttpRequest, quota_id: int, village_code: str) -> HttpResponse:
    """One village under a quota: who is inside, who waits in which order."""
    return _village_page(request, *_place(request, quota_id, village_code))


def _village_page(
    request: HttpRequest, found: Quota, village: Village, status: int = 200, **forms
) -> HttpResponse:
    [state] = queries.by_village(found, [village])
    people = queries.people_of(found, village.pk)
    inside = Paginator(people.filter(status=QuotaPlace.Status.INSIDE), 50)
    others = queries.candidates(found, village).order_by("name_key", "pk")
    may_edit = request.actor.may(Perm.PEOPLE_EDIT)
    context = {
        "quota": found,
        "village": village,
        "state": state,
        "next": len(queries.next_inside(found, state)) if may_edit else 0,
        "page": inside.get_page(request.GET.get("page")),
        "waiting": people.filter(status=QuotaPlace.Status.WAITING)[:200],
        "gone": people.filter(status=QuotaPlace.Status.LEFT).order_by("-left_on", "-id")[:20],
        "candidates": others.count() if may_edit else 0,
        "can": {"edit": may_edit, "manage": request.actor.may(Perm.PEOPLE_MANAGE)},
        "enlist": EnlistForm(people=others),
        "share": ShareForm(initial={"places": state.places if state.own else None}),
        **forms,
    }
    return render(request, "cadres/quota_village.html", context, status=status)


@require_POST
@door(Perm.PEOPLE_EDIT)
def quota_enlist(request: HttpRequest, quota_id: int, village_code: str) -> HttpResponse:
    """Put one person, or with `all` everybody of the kind, on the list of a village."""
    found, village = _place(request, quota_id, village_code)
    if request.POST.get("all"):
        people = actions.enlist_all(by=request.actor, quota=found, village=village)
        messages.success(
            request, _("%(people)s orang masuk daftar tunggu.") % {"people": thousands(people)}
        )
        return _back(request, found, village)
    form = EnlistForm(request.POST, people=queries.candidates(found, village))
    if not form.is_valid():
        return _village_page(request, found, village, status=422, enlist=form)
    actions.enlist(by=request.actor, quota=found, village=village, **form.cleaned_data)
    messages.success(request, _("Orang ini masuk daftar tunggu."))
    return _back(request, found, village)


@require_POST
@door(Perm.PEOPLE_EDIT)
def quota_admit(request: HttpRequest, quota_id: int, village_code: str) -> HttpResponse:
    """Take the next of the list, or with `all` as many as there are free places."""
    found, village = _place(request, quota_id, village_code)
    most = ALL_AT_ONCE if request.POST.get("all") else 1
    people = actions.admit(by=request.actor, quota=found, village=village, most=most)
    messages.success(request, _("%(people)s orang masuk kuota.") % {"people": thousands(people)})
    return _back(request, found, village)


@require_POST
@door(Perm.PEOPLE_MANAGE)
def quota_share(request: HttpRequest, quota_id: int, village_code: str) -> HttpResponse:
    """A village's own number."""
    found, village = _place(request, quota_id, village_code)
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _village_page(request, found, village, status=422, share=form)
    actions.set_share(by=request.actor, quota=found, village=village, **form.cleaned_data)
    messages.success(request, _("Kuota desa tersimpan."))
    return _back(request, found, village)


def _back(request: HttpRequest, found: Quota, village: Village) -> HttpResponse:
    return redirect("cadres:quota_village", request.regency.slug, found.pk, village.code)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PEOPLE_EDIT)
def quota_leave(request: HttpRequest, place_id: int) -> HttpResponse:
    """Take a person off a quota, with the reason."""
    place = get_object_or_404(
        QuotaPlace.objects.select_related("quota", "village", "cadre"), pk=place_id
    )
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.leave_quota(by=request.actor, place=place, **form.cleaned_data)
        messages.success(request, _("Orang ini keluar dari kuota."))
        return _back(request, place.quota, place.village)
    context = {
        "place": place,
        "form": form,
        "back": reverse(
            "cadres:quota_village",
            args=[request.regency.slug, place.quota_id, place.village.code],
        ),
    }
    return render(request, "cadres/quota_leave.html", context, status=422 if form.errors else 200)
