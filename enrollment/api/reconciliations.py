"""The API of reconciliations: upload, state, differences, settling, answering, closing, paper."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, PAGING, ObjectWrite, RegencyView
from accounts.roles import Perm
from core import papers
from enrollment.actions import differences as deeds
from enrollment.actions import reconciliation_closing
from enrollment.actions import reconciliations as actions
from enrollment.models import Reconciliation, ReconciliationDifference
from enrollment.queries import reconciliations as queries
from enrollment.reconciliation_filters import DifferenceFilter, ReconciliationFilter
from enrollment.serializers import reconciliations as told

Status = Reconciliation.Status
DIFFERENCE_FILTERS = [
    OpenApiParameter("kind", str),
    OpenApiParameter("village", str),
    OpenApiParameter("state", str, description="open, asked, answered or settled"),
    OpenApiParameter("search", str),
]


def one(reconciliation_id: int) -> Reconciliation:
    """A reconciliation within the scope, or 404."""
    return get_object_or_404(
        Reconciliation.objects.select_related("paper", "run"), pk=reconciliation_id
    )


def one_difference(difference_id: int) -> ReconciliationDifference:
    """A difference within the scope, or 404."""
    return get_object_or_404(queries.differences(), pk=difference_id)


def detail(found: Reconciliation) -> dict[str, Any]:
    """One reconciliation with its counts, or the question about its columns."""
    context: dict[str, Any] = {"states": queries.states(found)}
    if found.status == Status.MAPPING:
        context["question"] = queries.question_of(found)
    return told.ReconciliationDetailSerializer(found, context=context).data


class Reconciliations(RegencyView):
    """The reconciliations of a regency."""

    perms = {"GET": Perm.RECONCILE_VIEW, "POST": Perm.RECONCILE_UPLOAD}
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="reconciliations_list",
        parameters=[*PAGING, OpenApiParameter("month", str), OpenApiParameter("status", str)],
        responses=told.ReconciliationSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """Newest month first."""
        rows = Reconciliation.objects.select_related("paper").order_by("-month", "-id")
        found = ReconciliationFilter(request.query_params, rows).qs
        return self.page(found, told.ReconciliationSerializer)

    @extend_schema(
        operation_id="reconciliations_create",
        parameters=[KEY],
        request={"multipart/form-data": told.ListUploadSerializer},
        responses={201: told.UploadedListSerializer},
    )
    def post(self, request: Request, regency: str) -> Response:
        """Upload a list; the same file for the same month gives the earlier one."""
        heard = self.heard(told.ListUploadSerializer)

        def work() -> tuple[int, dict]:
            file = heard.pop("file")
            made = actions.upload_list(
                by=self.actor, chunks=file.chunks(), file_name=file.name, **heard
            )
            return 201, {
                "id": made.reconciliation.pk,
                "number": made.reconciliation.number,
                "status": made.reconciliation.status,
                "repeated": made.repeated,
            }

        return self.once(request, work)


class ReconciliationDetail(RegencyView):
    """One reconciliation."""

    perms = {"GET": Perm.RECONCILE_VIEW}

    @extend_schema(
        operation_id="reconciliations_read", responses=told.ReconciliationDetailSerializer
    )
    def get(self, request: Request, regency: str, reconciliation_id: int) -> Response:
        """Its state, people and rupiah by class, or the question about its columns."""
        return Response(detail(one(reconciliation_id)))


class Change(ObjectWrite[Reconciliation]):
    """A write about one reconciliation, answered with its present state."""

    def found(self, pk: int) -> Reconciliation:
        """The reconciliation."""
        return one(pk)

    def answer(self, subject: Reconciliation, changed: Any) -> tuple[int, dict[str, Any]]:
        """The reconciliation as it is then."""
        return 200, detail(one(subject.pk))


class ReconciliationColumnsAnswer(Change):
    """Pointing out the columns of a list."""

    perms = {"POST": Perm.RECONCILE_UPLOAD}
    body = told.ColumnsAnswerSerializer

    @extend_schema(
        operation_id="reconciliations_columns",
        parameters=[KEY],
        request=told.ColumnsAnswerSerializer,
        responses=told.ReconciliationDetailSerializer,
    )
    def post(self, request: Request, regency: str, reconciliation_id: int) -> Response:
        """Say which column means what; the list is read again."""
        return self.write(request, reconciliation_id)

    def change(self, subject: Reconciliation, data: dict[str, Any]) -> Reconciliation:
        """Call the action."""
        return actions.point_out_columns(by=self.actor, reconciliation=subject, **data)


class Withdraw(Change):
    """Taking back a list."""

    perms = {"POST": Perm.RECONCILE_UPLOAD}
    body = told.ReasonSerializer

    @extend_schema(
        operation_id="reconciliations_withdraw",
        parameters=[KEY],
        request=told.ReasonSerializer,
        responses=told.ReconciliationDetailSerializer,
    )
    def post(self, request: Request, regency: str, reconciliation_id: int) -> Response:
        """Withdraw a list that was uploaded by mistake."""
        return self.write(request, reconciliation_id)

    def change(self, subject: Reconciliation, data: dict[str, Any]) -> Reconciliation:
        """Call the action."""
        return actions.withdraw_list(by=self.actor, reconciliation=subject, **data)


class Compare(Change):
    """Comparing a list again."""

    perms = {"POST": Perm.RECONCILE_EDIT}

    @extend_schema(
        operation_id="reconciliations_compare",
        parameters=[KEY],
        request=None,
        responses=told.ReconciliationDetailSerializer,
    )
    def post(self, request: Request, regency: str, reconciliation_id: int) -> Response:
        """Let a worker compare it with what is recorded by now; `comparing` says how long."""
        return self.write(request, reconciliation_id)

    def change(self, subject: Reconciliation, data: dict[str, Any]) -> Reconciliation:
        """Call the action."""
        return actions.compare_again(by=self.actor, reconciliation=subject)


class Close(Change):
    """Closing a month."""

    perms = {"POST": Perm.RECONCILE_CLOSE}
    body = told.CloseSerializer

    @extend_schema(
        operation_id="reconciliations_close",
        parameters=[KEY],
        request=told.CloseSerializer,
        responses=told.ReconciliationDetailSerializer,
    )
    def post(self, request: Request, regency: str, reconciliation_id: int) -> Response:
        """Close it and issue its record; never by the uploader, never with open differences."""
        return self.write(request, reconciliation_id)

    def change(self, subject: Reconciliation, data: dict[str, Any]) -> Reconciliation:
        """Call the action."""
        return reconciliation_closing.close_reconciliation(
            by=self.actor, reconciliation=subject, **data
        )


class Paper(RegencyView):
    """The signed-off record."""

    perms = {"GET": Perm.RECONCILE_VIEW}

    @extend_schema(
        operation_id="reconciliations_paper",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, regency: str, reconciliation_id: int) -> FileResponse:
        """The PDF; 404 until it is closed."""
        found = one(reconciliation_id)
        if found.paper is None:
            raise Http404
        return papers.serve(found.paper, found.paper.number)


class Differences(RegencyView):
    """The differences of one reconciliation."""

    perms = {"GET": Perm.RECONCILE_VIEW}

    @extend_schema(
        operation_id="reconciliations_differences",
        parameters=[*PAGING, *DIFFERENCE_FILTERS],
        responses=told.DifferenceSerializer(many=True),
    )
    def get(self, request: Request, regency: str, reconciliation_id: int) -> Response:
        """Differences by class, place, state and words."""
        rows = queries.differences().filter(reconciliation=one(reconciliation_id)).order_by("id")
        return self.page(DifferenceFilter(request.query_params, rows).qs, told.DifferenceSerializer)


class Queries(RegencyView):
    """Questions that wait for the branch."""

    perms = {"GET": Perm.RECONCILE_VIEW}

    @extend_schema(
        operation_id="reconciliation_queries_list",
        parameters=PAGING,
        responses=told.DifferenceSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """Oldest first."""
        return self.page(queries.waiting_for_branch(), told.DifferenceSerializer)


class Difference(RegencyView):
    """One difference."""

    perms = {"GET": Perm.RECONCILE_VIEW}

    @extend_schema(
        operation_id="reconciliation_differences_read", responses=told.DifferenceSerializer
    )
    def get(self, request: Request, regency: str, difference_id: int) -> Response:
        """Both sides, the question and how it was settled."""
        return Response(told.DifferenceSerializer(one_difference(difference_id)).data)


def chosen(heard: dict[str, Any]) -> QuerySet[ReconciliationDifference]:
    """The differences that a request names; takes the choice out of what was heard."""
    ids, kind = heard.pop("ids", None), heard.pop("kind", None)
    rows = queries.differences()
    rows = rows.filter(pk__in=ids) if ids else rows.filter(settlement="")
    return rows.filter(kind=kind) if kind else rows


class Settle(RegencyView):
    """Settling differences."""

    perms = {"POST": Perm.RECONCILE_EDIT}

    @extend_schema(
        operation_id="reconciliations_settle",
        parameters=[KEY],
        request=told.SettleSerializer,
        responses=told.SettledSerializer,
    )
    def post(self, request: Request, regency: str, reconciliation_id: int) -> Response:
        """Settle the named differences, or every open one of a class, for a reason."""
        found = one(reconciliation_id)
        heard = dict(self.heard(told.SettleSerializer))

        def work() -> tuple[int, dict]:
            on, end_reason = heard.pop("on"), heard.pop("end_reason")
            report = deeds.settle(
                by=self.actor,
                reconciliation=found,
                wanted=chosen(heard),
                ending=deeds.Ending(on, end_reason) if on else None,
                **heard,
            )
            left = [{"code": code, "count": n} for code, n in report.left_out.items()]
            return 200, {"settled": report.done, "left_out": left}

        return self.once(request, work)


class Ask(RegencyView):
    """Questions to the branch."""

    perms = {"POST": Perm.RECONCILE_EDIT}

    @extend_schema(
        operation_id="reconciliations_ask",
        parameters=[KEY],
        request=told.AskSerializer,
        responses=told.AskedSerializer,
    )
    def post(self, request: Request, regency: str, reconciliation_id: int) -> Response:
        """Put a question about the named differences, or every open one of a class."""
        found = one(reconciliation_id)
        heard = dict(self.heard(told.AskSerializer))

        def work() -> tuple[int, dict]:
            text = heard.pop("query")
            done = deeds.ask_branch(
                by=self.actor, reconciliation=found, wanted=chosen(heard), text=text
            )
            return 200, {"asked": done}

        return self.once(request, work)


class Answer(RegencyView):
    """The branch's answer."""

    perms = {"POST": Perm.RECONCILE_ANSWER}

    @extend_schema(
        operation_id="reconciliation_differences_answer",
        parameters=[KEY],
        request=told.AnswerSerializer,
        responses=told.DifferenceSerializer,
    )
    def post(self, request: Request, regency: str, difference_id: int) -> Response:
        """Answer the question about a difference."""
        found = one_difference(difference_id)
        text = self.heard(told.AnswerSerializer)["answer"]

        def work() -> tuple[int, dict]:
            deeds.answer_query(by=self.actor, difference=found, text=text)
            return 200, told.DifferenceSerializer(one_difference(difference_id)).data

        return self.once(request, work)


class Reopen(RegencyView):
    """Taking back a settlement."""

    perms = {"POST": Perm.RECONCILE_EDIT}

    @extend_schema(
        operation_id="reconciliation_differences_reopen",
        parameters=[KEY],
        request=told.ReasonSerializer,
        responses=told.DifferenceSerializer,
    )
    def post(self, request: Request, regency: str, difference_id: int) -> Response:
        """Open a settled difference again, for a reason."""
        found = one_difference(difference_id)
        reason = self.heard(told.ReasonSerializer)["reason"]

        def work() -> tuple[int, dict]:
            deeds.reopen(by=self.actor, difference=found, reason=reason)
            return 200, told.DifferenceSerializer(one_difference(difference_id)).data

        return self.once(request, work)
