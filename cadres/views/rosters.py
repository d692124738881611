"""Pages of the roster import: list, upload, check, confirm, done."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import door
from accounts.roles import Perm
from audit.timeline import trail
from cadres import actions, findings, queries
from cadres.forms import UploadForm
from cadres.models import Category, ImportRow, RosterImport, Sex
from core import formats
from core.errors import DomainError
from regions.queries import villages_of

TONES = {
    RosterImport.Status.CHECKING: "y",
    RosterImport.Status.READY: "b",
    RosterImport.Status.REFUSED: "r",
    RosterImport.Status.APPLYING: "y",
    RosterImport.Status.APPLIED: "g",
    RosterImport.Status.FAILED: "r",
}
LEVEL_TONES = {"reject": "r", "warning": "y", "info": "b"}
SHOWN = 3
BUSY = (RosterImport.Status.CHECKING, RosterImport.Status.APPLYING)


def _roster(pk: int) -> RosterImport:
    return get_object_or_404(RosterImport.objects.select_related("village__district", "run"), pk=pk)


def _steps() -> list[str]:
    return [_("Unggah"), _("Periksa"), _("Konfirmasi"), _("Selesai")]


@require_safe
@door(Perm.ROSTER_VIEW)
def imports(request: HttpRequest) -> HttpResponse:
    """The rosters that were uploaded, newest first."""
    found = RosterImport.objects.select_related("village").order_by("-id")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    items = [{"roster": each, "tone": TONES[RosterImport.Status(each.status)]} for each in page]
    return render(
        request,
        "cadres/imports.html",
        {"page": page, "items": items, "may_upload": request.actor.may(Perm.ROSTER_UPLOAD)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.ROSTER_UPLOAD)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; a village operator's list is always for the own village."""
    own = request.membership.village
    villages = None if own else villages_of(request.regency)
    sent_form = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent_form, villages=villages)
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.upload_roster(
                by=request.actor,
                chunks=form.cleaned_data["file"].chunks(),
                file_name=form.cleaned_data["file"].name,
                village=own or form.cleaned_data["village"],
            )
        except DomainError as error:
            form.add_error("file", str(error.message))
        else:
            if sent.repeated:
                messages.info(request, _("Berkas ini sudah pernah diunggah. Ini hasilnya."))
            return redirect("cadres:roster", request.regency.slug, sent.roster.pk)
    context = {"form": form, "steps": _steps(), "village": own}
    return render(request, "cadres/upload.html", context, status=422 if form.errors else 200)


@require_safe
@door(Perm.ROSTER_VIEW)
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """One roster: progress while it is read or saved, then the verdict, the check or the result."""
    found = _roster(pk)
    context = {"roster": found, "steps": _steps(), "tone": TONES[RosterImport.Status(found.status)]}
    if found.status in BUSY:
        return render(request, "cadres/roster_busy.html", {**context, "refresh_seconds": 3})
    if found.status in (RosterImport.Status.REFUSED, RosterImport.Status.FAILED):
        context["reason"] = findings.refusal(found.refusal_code, found.refusal_facts)
        return render(request, "cadres/roster_refused.html", context)
    context |= {
        "counts": _counts(found),
        "groups": _groups(found),
        "saved": found.counts["new"] + found.counts["changed"],
    }
    if found.status == RosterImport.Status.APPLIED:
        return render(request, "cadres/roster_done.html", {**context, "trail": trail(found)})
    context |= {
        "changed": [_change(row) for row in queries.rows_of(found, "changed")[:SHOWN]],
        "fresh": queries.rows_of(found, "new")[:SHOWN],
        "missing": queries.missing(found)[:SHOWN],
        "stale": queries.is_stale(found),
        "failed_before": findings.refusal(found.refusal_code, {}) if found.refusal_code else "",
        "may_apply": request.actor.may(Perm.ROSTER_UPLOAD),
    }
    return render(request, "cadres/roster_check.html", context)


@require_safe
@door(Perm.ROSTER_VIEW)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar alone; when the work is over, the word that the page be loaded anew."""
    found = _roster(pk)
    response = render(request, "cadres/_progress.html", {"roster": found})
    if found.status not in BUSY:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@door(Perm.ROSTER_VIEW)
def finding(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Every line of one kind of finding."""
    found = _roster(pk)
    all_of_kind = queries.findings_of(found).filter(code=code)
    page = Paginator(all_of_kind, 50).get_page(request.GET.get("page"))
    if code not in findings.KINDS:
        page.object_list = []
    context = {
        "roster": found,
        "page": page,
        "title": findings.title(code, page.paginator.count) if page.object_list else "",
        "lines": [_line(each) for each in page.object_list],
    }
    return render(request, "cadres/roster_finding.html", context)


