"""Questions about bills and budgets that lists, other apps and the home page ask."""

import datetime as dt

from django.db.models import F, QuerySet

from budgets.models import InvoiceLine


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
