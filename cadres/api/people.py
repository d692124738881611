"""The API of people."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import PAGING, RegencyView
from accounts.roles import Perm
from cadres import heirs, queries
from cadres.models import Assignment, Cadre, Category, Heir, SchoolChild, Training


class CadreFilter(django_filters.FilterSet):
    """What narrows the list of people."""

    search = django_filters.CharFilter(method="by_words", label="Name")
    village = django_filters.CharFilter(method="by_village", label="Village code")
    category = django_filters.ChoiceFilter(choices=Category.choices, method="by_category")

    def by_words(self, found: QuerySet[Cadre], _name: str, value: str) -> QuerySet[Cadre]:
        """Every word is in the name; identity numbers do not belong in addresses."""
        return queries.named(found, value)

    def by_village(self, found: QuerySet[Cadre], _name: str, value: str) -> QuerySet[Cadre]:
        """The code with or without dots."""
        return found.filter(village__code=value.replace(".", "").strip())

    def by_category(self, found: QuerySet[Cadre], _name: str, value: str) -> QuerySet[Cadre]:
        """A service in force of this kind."""
        return queries.serving(found, category=value)


class CadreSummary(serializers.ModelSerializer):
    """A person in a list; the NIK is masked."""

    nik = serializers.CharField(source="nik_masked", read_only=True)
    village = serializers.CharField(source="village.code", read_only=True)
    village_name = serializers.CharField(source="village.name", read_only=True)
    posyandu = serializers.CharField(source="posyandu_name", read_only=True, allow_null=True)
    category = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = Cadre
        fields = (
            "id",
            "name",
            "nik",
            "village",
            "village_name",
            "posyandu",
            "category",
            "sex",
            "birth_date",
            "died_on",
        )


class AssignmentLine(serializers.ModelSerializer):
    """One service of a person."""

    village = serializers.CharField(source="village.code", read_only=True)
    posyandu = serializers.CharField(source="posyandu.name", default=None, allow_null=True)

    class Meta:
        model = Assignment
        fields = (
            "id",
            "category",
            "village",
            "posyandu",
            "decree_number",
            "decree_date",
            "started_on",
            "ended_on",
            "end_reason",
        )


class HeirLine(serializers.ModelSerializer):
    """An heir with the rank of the legal order, from 1; numbers are not answered."""

    rank = serializers.SerializerMethodField()

    class Meta:
        model = Heir
        fields = ("id", "name", "relation", "rank", "birth_date")

    def get_rank(self, heir: Heir) -> int:
        """A rank counts only when nobody of an earlier one is there."""
        return heirs.rank(heir.relation)


class ChildLine(serializers.ModelSerializer):
    """A child whom the scholarship is for."""

    class Meta:
        model = SchoolChild
        fields = ("name", "birth_date", "level")


class TrainingLine(serializers.ModelSerializer):
    """One training."""

    class Meta:
        model = Training
        fields = ("title", "organiser", "starts_on", "ends_on", "certificate_number", "level")


class CadreDetail(CadreSummary):
    """A person with services, family, trainings and skills."""

    assignments = AssignmentLine(many=True, read_only=True)
    heirs = HeirLine(many=True, read_only=True)
    school_children = ChildLine(many=True, read_only=True)
    trainings = TrainingLine(many=True, read_only=True)
    competences: Any = serializers.SlugRelatedField("code", many=True, read_only=True)
    merged_into = serializers.IntegerField(source="merged_into_id", read_only=True, allow_null=True)

    class Meta(CadreSummary.Meta):
        fields = (
            *CadreSummary.Meta.fields,
            "birth_place",
            "phone",
            "mother_name",
            "assignments",
            "heirs",
            "school_children",
            "heirs_confirmed_on",
            "trainings",
            "competences",
            "merged_into",
        )


def detail_of(pk: int) -> dict[str, Any]:
    """A person of the scope as the API answers it, a merged record too; or 404."""
    everybody = Cadre.objects.select_related("village")
    found = queries.with_service(everybody).prefetch_related(
        "assignments__village",
        "assignments__posyandu",
        "heirs",
        "school_children",
        "trainings",
        "competences",
    )
    return dict(CadreDetail(get_object_or_404(found, pk=pk)).data)


class Cadres(RegencyView):
    """People of the scope by name."""

    perms = {"GET": Perm.PEOPLE_VIEW}

    @extend_schema(
        operation_id="cadres_list",
        responses=CadreSummary(many=True),
        parameters=[
            *PAGING,
            OpenApiParameter("search", str),
            OpenApiParameter("village", str),
            OpenApiParameter("category", str, enum=Category.values),
        ],
    )
    def get(self, request: Request, regency: str) -> Response:
        """List people."""
        chosen = CadreFilter(request.GET, queryset=queries.people())
        if not chosen.is_valid():
            raise serializers.ValidationError(chosen.errors)
        return self.page(queries.with_service(chosen.qs), CadreSummary)


class CadreView(RegencyView):
    """One person."""

    perms = {"GET": Perm.PEOPLE_VIEW}

    @extend_schema(operation_id="cadres_retrieve", responses=CadreDetail)
    def get(self, request: Request, regency: str, pk: int) -> Response:
        """A person with services, family, trainings and skills."""
        return Response(detail_of(pk))
