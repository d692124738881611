"""The API of proofs: was a person covered on a day, and the paper that says so."""

import datetime as dt

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, RegencyView
from accounts.roles import Perm
from cadres.models import Cadre
from core import papers
from reports import actions
from reports.models import Proof
from reports.proof.answer import Answer, judge
from reports.proof.chain import links
from reports.proof.records import look_up


class Asked(serializers.Serializer):
    """The day that is asked about."""

    day = serializers.DateField()


class LinkOut(serializers.Serializer):
    """One fact of the chain behind the answer."""

    name = serializers.CharField()
    text = serializers.CharField()
    when = serializers.CharField()
    who = serializers.CharField()
    missing = serializers.BooleanField()


class AnswerOut(serializers.Serializer):
    """The answer: by what is known now, and by what was known at the end of that day."""

    cadre = serializers.IntegerField()
    day = serializers.DateField()
    answer = serializers.ChoiceField(choices=[(each.value, each.value) for each in Answer])
    reasons = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
    covered_now = serializers.BooleanField()
    covered_then = serializers.BooleanField(allow_null=True)
    chain = LinkOut(many=True)


class ProofOut(serializers.ModelSerializer):
    """An issued paper."""

    verify = serializers.SerializerMethodField()

    class Meta:
        model = Proof
        fields = ["id", "number", "cadre", "day", "answer", "issued_at", "verify"]

    def get_verify(self, proof: Proof) -> str:
        """The path of the public page behind the QR code."""
        return f"/b/{proof.token}"


def _cadre(pk: int) -> Cadre:
    return get_object_or_404(Cadre.objects.select_related("village__district"), pk=pk)


class PersonProof(RegencyView):
    """Whether a person was covered on a day."""

    perms = {"GET": Perm.COVERAGE_VIEW, "POST": Perm.COVERAGE_VIEW}

    @extend_schema(
        operation_id="proofs_ask",
        parameters=[OpenApiParameter("day", dt.date, description="The present day when left out.")],
        responses=AnswerOut,
    )
    def get(self, request: Request, regency: str, pk: int) -> Response:
        """Answer without issuing a paper."""
        cadre = _cadre(pk)
        day = timezone.localdate()
        if "day" in request.query_params:
            asked = Asked(data=request.query_params)
            asked.is_valid(raise_exception=True)
            day = asked.validated_data["day"]
        actions.check_day(day)
        found = look_up(cadre, day)
        verdict = judge(found.evidence)
        told = zip(verdict.reasons, verdict.sentences, strict=True)
        body = {
            "cadre": cadre.pk,
            "day": day,
            "answer": verdict.answer,
            "reasons": [{"code": code, "text": str(text)} for code, text in told],
            "covered_now": found.evidence.covered_now,
            "covered_then": found.evidence.covered_then,
            "chain": links(found, self.regency.slug),
        }
        return Response(AnswerOut(body).data)

    @extend_schema(
        operation_id="proofs_issue", parameters=[KEY], request=Asked, responses={201: ProofOut}
    )
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Freeze the answer as a paper; the same facts give the same paper."""
        cadre = _cadre(pk)

        def work() -> tuple[int, dict]:
            day = self.heard(Asked)["day"]
            issued = actions.issue_proof(by=self.actor, cadre=cadre, day=day, regency=self.regency)
            return 201, ProofOut(issued).data

        return self.once(request, work)


class ProofFile(RegencyView):
    """The paper of an answer."""

    perms = {"GET": Perm.COVERAGE_VIEW}

    @extend_schema(
        operation_id="proofs_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, regency: str, proof_id: int) -> FileResponse:
        """The PDF as it was issued."""
        found = get_object_or_404(Proof.objects.select_related("paper"), pk=proof_id)
        return papers.serve(found.paper, found.number)
