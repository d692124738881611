"""The API of one person's contribution period, and of what a death today would pay."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import RegencyView
from accounts.roles import Perm
from cadres.models import Cadre
from claims.benefits import MET, NOT_YET, UNCLEAR
from claims.contribution_period import ContributionPeriod, contribution_period_of
from claims.models import Claim


class MonthsField(serializers.ListField):
    """Contribution months as `2026-11`."""

    child = serializers.CharField()

    def to_representation(self, value: Any) -> list[str]:
        """The year and the month of each."""
        return [month.isoformat()[:7] for month in value]


class MonthField(serializers.CharField):
    """A contribution month as `2026-11`."""

    def to_representation(self, value: Any) -> str:
        """The year and the month."""
        return value.isoformat()[:7]


class OptionSerializer(serializers.Serializer):
    """One total in rupiah that the branch may confirm, and by which rule."""

    code = serializers.CharField()
    total = serializers.IntegerField()
    rule = serializers.CharField()
    source_note = serializers.CharField(source="source")


class ReasonSerializer(serializers.Serializer):
    """Why the answer is what it is."""

    code = serializers.CharField()
    facts = serializers.DictField()


class DeathTodaySerializer(serializers.Serializer):
    """What a death on the day would pay, in rupiah."""

    outcome = serializers.ChoiceField(Claim.Outcome.values)
    total = serializers.IntegerField()
    rule = serializers.CharField()
    source_note = serializers.CharField(source="source")
    reasons = ReasonSerializer(many=True)
    options = OptionSerializer(many=True)


class ScholarshipSerializer(serializers.Serializer):
    """How far the condition of the children's scholarship is."""

    state = serializers.ChoiceField([MET, NOT_YET, UNCLEAR])
    months = serializers.IntegerField()
    needed = serializers.IntegerField()
    from_month = MonthField(allow_null=True)
    total = serializers.IntegerField()
    rule = serializers.CharField()
    source_note = serializers.CharField(source="source")


class ContributionPeriodSerializer(serializers.Serializer):
    """One person's contribution period on a day."""

    day = serializers.DateField()
    covered = MonthsField()
    billed = MonthsField()
    paid = MonthsField()
    unpaid = MonthsField()
    gaps = MonthsField()
    months_in_a_row = serializers.IntegerField(source="in_a_row")
    death_today = DeathTodaySerializer(source="benefit")
    full_from = MonthField(allow_null=True)
    scholarship = ScholarshipSerializer()


class PersonContributionPeriod(RegencyView):
    """What later money depends on."""

    perms = {"GET": Perm.COVERAGE_VIEW}

    @extend_schema(
        operation_id="cadres_contribution_period", responses=ContributionPeriodSerializer
    )
    def get(self, request: Request, cadre_id: int, **_kwargs: Any) -> Response:
        """The contribution period today; 404 for who never was covered, or has died."""
        cadre = get_object_or_404(Cadre, pk=cadre_id)
        found: ContributionPeriod | None = contribution_period_of(cadre, timezone.localdate())
        if found is None:
            raise NotFound
        return Response(ContributionPeriodSerializer(found).data)
