"""Changing what is insured while a batch is a draft: for one person, or for several."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import door
from accounts.roles import Perm
from core.errors import DomainError
from enrollment import queries, terms
from enrollment.actions.terms import change_terms
from enrollment.forms.terms import BulkTermsForm, TermsForm
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.views.batches import the_batch
from enrollment.views.tried import tried


def terms_form(request: HttpRequest, row: BatchRow) -> TermsForm:
    """The form of one row, filled with its terms."""
    return TermsForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(row, name) for name in terms.NAMES},
        of_department=request.actor.may(Perm.BATCH_PREPARE),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_PREPARE)
def row_terms(request: HttpRequest, batch_id: int, row_id: int) -> HttpResponse:
    """The terms of one person of a draft; one that was returned has a page of its own."""
    found = the_batch(request, batch_id)
    row = get_object_or_404(found.rows.select_related("cadre", "village__district"), pk=row_id)
    slug = request.regency.slug
    if row.status == BatchRow.Status.RETURNED:
        return redirect("enrollment:returned_terms", slug, row.pk)
    if found.status != EnrollmentBatch.Status.DRAFT:
        return redirect("enrollment:batch", slug, found.pk)
    form = terms_form(request, row)
    if request.method == "POST" and form.is_valid():
        changed = tried(
            form,
            lambda: change_terms(
                by=request.actor, batch=found, row_ids=[row.pk], changes=form.changes()
            ),
        )
        if changed:
            messages.success(request, _("Ketentuan disimpan."))
            return redirect("enrollment:batch", slug, found.pk)
    return render(request, "enrollment/row_terms.html", {"batch": found, "row": row, "form": form})


@require_POST
@door(Perm.BATCH_PREPARE)
def rows_terms(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The same for the chosen people: first the form, then the change."""
    found = the_batch(request, batch_id)
    ids = [int(each) for each in request.POST.getlist("pilih") if each.isdigit()]
    if not ids:
        raise DomainError("nobody_chosen", _("Pilih dahulu orangnya."))
    people = found.rows.filter(pk__in=ids).count()
    form = BulkTermsForm(request.POST if "ubah" in request.POST else None, row_ids=ids)
    if form.is_bound and form.is_valid():
        changed = tried(
            form,
            lambda: change_terms(
                by=request.actor, batch=found, row_ids=ids, changes=form.changes()
            ),
        )
        if changed:
            messages.success(
                request,
                _("Ketentuan %(people)s diubah.") % {"people": queries.people_words(changed)},
            )
            return redirect("enrollment:batch", request.regency.slug, found.pk)
    context = {"batch": found, "form": form, "people": queries.people_words(people)}
    return render(request, "enrollment/rows_terms.html", context)
