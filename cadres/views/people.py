"""Pages of people: list and search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.roles import Perm
from audit.exporting import offer
from cadres.finders import by_number
from cadres.resources import find_people
from cadres.tables import PeopleTable
from core.listing import chips


@require_safe
@door(Perm.PEOPLE_VIEW)
def people(request: HttpRequest) -> HttpResponse:
    """The people of the scope, filtered by what the address says."""
    found, form = find_people(request)
    slug = request.regency.slug
    table = PeopleTable(found, person_url=lambda pk: reverse("cadres:person", args=[slug, pk]))
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
    context["export"] = offer(
        request, reverse("cadres:people_export", args=[slug]), table.page.paginator.count
    )
    context["may_upload"] = request.actor.may(Perm.ROSTER_UPLOAD)
    return render(request, "cadres/people.html", context)


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
