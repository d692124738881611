"""Pages of covers: the list, one cover, its member number, its end, and seats handed over."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.roles import Perm
from audit.exporting import offer
from audit.timeline import trail
from core.listing import chips
from enrollment import actions, queries, terms
from enrollment.end_reasons import MEANINGS
from enrollment.filters import cleaned_query
from enrollment.forms import EndForm, RevealForm
from enrollment.models import Coverage
from enrollment.queries.targets import current as current_targets
from enrollment.resources import find_coverages
from enrollment.tables import CoverageTable, ReplacedTable
from enrollment.views.batches import PAGE
from enrollment.views.tried import tried


@require_safe
@door(Perm.COVERAGE_VIEW)
def coverages(request: HttpRequest) -> HttpResponse:
    """Covers with filters for month, service, place, payer and state."""
    rows, form = find_coverages(request)
    slug = request.regency.slug
    table = CoverageTable(rows, slug=slug)
    table.filtered, table.clear_url = bool(cleaned_query(form)), request.path
    table.empty_title = _("Belum ada kepesertaan")
    table.empty_text = _("Kepesertaan terbentuk setelah cabang BPJS menerima pendaftaran.")
    if request.actor.may(Perm.BATCH_VIEW):
        table.empty_url = reverse("enrollment:batches", args=[slug])
        table.empty_action = _("Lihat pendaftaran")
    RequestConfig(request, paginate=PAGE).configure(table)
    sees_targets = request.actor.may(Perm.BATCH_VIEW)
    context = {
        "table": table,
        "form": form,
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request, reverse("enrollment:coverages_export", args=[slug]), table.page.paginator.count
        ),
        "returned": queries.returned_rows().count(),
        "may_see_sources": request.actor.may(Perm.BUDGET_VIEW),
        "may_see_targets": sees_targets,
        "targets": current_targets(timezone.localdate()) if sees_targets else [],
    }
    return render(request, "enrollment/coverages.html", context)


def the_coverage(coverage_id: int) -> Coverage:
    """One cover within the scope, or 404."""
    rows = Coverage.objects.select_related(
        "cadre", "village__district", "fund_source", "agreement", "batch_row__batch"
    )
    return get_object_or_404(rows, pk=coverage_id)


@require_safe
@door(Perm.COVERAGE_VIEW)
def coverage(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """One cover: whom, since when, paid by whom, with its trail."""
    return _page(request, the_coverage(coverage_id))


def _page(request: HttpRequest, found: Coverage, **more: Any) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "coverage": found,
        "terms": list(terms.shown(found)),
        "holds": found.holds_on(today),
        "begins_later": found.starts_on > today,
        "may_end": found.ends_on is None and request.actor.may(Perm.BATCH_PREPARE),
        "may_reveal": request.actor.may(Perm.PEOPLE_REVEAL),
        "may_print": request.actor.may(Perm.CARD_PRINT)
        and (found.ends_on is None or found.ends_on >= today),
        "may_see_batch": request.actor.may(Perm.BATCH_VIEW),
        "trail": trail(found, found.batch_row.batch),
        **more,
    }
    response = render(request, "enrollment/coverage.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PEOPLE_REVEAL)
def coverage_reveal(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """Ask for a reason, then show the member number once."""
    found = the_coverage(coverage_id)
    form = RevealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        number = actions.reveal_member_no(
            by=request.actor, coverage=found, reason=form.cleaned_data["reason"]
        )
        return _page(request, found, revealed=number)
    context = {
        "coverage": found,
        "form": form,
        "title": _("Buka nomor peserta"),
        "submit": _("Buka nomor"),
    }
    return render(request, "enrollment/coverage_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_PREPARE)
def coverage_end(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """End a cover on a day, for a reason."""
    found = the_coverage(coverage_id)
    form = EndForm(
        request.POST if request.method == "POST" else None,
        initial={
            "on": found.cadre.died_on or timezone.localdate(),
            "reason": Coverage.EndReason.STOPPED,
        },
        died_on=found.cadre.died_on,
    )
    if form.is_valid() and tried(
        form,
        lambda: actions.end_coverage(by=request.actor, coverage=found, **form.cleaned_data),
    ):
        messages.success(request, _("Kepesertaan diakhiri."))
        return redirect("enrollment:coverage", request.regency.slug, found.pk)
    context = {
        "coverage": found,
        "form": form,
        "title": _("Akhiri kepesertaan"),
        "submit": _("Akhiri kepesertaan"),
        "meanings": [
            (Coverage.EndReason(code).label, meaning) for code, meaning in MEANINGS.items()
        ],
    }
    return render(request, "enrollment/coverage_form.html", context)


@require_safe
@door(Perm.COVERAGE_VIEW)
def replaced(request: HttpRequest) -> HttpResponse:
    """People who were replaced and whose cover still runs, each with who took over."""
    rows = queries.still_covered(timezone.localdate())
    table = ReplacedTable(rows, slug=request.regency.slug)
    table.empty_title = _("Tidak ada yang masih terlindungi sesudah digantikan")
    table.empty_text = _("Orang yang digantikan tampil di sini sampai perlindungannya berakhir.")
    table.empty_url = reverse("enrollment:coverages", args=[request.regency.slug])
    table.empty_action = _("Lihat kepesertaan")
    RequestConfig(request, paginate=PAGE).configure(table)
    return render(request, "enrollment/replaced.html", {"table": table})
