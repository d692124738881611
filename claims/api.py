"""The API of claims: report, list, and each step as its own address."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.rest import KEY, PAGING, RegencyView
from accounts.roles import Perm
from cadres.models import Cadre
from claims import actions, page, queries
from claims.filters import ClaimApiFilter
from claims.models import Claim
from claims.serializers import (
    ClaimRowSerializer,
    ClaimSerializer,
    DecideInput,
    DocumentInput,
    HandOverInput,
    HeirInput,
    NoteInput,
    PayInput,
    ReportInput,
)

FILTERS = [
    OpenApiParameter("status", str, enum=Claim.Status.values),
    OpenApiParameter("village", str, description="village code, with or without dots"),
    OpenApiParameter("month", str, description="month of death, 2026-11"),
    OpenApiParameter("cadre", int),
    *PAGING,
]


def _answer(claim_id: int) -> dict[str, Any]:
    """A claim as it is now, in plain values."""
    found = Claim.objects.select_related("cadre", "village", "heir").get(pk=claim_id)
    return dict(ClaimSerializer(found).data)


class ClaimList(RegencyView):
    """Claims of the regency, and the report of a death."""

    perms = {"GET": Perm.CLAIM_VIEW, "POST": Perm.CLAIM_REPORT}

    @extend_schema(
        operation_id="claims_list",
        parameters=FILTERS,
        responses=ClaimRowSerializer(many=True),
    )
    def get(self, request: Request, **_kwargs: Any) -> Response:
        """Newest first, filtered and paginated."""
        found = ClaimApiFilter(request.query_params, queryset=queries.listed())
        return self.page(found.qs, ClaimRowSerializer)

    @extend_schema(
        operation_id="claims_report",
        parameters=[KEY],
        request=ReportInput,
        responses={201: ClaimSerializer, 200: ClaimSerializer},
    )
    def post(self, request: Request, **_kwargs: Any) -> Response:
        """Report a death. A death that is already reported answers 200 with its claim."""
        data = _valid(ReportInput, request)

        def work() -> tuple[int, dict[str, Any]]:
            try:
                claim, is_new = actions.report_death(
                    cadre_id=data.pop("cadre"), by=self.actor, **data
                )
            except Cadre.DoesNotExist as error:
                raise Http404 from error
            return 201 if is_new else 200, _answer(claim.pk)

        return self.once(request, work)


class ClaimDetail(RegencyView):
    """One claim."""

    perms = {"GET": Perm.CLAIM_VIEW}

    @extend_schema(operation_id="claims_get", responses=ClaimSerializer)
    def get(self, request: Request, claim_id: int, **_kwargs: Any) -> Response:
        """Its benefit, checklist, heir and next step."""
        _exists(claim_id)
        return Response(_answer(claim_id))


class ClaimStep(RegencyView):
    """What the steps share: valid input, one action, the claim as it is afterwards."""

    def act(
        self, request: Request, claim_id: int, form: type[Serializer] | None, action: Callable
    ) -> Response:
        """Run `action(claim_id, by, **input)` once for a key."""
        _exists(claim_id)
        data = _valid(form, request) if form else {}

        def work() -> tuple[int, dict[str, Any]]:
            action(claim_id=claim_id, by=self.actor, **data)
            return 200, _answer(claim_id)

        return self.once(request, work)


class ClaimDocuments(ClaimStep):
    """The checklist; who reported the death may help to fill it."""

    perms = {"POST": Perm.CLAIM_REPORT}
    parser_classes = (JSONParser, MultiPartParser, FormParser)

    @extend_schema(
        operation_id="claims_document",
        parameters=[KEY],
        request={"application/json": DocumentInput, "multipart/form-data": DocumentInput},
        responses=ClaimSerializer,
    )
    def post(self, request: Request, claim_id: int, **_kwargs: Any) -> Response:
        """Note one document, with or without its scan (PDF, JPG, PNG, 5 MB)."""

        def note(*, code: str, received: bool, file: Any = None, **who: Any) -> None:
            files = {code: file} if file else {}
            actions.record_documents(received={code: received}, files=files, **who)

        if not page.may_add_documents(_claim(claim_id), self.actor):
            raise PermissionDenied
        return self.act(request, claim_id, DocumentInput, note)


class ClaimHeir(ClaimStep):
    """The heir."""

    perms = {"POST": Perm.CLAIM_PREPARE}

    @extend_schema(
        operation_id="claims_heir",
        parameters=[KEY],
        request=HeirInput,
        responses=ClaimSerializer,
    )
    def post(self, request: Request, claim_id: int, **_kwargs: Any) -> Response:
        """Write or correct who receives the benefit."""
        return self.act(request, claim_id, HeirInput, actions.set_heir)


class ClaimSubmit(ClaimStep):
    """To the branch."""

    perms = {"POST": Perm.CLAIM_PREPARE}

    @extend_schema(
        operation_id="claims_submit", parameters=[KEY], request=None, responses=ClaimSerializer
    )
    def post(self, request: Request, claim_id: int, **_kwargs: Any) -> Response:
        """Send the complete claim to the branch."""
        return self.act(request, claim_id, None, actions.submit)


class ClaimClose(ClaimStep):
    """A report that cannot become a claim."""

    perms = {"POST": Perm.CLAIM_PREPARE}

    @extend_schema(
        operation_id="claims_close",
        parameters=[KEY],
        request=NoteInput,
        responses=ClaimSerializer,
    )
    def post(self, request: Request, claim_id: int, **_kwargs: Any) -> Response:
        """Close the report with a reason."""
        return self.act(request, claim_id, NoteInput, actions.close_report)


class ClaimTakeBack(ClaimStep):
    """A death that was reported by mistake."""

    perms = {"POST": Perm.CLAIM_PREPARE}

    @extend_schema(
        operation_id="claims_take_back_death",
        parameters=[KEY],
        request=None,
        responses=ClaimSerializer,
    )
    def post(self, request: Request, claim_id: int, **_kwargs: Any) -> Response:
        """After the report was closed: the person lives, services and cover go on."""
        return self.act(request, claim_id, None, actions.take_back_death)


class ClaimSendBack(ClaimStep):
    """Back to the district."""

    perms = {"POST": Perm.CLAIM_DECIDE}

    @extend_schema(
        operation_id="claims_send_back",
        parameters=[KEY],
        request=NoteInput,
        responses=ClaimSerializer,
    )
    def post(self, request: Request, claim_id: int, **_kwargs: Any) -> Response:
        """Return a submitted claim with what has to be put right."""
        return self.act(request, claim_id, NoteInput, actions.send_back)


class ClaimDecide(ClaimStep):
    """The branch's decision."""

    perms = {"POST": Perm.CLAIM_DECIDE}

    @extend_schema(
        operation_id="claims_decide",
        parameters=[KEY],
        request=DecideInput,
        responses=ClaimSerializer,
    )
    def post(self, request: Request, claim_id: int, **_kwargs: Any) -> Response:
        """Approve or reject."""

        def act(*, decision: str, **data: Any) -> None:
            actions.decide(approve=decision == "approve", **data)

        return self.act(request, claim_id, DecideInput, act)


