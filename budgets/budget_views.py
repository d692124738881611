"""Pages of budgets: ceilings, how they stand, and their revisions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import door
from accounts.roles import Perm
from audit.timeline import trail
from budgets import actions, forms, queries
from budgets.models import Budget, Component, LedgerEntry
from core.errors import DomainError


def _listed():
    return Budget.objects.select_related("fund_source", "village__district").order_by(
        "-year", "fund_source__name", "village__name", "pk"
    )


@require_safe
@door(Perm.BUDGET_VIEW)
def budgets(request: HttpRequest) -> HttpResponse:
    """Every budget with its ceiling, what is bound, spent and left, and how long it lasts."""
    page = Paginator(_listed(), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "budgets/budgets.html",
        {
            "page": page,
            "rows": queries.budget_rows(page),
            "without": queries.payers_without_budget(timezone.localdate().year),
            "may_edit": request.actor.may(Perm.BUDGET_EDIT),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BUDGET_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Write down a fund source's ceilings for a year."""
    data = request.POST if request.method == "POST" else None
    form = forms.BudgetForm(data, regency=request.regency)
    if form.is_valid():
        names = ("fund_source", "village", "year", "document", "jkk", "jkm")
        values = {name: form.cleaned_data[name] for name in names}
        values["jht"] = form.cleaned_data["jht"] or 0
        try:
            budget = actions.create_budget(by=request.actor, accounts=form.accounts, **values)
        except DomainError as error:
            _show(form, error)
        else:
            messages.success(request, _("Pagu tercatat."))
            return redirect("budgets:budget", request.regency.slug, budget.pk)
    has_source = form.fields["fund_source"].queryset.exists()
    return render(request, "budgets/budget_new.html", {"form": form, "has_source": has_source})


@require_safe
@door(Perm.BUDGET_VIEW)
def budget(request: HttpRequest, budget_id: int) -> HttpResponse:
    """One budget: its accounts, its ledger and its history."""
    found = get_object_or_404(_listed(), pk=budget_id)
    entries = (
        LedgerEntry.objects.filter(line__budget=found)
        .select_related("line", "invoice", "payment")
        .order_by("-pk")
    )
    return render(
        request,
        "budgets/budget.html",
        {
            "budget": found,
            "row": queries.budget_rows([found])[0],
            "page": Paginator(entries, 50).get_page(request.GET.get("page")),
            "may_edit": request.actor.may(Perm.BUDGET_EDIT),
            "trail": trail(found),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BUDGET_EDIT)
def revise(request: HttpRequest, budget_id: int) -> HttpResponse:
    """New ceilings with their note."""
    found = get_object_or_404(_listed(), pk=budget_id)
    now = queries.ceilings(found)
    data = request.POST if request.method == "POST" else None
    initial = {each.lower(): now.get(each) for each in Component.values}
    form = forms.RevisionForm(data, initial=initial)
    if form.is_valid():
        try:
            actions.revise_ceiling(by=request.actor, budget=found, **form.cleaned_data)
        except DomainError as error:
            _show(form, error)
        else:
            messages.success(request, _("Pagu diubah."))
            return redirect("budgets:budget", request.regency.slug, found.pk)
    return render(request, "budgets/revise.html", {"budget": found, "form": form})


def _show(form, error: DomainError) -> None:
    for field, text in error.fields.items() or [(None, error.message)]:
        form.add_error(field if field in form.fields else None, text)
