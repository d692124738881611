"""Pages of fund sources."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.roles import Perm
from audit.timeline import trail
from core import months
from core.errors import DomainError
from enrollment import actions
from enrollment.forms import FundSourceChangeForm, FundSourceForm
from enrollment.models import Coverage, FundSource
from enrollment.tables import FundSourceTable
from enrollment.views.batches import PAGE


@require_safe
@door(Perm.BUDGET_VIEW)
def fund_sources(request: HttpRequest) -> HttpResponse:
    """Fund sources with how many people each pays for this month."""
    paid = dict(
        Coverage.objects.active_in(months.this_month())
        .values_list("fund_source")
        .annotate(people=Count("pk"))
    )
    sources = list(FundSource.objects.order_by("name"))
    for source in sources:
        source.people = paid.get(source.pk, 0)
    may_edit = request.actor.may(Perm.BUDGET_EDIT)
    slug = request.regency.slug
    table = FundSourceTable(sources, slug=slug)
    table.empty_title = _("Belum ada sumber dana")
    table.empty_text = _("Sumber dana adalah anggaran yang membayar iuran.")
    if may_edit:
        table.empty_url = reverse("enrollment:fund_source_new", args=[slug])
        table.empty_action = _("Tambah sumber dana")
    RequestConfig(request, paginate=PAGE).configure(table)
    return render(request, "enrollment/fund_sources.html", {"table": table, "may_edit": may_edit})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BUDGET_EDIT)
def fund_source_new(request: HttpRequest) -> HttpResponse:
    """Add a fund source."""
    form = FundSourceForm(
        request.POST if request.method == "POST" else None,
        initial={
            "billed_to": FundSource.BilledTo.REGENCY,
            "department": request.regency.department,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.create_fund_source(by=request.actor, **form.cleaned_data)
        except DomainError as error:
            form.add_error("name", str(error.message))
        else:
            messages.success(request, _("Sumber dana ditambahkan."))
            return redirect("enrollment:fund_sources", request.regency.slug)
    context = {"form": form, "title": _("Tambah sumber dana")}
    return render(request, "enrollment/fund_source.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BUDGET_VIEW)
def fund_source(request: HttpRequest, source_id: int) -> HttpResponse:
    """One fund source; who may edit budgets gets the form."""
    found = get_object_or_404(FundSource, pk=source_id)
    context = {"source": found, "title": found.name, "trail": trail(found)}
    if not request.actor.may(Perm.BUDGET_EDIT):
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "enrollment/fund_source.html", context)
    form = FundSourceChangeForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(found, name) for name in FundSourceChangeForm.base_fields},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_fund_source(by=request.actor, source=found, **form.cleaned_data)
        except DomainError as error:
            form.add_error("name", str(error.message))
        else:
            messages.success(request, _("Sumber dana disimpan."))
            return redirect("enrollment:fund_sources", request.regency.slug)
    return render(request, "enrollment/fund_source.html", {**context, "form": form})
