"""The API of fund sources, batches, coverages and agreements."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.rest import Pages, RegencyView
from accounts.roles import Perm, Role
from core.errors import DomainError
from core.months import parse_month
from enrollment import actions, queries
from enrollment.decisions import Decision, Problem
from enrollment.filters import BatchFilter, CoverageFilter, RowFilter, digits
from enrollment.models import Agreement, Coverage, EnrollmentBatch, FundSource
from enrollment.review_lists import read_upload
from enrollment.serializers import (
    AgreementSerializer,
    BatchSerializer,
    CoverageSerializer,
    EndSerializer,
    FundSourceSerializer,
    NewBatchSerializer,
    PreparedSerializer,
    ReviewedSerializer,
    ReviewSerializer,
    RowCountsSerializer,
    RowSerializer,
)
from regions.models import District, Village

KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)
PAGES = [OpenApiParameter("page", int), OpenApiParameter("page_size", int)]
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
YES = {"true", "1", "yes", "ya", "on"}


class EnrollmentView(RegencyView):
    """What the views here share: a page of rows, and checked input."""

    def page(self, rows: QuerySet, serializer: type[Serializer]) -> Response:
        """One page of a list."""
        pages = Pages()
        shown = pages.paginate_queryset(rows, self.request, view=self)
        return pages.get_paginated_response(serializer(shown, many=True).data)

    def heard(self, serializer: type[Serializer], partial: bool = False) -> dict[str, Any]:
        """The checked body of the request."""
        found = serializer(data=self.request.data, partial=partial)
        found.is_valid(raise_exception=True)
        return found.validated_data

    def batches(self) -> QuerySet[EnrollmentBatch]:
        """The batches that this role sees: the branch sees no drafts."""
        found = EnrollmentBatch.objects.all()
        return found.submitted_or_later() if self.actor.role == Role.BRANCH_OFFICER else found

    def batch(self, batch_id: int) -> EnrollmentBatch:
        """One batch with its counts, or 404."""
        return get_object_or_404(
            self.batches().with_counts().select_related("fund_source"), pk=batch_id
        )


class FundSources(EnrollmentView):
    """The budgets that pay contributions."""

    perms = {"GET": Perm.BATCH_VIEW, "POST": Perm.BUDGET_EDIT}

    @extend_schema(
        operation_id="fund_sources_list",
        parameters=PAGES,
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


class Batches(EnrollmentView):
    """People put forward together."""

    perms = {"GET": Perm.BATCH_VIEW, "POST": Perm.BATCH_PREPARE}

    @extend_schema(
        operation_id="enrollment_batches_list",
        parameters=[*PAGES, *BATCH_FILTERS],
        responses=BatchSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """List batches, newest first."""
        found = BatchFilter(request.query_params, self.batches()).qs
        rows = found.with_counts().select_related("fund_source").order_by("-created_at", "-id")
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
        )
        shown = self.batch(batch.pk)
        shown.excluded = left_out  # type: ignore[attr-defined]
        return 201, PreparedSerializer(shown).data

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
        parameters=[*PAGES, *ROW_FILTERS],
        responses=RowSerializer(many=True),
    )
    def get(self, request: Request, regency: str, batch_id: int) -> Response:
        """List rows in the order of their ids."""
        rows = self.batch(batch_id).rows.select_related("cadre", "village").order_by("id")
        return self.page(RowFilter(request.query_params, rows).qs, RowSerializer)


class BatchReview(EnrollmentView):
    """The branch's answers."""

    perms = {"POST": Perm.BATCH_REVIEW}
    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        operation_id="enrollment_batches_review",
        parameters=[KEY],
        request={"application/json": ReviewSerializer, "multipart/form-data": ReviewSerializer},
        responses=ReviewedSerializer,
    )
    def post(self, request: Request, regency: str, batch_id: int) -> Response:
        """Accept or return rows, accept all clean remaining rows, finish the review."""
        batch = self.batch(batch_id)
        return self.once(request, lambda: self._review(batch))

    def _review(self, batch: EnrollmentBatch) -> tuple[int, dict]:
        data = self.request.data
        upload = data.get("file")
        decisions, unread = self._read(data, upload)
        accept_rest, finish_now = _yes(data.get("accept_rest")), _yes(data.get("finish"))
        if unread and (accept_rest or finish_now or upload is None):
            raise actions.invalid(unread)
        report = actions.review(
            by=self.actor,
            batch=batch,
            decisions=decisions,
            accept_rest=accept_rest,
            finish_now=finish_now,
            partial=upload is not None,
        )
        report.problems = sorted(unread + report.problems, key=lambda each: each.line)
        shown = self.batch(batch.pk)
        return 200, {
            "id": shown.pk,
            "status": shown.status,
            "accepted": report.accepted,
            "returned": report.returned,
            "problems": [
                {"line": each.line, "code": each.code, "message": str(each.message)}
                for each in report.problems
            ],
            "counts": RowCountsSerializer(shown).data,
        }

    def _read(self, data: Any, upload: Any) -> tuple[list[Decision], list[Problem]]:
        """The decisions of the file, or of the body."""
        if upload is not None:
            if not hasattr(upload, "chunks"):
                raise DomainError("file_missing", _("Kirim daftar sebagai berkas."), {"file": ""})
            return read_upload(upload.chunks())
        told = data.get("decisions") or []
        if not isinstance(told, list):
            message = _("Keputusan ditulis sebagai daftar.")
            raise DomainError("decisions_invalid", message, {"decisions": message})
        decisions: list[Decision] = []
        problems: list[Problem] = []
        for line, each in enumerate(told, 1):
            read = _decision(each, line)
            decisions.append(read) if isinstance(read, Decision) else problems.append(read)
        return decisions, problems


