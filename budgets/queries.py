"""Questions about bills and budgets that lists, other apps and the home page ask."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from budgets.models import Budget, BudgetLine, InvoiceLine, LedgerEntry
from budgets.outlook import LineStanding, Standing


def paid_months(*, cadre_id: int | None = None, coverage_id: int | None = None) -> list[dt.date]:
    """The contribution months of a person (or of one coverage) whose bill is fully paid, in order."""
    return list(
        _lines_of(cadre_id, coverage_id)
        .filter(invoice__paid__gte=F("invoice__total"))
        .order_by("month")
        .values_list("month", flat=True)
        .distinct()
    )


def billed_months(*, cadre_id: int | None = None, coverage_id: int | None = None) -> list[dt.date]:
    """The contribution months of a person (or of one coverage) that were billed, in order."""
    found = _lines_of(cadre_id, coverage_id).order_by("month")
    return list(found.values_list("month", flat=True).distinct())


def _lines_of(cadre_id: int | None, coverage_id: int | None) -> QuerySet[InvoiceLine]:
    if (cadre_id is None) == (coverage_id is None):
        raise ValueError("name the cadre or the coverage")
    if coverage_id is not None:
        return InvoiceLine.objects.filter(coverage_id=coverage_id)
    return InvoiceLine.objects.filter(cadre_id=cadre_id)


def contributions_of(cadre_id: int) -> QuerySet[InvoiceLine]:
    """A person's billed months with their invoices, newest first."""
    return (
        InvoiceLine.objects.filter(cadre_id=cadre_id)
        .select_related("invoice", "invoice__fund_source")
        .order_by("-month")
    )


def ceilings(budget: Budget) -> dict[str, int]:
    """The present ceiling of each account of a budget in rupiah."""
    return {line.component: line.ceiling for line in standing(budget).lines}


def standing(budget: Budget) -> Standing:
    """How one budget stands."""
    return standings([budget])[budget.pk]


def standings(budgets: Iterable[Budget]) -> dict[int, Standing]:
    """How budgets stand, by id; one statement for all of them."""
    found: dict[int, list[LineStanding]] = {budget.pk: [] for budget in budgets}

    def summed(kind: str) -> Coalesce:
        return Coalesce(Sum("entries__amount", filter=Q(entries__kind=kind)), 0)

    lines = BudgetLine.objects.filter(budget_id__in=found).annotate(
        **{kind: summed(kind) for kind in LedgerEntry.Kind.values}
    )
    for line in lines.order_by("component"):
        found[line.budget_id].append(
            LineStanding(line.component, line.account_code, line.ceiling, line.commit, line.spend)
        )
    return {pk: Standing(tuple(each)) for pk, each in found.items()}
