"""Putting two records of one person together, side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import door
from accounts.roles import Perm
from cadres import actions, person_page, queries
from cadres.person_compare import compared
from cadres.person_forms import FindForm, MergeForm
from cadres.views.person import found
from cadres.views.person_parts import sent, step

METHODS = ["GET", "HEAD", "POST"]
SHOWN = 20


@require_http_methods(METHODS)
@door(Perm.PEOPLE_MANAGE)
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Search the other record; by POST, so that no name or number stands in an address."""
    cadre = found(pk)
    form = FindForm(sent(request))
    words = cadre.name
    if request.method == "POST":
        words = form.cleaned_data["words"] if form.is_valid() else ""
    others = queries.searched(queries.people(), words).exclude(pk=cadre.pk)[:SHOWN] if words else []
    return render(
        request, "cadres/merge_find.html", {"cadre": cadre, "form": form, "others": others}
    )


@require_http_methods(METHODS)
@door(Perm.PEOPLE_MANAGE)
def merge(request: HttpRequest, pk: int, other_id: int) -> HttpResponse:
    """The two records side by side: which values stay, and why they are one person."""
    cadre, other = found(pk), found(other_id)
    form = MergeForm(sent(request), rows=compared(cadre, other))
    return step(
        request,
        cadre,
        form,
        lambda data: actions.merge_people(
            by=request.actor, kept=cadre, other=other, take=form.taken(), reason=data["reason"]
        ),
        title=_("Gabungkan dua catatan"),
        button=_("Gabungkan"),
        done=_("Kedua catatan sudah menjadi satu."),
        template="cadres/merge.html",
        other=other,
        services=(person_page.services_of(cadre), person_page.services_of(other)),
        effects=[
            _("Tugas, ahli waris, pelatihan, kepesertaan, dan klaim ikut pindah."),
            _("Tagihan yang sudah terbit tidak berubah."),
            _("Catatan yang digabungkan tidak tampil lagi di daftar, dan menunjuk ke sini."),
        ],
        warnings=[_("Penggabungan tidak dapat dibatalkan. Pastikan orangnya sama.")],
    )
