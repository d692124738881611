"""One roster: progress, verdict, what was found and what saving it would do."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import door
from accounts.roles import Perm
from audit.timeline import trail
from cadres import actions, corrections, findings, queries
from cadres.actions.applying import UNDO_WITHIN
from cadres.forms import ReturnForm
from cadres.models import Departure, ImportRow, RosterImport
from cadres.views.rosters import parts
from cadres.views.rosters.parts import SHOWN, Status
from regions.queries import regency_today

BUSY = (Status.CHECKING, Status.APPLYING, Status.UNDOING)
REFUSED = (Status.REFUSED, Status.FAILED)
ENDED = (Status.APPLIED, Status.UNDONE)


@require_safe
@door(Perm.ROSTER_VIEW)
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """One roster: progress while it is read or saved, then the verdict, the check or the result."""
    return page(request, parts.roster_or_404(pk))


def page(
    request: HttpRequest,
    found: RosterImport,
    *,
    return_form: ReturnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a roster in its present state, with a form that was not in order."""
    context = parts.base(found)
    if found.status in BUSY:
        return render(request, "cadres/roster_busy.html", {**context, "refresh_seconds": 3})
    if found.status == Status.MAPPING:
        if request.actor.may(Perm.ROSTER_UPLOAD):
            return redirect("cadres:mapping", request.regency.slug, found.pk)
        return render(request, "cadres/roster_unmatched.html", context)
    if found.status in REFUSED:
        context["reason"] = findings.refusal(found.refusal_code, found.refusal_facts)
        return render(request, "cadres/roster_refused.html", context)
    context |= {
        "counts": parts.counts(found),
        "groups": parts.groups(found),
        "many_sheets": queries.has_many_sheets(found),
        "saved": found.counts["new"] + found.counts["changed"],
        "troubled": found.counts["rejected"] or found.counts["warnings"],
        "may_download": request.actor.may(Perm.ROSTER_UPLOAD),
        "long_file": corrections.is_long(found),
    }
    if found.status in ENDED:
        context |= {
            "trail": trail(found),
            "may_undo": request.actor.may(Perm.ROSTER_UPLOAD) and actions.can_be_undone(found),
            "without_heirs": _without_heirs(request, found),
            "not_undone": findings.refusal(found.refusal_code, {}) if found.refusal_code else "",
            "undo_until": found.applied_at and found.applied_at + UNDO_WITHIN,
        }
        return render(request, "cadres/roster_done.html", context)
    context |= _checked(request, found)
    context["return_form"] = return_form or ReturnForm()
    return render(request, "cadres/roster_check.html", context, status=status)


def _without_heirs(request: HttpRequest, found: RosterImport) -> int:
    """How many families may be asked now."""
    if found.status != Status.APPLIED or not request.actor.may(Perm.PEOPLE_EDIT):
        return 0
    return queries.without_heirs(found).count()


def _checked(request: HttpRequest, found: RosterImport) -> dict[str, Any]:
    """The first lines of each kind of change, and what may be done."""
    may_fix = parts.may_fix(request, found)
    gone = queries.departures_of(found)
    unknown = [each for each in queries.unknown_posyandu(found) if each.near]
    return {
        "step": 3 if found.status == Status.WAITING else 2,
        "changed": [parts.change(row) for row in queries.rows_of(found, "changed")[:SHOWN]],
        "fresh": queries.rows_of(found, "new")[:SHOWN],
        "missing": [parts.leaver(each, gone) for each in queries.missing(found)[:SHOWN]],
        "leaving": any(each.reason != Departure.Reason.STAYS for each in gone.values()),
        "posyandu": [parts.posyandu(each) for each in unknown],
        "unanswered": sum(not each.answered for each in unknown),
        "stale": queries.is_stale(found),
        "failed_before": findings.refusal(found.refusal_code, {}) if found.refusal_code else "",
        "may_fix": may_fix,
        "may_approve": request.actor.may(Perm.ROSTER_APPROVE)
        and request.actor.id not in (found.uploaded_by_id, found.confirmed_by_id),
        "needs_approval": parts.needs_approval(request),
        "returned": found.returned_text,
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
    shown = Paginator(all_of_kind, parts.FIXABLE_AT_ONCE).get_page(request.GET.get("page"))
    if code not in findings.KINDS:
        shown.object_list = []
    lines = parts.lines(found, list(shown.object_list))
    kind = findings.KINDS.get(code)
    context = {
        "roster": found,
        "page": shown,
        "title": findings.title(code, shown.paginator.count) if lines else "",
        "remedy": kind.fix if kind else "",
        "tone": parts.LEVEL_TONES[kind.level] if kind else "",
        "lines": lines,
        "asked": code in parts.ASKED,
        "dates": parts.DATES.get(code, ""),
        "fixable": any(each["cells"] for each in lines),
        "skippable": code not in findings.NOT_OF_LINES and any(each["number"] for each in lines),
        "many_sheets": queries.has_many_sheets(found),
        "may_fix": parts.may_fix(request, found),
    }
    if code in (parts.NEAR, parts.NEW):
        unknown = queries.unknown_posyandu(found)
        context["posyandu"] = [
            parts.posyandu(each) for each in unknown if bool(each.near) == (code == parts.NEAR)
        ]
    return render(request, "cadres/roster_finding.html", context)


@require_safe
@door(Perm.ROSTER_VIEW)
def rows(request: HttpRequest, pk: int, effect: str) -> HttpResponse:
    """The lines with one effect: new people, changes old to new, or people missing."""
    found = parts.roster_or_404(pk)
    if effect not in ("missing", *ImportRow.Effect.values):
        raise Http404
    wanted = queries.missing(found) if effect == "missing" else queries.rows_of(found, effect)
    shown = Paginator(wanted, 50).get_page(request.GET.get("page"))
    may_fix = parts.may_fix(request, found)
    context = {"roster": found, "effect": effect, "page": shown, "may_fix": may_fix}
    if effect == "missing" and may_fix:
        gone = queries.departures_of(found)
        context |= {
            "people": [parts.leaver(each, gone) for each in shown.object_list],
            "reasons": Departure.Reason.choices,
            "successors": [
                {"key": f"{number}:{sheet}", "name": name}
                for sheet, number, name in queries.newcomers(found)
            ],
            "today": regency_today(request.regency),
        }
    if effect == "changed":
        context["lines"] = [parts.change(row) for row in shown.object_list]
    return render(request, "cadres/roster_rows.html", context)
