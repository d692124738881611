"""Pages of people whom the branch sent back: the list, one person, and the way back."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.models import User
from accounts.roles import Perm
from audit.exporting import offer
from audit.timeline import trail
from core.listing import chips
from enrollment import correction_words, queries, terms
from enrollment.actions import corrections as actions
from enrollment.actions.terms import change_terms
from enrollment.filters import cleaned_query
from enrollment.forms.corrections import ResubmitForm, TakeOutForm
from enrollment.models import BatchRow
from enrollment.queries.corrections import changes_since_return, rows_in_sight
from enrollment.resources import find_returned
from enrollment.tables import ROW_TONES
from enrollment.tables.corrections import ReturnedTable
from enrollment.views.batches import PAGE
from enrollment.views.terms import terms_form
from enrollment.views.tried import tried
from regions.models import Village

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@door(Perm.COVERAGE_VIEW)
def returned(request: HttpRequest) -> HttpResponse:
    """People whom the branch sent back, with its reason, for the village to correct."""
    rows, form = find_returned(request)
    slug = request.regency.slug
    table = ReturnedTable(rows, slug=slug)
    table.filtered, table.clear_url = bool(cleaned_query(form)), request.path
    table.empty_title = _("Tidak ada yang dikembalikan")
    table.empty_text = _("Semua orang yang ditinjau cabang sudah menjadi peserta.")
    RequestConfig(request, paginate=PAGE).configure(table)
    count = table.page.paginator.count
    may_correct = request.actor.may(Perm.PEOPLE_EDIT)
    context = {
        "table": table,
        "form": form,
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(request, reverse("enrollment:returned_export", args=[slug]), count),
        "may_correct": may_correct,
        "message": _message(request, rows)
        if request.actor.may(Perm.BATCH_PREPARE) and count
        else "",
    }
    return render(request, "enrollment/returned.html", context)


def _message(request: HttpRequest, rows: Any) -> str:
    """The text for WhatsApp: for the village of the filter, or for all."""
    reasons = dict(rows.order_by().values_list("reason").annotate(people=Count("pk")))
    code = request.GET.get("village", "")
    village = (
        Village.objects.filter(code=code, regency=request.regency)
        .select_related("district")
        .first()
        if code
        else None
    )
    link = request.build_absolute_uri(reverse("enrollment:returned", args=[request.regency.slug]))
    return correction_words.request_text(village, reasons, link, request.regency.department)


def the_row(row_id: int) -> BatchRow:
    """One row within the scope that went to the branch, or 404."""
    return get_object_or_404(rows_in_sight(), pk=row_id)


@require_safe
@door(Perm.COVERAGE_VIEW)
def returned_row(request: HttpRequest, row_id: int) -> HttpResponse:
    """One person of a batch: why the branch sent the row back, what to do, what was changed."""
    return _page(request, the_row(row_id), ResubmitForm())


def _page(request: HttpRequest, row: BatchRow, form: ResubmitForm) -> HttpResponse:
    actor = request.actor
    is_returned = row.status == BatchRow.Status.RETURNED
    people = {row.corrected_by_id, row.decided_by_id} - {None}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    context = {
        "row": row,
        "batch": row.batch,
        "tone": ROW_TONES[row.status],
        "is_returned": is_returned,
        "todo": correction_words.todo_for(row),
        "changes": changes_since_return([row]).get(row.pk, []),
        "terms": list(terms.shown(row)),
        "corrected_by": names.get(row.corrected_by_id, ""),
        "form": form,
        "can": {
            "correct": is_returned and actor.may(Perm.PEOPLE_EDIT),
            "nik": is_returned and actor.may(Perm.PEOPLE_MANAGE),
            "take_out": is_returned and actor.may(Perm.BATCH_PREPARE),
            "see_batch": actor.may(Perm.BATCH_VIEW),
        },
        "trail": trail(row, row.batch),
    }
    return render(request, "enrollment/returned_row.html", context)


@require_http_methods(METHODS)
@door(Perm.PEOPLE_EDIT)
def returned_send(request: HttpRequest, row_id: int) -> HttpResponse:
    """Send a corrected row to the branch again."""
    row = the_row(row_id)
    slug = request.regency.slug
    if request.method != "POST":
        return redirect("enrollment:returned_row", slug, row.pk)
    form = ResubmitForm(request.POST)
    if form.is_valid() and tried(
        form,
        lambda: actions.resubmit(by=request.actor, row=row, note=form.cleaned_data["note"]),
    ):
        messages.success(request, _("Dikirim kembali. Cabang meninjau orang ini lagi."))
        return redirect("enrollment:returned", slug)
    return _page(request, row, form)


@require_http_methods(METHODS)
@door(Perm.PEOPLE_EDIT)
def returned_terms(request: HttpRequest, row_id: int) -> HttpResponse:
    """Correct the terms of a returned row."""
    row = the_row(row_id)
    slug = request.regency.slug
    if row.status != BatchRow.Status.RETURNED:
        return redirect("enrollment:returned_row", slug, row.pk)
    form = terms_form(request, row)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form,
            lambda: change_terms(
                by=request.actor, batch=row.batch, row_ids=[row.pk], changes=form.changes()
            ),
        )
    ):
        messages.success(request, _("Ketentuan disimpan. Kirim kembali ke cabang bila lengkap."))
        return redirect("enrollment:returned_row", slug, row.pk)
    context = {
        "batch": row.batch,
        "row": row,
        "form": form,
        "back": reverse("enrollment:returned_row", args=[slug, row.pk]),
    }
    return render(request, "enrollment/row_terms.html", context)


@require_http_methods(METHODS)
@door(Perm.BATCH_PREPARE)
def returned_take_out(request: HttpRequest, row_id: int) -> HttpResponse:
    """Take a returned person out of the batch for good."""
    row = the_row(row_id)
    slug = request.regency.slug
    if row.status != BatchRow.Status.RETURNED:
        return redirect("enrollment:returned_row", slug, row.pk)
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form,
            lambda: actions.take_out(by=request.actor, row=row, **form.cleaned_data),
        )
    ):
        words = {"name": row.cadre.name, "number": row.batch.number}
        messages.success(request, _("%(name)s dikeluarkan dari %(number)s.") % words)
        return redirect("enrollment:returned", slug)
    context = {
        "row": row,
        "form": form,
        "effects": [
            _("%(people)s keluar dari pendaftaran %(number)s untuk selamanya.")
            % {"people": queries.people_words(1), "number": row.batch.number},
            _("Orang ini dapat dipilih lagi dalam pendaftaran lain."),
            _("Alasan dan nama Anda dicatat di jejak audit."),
        ],
    }
    return render(request, "enrollment/take_out.html", context)