def _yes(value: Any) -> bool:
    return value is True or str(value or "").lower() in YES


def _decision(told: Any, line: int) -> Decision | Problem:
    """One decision of a body; hand-read, since there may be tens of thousands."""
    if not isinstance(told, dict) or told.get("decision") not in ("accept", "return"):
        return Problem(line, "decision_unknown", _("Keputusan harus accept atau return."))
    row = told.get("row")
    if row is not None and (isinstance(row, bool) or not isinstance(row, int)):
        return Problem(line, "row_invalid", _("Nomor baris harus bilangan."))
    words = {
        name: str(told.get(name) or "") for name in ("nik", "member_no", "reason", "reason_text")
    }
    return Decision(accept=told["decision"] == "accept", row=row, line=line, **words)


class Coverages(EnrollmentView):
    """Who is covered, since when and by whom it is paid."""

    perms = {"GET": Perm.COVERAGE_VIEW}

    @extend_schema(
        operation_id="coverages_list",
        parameters=[*PAGES, *COVERAGE_FILTERS],
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


class CoverageEnd(EnrollmentView):
    """Ending a cover."""

    perms = {"POST": Perm.BATCH_PREPARE}

    @extend_schema(
        operation_id="coverages_end",
        parameters=[KEY],
        request=EndSerializer,
        responses=CoverageSerializer,
    )
    def post(self, request: Request, regency: str, coverage_id: int) -> Response:
        """End a cover; the month of its last day stays billed."""
        coverage = one_coverage(coverage_id)

        def work() -> tuple[int, dict]:
            heard = self.heard(EndSerializer)
            actions.end_coverage(by=self.actor, coverage=coverage, **heard)
            return 200, CoverageSerializer(one_coverage(coverage_id)).data

        return self.once(request, work)


def one_coverage(coverage_id: int) -> Coverage:
    """A cover with its person and village, or 404."""
    found = Coverage.objects.select_related("cadre", "village").filter(pk=coverage_id).first()
    if found is None:
        raise Http404
    return found


class Agreements(EnrollmentView):
    """MoU and PKS between the branch and departments or villages."""

    perms = {"GET": Perm.BATCH_VIEW}

    @extend_schema(
        operation_id="agreements_list",
        parameters=PAGES,
        responses=AgreementSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """List agreements, newest first."""
        return self.page(Agreement.objects.order_by("-signed_on", "id"), AgreementSerializer)
