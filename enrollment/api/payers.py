"""The API of fund sources: who pays."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, PAGING
from accounts.roles import Perm
from enrollment import actions
from enrollment.api.common import EnrollmentView
from enrollment.models import FundSource
from enrollment.serializers import FundSourceSerializer


class FundSources(EnrollmentView):
    """The budgets that pay contributions."""

    perms = {"GET": Perm.BATCH_VIEW, "POST": Perm.BUDGET_EDIT}

    @extend_schema(
        operation_id="fund_sources_list",
        parameters=PAGING,
        responses=FundSourceSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """List fund sources."""
        return self.page(FundSource.objects.order_by("name"), FundSourceSerializer)

    @extend_schema(
        operation_id="fund_sources_create",
        parameters=[KEY],
        request=FundSourceSerializer,
        responses={201: FundSourceSerializer},
    )
    def post(self, request: Request, regency: str) -> Response:
        """Add a fund source."""

        def work() -> tuple[int, dict]:
            heard = self.heard(FundSourceSerializer)
            heard.pop("active", None)
            source = actions.create_fund_source(by=self.actor, **heard)
            return 201, FundSourceSerializer(source).data

        return self.once(request, work)


class FundSourceDetail(EnrollmentView):
    """One fund source."""

    perms = {"GET": Perm.BATCH_VIEW, "PATCH": Perm.BUDGET_EDIT}

    @extend_schema(operation_id="fund_sources_read", responses=FundSourceSerializer)
    def get(self, request: Request, regency: str, source_id: int) -> Response:
        """Read a fund source."""
        source = get_object_or_404(FundSource, pk=source_id)
        return Response(FundSourceSerializer(source).data)

    @extend_schema(
        operation_id="fund_sources_change",
        parameters=[KEY],
        request=FundSourceSerializer(partial=True),
        responses=FundSourceSerializer,
    )
    def patch(self, request: Request, regency: str, source_id: int) -> Response:
        """Change a fund source."""
        source = get_object_or_404(FundSource, pk=source_id)

        def work() -> tuple[int, dict]:
            fields = {
                name: getattr(source, name)
                for name in ("name", "kind", "billed_to", "department", "active")
            } | self.heard(FundSourceSerializer, partial=True)
            changed = actions.change_fund_source(by=self.actor, source=source, **fields)
            return 200, FundSourceSerializer(changed).data

        return self.once(request, work)
