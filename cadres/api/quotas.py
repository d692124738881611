"""The API of quotas: numbers of villages, people inside and waiting."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, PAGING
from accounts.roles import Perm
from cadres import actions, queries
from cadres.api.places import PlaceView, unknown
from cadres.models import Cadre, Category, Quota, QuotaPlace
from regions.models import Village

MOST = 100_000


class QuotaSummary(serializers.ModelSerializer):
    """A quota with its people inside and waiting."""

    inside = serializers.IntegerField(read_only=True)
    waiting = serializers.IntegerField(read_only=True)

    class Meta:
        model = Quota
        fields = [
            "id",
            "name",
            "category",
            "legal_basis",
            "per_village",
            "note",
            "starts_on",
            "ends_on",
            "inside",
            "waiting",
        ]


class QuotaShape(serializers.Serializer):
    """What a quota is made of."""

    name = serializers.CharField(max_length=120)
    category = serializers.ChoiceField(choices=Category.choices)
    per_village = serializers.IntegerField(min_value=0, max_value=MOST)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, default=None)
    legal_basis = serializers.CharField(max_length=200, allow_blank=True, default="")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class QuotaVillageState(serializers.Serializer):
    """A village under a quota."""

    village = serializers.CharField(source="village.code")
    name = serializers.CharField(source="village.name")
    places = serializers.IntegerField()
    own = serializers.BooleanField(help_text="Whether the village has its own number.")
    inside = serializers.IntegerField()
    waiting = serializers.IntegerField()
    outside = serializers.IntegerField(
        help_text="Places of people who are covered or put forward without being inside."
    )
    free = serializers.IntegerField()
    over = serializers.IntegerField()


class ShareShape(serializers.Serializer):
    """A village's own number; null follows the quota."""

    places = serializers.IntegerField(min_value=0, max_value=MOST, allow_null=True)


class QuotaPerson(serializers.ModelSerializer):
    """A person on the list of a village."""

    name = serializers.CharField(source="cadre.name")

    class Meta:
        model = QuotaPlace
        fields = ["id", "cadre_id", "name", "status", "since", "entered_on", "left_on", "reason"]


class EnlistShape(serializers.Serializer):
    """Who joins the list: one person, or null for everybody of the kind."""

    cadre = serializers.IntegerField(min_value=1, allow_null=True)


class AdmitShape(serializers.Serializer):
    """How many of the list enter at most."""

    most = serializers.IntegerField(min_value=1, max_value=MOST, default=1)


class LeaveShape(serializers.Serializer):
    """Why somebody leaves."""

    reason = serializers.CharField(max_length=200)


class QuotaView(PlaceView):
    """What views of quotas share."""

    def state(self, quota: Quota, village: Village) -> dict[str, Any]:
        """One village under a quota, as it is answered."""
        [found] = queries.by_village(quota, [village])
        return dict(QuotaVillageState(found).data)

    def place(self, quota_id: int, village_code: str) -> tuple[Quota, Village]:
        """The quota and the village of an address, or 404."""
        return (
            get_object_or_404(Quota, pk=quota_id),
            get_object_or_404(self.villages(), code=village_code),
        )


class Quotas(QuotaView):
    """Quotas."""

    perms = {"GET": Perm.PEOPLE_VIEW, "POST": Perm.PEOPLE_MANAGE}

    @extend_schema(operation_id="quotas_list", responses=QuotaSummary(many=True), parameters=PAGING)
    def get(self, request: Request, regency: str) -> Response:
        """List quotas, the newest first."""
        return self.page(queries.quotas(), QuotaSummary)

    @extend_schema(
        operation_id="quotas_create",
        request=QuotaShape,
        responses={201: QuotaSummary},
        parameters=[KEY],
    )
    def post(self, request: Request, regency: str) -> Response:
        """Make a quota."""

        def work() -> tuple[int, dict]:
            made = actions.save_quota(by=self.actor, **self.heard(QuotaShape))
            return 201, dict(QuotaSummary(queries.quotas().get(pk=made.pk)).data)

        return self.once(request, work)


class QuotaDetail(QuotaView):
    """One quota."""

    perms = {"GET": Perm.PEOPLE_VIEW, "PUT": Perm.PEOPLE_MANAGE}

    @extend_schema(operation_id="quotas_read", responses=QuotaSummary)
    def get(self, request: Request, regency: str, quota_id: int) -> Response:
        """Read a quota."""
        return Response(QuotaSummary(get_object_or_404(queries.quotas(), pk=quota_id)).data)

    @extend_schema(
        operation_id="quotas_update",
        request=QuotaShape,
        responses=QuotaSummary,
        parameters=[KEY],
    )
    def put(self, request: Request, regency: str, quota_id: int) -> Response:
        """Change a quota; people inside stay when the number sinks."""
        found = get_object_or_404(Quota, pk=quota_id)

        def work() -> tuple[int, dict]:
            actions.save_quota(by=self.actor, quota=found, **self.heard(QuotaShape))
            return 200, dict(QuotaSummary(queries.quotas().get(pk=quota_id)).data)

        return self.once(request, work)


