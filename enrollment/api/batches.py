"""The API of enrollment batches up to their submission, and of their rows."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, PAGING
from accounts.roles import Perm
from core.errors import DomainError
from core.months import parse_month
from enrollment import actions, queries
from enrollment.api.common import EnrollmentView
from enrollment.filters import BatchFilter, RowFilter, digits
from enrollment.models import Agreement, EnrollmentBatch, FundSource
from enrollment.serializers import (
    BatchSerializer,
    NewBatchSerializer,
    PreparedSerializer,
    RowSerializer,
)
from enrollment.terms import NAMES, BatchTerms
from regions.models import District, Village

BATCH_FILTERS = [
    OpenApiParameter("status", str, enum=EnrollmentBatch.Status.values),
    OpenApiParameter("fund_source", int),
    OpenApiParameter("first_month", str, description="2026-11"),
]
ROW_FILTERS = [
    OpenApiParameter("status", str, enum=["waiting", "accepted", "returned"]),
    OpenApiParameter("village", str),
    OpenApiParameter("flagged", bool),
    OpenApiParameter("search", str),
]


class Batches(EnrollmentView):
    """People put forward together."""

    perms = {"GET": Perm.BATCH_VIEW, "POST": Perm.BATCH_PREPARE}

    @extend_schema(
        operation_id="enrollment_batches_list",
        parameters=[*PAGING, *BATCH_FILTERS],
        responses=BatchSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """List batches, newest first."""
        found = BatchFilter(request.query_params, self.batches()).qs
        rows = (
            found.with_counts()
            .select_related("fund_source", "agreement")
            .order_by("-created_at", "-id")
        )
        return self.page(rows, BatchSerializer)

    @extend_schema(
        operation_id="enrollment_batches_create",
        parameters=[KEY],
        request=NewBatchSerializer,
        responses={201: PreparedSerializer},
    )
    def post(self, request: Request, regency: str) -> Response:
        """Prepare a draft with everybody chosen who can be put forward."""
        return self.once(request, self._prepare)

    def _prepare(self) -> tuple[int, dict]:
        heard = self.heard(NewBatchSerializer)
        source = FundSource.objects.filter(pk=heard["fund_source"]).first()
        if source is None:
            raise unknown("fund_source")
        try:
            month = parse_month(heard["first_month"])
        except DomainError as error:
            raise DomainError(error.code, error.message, {"first_month": error.message}) from error
        choice = self._choice(heard)
        left_out = queries.standings(choice, first_month=month, programme=heard["programme"])
        batch = actions.prepare(
            by=self.actor,
            fund_source=source,
            programme=heard["programme"],
            segment=heard["segment"],
            first_month=month,
            note=heard["note"],
            choice=choice,
            agreement=self._agreement(heard["agreement"]),
            begin_with=BatchTerms(**{name: heard[name] for name in NAMES if name != "segment"}),
        )
        shown = self.batch(batch.pk)
        shown.excluded = left_out.refused
        return 201, PreparedSerializer(shown).data

    def _agreement(self, agreement_id: int | None) -> Agreement | None:
        """The agreement that is named; one that is not there is refused."""
        if agreement_id is None:
            return None
        found = Agreement.objects.filter(pk=agreement_id).first()
        if found is None:
            raise unknown("agreement")
        return found

    def _choice(self, heard: dict[str, Any]) -> queries.Choice:
        """The filters of a request; an unknown place is refused and never means everybody."""
        return queries.Choice(
            category=heard["category"] or "",
            district_id=self._area(District, "district", heard["district"]),
            village_id=self._area(Village, "village", heard["village"]),
            posyandu_id=heard["posyandu"],
            cadre_ids=heard["cadres"],
        )

    def _area(self, model: type, name: str, code: str | None) -> int | None:
        if not code:
            return None
        area = model.objects.filter(
            code=digits(code), regency_id=self.regency.pk, valid_to=None
        ).first()
        if area is None:
            raise unknown(name)
        return area.pk


def unknown(name: str) -> DomainError:
    """The refusal of a value that names nothing in this regency."""
    message = _("Tidak dikenal di kabupaten ini.")
    return DomainError(f"{name}_unknown", message, {name: message})


class BatchDetail(EnrollmentView):
    """One batch."""

    perms = {"GET": Perm.BATCH_VIEW, "DELETE": Perm.BATCH_PREPARE}

    @extend_schema(operation_id="enrollment_batches_read", responses=BatchSerializer)
    def get(self, request: Request, regency: str, batch_id: int) -> Response:
        """Read a batch."""
        return Response(BatchSerializer(self.batch(batch_id)).data)

    @extend_schema(
        operation_id="enrollment_batches_delete", parameters=[KEY], responses={204: None}
    )
    def delete(self, request: Request, regency: str, batch_id: int) -> Response:
        """Delete a draft."""

        def work() -> tuple[int, None]:
            actions.delete(by=self.actor, batch=self.batch(batch_id))
            return 204, None

        return self.once(request, work)


class BatchSubmit(EnrollmentView):
    """Sending a draft to the branch."""

    perms = {"POST": Perm.BATCH_SUBMIT}

    @extend_schema(
        operation_id="enrollment_batches_submit",
        parameters=[KEY],
        request=None,
        responses=BatchSerializer,
    )
    def post(self, request: Request, regency: str, batch_id: int) -> Response:
        """Submit a draft; never by the one who prepared it."""
        batch = self.batch(batch_id)

        def work() -> tuple[int, dict]:
            actions.submit(by=self.actor, batch=batch)
            return 200, BatchSerializer(self.batch(batch_id)).data

        return self.once(request, work)


class BatchRows(EnrollmentView):
    """The people of a batch."""

    perms = {"GET": Perm.BATCH_VIEW}

    @extend_schema(
        operation_id="enrollment_batches_rows",
        parameters=[*PAGING, *ROW_FILTERS],
        responses=RowSerializer(many=True),
    )
    def get(self, request: Request, regency: str, batch_id: int) -> Response:
        """List rows in the order of their ids."""
        rows = self.batch(batch_id).rows.select_related("cadre", "village").order_by("id")
        return self.page(RowFilter(request.query_params, rows).qs, RowSerializer)
