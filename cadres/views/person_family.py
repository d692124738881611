"""Heirs, school children, the yearly confirmation, and the address for the person's phone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import door
from accounts.roles import Perm
from cadres import actions, heirs, queries
from cadres.models import Cadre, Heir
from cadres.person_forms import ChildrenForm, HeirForm, children_initial
from cadres.views.person import found
from cadres.views.person_parts import sent, step
from core.errors import DomainError
from regions.queries import villages_of

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 50


@require_safe
@door(Perm.PEOPLE_EDIT)
def family(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about the family on one page, to read out and confirm."""
    return _family(request, found(pk))


def _family(request: HttpRequest, cadre: Cadre, **more: Any) -> HttpResponse:
    context = {
        "cadre": cadre,
        "ranks": heirs.in_order(list(cadre.heirs.order_by("id"))),
        "children": list(cadre.school_children.order_by("position")),
        "family_due": queries.family_is_due(cadre, timezone.localdate()),
        "link_days": actions.family.LINK_DAYS,
    }
    return render(request, "cadres/person_family.html", context | more)


@require_http_methods(METHODS)
@door(Perm.PEOPLE_EDIT)
def heir_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another heir."""
    cadre = found(pk)
    form = HeirForm(sent(request))
    return step(
        request,
        cadre,
        form,
        lambda data: actions.add_heir(by=request.actor, cadre=cadre, **form.given()),
        title=_("Tambah ahli waris"),
        button=_("Simpan ahli waris"),
        done=_("Ahli waris ditambahkan."),
        order=heirs.WORDS,
    )


@require_http_methods(METHODS)
@door(Perm.PEOPLE_EDIT)
def heir(request: HttpRequest, pk: int, heir_id: int) -> HttpResponse:
    """Correct an heir."""
    cadre = found(pk)
    chosen = get_object_or_404(Heir, pk=heir_id, cadre=cadre)
    names = ("name", "relation", "birth_date", "phone")
    form = HeirForm(
        sent(request), initial={name: getattr(chosen, name) for name in names}, heir=chosen
    )
    return step(
        request,
        cadre,
        form,
        lambda data: actions.update_heir(by=request.actor, heir=chosen, **form.given()),
        title=_("Ubah ahli waris"),
        button=_("Simpan ahli waris"),
        done=_("Ahli waris diperbarui."),
        order=heirs.WORDS,
    )


@require_POST
@door(Perm.PEOPLE_EDIT)
def heir_remove(request: HttpRequest, pk: int, heir_id: int) -> HttpResponse:
    """Take somebody off the heirs."""
    cadre = found(pk)
    return _done(
        request,
        cadre,
        lambda: actions.remove_heir(
            by=request.actor, heir=get_object_or_404(Heir, pk=heir_id, cadre=cadre)
        ),
        _("Ahli waris dihapus. Riwayatnya tetap tersimpan."),
    )


@require_http_methods(METHODS)
@door(Perm.PEOPLE_EDIT)
def children(request: HttpRequest, pk: int) -> HttpResponse:
    """The two school children."""
    cadre = found(pk)
    form = ChildrenForm(sent(request), initial=children_initial(cadre))
    return step(
        request,
        cadre,
        form,
        lambda data: actions.set_school_children(
            by=request.actor, cadre=cadre, children=form.children()
        ),
        title=_("Anak sekolah"),
        button=_("Simpan anak sekolah"),
        done=_("Anak sekolah disimpan."),
        template="cadres/person_children.html",
        effects=[
            _("Beasiswa untuk paling banyak dua anak, sampai usia 23 tahun."),
            _("Hanya nama, tanggal lahir, dan jenjang yang disimpan."),
            _("Kosongkan satu bagian untuk menghapus anak itu dari catatan."),
        ],
    )


@require_POST
@door(Perm.PEOPLE_EDIT)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The family was read out to the person and is right."""
    cadre = found(pk)
    return _done(
        request,
        cadre,
        lambda: actions.confirm_family(by=request.actor, cadre=cadre),
        _("Data keluarga dipastikan hari ini."),
    )


@require_POST
@door(Perm.PEOPLE_EDIT)
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an address for the person's phone and show it once, with a text to send."""
    cadre = found(pk)
    try:
        token = actions.make_family_link(by=request.actor, cadre=cadre)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("cadres:family", request.regency.slug, cadre.pk)
    address = request.build_absolute_uri(reverse("family_link", args=[token]))
    response = _family(request, cadre, address=address)
    response["Cache-Control"] = "no-store"
    return response


def _done(request: HttpRequest, cadre: Cadre, work: Any, words: str) -> HttpResponse:
    """Do something that has no form, and say how it went on the family's page."""
    try:
        work()
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, words)
    return redirect("cadres:family", request.regency.slug, cadre.pk)


@require_safe
@door(Perm.PEOPLE_EDIT)
def families(request: HttpRequest, code: str) -> HttpResponse:
    """People of a village whose family was not confirmed within a year."""
    village = get_object_or_404(villages_of(request.regency), code=code)
    own = request.membership.village_ids()
    if own and village.pk not in own:
        raise Http404
    pages = Paginator(queries.families_due(village.pk), PER_PAGE)
    context = {"village": village, "people": pages.get_page(request.GET.get("page"))}
    return render(request, "cadres/families.html", context)