class QuotaVillages(QuotaView):
    """The villages of a quota."""

    perms = {"GET": Perm.PEOPLE_VIEW}

    @extend_schema(
        operation_id="quotas_villages",
        responses=QuotaVillageState(many=True),
        parameters=PAGING,
    )
    def get(self, request: Request, regency: str, quota_id: int) -> Response:
        """List villages by code with their places."""
        quota = get_object_or_404(Quota, pk=quota_id)
        return self.page(queries.by_village(quota, self.villages()), QuotaVillageState)


class QuotaVillageView(QuotaView):
    """One village under a quota."""

    perms = {"GET": Perm.PEOPLE_VIEW, "PUT": Perm.PEOPLE_MANAGE}

    @extend_schema(operation_id="quotas_village_read", responses=QuotaVillageState)
    def get(self, request: Request, regency: str, quota_id: int, village_code: str) -> Response:
        """Places, people inside and waiting."""
        return Response(self.state(*self.place(quota_id, village_code)))

    @extend_schema(
        operation_id="quotas_village_update",
        request=ShareShape,
        responses=QuotaVillageState,
        parameters=[KEY],
    )
    def put(self, request: Request, regency: str, quota_id: int, village_code: str) -> Response:
        """Give the village its own number."""
        quota, village = self.place(quota_id, village_code)

        def work() -> tuple[int, dict]:
            told = self.heard(ShareShape)
            actions.set_share(by=self.actor, quota=quota, village=village, **told)
            return 200, self.state(quota, village)

        return self.once(request, work)


class QuotaPeople(QuotaView):
    """The list of a village."""

    perms = {"GET": Perm.PEOPLE_VIEW, "POST": Perm.PEOPLE_EDIT}

    @extend_schema(
        operation_id="quotas_people_list",
        responses=QuotaPerson(many=True),
        parameters=[*PAGING, OpenApiParameter("status", str, enum=QuotaPlace.Status.values)],
    )
    def get(self, request: Request, regency: str, quota_id: int, village_code: str) -> Response:
        """List people in their order."""
        quota, village = self.place(quota_id, village_code)
        found = queries.people_of(quota, village.pk)
        if status := request.query_params.get("status"):
            found = found.filter(status=status)
        return self.page(found, QuotaPerson)

    @extend_schema(
        operation_id="quotas_people_create",
        request=EnlistShape,
        responses=QuotaVillageState,
        parameters=[KEY],
    )
    def post(self, request: Request, regency: str, quota_id: int, village_code: str) -> Response:
        """Put one person, or everybody of the kind, at the end of the list."""
        quota, village = self.place(quota_id, village_code)

        def work() -> tuple[int, dict]:
            pk = self.heard(EnlistShape)["cadre"]
            if pk is None:
                actions.enlist_all(by=self.actor, quota=quota, village=village)
                return 200, self.state(quota, village)
            cadre = Cadre.objects.filter(pk=pk).first()
            if cadre is None:
                raise unknown("cadre")
            actions.enlist(by=self.actor, quota=quota, village=village, cadre=cadre)
            return 200, self.state(quota, village)

        return self.once(request, work)


class QuotaAdmit(QuotaView):
    """Free places of a village."""

    perms = {"POST": Perm.PEOPLE_EDIT}

    @extend_schema(
        operation_id="quotas_admit",
        request=AdmitShape,
        responses=QuotaVillageState,
        parameters=[KEY],
    )
    def post(self, request: Request, regency: str, quota_id: int, village_code: str) -> Response:
        """Take the next of the list into free places."""
        quota, village = self.place(quota_id, village_code)

        def work() -> tuple[int, dict]:
            told = self.heard(AdmitShape)
            actions.admit(by=self.actor, quota=quota, village=village, **told)
            return 200, self.state(quota, village)

        return self.once(request, work)


class QuotaLeave(QuotaView):
    """Leaving a quota."""

    perms = {"POST": Perm.PEOPLE_EDIT}

    @extend_schema(
        operation_id="quota_places_leave",
        request=LeaveShape,
        responses=QuotaPerson,
        parameters=[KEY],
    )
    def post(self, request: Request, regency: str, place_id: int) -> Response:
        """Take a person off the list or out of the quota, with the reason."""
        found = get_object_or_404(QuotaPlace.objects.select_related("quota"), pk=place_id)

        def work() -> tuple[int, dict]:
            left = actions.leave_quota(by=self.actor, place=found, **self.heard(LeaveShape))
            return 200, dict(QuotaPerson(left).data)

        return self.once(request, work)
