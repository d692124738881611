"""Filters of lists, the same on pages and in the API."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from cadres.models import Category
from core import sealed
from core.errors import DomainError
from core.months import parse_month
from enrollment.models import Agreement, BatchRow, Coverage, CoverageQuerySet, EnrollmentBatch
from enrollment.queries.agreements import standing_in
from enrollment.validity import Standing


def digits(text: str) -> str:
    """An area code without its dots."""
    return text.replace(".", "").strip()


def cleaned_query(form: Any) -> dict[str, Any]:
    """The values of a filter form that could be read, as its FilterSet takes them."""
    form.is_valid()
    return {
        name: read.isoformat() if isinstance(read, dt.date) else form.data[name]
        for name, read in form.cleaned_data.items()
        if read
    }


class AgreementFilter(django_filters.FilterSet):
    """Agreements by how they stand today, whom they are for, and words."""

    standing = django_filters.ChoiceFilter(
        choices=[(each.value, each.value) for each in Standing], method="by_standing"
    )
    category = django_filters.ChoiceFilter(
        choices=Category.choices, field_name="categories", method="by_category"
    )
    search = django_filters.CharFilter(method="by_words")

    class Meta:
        model = Agreement
        fields: list[str] = []

    def by_standing(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Agreements that hold, end soon, are over, and so on."""
        return standing_in(rows, value, timezone.localdate())

    def by_category(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Agreements for one kind of people."""
        return rows.filter(categories__contains=[value])

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Agreements whose number, title or party contains the words."""
        words = value.strip()
        return rows.filter(
            Q(number__icontains=words) | Q(title__icontains=words) | Q(party__icontains=words)
        )


class BatchFilter(django_filters.FilterSet):
    """Batches by status, fund source and first month."""

    status = django_filters.ChoiceFilter(choices=EnrollmentBatch.Status.choices)
    fund_source = django_filters.NumberFilter()
    first_month = django_filters.CharFilter(method="by_month")

    class Meta:
        model = EnrollmentBatch
        fields: list[str] = []

    def by_month(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Batches whose cover begins in a month."""
        return rows.filter(first_month=parse_month(value))


class RowFilter(django_filters.FilterSet):
    """Rows by what the branch has said, and by whether they need a look."""

    status = django_filters.ChoiceFilter(choices=BatchRow.Status.choices)
    village = django_filters.CharFilter(method="by_village")
    flagged = django_filters.BooleanFilter(method="by_finding")
    search = django_filters.CharFilter(method="by_name")

    class Meta:
        model = BatchRow
        fields: list[str] = []

    def by_village(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Rows of one village."""
        return rows.filter(village__code=digits(value))

    def by_finding(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        """Rows with something to look at, or without."""
        return rows.exclude(findings=[]) if value else rows.filter(findings=[])

    def by_name(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Rows whose person's name contains the words."""
        return rows.filter(cadre__name_key__contains=value.strip().upper())


class ReturnedFilter(RowFilter):
    """Returned rows by reason, beside what any row is found by."""

    reason = django_filters.ChoiceFilter(choices=BatchRow.Reason.choices)


class CoverageFilter(django_filters.FilterSet):
    """Covers by month, place, service, payer and words."""

    month = django_filters.CharFilter(method="by_month")
    village = django_filters.CharFilter(method="by_village")
    district = django_filters.CharFilter(method="by_district")
    category = django_filters.ChoiceFilter(choices=Category.choices)
    fund_source = django_filters.NumberFilter()
    ended = django_filters.BooleanFilter(field_name="ends_on", lookup_expr="isnull", exclude=True)
    cadre = django_filters.NumberFilter()
    search = django_filters.CharFilter(method="by_words")

    class Meta:
        model = Coverage
        fields: list[str] = []

    def by_month(self, rows: CoverageQuerySet, _name: str, value: str) -> CoverageQuerySet:
        """Covers billed for a month; an unreadable month is refused."""
        try:
            return rows.active_in(parse_month(value))
        except DomainError as error:
            raise DomainError(error.code, error.message, {"month": error.message}) from error

    def by_village(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Covers of one village."""
        return rows.filter(village__code=digits(value))

    def by_district(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Covers of one district."""
        return rows.filter(village__district__code=digits(value))

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """A whole NIK or member number, or part of a name."""
        words = value.strip()
        plain = words.replace(" ", "")
        if len(plain) == 16 and plain.isdigit():
            return rows.filter(cadre__nik_digest=sealed.digest(plain))
        if len(plain) == 11 and any(letter.isdigit() for letter in plain):
            return rows.filter(member_no_digest=sealed.digest(plain.upper()))
        return rows.filter(cadre__name_key__contains=words.upper())
