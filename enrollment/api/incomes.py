"""The API of a cover's reported pay or income."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY
from enrollment.actions.incomes import change_income
from enrollment.api.coverages import CoverageWrite
from enrollment.models import Coverage
from enrollment.serializers import CoverageSerializer
from enrollment.terms import LARGEST


class IncomeSerializer(serializers.Serializer):
    """Rupiah a month and where it is written; null is the lowest band of a BPU."""

    income_base = serializers.IntegerField(min_value=1, max_value=LARGEST, allow_null=True)
    note = serializers.CharField(max_length=160)


class CoverageIncome(CoverageWrite):
    """The reported pay or income of a cover."""

    body = IncomeSerializer

    @extend_schema(
        operation_id="coverages_change_income",
        parameters=[KEY],
        request=IncomeSerializer,
        responses=CoverageSerializer,
    )
    def post(self, request: Request, regency: str, coverage_id: int) -> Response:
        """Write it down; the next bills follow it, what was billed stays."""
        return self.write(request, coverage_id)

    def change(self, subject: Coverage, data: dict[str, Any]) -> Coverage:
        """Call the action."""
        return change_income(by=self.actor, coverage=subject, **data)
