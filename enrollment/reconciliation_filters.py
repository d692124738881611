"""Filters of reconciliations and their differences, the same on pages and in the API."""

import django_filters
from django.db.models import Q, QuerySet

from core import sealed
from core.errors import DomainError
from core.months import parse_month
from enrollment.filters import digits
from enrollment.models import Reconciliation, ReconciliationDifference
from enrollment.queries.reconciliations import ANSWERED, ASKED

STATES = {
    "open": Q(settlement=""),
    "asked": ASKED,
    "answered": ANSWERED,
    "settled": ~Q(settlement=""),
}


class ReconciliationFilter(django_filters.FilterSet):
    """Reconciliations by month and state."""

    month = django_filters.CharFilter(method="by_month")
    status = django_filters.ChoiceFilter(choices=Reconciliation.Status.choices)

    class Meta:
        model = Reconciliation
        fields: list[str] = []

    def by_month(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Those of one month; an unreadable month is refused."""
        try:
            return rows.filter(month=parse_month(value))
        except DomainError as error:
            raise DomainError(error.code, error.message, {"month": error.message}) from error


class DifferenceFilter(django_filters.FilterSet):
    """Differences by class, place, state and words."""

    kind = django_filters.ChoiceFilter(choices=ReconciliationDifference.Kind.choices)
    village = django_filters.CharFilter(method="by_village")
    state = django_filters.ChoiceFilter(
        choices=[(each, each) for each in STATES], method="by_state"
    )
    search = django_filters.CharFilter(method="by_words")

    class Meta:
        model = ReconciliationDifference
        fields: list[str] = []

    def by_village(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Those of one village."""
        return rows.filter(village__code=digits(value))

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Open, with a question, answered, or settled."""
        return rows.filter(STATES[value])

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """A whole NIK, or part of a name on either side."""
        words = " ".join(value.upper().split())
        plain = words.replace(" ", "")
        if len(plain) == 16 and plain.isdigit():
            digest = sealed.digest(plain)
            return rows.filter(Q(cadre__nik_digest=digest) | Q(row__nik_digest=digest))
        return rows.filter(Q(cadre__name_key__contains=words) | Q(row__name_key__contains=words))
