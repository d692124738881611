"""The API of the risk radar."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import PAGING, RegencyView
from accounts.roles import Perm
from audit.exporting import Asked
from cadres.resources import villages_in_sight
from reports.queries.radar import BY_CODE, RISKS, counts
from reports.resources import find_at_risk

PLACES = [OpenApiParameter("district", str), OpenApiParameter("village", str)]
NAMES = [OpenApiParameter("risk_code", str, OpenApiParameter.PATH, enum=list(BY_CODE))]


class FigureOut(serializers.Serializer):
    """One risk and how many people (of `daftar`: villages) are in it today."""

    code = serializers.CharField()
    title = serializers.CharField()
    count = serializers.IntegerField()
    unsettled = serializers.CharField()


class AtRiskOut(serializers.Serializer):
    """One person, or one village, at risk; `due` and `number` are what the risk says of them."""

    cadre = serializers.IntegerField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    village = serializers.CharField()
    village_name = serializers.CharField()
    due = serializers.DateField(allow_null=True)
    number = serializers.IntegerField(allow_null=True)


def _told(row: Any) -> dict[str, Any]:
    """A row of people, or the state of a village."""
    of_person = hasattr(row, "cadre_id")
    last = None if of_person or row.last is None else timezone.localtime(row.last).date()
    return {
        "cadre": row.cadre_id if of_person else None,
        "name": row.cadre.name if of_person else None,
        "village": row.village.code,
        "village_name": row.village.name,
        "due": row.due if of_person else last,
        "number": row.number if of_person else row.days,
    }


class Radar(RegencyView):
    """Every risk with its figure."""

    perms = {"GET": Perm.COVERAGE_VIEW}

    @extend_schema(operation_id="radar_list", responses=FigureOut(many=True))
    def get(self, request: Request, regency: str) -> Response:
        """The figures as the records stand now."""
        villages = villages_in_sight(Asked(self.regency, self.actor)).select_related("district")
        counted = counts(timezone.localdate(), villages)
        told = [
            {
                "code": risk.code,
                "title": str(risk.title),
                "count": counted[risk.code].total(),
                "unsettled": str(risk.unsettled),
            }
            for risk in RISKS
        ]
        return Response(FigureOut(told, many=True).data)


class AtRisk(RegencyView):
    """Who is at risk in one way."""

    perms = {"GET": Perm.COVERAGE_VIEW}

    @extend_schema(
        operation_id="radar_read",
        parameters=[*NAMES, *PAGING, *PLACES],
        responses=AtRiskOut(many=True),
    )
    def get(self, request: Request, regency: str, risk_code: str) -> Response:
        """The list, the most urgent first."""
        risk = BY_CODE.get(risk_code)
        if risk is None:
            raise Http404
        asked = Asked(self.regency, self.actor, request.query_params)
        rows: QuerySet | list = find_at_risk(asked, risk)[0]
        return self.page(rows, AtRiskOut, lambda shown: [_told(row) for row in shown])
