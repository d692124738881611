"""The API of agreements: list, write down, change, file the paper, end early."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, PAGING
from accounts.roles import Perm
from cadres.models import Category
from enrollment.actions import agreements as actions
from enrollment.api.batches import unknown
from enrollment.api.common import EnrollmentView
from enrollment.filters import AgreementFilter
from enrollment.models import Agreement
from enrollment.queries import agreements as questions
from enrollment.serializers.agreements import (
    AgreementEndedSerializer,
    AgreementEndInput,
    AgreementFileInput,
    AgreementInput,
    AgreementSerializer,
)
from enrollment.validity import Standing
from regions.queries import village_by_code

FILTERS = [
    OpenApiParameter("standing", str, enum=[each.value for each in Standing]),
    OpenApiParameter("category", str, enum=Category.values),
    OpenApiParameter("search", str),
]


class AgreementView(EnrollmentView):
    """What the calls about agreements share."""

    def one(self, agreement_id: int) -> Agreement:
        """An agreement with the people covered under it, or 404."""
        found = questions.agreements().filter(pk=agreement_id).first()
        if found is None:
            raise Http404
        return _with_covered([found])[0]

    def drafted(self) -> actions.Drafted:
        """What was sent, with branch and village looked up in this regency."""
        heard: dict[str, Any] = dict(self.heard(AgreementInput))
        branch, code = heard["branch"], heard["village"]
        if branch is not None:
            heard["branch"] = self.regency.branches.filter(pk=branch).first()
            if heard["branch"] is None:
                raise unknown("branch")
        heard["village"] = village_by_code(code) if code else None
        if code and (heard["village"] is None or heard["village"].regency_id != self.regency.pk):
            raise unknown("village")
        return actions.Drafted(**heard)


def _with_covered(shown: list[Agreement]) -> list[Agreement]:
    people = questions.covered_by([each.pk for each in shown], timezone.localdate())
    for each in shown:
        each.covered = people.get(each.pk, 0)
    return shown


class Agreements(AgreementView):
    """MoU and PKS between the branch and departments or villages."""

    perms = {"GET": Perm.BATCH_VIEW, "POST": Perm.BATCH_PREPARE}

    @extend_schema(
        operation_id="agreements_list",
        parameters=[*PAGING, *FILTERS],
        responses=AgreementSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """List agreements, newest first."""
        rows = AgreementFilter(request.query_params, questions.agreements()).qs
        return self.page(rows.order_by("-signed_on", "-id"), AgreementSerializer, _with_covered)

    @extend_schema(
        operation_id="agreements_create",
        parameters=[KEY],
        request=AgreementInput,
        responses={201: AgreementSerializer},
    )
    def post(self, request: Request, regency: str) -> Response:
        """Write down a signed agreement."""

        def work() -> tuple[int, dict]:
            made = actions.create_agreement(by=self.actor, drafted=self.drafted())
            return 201, AgreementSerializer(self.one(made.pk)).data

        return self.once(request, work)


class AgreementDetail(AgreementView):
    """One agreement."""

    perms = {"GET": Perm.BATCH_VIEW, "PUT": Perm.BATCH_PREPARE}

    @extend_schema(operation_id="agreements_read", responses=AgreementSerializer)
    def get(self, request: Request, regency: str, agreement_id: int) -> Response:
        """Read an agreement."""
        return Response(AgreementSerializer(self.one(agreement_id)).data)

    @extend_schema(
        operation_id="agreements_change",
        parameters=[KEY],
        request=AgreementInput,
        responses=AgreementSerializer,
    )
    def put(self, request: Request, regency: str, agreement_id: int) -> Response:
        """Correct or extend an agreement."""
        found = self.one(agreement_id)

        def work() -> tuple[int, dict]:
            actions.change_agreement(by=self.actor, agreement=found, drafted=self.drafted())
            return 200, AgreementSerializer(self.one(agreement_id)).data

        return self.once(request, work)


class AgreementFile(AgreementView):
    """The signed paper."""

    perms = {"POST": Perm.BATCH_PREPARE}
    parser_classes = (MultiPartParser, FormParser)

    @extend_schema(
        operation_id="agreements_file",
        parameters=[KEY],
        request={"multipart/form-data": AgreementFileInput},
        responses={
            200: AgreementSerializer,
            400: OpenApiResponse(OpenApiTypes.OBJECT, "Another kind of file, or too large."),
        },
    )
    def post(self, request: Request, regency: str, agreement_id: int) -> Response:
        """Keep the signed paper; one that is there already stays in the history."""
        found = self.one(agreement_id)

        def work() -> tuple[int, dict]:
            file = self.heard(AgreementFileInput)["file"]
            actions.file_agreement(by=self.actor, agreement=found, file=file, name=file.name)
            return 200, AgreementSerializer(self.one(agreement_id)).data

        return self.once(request, work)


class AgreementEnd(AgreementView):
    """Ending an agreement before its time."""

    perms = {"POST": Perm.BATCH_PREPARE}

    @extend_schema(
        operation_id="agreements_end",
        parameters=[KEY],
        request=AgreementEndInput,
        responses=AgreementEndedSerializer,
    )
    def post(self, request: Request, regency: str, agreement_id: int) -> Response:
        """End an agreement; its covers end with that month only when `end_covers` says so."""
        found = self.one(agreement_id)

        def work() -> tuple[int, dict]:
            heard = self.heard(AgreementEndInput)
            _agreement, people = actions.end_agreement(by=self.actor, agreement=found, **heard)
            ended = self.one(agreement_id)
            ended.covers_ended = people
            return 200, AgreementEndedSerializer(ended).data

        return self.once(request, work)
