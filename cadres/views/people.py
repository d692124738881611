"""Pages of people: list, search, person, village, posyandu."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.roles import Perm
from audit.timeline import trail
from cadres import actions, queries
from cadres.finders import by_number
from cadres.forms import PeopleFilter, RevealForm
from cadres.models import Assignment, Cadre, Heir, Posyandu
from cadres.person_sections import sections_for
from cadres.tables import PeopleTable
from core.errors import DomainError
from core.listing import chips
from regions.queries import districts_of, villages_of


@require_safe
@door(Perm.PEOPLE_VIEW)
def people(request: HttpRequest) -> HttpResponse:
    """The people of the scope, filtered by what the address says."""
    form = PeopleFilter(
        request.GET, districts=districts_of(request.regency), villages=_villages(request)
    )
    found = _filtered(form)
    slug = request.regency.slug
    table = PeopleTable(
        queries.with_service(found),
        person_url=lambda pk: reverse("cadres:person", args=[slug, pk]),
    )
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    table.unit = _("orang")
    table.caption = _("Daftar kader")
    table.clear_url = reverse("cadres:list", args=[slug])
    table.filtered = any(request.GET.get(name) for name in form.fields)
    table.empty_title = _("Belum ada kader")
    table.empty_text = _("Unggah daftar kader, lalu orang-orangnya tampil di sini.")
    if request.actor.may(Perm.ROSTER_UPLOAD):
        table.empty_url = reverse("cadres:upload", args=[slug])
        table.empty_action = _("Unggah daftar")
    context = {"form": form, "table": table, "clear_url": table.clear_url}
    context["chips"] = chips(form, dict(request.GET.lists()))
    context["may_upload"] = request.actor.may(Perm.ROSTER_UPLOAD)
    return render(request, "cadres/people.html", context)


def _villages(request: HttpRequest):
    found = villages_of(request.regency)
    own = request.membership.village_ids()
    return found.filter(pk__in=own) if own else found


def _filtered(form: PeopleFilter):
    found = queries.people()
    if not form.is_valid():
        return found.none()
    chosen = form.cleaned_data
    if chosen["q"]:
        found = queries.searched(found, chosen["q"])
    if chosen["district"]:
        found = found.filter(village__district=chosen["district"])
    if chosen["village"]:
        found = found.filter(village=chosen["village"])
    service = {name: chosen[name] for name in ("category", "posyandu") if chosen[name]}
    return queries.serving(found, **service) if service else found


@require_POST
@door(Perm.PEOPLE_VIEW)
def search(request: HttpRequest) -> HttpResponse:
    """A number leads to its person, a name to the list; numbers stay out of addresses."""
    words = " ".join(request.POST.get("q", "").split())[:100]
    slug = request.regency.slug
    if pk := by_number(words):
        return redirect("cadres:person", slug, pk)
    listed = reverse("cadres:list", args=[slug])
    if any(letter.isdigit() for letter in words):
        return render(request, "cadres/search_nothing.html", {"list_url": listed}, status=404)
    return redirect(f"{listed}?{urlencode({'q': words})}" if words else listed)


@require_safe
@door(Perm.PEOPLE_VIEW)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: identity, services, heirs, what other apps add, and the trail."""
    return _person_page(request, _person(pk), RevealForm())


def _person(pk: int) -> Cadre:
    return get_object_or_404(Cadre.objects.select_related("village__district"), pk=pk)


def _person_page(
    request: HttpRequest, cadre: Cadre, form: RevealForm, nik: str = "", status: int = 200
) -> HttpResponse:
    services = list(
        Assignment.objects.filter(cadre=cadre)
        .select_related("posyandu", "village")
        .order_by("ended_on", "-started_on")
    )
    context = {
        "cadre": cadre,
        "nik": nik,
        "form": form,
        "may_reveal": request.actor.may(Perm.PEOPLE_REVEAL) and not nik,
        "services": sorted(services, key=lambda service: service.ended_on is not None),
        "heirs": Heir.objects.filter(cadre=cadre).order_by("id"),
        "sections": sections_for(cadre, request.actor),
        "trail": trail(cadre),
    }
    response = render(request, "cadres/person.html", context, status=status)
    if nik:
        response["Cache-Control"] = "no-store"
    return response


@require_POST
@door(Perm.PEOPLE_REVEAL)
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the NIK once, for a reason that the trail keeps."""
    cadre = _person(pk)
    form = RevealForm(request.POST)
    if form.is_valid():
        try:
            nik = actions.reveal_nik(
                by=request.actor, cadre=cadre, reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            form.add_error("reason", str(error.message))
        else:
            return _person_page(request, cadre, RevealForm(), nik=nik)
    return _person_page(request, cadre, form, status=422)


@require_safe
@door(Perm.PEOPLE_VIEW)
def village(request: HttpRequest, code: str) -> HttpResponse:
    """One village: its people by kind, its posyandu, and how old its roster is."""
    found = get_object_or_404(_villages(request), code=code)
    roster = queries.roster_age(found.pk)
    posts = (
        Posyandu.objects.filter(village=found)
        .annotate(people=Count("assignments", filter=Q(assignments__ended_on=None)))
        .order_by("name_key")
    )
    context = {
        "village": found,
        "roster": roster,
        "posts": posts,
        "people": Cadre.objects.filter(village=found, died_on=None).count(),
        "kinds": queries.kinds_in(found.pk),
        "may_upload": request.actor.may(Perm.ROSTER_UPLOAD),
    }
    return render(request, "cadres/village.html", context)


@require_safe
@door(Perm.PEOPLE_VIEW)
def posyandu(request: HttpRequest, pk: int) -> HttpResponse:
    """One posyandu and the people who serve there."""
    found = get_object_or_404(Posyandu.objects.select_related("village__district"), pk=pk)
    services = (
        Assignment.objects.filter(posyandu=found, ended_on=None)
        .select_related("cadre")
        .order_by("cadre__name_key")
    )
    return render(request, "cadres/posyandu.html", {"posyandu": found, "services": services})
