"""Taking a list along: the button's address of every list, and the page of a long export."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import door
from accounts.roles import Perm
from audit import export_actions, exporting
from audit.exporting import Asked, Document, Listed
from core import exports, private_files, runs
from core.models import Run

NOT_FILTERS = ("csrfmiddlewaretoken", "format")
TONES = {
    Run.Status.QUEUED: "y",
    Run.Status.RUNNING: "y",
    Run.Status.DONE: "g",
    Run.Status.FAILED: "r",
    Run.Status.CANCELLED: "",
}


def exporting_view(listed: Listed) -> Callable[..., HttpResponse]:
    """The view of one list's button: the filters come as the page has them, by POST."""

    @require_POST
    @door(listed.perm)
    def export(request: HttpRequest, **ids: Any) -> HttpResponse:
        filters = QueryDict(mutable=True)
        for name, values in request.POST.lists():
            if name not in NOT_FILTERS:
                filters.setlist(name, values)
        form = request.POST.get("format", "xlsx")
        made = export_actions.export(
            by=request.actor,
            listed=listed,
            asking=Asked(request.regency, request.actor, filters),
            ids=ids,
            form=form,
        )
        if isinstance(made, Run):
            return redirect("audit:export", request.regency.slug, made.pk)
        return _download(made, listed, form, {})

    return export


def _download(file: Any, listed: Listed | Document, form: str, ids: dict[str, Any]) -> FileResponse:
    """The file under a name that says only what it is."""
    _writer, kind = exports.FORMATS[form]
    answer = FileResponse(
        file, as_attachment=True, filename=listed.file_name(ids, form), content_type=kind
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _own(request: HttpRequest, export_id: int) -> tuple[Run, Listed | Document]:
    """An export that this person asked for in this role; 404 for anybody else's."""
    run = get_object_or_404(
        Run,
        pk=export_id,
        kind=exporting.KIND,
        started_by_id=request.actor.id,
        plan__membership=request.membership.pk,
    )
    listed = exporting.named(run.plan["list"])
    if not request.actor.may(listed.perm):
        raise PermissionDenied
    return run, listed


@require_safe
@door(Perm.PEOPLE_VIEW)
def exports_of_mine(request: HttpRequest) -> HttpResponse:
    """The long exports that this person asked for in the last days."""
    rows = [
        {
            "run": run,
            "title": exporting.title_of(run.plan["list"]),
            "format": run.plan["format"].upper(),
            "tone": TONES[Run.Status(run.status)],
        }
        for run in exporting.own_runs(request.actor)[:50]
    ]
    return render(request, "audit/exports.html", {"rows": rows})


@require_safe
@door(Perm.PEOPLE_VIEW)
def export(request: HttpRequest, export_id: int) -> HttpResponse:
    """A long export: its progress while it is written, its file for a day afterwards."""
    run, listed = _own(request, export_id)
    context = {
        "run": run,
        "title": listed.title,
        "shown_at": listed.page(request.regency, run.plan["ids"]),
        "format": run.plan["format"].upper(),
        "tone": TONES[Run.Status(run.status)],
        "progress": _progress(run),
        "until": run.finished_at + exporting.KEPT if run.finished_at else None,
        "refresh_seconds": 5 if run.is_open else None,
    }
    return render(request, "audit/export.html", context)


@require_safe
@door(Perm.PEOPLE_VIEW)
def export_progress(request: HttpRequest, export_id: int) -> HttpResponse:
    """The progress bar alone; when the export is over, the word that the page be loaded anew."""
    run, _listed = _own(request, export_id)
    context = {"run": run, "progress": _progress(run)}
    response = render(request, "audit/_export_progress.html", context)
    if not run.is_open:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@door(Perm.PEOPLE_VIEW)
def export_cancel(request: HttpRequest, export_id: int) -> HttpResponse:
    """Stop an export that is being made."""
    run, _listed = _own(request, export_id)
    export_actions.cancel_export(by=request.actor, run=run)
    return redirect("audit:export", request.regency.slug, run.pk)


@require_safe
@door(Perm.PEOPLE_VIEW)
def export_file(request: HttpRequest, export_id: int) -> FileResponse:
    """The file, for who asked for it, within a day."""
    run, listed = _own(request, export_id)
    file = exporting.file_of(run)
    if file is None:
        raise Http404(_("Berkas ini sudah dihapus."))
    source = private_files.path_of(file).open("rb")
    return _download(source, listed, run.plan["format"], run.plan["ids"])


def _progress(run: Run) -> dict[str, Any]:
    done = exporting.done_of(run)
    return {
        "done": done,
        "total": run.total,
        "state": "running" if run.is_open else "closed",
        "seconds_left": runs.seconds_left(run, done),
    }