class ClaimPay(ClaimStep):
    """The transfer."""

    perms = {"POST": Perm.CLAIM_DECIDE}

    @extend_schema(
        operation_id="claims_pay", parameters=[KEY], request=PayInput, responses=ClaimSerializer
    )
    def post(self, request: Request, claim_id: int, **_kwargs: Any) -> Response:
        """Record the transfer to the heir."""
        return self.act(request, claim_id, PayInput, actions.pay)


class ClaimHandOver(ClaimStep):
    """The hand-over."""

    perms = {"POST": Perm.CLAIM_HAND_OVER}

    @extend_schema(
        operation_id="claims_hand_over",
        parameters=[KEY],
        request=HandOverInput,
        responses=ClaimSerializer,
    )
    def post(self, request: Request, claim_id: int, **_kwargs: Any) -> Response:
        """Record the hand-over and issue its paper (BAST)."""
        return self.act(request, claim_id, HandOverInput, actions.hand_over)


def _exists(claim_id: int) -> None:
    _claim(claim_id)


def _claim(claim_id: int) -> Claim:
    return get_object_or_404(Claim, pk=claim_id)


def _valid(form: type[Serializer], request: Request) -> dict[str, Any]:
    filled = form(data=request.data)
    filled.is_valid(raise_exception=True)
    return dict(filled.validated_data)