@require_safe
@door(Perm.ROSTER_VIEW)
def rows(request: HttpRequest, pk: int, effect: str) -> HttpResponse:
    """The lines with one effect: new people, changes old to new, or people missing."""
    found = _roster(pk)
    if effect not in ("missing", *ImportRow.Effect.values):
        raise Http404
    wanted = queries.missing(found) if effect == "missing" else queries.rows_of(found, effect)
    page = Paginator(wanted, 50).get_page(request.GET.get("page"))
    context = {"roster": found, "effect": effect, "page": page}
    if effect == "changed":
        context["lines"] = [_change(row) for row in page.object_list]
    return render(request, "cadres/roster_rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.ROSTER_UPLOAD)
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen and what is left out; POST confirms it."""
    found = _roster(pk)
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
    context = {"roster": found, "steps": _steps(), "effects": effects, "exclusions": exclusions}
    return render(request, "cadres/roster_confirm.html", context)


def _told(roster: RosterImport, **sentences: str) -> list[str]:
    """The sentences whose count is not zero, with their counts."""
    return [
        words % {"count": formats.thousands(roster.counts[name])}
        for name, words in sentences.items()
        if roster.counts[name]
    ]


@require_POST
@door(Perm.ROSTER_UPLOAD)
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Check again against the people who are there now."""
    found = _roster(pk)
    actions.recheck_roster(by=request.actor, roster=found)
    return redirect("cadres:roster", request.regency.slug, found.pk)


def _counts(roster: RosterImport) -> list[dict]:
    counts = roster.counts
    return [
        {"label": _("baru"), "value": counts["new"]},
        {"label": _("berubah"), "value": counts["changed"]},
        {"label": _("sama"), "value": counts["unchanged"]},
        {"label": _("tidak ada lagi"), "value": counts["missing"]},
        {"label": _("perlu dilihat"), "value": counts["warnings"], "tone": "y"},
        {"label": _("ditolak"), "value": counts["rejected"], "tone": "r"},
    ]


def _groups(roster: RosterImport) -> list[dict]:
    """Findings by kind, each with its first lines."""
    kinds = queries.groups(roster)
    first = queries.first_findings(roster, SHOWN)
    return [
        {
            "code": kind["code"],
            "tone": LEVEL_TONES[kind["level"]],
            "title": findings.title(kind["code"], kind["count"]),
            "fix": findings.KINDS[kind["code"]].fix,
            "count": kind["count"],
            "rest": kind["count"] - SHOWN,
            "lines": [_line(each) for each in first if each.code == kind["code"]],
        }
        for kind in kinds
    ]


def _line(finding) -> dict:
    return {
        "sheet": finding.sheet,
        "number": finding.number,
        "person": finding.person,
        "column": finding.column,
        "message": findings.message(finding.code, finding.facts),
        "fix": findings.fix(finding.code, finding.facts),
    }


LABELS = {
    "village": gettext_lazy("Desa"),
    "name": gettext_lazy("Nama"),
    "birth_place": gettext_lazy("Tempat lahir"),
    "birth_date": gettext_lazy("Tanggal lahir"),
    "sex": gettext_lazy("Jenis kelamin"),
    "phone": gettext_lazy("Nomor HP"),
    "mother_name": gettext_lazy("Nama ibu"),
    "category": gettext_lazy("Jenis"),
    "posyandu": gettext_lazy("Posyandu"),
    "decree_number": gettext_lazy("Nomor SK"),
    "decree_date": gettext_lazy("Tanggal SK"),
}


def _change(row) -> dict:
    """A changed line: the person, and each field old -> new in words."""
    fields = []
    for name, (old, new) in row.changes.items():
        if name == "category":
            old, new = ("", Category(new).label)
        elif name == "sex":
            old, new = Sex(old).label, Sex(new).label
        elif name.endswith("_date"):
            old, new = _day(old), _day(new)
        fields.append({"label": LABELS[name], "old": old, "new": new})
    return {"row": row, "fields": fields}


def _day(value: str) -> str:
    return formats.day(dt.date.fromisoformat(value), get_language() or "id") if value else ""
