"""The API of covers: who is covered, since when and by whom it is paid."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, PAGING, ObjectWrite
from accounts.roles import Perm
from enrollment import actions
from enrollment.api.common import EnrollmentView
from enrollment.filters import CoverageFilter
from enrollment.models import Coverage
from enrollment.serializers import CoverageSerializer, EndSerializer

COVERAGE_FILTERS = [
    OpenApiParameter("month", str, description="2026-11"),
    OpenApiParameter("village", str),
    OpenApiParameter("district", str),
    OpenApiParameter("category", str),
    OpenApiParameter("fund_source", int),
    OpenApiParameter("cadre", int),
    OpenApiParameter("ended", bool),
    OpenApiParameter("search", str),
]


class Coverages(EnrollmentView):
    """Who is covered, since when and by whom it is paid."""

    perms = {"GET": Perm.COVERAGE_VIEW}

    @extend_schema(
        operation_id="coverages_list",
        parameters=[*PAGING, *COVERAGE_FILTERS],
        responses=CoverageSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """List covers in the order of their ids."""
        rows = Coverage.objects.select_related("cadre", "village").order_by("id")
        return self.page(CoverageFilter(request.query_params, rows).qs, CoverageSerializer)


class CoverageDetail(EnrollmentView):
    """One cover."""

    perms = {"GET": Perm.COVERAGE_VIEW}

    @extend_schema(operation_id="coverages_read", responses=CoverageSerializer)
    def get(self, request: Request, regency: str, coverage_id: int) -> Response:
        """Read a cover."""
        return Response(CoverageSerializer(one_coverage(coverage_id)).data)


class CoverageWrite(ObjectWrite[Coverage]):
    """A write about one cover, answered with the cover as it is then."""

    perms = {"POST": Perm.BATCH_PREPARE}

    def found(self, pk: int) -> Coverage:
        """The cover."""
        return one_coverage(pk)

    def answer(self, subject: Coverage, changed: Any) -> tuple[int, dict[str, Any]]:
        """The cover read anew."""
        return 200, CoverageSerializer(one_coverage(subject.pk)).data


class CoverageEnd(CoverageWrite):
    """Ending a cover."""

    body = EndSerializer

    @extend_schema(
        operation_id="coverages_end",
        parameters=[KEY],
        request=EndSerializer,
        responses=CoverageSerializer,
    )
    def post(self, request: Request, regency: str, coverage_id: int) -> Response:
        """End a cover; the month of its last day stays billed."""
        return self.write(request, coverage_id)

    def change(self, subject: Coverage, data: dict[str, Any]) -> Coverage:
        """Call the action."""
        return actions.end_coverage(by=self.actor, coverage=subject, **data)


def one_coverage(coverage_id: int) -> Coverage:
    """A cover with its person and village, or 404."""
    found = Coverage.objects.select_related("cadre", "village").filter(pk=coverage_id).first()
    if found is None:
        raise Http404
    return found
