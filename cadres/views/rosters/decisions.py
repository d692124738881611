"""Deciding about a whole roster: save it, check it again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import door
from accounts.roles import Perm
from cadres import actions
from cadres.models import RosterImport
from cadres.views.rosters import parts
from core import formats


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.ROSTER_UPLOAD)
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen and what is left out; POST confirms it."""
    found = parts.roster_or_404(pk)
    if request.method == "POST":
        actions.apply_roster(by=request.actor, roster=found)
        return redirect("cadres:roster", request.regency.slug, found.pk)
    if found.status != RosterImport.Status.READY:
        return redirect("cadres:roster", request.regency.slug, found.pk)
    effects = _told(
        found,
        new=_("%(count)s orang baru dicatat"),
        changed=_("%(count)s orang diperbarui datanya"),
    )
    exclusions = _told(
        found,
        rejected=_("%(count)s baris ditolak tidak disimpan"),
        missing=_("%(count)s orang yang tidak ada di daftar ini tidak dihapus"),
        unchanged=_("%(count)s orang sama, tidak berubah"),
    )
    context = {**parts.base(found), "effects": effects, "exclusions": exclusions}
    return render(request, "cadres/roster_confirm.html", context)


def _told(roster: RosterImport, **sentences: str) -> list[str]:
    """The sentences whose count is not zero, with their counts."""
    return [
        words % {"count": formats.thousands(roster.counts[name])}
        for name, words in sentences.items()
        if roster.counts.get(name)
    ]


@require_POST
@door(Perm.ROSTER_UPLOAD)
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Check again against the people who are there now."""
    found = parts.roster_or_404(pk)
    actions.recheck_roster(by=request.actor, roster=found)
    return redirect("cadres:roster", request.regency.slug, found.pk)
