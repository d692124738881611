"""The API of rules, of answers about people, and of exceptions."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, PAGING, RegencyView
from accounts.roles import Perm
from cadres.models import Cadre
from core import months
from core.errors import DomainError
from core.months import parse_month
from enrollment import queries
from enrollment.actions import eligibility as actions
from enrollment.eligibility_rules import default_rules
from enrollment.filters import digits
from enrollment.models import EligibilityOverride, EnrollmentBatch
from enrollment.queries.overrides import overrides
from enrollment.serializers.eligibility import (
    AnswerOverrideSerializer,
    AnswerSerializer,
    AskOverrideSerializer,
    CandidateSerializer,
    OverrideSerializer,
    RuleSerializer,
    SetRuleSerializer,
)
from regions.models import Village

PROGRAMME = EnrollmentBatch.Programme.JKK_JKM
MOST_DIGITS = 18  # of a number that the database can look for
MONTH = OpenApiParameter("month", str, description="2026-11; the next month without it")


def month_asked(query: QueryDict) -> Any:
    """The first month that was asked for, the next one without an answer."""
    text = query.get("month", "")
    return parse_month(text) if text else months.add_months(months.this_month(), 1)


class Rules(RegencyView):
    """The rules of eligibility."""

    perms = {"GET": Perm.BATCH_VIEW}

    @extend_schema(
        operation_id="eligibility_rules_list",
        parameters=PAGING,
        responses=RuleSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """List the rules in the order in which they are asked."""
        return self.page(list(queries.rules_of(PROGRAMME).values()), RuleSerializer)


class RuleDetail(RegencyView):
    """One rule."""

    perms = {"GET": Perm.BATCH_VIEW, "PUT": Perm.ELIGIBILITY_EDIT}

    def _rule(self, code: str) -> Any:
        found = queries.rules_of(PROGRAMME).get(code)
        if found is None:
            raise Http404
        return found

    @extend_schema(operation_id="eligibility_rules_read", responses=RuleSerializer)
    def get(self, request: Request, regency: str, rule_code: str) -> Response:
        """Read a rule."""
        return Response(RuleSerializer(self._rule(rule_code)).data)

    @extend_schema(
        operation_id="eligibility_rules_set",
        parameters=[KEY],
        request=SetRuleSerializer,
        responses=RuleSerializer,
    )
    def put(self, request: Request, regency: str, rule_code: str) -> Response:
        """Set a rule; it holds from now on."""
        self._rule(rule_code)

        def work() -> tuple[int, dict]:
            actions.set_rule(by=self.actor, code=rule_code, **self.heard(SetRuleSerializer))
            return 200, RuleSerializer(self._rule(rule_code)).data

        return self.once(request, work)


class PersonEligibility(RegencyView):
    """Whether one person may be put forward."""

    perms = {"GET": Perm.COVERAGE_VIEW}

    @extend_schema(
        operation_id="cadres_eligibility", parameters=[MONTH], responses=AnswerSerializer
    )
    def get(self, request: Request, regency: str, cadre_id: int) -> Response:
        """The answer with each rule, its source and what it looked at."""
        get_object_or_404(Cadre, pk=cadre_id)
        month = month_asked(request.query_params)
        said = queries.answer_for(cadre_id, first_month=month, programme=PROGRAMME)
        return Response(AnswerSerializer(AnswerSerializer.of(cadre_id, month, said)).data)


class Candidates(RegencyView):
    """Who of the people who serve may be put forward, who not, and why."""

    perms = {"GET": Perm.BATCH_PREPARE}

    @extend_schema(
        operation_id="enrollment_candidates_list",
        parameters=[
            *PAGING,
            MONTH,
            OpenApiParameter("standing", str, description="eligible, or a rule that refuses"),
            OpenApiParameter("village", str),
            OpenApiParameter("category", str),
        ],
        responses=CandidateSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """List people by village and name."""
        query = request.query_params
        people = queries.with_reasons(
            queries.chosen(queries.Choice(category=query.get("category", ""))),
            queries.rules_of(PROGRAMME),
            first_month=month_asked(query),
            programme=PROGRAMME,
        )
        if code := query.get("village"):
            here = Village.objects.filter(regency=self.regency, valid_to=None)
            people = people.filter(village=get_object_or_404(here, code=digits(code)))
        if standing := query.get("standing"):
            people = people.filter(standing=standing)
        people = people.select_related("village").order_by("village__name", "name_key", "id")
        return self.page(people, CandidateSerializer)


class Overrides(RegencyView):
    """Exceptions."""

    perms = {"GET": Perm.BATCH_VIEW, "POST": Perm.ELIGIBILITY_EDIT}

    @extend_schema(
        operation_id="eligibility_overrides_list",
        parameters=[
            *PAGING,
            OpenApiParameter("status", str, enum=EligibilityOverride.Status.values),
            OpenApiParameter("cadre", int),
        ],
        responses=OverrideSerializer(many=True),
    )
    def get(self, request: Request, regency: str) -> Response:
        """List exceptions, the newest first."""
        rows = overrides()
        if status := request.query_params.get("status"):
            rows = rows.filter(status=status)
        cadre = request.query_params.get("cadre", "")
        if cadre.isdecimal() and len(cadre) <= MOST_DIGITS:
            rows = rows.filter(cadre_id=int(cadre))
        return self.page(rows, OverrideSerializer)

    @extend_schema(
        operation_id="eligibility_overrides_ask",
        parameters=[KEY],
        request=AskOverrideSerializer,
        responses={201: OverrideSerializer},
    )
    def post(self, request: Request, regency: str) -> Response:
        """Ask to lift a rule for a person; somebody else answers."""

        def work() -> tuple[int, dict]:
            heard = self.heard(AskOverrideSerializer)
            cadre = Cadre.objects.filter(pk=heard["cadre"]).first()
            if cadre is None:
                message = _("Tidak dikenal di kabupaten ini.")
                raise DomainError("cadre_unknown", message, {"cadre": message})
            if heard["rule"] not in default_rules(PROGRAMME):
                message = _("Aturan ini tidak dikenal.")
                raise DomainError("rule_unknown", message, {"rule": message})
            made = actions.ask_override(
                by=self.actor,
                cadre=cadre,
                code=heard["rule"],
                reason=heard["reason"],
                valid_until=heard["valid_until"],
            )
            return 201, OverrideSerializer(made).data

        return self.once(request, work)


class OverrideStep(RegencyView):
    """One exception."""

    def found(self, override_id: int) -> EligibilityOverride:
        """The exception within the scope, or 404."""
        return get_object_or_404(overrides(), pk=override_id)

    def step(
        self, request: Request, override_id: int, act: Callable[[EligibilityOverride], Any]
    ) -> Response:
        """Do one step and tell how the exception stands."""
        found = self.found(override_id)

        def work() -> tuple[int, dict]:
            act(found)
            return 200, OverrideSerializer(self.found(override_id)).data

        return self.once(request, work)


class OverrideDetail(OverrideStep):
    """One exception."""

    perms = {"GET": Perm.BATCH_VIEW}

    @extend_schema(operation_id="eligibility_overrides_read", responses=OverrideSerializer)
    def get(self, request: Request, regency: str, override_id: int) -> Response:
        """Read an exception."""
        return Response(OverrideSerializer(self.found(override_id)).data)


class OverrideAnswer(OverrideStep):
    """The answer to what somebody else asked for."""

    perms = {"POST": Perm.ELIGIBILITY_DECIDE}

    @extend_schema(
        operation_id="eligibility_overrides_answer",
        parameters=[KEY],
        request=AnswerOverrideSerializer,
        responses=OverrideSerializer,
    )
    def post(self, request: Request, regency: str, override_id: int) -> Response:
        """Grant or decline; never one's own."""

        def act(found: EligibilityOverride) -> None:
            heard = self.heard(AnswerOverrideSerializer)
            actions.answer_override(
                by=self.actor,
                override=found,
                grant=heard["grant"],
                note=heard["note"] or "",
                valid_until=heard["valid_until"],
            )

        return self.step(request, override_id, act)


class OverrideWithdraw(OverrideStep):
    """Taking back what nobody has answered."""

    perms = {"POST": Perm.ELIGIBILITY_EDIT}

    @extend_schema(
        operation_id="eligibility_overrides_withdraw",
        parameters=[KEY],
        request=None,
        responses=OverrideSerializer,
    )
    def post(self, request: Request, regency: str, override_id: int) -> Response:
        """Withdraw."""

        def act(found: EligibilityOverride) -> None:
            actions.withdraw_override(by=self.actor, override=found)

        return self.step(request, override_id, act)


class OverrideEnd(OverrideStep):
    """Ending an exception before its time."""

    perms = {"POST": Perm.ELIGIBILITY_DECIDE}

    @extend_schema(
        operation_id="eligibility_overrides_end",
        parameters=[KEY],
        request=None,
        responses=OverrideSerializer,
    )
    def post(self, request: Request, regency: str, override_id: int) -> Response:
        """End."""

        def act(found: EligibilityOverride) -> None:
            actions.end_override(by=self.actor, override=found)

        return self.step(request, override_id, act)
