"""Pages of a branch over all its regencies: the queue, and the columns of its lists."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import branch_door
from core.errors import DomainError
from enrollment.actions.branches import set_columns
from enrollment.branch_columns import FIELDS, Column
from enrollment.queries.branches import columns_of
from enrollment.queries.queue import branch_queue

LAST = 999


@require_safe
@branch_door
def queue(request: HttpRequest) -> HttpResponse:
    """Batches of every regency that the branch serves, oldest first."""
    regencies = list(request.branch.regencies.filter(active=True).order_by("name"))
    found = branch_queue(regencies)
    context = {
        "branch": request.branch,
        "queue": found,
        "people": sum(each.waiting for each in found),
        "clean": sum(each.clean for each in found),
        "to_look_at": sum(each.to_look_at for each in found),
        "oldest": max((each.days for each in found), default=0),
        "regencies": regencies,
    }
    return render(request, "enrollment/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_door
def columns(request: HttpRequest) -> HttpResponse:
    """Which columns the branch's lists have, with a preview of the first line."""
    shown = columns_of(request.branch.pk)
    problem = ""
    if request.method == "POST":
        shown = _chosen(request)
        try:
            if request.POST.get("act") == "save":
                chosen = [(column.field.name, column.heading) for column in shown]
                set_columns(by=request.user, branch=request.branch, chosen=chosen)
                messages.success(request, _("Kolom daftar disimpan."))
                return redirect("branch_columns")
        except DomainError as error:
            problem = str(error.message)
    places = {column.field.name: at for at, column in enumerate(shown, 1)}
    headings = {column.field.name: column.heading for column in shown}
    rows = [
        {
            "field": field,
            "place": places.get(field.name, ""),
            "heading": headings.get(field.name, field.heading),
        }
        for field in sorted(FIELDS, key=lambda each: places.get(each.name, LAST))
    ]
    context = {"branch": request.branch, "rows": rows, "shown": shown, "problem": problem}
    return render(request, "enrollment/columns.html", context)


def _chosen(request: HttpRequest) -> list[Column]:
    """The columns with a place, by place; equal places keep the order of the page."""
    found = []
    for order, field in enumerate(FIELDS):
        place = request.POST.get(f"place-{field.name}", "").strip()
        if place.isdigit() and 0 < int(place) < LAST:
            heading = request.POST.get(f"heading-{field.name}", "")
            found.append((int(place), order, Column(field, " ".join(heading.split()))))
    return [column for _place, _order, column in sorted(found, key=lambda each: each[:2])]
