"""Filters of claims, the same on the page and in the API."""

import datetime as dt

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from core.form_fields import MonthField
from core.months import last_day
from regions.models import Village


class MonthFilter(django_filters.Filter):
    """Days within one month, written as 2026-11."""

    field_class = MonthField

    def filter(self, qs: QuerySet, value: dt.date | None) -> QuerySet:
        """From the first to the last day."""
        if value is None:
            return qs
        return qs.filter(**{f"{self.field_name}__range": (value, last_day(value))})


def villages_with_claims(_request: object) -> QuerySet[Village]:
    """Only villages that a filter could find something in."""
    found = Claim.objects.order_by().values("village_id")
    return Village.objects.filter(id__in=found).order_by("name")


class ClaimFilter(django_filters.FilterSet):
    """Status, village and month of death."""

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Claim.Status.choices, empty_label=_("semua status")
    )
    village = django_filters.ModelChoiceFilter(
        label=_("Desa"), queryset=villages_with_claims, empty_label=_("semua desa")
    )
    month = MonthFilter(label=_("Bulan meninggal"), field_name="died_on")

    class Meta:
        model = Claim
        fields: list[str] = []


class ClaimApiFilter(ClaimFilter):
    """As on the page, with the village by its code and the person by id."""

    village = django_filters.CharFilter(method="in_village", label="village code")
    cadre = django_filters.NumberFilter(field_name="cadre_id")

    def in_village(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """A code with or without dots."""
        return qs.filter(village__code=value.replace(".", ""))
