"""The API of terms, and of rows that the branch sent back."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, PAGING
from accounts.roles import Perm
from enrollment import correction_words, queries
from enrollment.actions import corrections as actions
from enrollment.actions.terms import change_terms
from enrollment.api.common import EnrollmentView
from enrollment.filters import ReturnedFilter
from enrollment.models import BatchRow
from enrollment.queries.corrections import changes_since_return, rows_in_sight
from enrollment.serializers.corrections import (
    ChangedRowsSerializer,
    CorrectedRowSerializer,
    ResubmitInput,
    ReturnedRowSerializer,
    RowsTermsInput,
    TakeOutInput,
    TermsInput,
)

FILTERS = [
    OpenApiParameter("reason", str, enum=BatchRow.Reason.values),
    OpenApiParameter("village", str),
    OpenApiParameter("search", str),
]


class BatchTermsChange(EnrollmentView):
    """The terms of rows of a draft."""

    perms = {"POST": Perm.BATCH_PREPARE}

    @extend_schema(
        operation_id="enrollment_batches_terms",
        parameters=[KEY],
        request=RowsTermsInput,
        responses=ChangedRowsSerializer,
    )
    def post(self, request: Request, regency: str, batch_id: int) -> Response:
        """Change terms of rows of a draft, or of rows that were returned."""
        batch = self.batch(batch_id)

        def work() -> tuple[int, dict]:
            heard = dict(self.heard(RowsTermsInput))
            ids = heard.pop("rows")
            changed = change_terms(by=self.actor, batch=batch, row_ids=ids, changes=heard)
            return 200, {"changed": changed}

        return self.once(request, work)


class RowView(EnrollmentView):
    """What the calls about one row share."""

    def row(self, row_id: int) -> BatchRow:
        """A row within the scope that went to the branch, or 404."""
        return get_object_or_404(rows_in_sight(), pk=row_id)

    def answer(self, row_id: int) -> dict[str, Any]:
        """The row with what was changed since its return."""
        row = self.row(row_id)
        row.changes = changes_since_return([row]).get(row.pk, [])
        row.todo = str(correction_words.todo_for(row).text) if row.status == "returned" else ""
        return dict(CorrectedRowSerializer(row).data)


class ReturnedRows(EnrollmentView):
    """People whom the branch sent back."""

    perms = {"GET": Perm.COVERAGE_VIEW}

    @extend_schema(
        operation_id="returned_rows_list",
        parameters=[*PAGING, *FILTERS],
        responses=ReturnedRowSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """List people who wait for a correction, newest first."""
        rows = ReturnedFilter(request.query_params, queries.returned_rows()).qs
        return self.page(rows, ReturnedRowSerializer)


class ReturnedRow(RowView):
    """One person of a batch, and the way back to the branch."""

    perms = {"GET": Perm.COVERAGE_VIEW}

    @extend_schema(operation_id="returned_rows_read", responses=CorrectedRowSerializer)
    def get(self, request: Request, regency: str, row_id: int) -> Response:
        """Read why the branch sent a row back, what it asks for and what was changed since."""
        return Response(self.answer(row_id))


class ReturnedTerms(RowView):
    """The terms of a returned row."""

    perms = {"PATCH": Perm.PEOPLE_EDIT}

    @extend_schema(
        operation_id="returned_rows_terms",
        parameters=[KEY],
        request=TermsInput,
        responses=CorrectedRowSerializer,
    )
    def patch(self, request: Request, regency: str, row_id: int) -> Response:
        """Correct the terms; segment and JHT are the department's."""
        row = self.row(row_id)

        def work() -> tuple[int, dict]:
            changes = dict(self.heard(TermsInput))
            change_terms(by=self.actor, batch=row.batch, row_ids=[row.pk], changes=changes)
            return 200, self.answer(row_id)

        return self.once(request, work)


class ReturnedResubmit(RowView):
    """Sending a corrected row to the branch again."""

    perms = {"POST": Perm.PEOPLE_EDIT}

    @extend_schema(
        operation_id="returned_rows_resubmit",
        parameters=[KEY],
        request=ResubmitInput,
        responses=CorrectedRowSerializer,
    )
    def post(self, request: Request, regency: str, row_id: int) -> Response:
        """Send the row back; it waits in the same batch, which is in review again."""
        row = self.row(row_id)

        def work() -> tuple[int, dict]:
            actions.resubmit(by=self.actor, row=row, **self.heard(ResubmitInput))
            return 200, self.answer(row_id)

        return self.once(request, work)


class ReturnedTakeOut(RowView):
    """Taking a returned row out of its batch."""

    perms = {"POST": Perm.BATCH_PREPARE}

    @extend_schema(
        operation_id="returned_rows_take_out",
        parameters=[KEY],
        request=TakeOutInput,
        responses={204: None},
    )
    def post(self, request: Request, regency: str, row_id: int) -> Response:
        """Take the person out of the batch for good; the reason stays in the trail."""
        row = self.row(row_id)

        def work() -> tuple[int, None]:
            actions.take_out(by=self.actor, row=row, **self.heard(TakeOutInput))
            return 204, None

        return self.once(request, work)
