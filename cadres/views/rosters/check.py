"""One roster: progress, verdict, what was found and what saving it would do."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import door
from accounts.roles import Perm
from audit.timeline import trail
from cadres import findings, queries
from cadres.models import ImportRow, RosterImport
from cadres.views.rosters import parts
from cadres.views.rosters.parts import SHOWN, Status

BUSY = (Status.CHECKING, Status.APPLYING)
REFUSED = (Status.REFUSED, Status.FAILED)


@require_safe
@door(Perm.ROSTER_VIEW)
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """One roster: progress while it is read or saved, then the verdict, the check or the result."""
    found = parts.roster_or_404(pk)
    context = parts.base(found)
    if found.status in BUSY:
        return render(request, "cadres/roster_busy.html", {**context, "refresh_seconds": 3})
    if found.status in REFUSED:
        context["reason"] = findings.refusal(found.refusal_code, found.refusal_facts)
        return render(request, "cadres/roster_refused.html", context)
    context |= {
        "counts": parts.counts(found),
        "groups": parts.groups(found),
        "saved": found.counts["new"] + found.counts["changed"],
    }
    if found.status == Status.APPLIED:
        return render(request, "cadres/roster_done.html", {**context, "trail": trail(found)})
    context |= _checked(request, found)
    return render(request, "cadres/roster_check.html", context)


def _checked(request: HttpRequest, found: RosterImport) -> dict[str, Any]:
    """The first lines of each kind of change, and what may be done."""
    return {
        "changed": [parts.change(row) for row in queries.rows_of(found, "changed")[:SHOWN]],
        "fresh": queries.rows_of(found, "new")[:SHOWN],
        "missing": queries.missing(found)[:SHOWN],
        "stale": queries.is_stale(found),
        "failed_before": findings.refusal(found.refusal_code, {}) if found.refusal_code else "",
        "may_apply": request.actor.may(Perm.ROSTER_UPLOAD),
    }


@require_safe
@door(Perm.ROSTER_VIEW)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar alone; when the work is over, the word that the page be loaded anew."""
    found = parts.roster_or_404(pk)
    response = render(request, "cadres/_progress.html", {"roster": found})
    if found.status not in BUSY:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@door(Perm.ROSTER_VIEW)
def finding(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Every line of one kind of finding, each with the cells that can be typed again."""
    found = parts.roster_or_404(pk)
    all_of_kind = queries.findings_of(found).filter(code=code)
    page = Paginator(all_of_kind, parts.FIXABLE_AT_ONCE).get_page(request.GET.get("page"))
    if code not in findings.KINDS:
        page.object_list = []
    shown = list(page.object_list)
    fixes = parts.fixes_of(found, shown)
    context = {
        "roster": found,
        "page": page,
        "title": findings.title(code, page.paginator.count) if shown else "",
        "lines": [parts.line(each, fixes) for each in shown],
        "may_fix": found.status == Status.READY and request.actor.may(Perm.ROSTER_UPLOAD),
    }
    return render(request, "cadres/roster_finding.html", context)


@require_safe
@door(Perm.ROSTER_VIEW)
def rows(request: HttpRequest, pk: int, effect: str) -> HttpResponse:
    """The lines with one effect: new people, changes old to new, or people missing."""
    found = parts.roster_or_404(pk)
    if effect not in ("missing", *ImportRow.Effect.values):
        raise Http404
    wanted = queries.missing(found) if effect == "missing" else queries.rows_of(found, effect)
    page = Paginator(wanted, 50).get_page(request.GET.get("page"))
    context = {"roster": found, "effect": effect, "page": page}
    if effect == "changed":
        context["lines"] = [parts.change(row) for row in page.object_list]
    return render(request, "cadres/roster_rows.html", context)
