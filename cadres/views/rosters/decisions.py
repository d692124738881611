"""Deciding about a whole roster: save it, let it be saved, give it back, take it back."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import door
from accounts.roles import Perm
from cadres import actions, queries
from cadres.forms import ApprovalForm, ReturnForm
from cadres.models import RosterImport
from cadres.views.rosters import check, parts
from cadres.views.rosters.parts import Status
from core import formats
from core.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.ROSTER_UPLOAD)
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen and what is left out; POST confirms it."""
    found = parts.roster_or_404(pk)
    if request.method == "POST":
        actions.apply_roster(by=request.actor, roster=found)
        return _to(request, found)
    if found.status != Status.READY:
        return _to(request, found)
    context = {
        **parts.base(found),
        "effects": _effects(found),
        "exclusions": _exclusions(found),
        "needs_approval": parts.needs_approval(request),
        "saved": found.counts["new"] + found.counts["changed"],
    }
    return render(request, "cadres/roster_confirm.html", context)


def _to(request: HttpRequest, roster: RosterImport) -> HttpResponse:
    return redirect("cadres:roster", request.regency.slug, roster.pk)


def _effects(roster: RosterImport) -> list[str]:
    """What saving does, in sentences."""
    reasons = Counter(each.reason for each in queries.departures_of(roster).values())
    return [
        *_told(
            roster.counts,
            new=_("%(count)s orang baru dicatat"),
            changed=_("%(count)s orang diperbarui datanya"),
        ),
        *_told(
            reasons,
            stopped=_("%(count)s orang berhenti bertugas"),
            moved=_("%(count)s orang pindah, tugasnya di sini berakhir"),
            replaced=_("%(count)s orang digantikan, kursinya diteruskan penggantinya"),
            died=_("%(count)s orang dicatat meninggal; sesudah ini laporkan klaimnya"),
        ),
    ]


def _exclusions(roster: RosterImport) -> list[str]:
    """Who and what is left as it is, in sentences."""
    answered = len(queries.departures_of(roster))
    silent = {**roster.counts, "missing": max(roster.counts["missing"] - answered, 0)}
    return _told(
        silent,
        rejected=_("%(count)s baris ditolak tidak disimpan"),
        skipped=_("%(count)s baris dilewati"),
        missing=_("%(count)s orang yang tidak ada di daftar ini tetap tercatat"),
        unchanged=_("%(count)s orang sama, tidak berubah"),
    )


def _told(counts: dict[str, Any], **sentences: str) -> list[str]:
    """The sentences whose count is not zero, with their counts."""
    return [
        words % {"count": formats.thousands(counts[name])}
        for name, words in sentences.items()
        if counts.get(name)
    ]


@require_POST
@door(Perm.ROSTER_UPLOAD)
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Check again against the people who are there now."""
    found = parts.roster_or_404(pk)
    actions.recheck_roster(by=request.actor, roster=found)
    return _to(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.ROSTER_UPLOAD)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What taking a saved roster back does; POST does it."""
    found = parts.roster_or_404(pk)
    if request.method == "POST":
        try:
            found = actions.undo_roster(by=request.actor, roster=found)
        except DomainError as fault:
            refused = {**parts.base(found), "refusal": fault.message}
            return render(request, "cadres/roster_undo.html", refused, status=409)
        if found.status == Status.UNDONE:
            messages.success(request, _("Daftar dibatalkan. Data kader kembali seperti semula."))
        return _to(request, found)
    if not actions.can_be_undone(found):
        return _to(request, found)
    effects = [
        *_told(
            found.counts,
            new=_("%(count)s orang baru dihapus lagi dari catatan"),
            changed=_("%(count)s orang kembali ke data sebelumnya"),
        ),
        *_told(
            {"left": len(queries.departures_of(found))},
            left=_("%(count)s orang yang dicatat keluar kembali seperti semula"),
        ),
        _("Nomor %(number)s tetap tercatat sebagai daftar yang dibatalkan")
        % {"number": found.number},
    ]
    return render(request, "cadres/roster_undo.html", {**parts.base(found), "effects": effects})


@require_POST
@door(Perm.ROSTER_APPROVE)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a waiting roster be saved."""
    found = parts.roster_or_404(pk)
    actions.approve_roster(by=request.actor, roster=found)
    return _to(request, found)


@require_POST
@door(Perm.ROSTER_APPROVE)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a waiting roster back to the village with a text."""
    found = parts.roster_or_404(pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return check.page(request, found, return_form=form, status=422)
    actions.return_roster(by=request.actor, roster=found, text=form.cleaned_data["note"])
    messages.success(request, _("Daftar dikembalikan ke desa."))
    return redirect("cadres:imports", request.regency.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.MEMBERS_MANAGE)
def settings(request: HttpRequest) -> HttpResponse:
    """Whether what village operators send waits for an officer."""
    initial = {"on": "1" if request.regency.rosters_need_approval else "0"}
    form = ApprovalForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_roster_approval(
            by=request.actor, regency=request.regency, needed=form.cleaned_data["on"]
        )
        messages.success(request, _("Pengaturan disimpan."))
        return redirect("cadres:settings", request.regency.slug)
    status = 422 if form.errors else 200
    return render(request, "cadres/roster_settings.html", {"form": form}, status=status)
