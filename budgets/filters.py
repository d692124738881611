"""Filters of invoices, the same on the page and in the API."""

import datetime as dt

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from budgets import words
from budgets.models import Invoice
from core.form_fields import MonthField
from enrollment.models import FundSource, Segment
from regions.models import Village


class MonthFilter(django_filters.Filter):
    """A contribution month, written as 2026-11."""

    field_class = MonthField

    def filter(self, qs: QuerySet, value: dt.date | None) -> QuerySet:
        """The month itself."""
        return qs if value is None else qs.filter(**{self.field_name: value})


def billed_villages(_request: object) -> QuerySet[Village]:
    """Only villages that were billed."""
    found = Invoice.objects.order_by().exclude(village=None).values("village_id")
    return Village.objects.filter(id__in=found).order_by("name")


def fund_sources(_request: object) -> QuerySet[FundSource]:
    """The regency's fund sources."""
    return FundSource.objects.order_by("name")


class InvoiceFilter(django_filters.FilterSet):
    """Month, status, segment, fund source and village."""

    month = MonthFilter(label=_("Bulan iuran"), field_name="month")
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=words.status_choices,
        method="in_status",
        empty_label=_("semua status"),
    )
    segment = django_filters.ChoiceFilter(
        label=_("Segmen"), choices=Segment.choices, empty_label=_("semua segmen")
    )
    fund_source = django_filters.ModelChoiceFilter(
        label=_("Sumber dana"), queryset=fund_sources, empty_label=_("semua sumber dana")
    )
    village = django_filters.ModelChoiceFilter(
        label=_("Desa"), queryset=billed_villages, empty_label=_("semua desa")
    )

    class Meta:
        model = Invoice
        fields: list[str] = []

    def in_status(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """`open`, `partly_paid` or `paid`, from what was paid."""
        if value == "paid":
            return qs.filter(paid__gte=F("total"))
        partly = {"paid__gt": 0} if value == "partly_paid" else {"paid": 0}
        return qs.filter(paid__lt=F("total"), **partly)


class InvoiceApiFilter(InvoiceFilter):
    """As on the page, with the village by its code."""

    village = django_filters.CharFilter(method="in_village", label="village code")

    def in_village(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """A code with or without dots."""
        return qs.filter(village__code=value.replace(".", ""))
