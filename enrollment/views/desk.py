"""The branch's desk for one person at a time: decide, and the next one is there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import door
from accounts.roles import Perm
from enrollment import actions
from enrollment.decisions import Decision
from enrollment.forms import ReturnForm
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.queries.desk import desk_of, next_waiting
from enrollment.views.batches import the_batch


@require_safe
@door(Perm.BATCH_REVIEW)
def begin(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The first person who waits, those with something to look at first."""
    found = the_batch(request, batch_id)
    waiting = found.rows.filter(status=BatchRow.Status.WAITING).order_by("id")
    first = waiting.exclude(findings=[]).first() or waiting.first()
    slug = request.regency.slug
    if first is None or found.status not in EnrollmentBatch.AT_BRANCH:
        return redirect("enrollment:review", slug, found.pk)
    return redirect("enrollment:desk", slug, found.pk, first.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_REVIEW)
def desk(request: HttpRequest, batch_id: int, row_id: int) -> HttpResponse:
    """One person with documents and findings; an answer leads to the next who waits."""
    found = the_batch(request, batch_id)
    slug = request.regency.slug
    if found.status not in EnrollmentBatch.AT_BRANCH:
        return redirect("enrollment:batch", slug, found.pk)
    row = _row(found, row_id)
    form = _form(request)
    problem = ""
    if request.method == "POST":
        problem = _answer(request, found, row, form)
        if not problem:
            return _onward(request, found, row)
    return _shown(request, found, row, form, problem)


def _row(batch: EnrollmentBatch, row_id: int) -> BatchRow:
    rows = batch.rows.select_related("cadre", "village__district")
    return get_object_or_404(rows, pk=row_id)


def _form(request: HttpRequest | None) -> ReturnForm:
    """The form of a return; the key K leads to its reason."""
    returning = request is not None and request.POST.get("act") == "return"
    form = ReturnForm(request.POST if returning else None)
    form.fields["reason"].widget.attrs["data-key"] = "k"
    return form


def _answer(request: HttpRequest, batch: EnrollmentBatch, row: BatchRow, form: ReturnForm) -> str:
    """Decide one row; why not, in words, when the answer cannot be used."""
    if request.POST.get("act") == "return":
        if not form.is_valid():
            return _("Pilih alasan pengembalian.")
        decision = Decision(accept=False, row=row.pk, line=1, **form.cleaned_data)
    else:
        number = request.POST.get("member_no", "").strip()
        decision = Decision(accept=True, row=row.pk, member_no=number, line=1)
    report = actions.decide(by=request.actor, batch=batch, decisions=[decision])
    return str(report.problems[0].message) if report.problems else ""


def _onward(request: HttpRequest, batch: EnrollmentBatch, row: BatchRow) -> HttpResponse:
    """The next person who waits, or the list when nobody does."""
    slug = request.regency.slug
    following = next_waiting(batch, row.pk)
    if following is None:
        messages.success(request, _("Semua orang sudah diputuskan."))
        address = reverse("enrollment:review", args=[slug, batch.pk]) + "?status=all"
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)
    address = reverse("enrollment:desk", args=[slug, batch.pk, following])
    if not request.htmx:
        return redirect(address)
    answer = _shown(request, batch, _row(batch, following), _form(None), "")
    answer["HX-Push-Url"] = address
    return answer


def _shown(
    request: HttpRequest, batch: EnrollmentBatch, row: BatchRow, form: ReturnForm, problem: str
) -> HttpResponse:
    context = {
        "batch": batch,
        "desk": desk_of(batch, row),
        "form": form,
        "problem": problem,
        "typed": request.POST.get("member_no", "") if problem else "",
    }
    part = "enrollment/_desk.html" if request.htmx else "enrollment/desk.html"
    return render(request, part, context)
