"""The API of a cover's reported pay or income."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY
from accounts.roles import Perm
from enrollment.actions.incomes import change_income
from enrollment.api.common import EnrollmentView
from enrollment.api.coverages import one_coverage
from enrollment.serializers import CoverageSerializer
from enrollment.terms import LARGEST


class IncomeSerializer(serializers.Serializer):
    """Rupiah a month and where it is written; null is the lowest band of a BPU."""

    income_base = serializers.IntegerField(min_value=1, max_value=LARGEST, allow_null=True)
    note = serializers.CharField(max_length=160)


class CoverageIncome(EnrollmentView):
    """The reported pay or income of a cover."""

    perms = {"POST": Perm.BATCH_PREPARE}

    @extend_schema(
        operation_id="coverages_change_income",
        parameters=[KEY],
        request=IncomeSerializer,
        responses=CoverageSerializer,
    )
    def post(self, request: Request, regency: str, coverage_id: int) -> Response:
        """Write it down; the next bills follow it, what was billed stays."""
        coverage = one_coverage(coverage_id)

        def work() -> tuple[int, dict]:
            change_income(by=self.actor, coverage=coverage, **self.heard(IncomeSerializer))
            return 200, CoverageSerializer(one_coverage(coverage_id)).data

        return self.once(request, work)
