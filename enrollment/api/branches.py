"""The API of a branch over all its regencies: the queue, and the columns of its lists."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import PAGING, BranchView
from accounts.roles import Perm
from enrollment import branch_columns
from enrollment.actions.branches import set_columns
from enrollment.models import EnrollmentBatch
from enrollment.queries.branches import columns_of
from enrollment.queries.queue import branch_queue
from enrollment.serializers import branches as told

BRANCH = OpenApiParameter(
    "branch", int, description="Whoever works in several branches names one; else the first."
)


class Queue(BranchView):
    """Batches of every regency that the branch serves."""

    perms = {"GET": Perm.BATCH_REVIEW}

    @extend_schema(
        operation_id="branch_queue",
        parameters=[
            BRANCH,
            OpenApiParameter("regency", str, description="slug of a regency"),
            OpenApiParameter(
                "status", str, enum=[each.value for each in EnrollmentBatch.AT_BRANCH]
            ),
            *PAGING,
        ],
        responses=told.QueuedSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Oldest first, with the days that they wait; counts only."""
        regencies = self.branch.regencies.filter(active=True).order_by("name")
        if slug := request.query_params.get("regency"):
            regencies = regencies.filter(slug=slug)
        found = branch_queue(list(regencies))
        if status := request.query_params.get("status"):
            found = [each for each in found if each.status == status]
        return self.page(found, told.QueuedSerializer)


class Columns(BranchView):
    """The columns of the branch's lists."""

    perms = {"GET": Perm.BATCH_REVIEW, "PUT": Perm.BATCH_REVIEW}

    @extend_schema(
        operation_id="branch_columns",
        parameters=[BRANCH],
        responses=told.BranchColumnsSerializer,
    )
    def get(self, request: Request) -> Response:
        """In the order of the list; the usual ones where the branch has set none."""
        return Response(self._shown())

    @extend_schema(
        operation_id="branch_columns_set",
        parameters=[BRANCH],
        request=told.ColumnsSerializer,
        responses=told.BranchColumnsSerializer,
    )
    def put(self, request: Request) -> Response:
        """Keep these columns in this order; the same again changes nothing."""
        chosen = self.heard(told.ColumnsSerializer)["columns"]
        set_columns(
            by=request.user,
            branch=self.branch,
            chosen=[(each["field"], each["heading"]) for each in chosen],
        )
        return Response(self._shown())

    def _shown(self) -> dict[str, Any]:
        columns = columns_of(self.branch.pk)
        return told.BranchColumnsSerializer(
            {
                "branch": self.branch.pk,
                "branch_name": self.branch.name,
                "columns": [each.kept() for each in columns],
                "fields_known": branch_columns.FIELDS,
            }
        ).data
