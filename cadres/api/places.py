"""The API of villages and posyandu: roster status, seats, and who took over from whom."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, PAGING, RegencyView
from accounts.roles import Perm
from cadres import actions, queries
from cadres.models import Assignment, Cadre, Posyandu, SeatNorm, Sex
from cadres.queries import places
from cadres.seats import MOST_SEATS, Norm, first_paid_month, last_paid_day, seats_of
from core.errors import DomainError
from core.tenancy import current
from regions.queries import plain_code, villages_of


class VillageStatus(serializers.Serializer):
    """A village and how old its roster is."""

    code = serializers.CharField(source="village.code")
    name = serializers.CharField(source="village.name")
    district = serializers.CharField(source="village.district.code")
    status = serializers.ChoiceField(choices=list(places.STATUS))
    last_roster_at = serializers.DateTimeField(source="last", allow_null=True)
    people = serializers.IntegerField()


class SeatNumbers(serializers.Serializer):
    """Funded seats and the people on them today."""

    funded = serializers.IntegerField()
    filled = serializers.IntegerField()
    free = serializers.IntegerField()
    over = serializers.IntegerField()
    own = serializers.BooleanField(help_text="Whether the posyandu has its own number.")
    sure = serializers.BooleanField(help_text="Whether somebody has confirmed the number.")


class PosyanduSummary(serializers.ModelSerializer):
    """A posyandu with its seats."""

    village = serializers.CharField(source="village.code", read_only=True)
    seats = SeatNumbers(source="state", read_only=True)

    class Meta:
        model = Posyandu
        fields = ["id", "name", "village", "decree_number", "decree_date", "seats"]


def with_state(posts: Iterable[Any]) -> list[Any]:
    """Puts on each posyandu, as `state`, its seats by its own number or the norm."""
    norm, found = queries.seat_norm(), list(posts)
    for post in found:
        post.state = seats_of(post.seats, post.filled, norm)
    return found


class PosyanduChange(serializers.Serializer):
    """Another name or decree."""

    name = serializers.CharField(max_length=100)
    decree_number = serializers.CharField(max_length=80, allow_blank=True, default="")
    decree_date = serializers.DateField(allow_null=True, default=None)


class SeatsChange(serializers.Serializer):
    """How many people are paid for; null follows the norm."""

    seats = serializers.IntegerField(min_value=0, max_value=MOST_SEATS, allow_null=True)


class MergeTarget(serializers.Serializer):
    """The posyandu that stays."""

    into = serializers.IntegerField(min_value=1)


class NormShape(serializers.Serializer):
    """The seats of a posyandu without a number of its own."""

    seats = serializers.IntegerField(min_value=1, max_value=MOST_SEATS)
    basis = serializers.CharField(max_length=160)
    confirmed = serializers.BooleanField(default=False)


class ReplacementSummary(serializers.ModelSerializer):
    """A service that took over the seat of another one."""

    leaves = serializers.IntegerField(source="replaces.cadre_id")
    leaves_name = serializers.CharField(source="replaces.cadre.name")
    takes_over = serializers.IntegerField(source="cadre_id")
    takes_over_name = serializers.CharField(source="cadre.name")
    village = serializers.CharField(source="village.code")
    paid_until = serializers.SerializerMethodField()
    first_month = serializers.SerializerMethodField()

    class Meta:
        model = Assignment
        fields = [
            "id",
            "leaves",
            "leaves_name",
            "takes_over",
            "takes_over_name",
            "category",
            "village",
            "posyandu_id",
            "started_on",
            "paid_until",
            "first_month",
        ]

    @extend_schema_field(serializers.DateField())
    def get_paid_until(self, service: Assignment) -> str:
        """The last day that is paid for who leaves."""
        return last_paid_day(service.started_on).isoformat()

    @extend_schema_field(serializers.CharField())
    def get_first_month(self, service: Assignment) -> str:
        """The first month that is paid for who takes over, as 2026-11."""
        return first_paid_month(service.started_on).isoformat()[:7]


class NewReplacement(serializers.Serializer):
    """Whose service is taken over from which day; a known `person`, or the data of a new one."""

    service = serializers.IntegerField(min_value=1)
    takes_over = serializers.DateField()
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")
    person = serializers.IntegerField(min_value=1, allow_null=True, default=None)
    nik = serializers.CharField(max_length=30, allow_blank=True, default="")
    name = serializers.CharField(max_length=120, allow_blank=True, default="")
    birth_date = serializers.DateField(allow_null=True, default=None)
    birth_place = serializers.CharField(max_length=80, allow_blank=True, default="")
    sex = serializers.ChoiceField(choices=Sex.choices, allow_blank=True, default="")
    phone = serializers.CharField(max_length=20, allow_blank=True, default="")
    mother_name = serializers.CharField(max_length=120, allow_blank=True, default="")
    decree_number = serializers.CharField(max_length=80, allow_blank=True, default="")
    decree_date = serializers.DateField(allow_null=True, default=None)


class PlaceView(RegencyView):
    """What views of places share."""

    def villages(self) -> Any:
        """The villages within sight, by code."""
        found = villages_of(self.regency)
        own = current().villages
        return found.filter(pk__in=own) if own else found

    def posts(self) -> Any:
        """Posyandu with the people on their seats today."""
        return queries.with_people(
            Posyandu.objects.select_related("village"), timezone.localdate()
        ).order_by("village__code", "name_key", "id")

    def shown(self, pk: int) -> dict[str, Any]:
        """One posyandu as it is answered."""
        [found] = with_state([get_object_or_404(self.posts(), pk=pk)])
        return dict(PosyanduSummary(found).data)


class Villages(PlaceView):
    """Villages with the age of their rosters."""

    perms = {"GET": Perm.PEOPLE_VIEW}

    @extend_schema(
        operation_id="villages_list",
        responses=VillageStatus(many=True),
        parameters=[
            *PAGING,
            OpenApiParameter("status", str, enum=list(places.STATUS)),
            OpenApiParameter("district", str),
        ],
    )
    def get(self, request: Request, regency: str) -> Response:
        """List villages by code; `status` and `district` narrow."""
        states = places.village_states(self.villages())
        if status := request.query_params.get("status"):
            states = [state for state in states if state.status == status]
        if district := request.query_params.get("district"):
            code = plain_code(district)
            states = [state for state in states if state.village.district.code == code]
        return self.page(states, VillageStatus)


class PosyanduList(PlaceView):
    """Posyandu with their seats."""

    perms = {"GET": Perm.PEOPLE_VIEW}

    @extend_schema(
        operation_id="posyandu_list",
        responses=PosyanduSummary(many=True),
        parameters=[*PAGING, OpenApiParameter("village", str)],
    )
    def get(self, request: Request, regency: str) -> Response:
        """List posyandu by village and name."""
        found = self.posts()
        if code := request.query_params.get("village"):
            found = found.filter(village__code=plain_code(code))
        return self.page(found, PosyanduSummary, with_state)


class PosyanduDetail(PlaceView):
    """One posyandu."""

    perms = {"GET": Perm.PEOPLE_VIEW, "PUT": Perm.PEOPLE_EDIT}

    @extend_schema(operation_id="posyandu_read", responses=PosyanduSummary)
    def get(self, request: Request, regency: str, posyandu_id: int) -> Response:
        """Read a posyandu."""
        return Response(self.shown(posyandu_id))

    @extend_schema(
        operation_id="posyandu_update",
        request=PosyanduChange,
        responses=PosyanduSummary,
        parameters=[KEY],
    )
    def put(self, request: Request, regency: str, posyandu_id: int) -> Response:
        """Change name and decree."""
        found = get_object_or_404(Posyandu, pk=posyandu_id)

        def work() -> tuple[int, dict]:
            actions.change_posyandu(by=self.actor, posyandu=found, **self.heard(PosyanduChange))
            return 200, self.shown(posyandu_id)

        return self.once(request, work)


class PosyanduSeats(PlaceView):
    """The funded seats of one posyandu."""

    perms = {"PUT": Perm.PEOPLE_MANAGE}

    @extend_schema(
        operation_id="posyandu_seats",
        request=SeatsChange,
        responses=PosyanduSummary,
        parameters=[KEY],
    )
    def put(self, request: Request, regency: str, posyandu_id: int) -> Response:
        """Set how many people are paid for."""
        found = get_object_or_404(Posyandu, pk=posyandu_id)

        def work() -> tuple[int, dict]:
            told = self.heard(SeatsChange)
            actions.fund_seats(by=self.actor, posyandu=found, seats_each=told["seats"])
            return 200, self.shown(posyandu_id)

        return self.once(request, work)


class PosyanduMerge(PlaceView):
    """Two records of one posyandu."""

    perms = {"POST": Perm.PEOPLE_MANAGE}

    @extend_schema(
        operation_id="posyandu_merge",
        request=MergeTarget,
        responses=PosyanduSummary,
        parameters=[KEY],
    )
    def post(self, request: Request, regency: str, posyandu_id: int) -> Response:
        """Move everybody to another posyandu of the same village and remove this one."""

        def work() -> tuple[int, dict]:
            found = get_object_or_404(Posyandu, pk=posyandu_id)
            into = get_object_or_404(Posyandu, pk=self.heard(MergeTarget)["into"])
            actions.merge_posyandu(by=self.actor, posyandu=found, into=into)
            return 200, self.shown(into.pk)

        get_object_or_404(Posyandu, pk=posyandu_id)
        return self.once(request, work)


class SeatNormView(PlaceView):
    """The norm of the regency."""

    perms = {"GET": Perm.PEOPLE_VIEW, "PUT": Perm.PEOPLE_MANAGE}

    @extend_schema(operation_id="seat_norm_read", responses=NormShape)
    def get(self, request: Request, regency: str) -> Response:
        """The norm in force; unconfirmed until the regency has said so."""
        return Response(_norm(queries.seat_norm()))

    @extend_schema(
        operation_id="seat_norm_update", request=NormShape, responses=NormShape, parameters=[KEY]
    )
    def put(self, request: Request, regency: str) -> Response:
        """Set the norm."""

        def work() -> tuple[int, dict]:
            told = self.heard(NormShape)
            norm: SeatNorm = actions.set_norm(
                by=self.actor,
                seats_each=told["seats"],
                basis=told["basis"],
                confirmed=told["confirmed"],
            )
            return 200, _norm(Norm(norm.seats, norm.basis, norm.confirmed))

        return self.once(request, work)


def _norm(norm: Norm) -> dict[str, Any]:
    return {"seats": norm.seats, "basis": str(norm.basis), "confirmed": norm.confirmed}


class Replacements(PlaceView):
    """Who took over from whom."""

    perms = {"GET": Perm.PEOPLE_VIEW, "POST": Perm.PEOPLE_EDIT}

    @extend_schema(
        operation_id="replacements_list",
        responses=ReplacementSummary(many=True),
        parameters=PAGING,
    )
    def get(self, request: Request, regency: str) -> Response:
        """List replacements, newest first."""
        return self.page(_replacements().order_by("-started_on", "-id"), ReplacementSummary)

    @extend_schema(
        operation_id="replacements_create",
        request=NewReplacement,
        responses={201: ReplacementSummary},
        parameters=[KEY],
    )
    def post(self, request: Request, regency: str) -> Response:
        """Hand a seat over from a day."""
        return self.once(request, self._replace)

    def _replace(self) -> tuple[int, dict]:
        told = self.heard(NewReplacement)
        service = Assignment.objects.filter(pk=told["service"]).first()
        if service is None:
            raise unknown("service")
        made = actions.replace_cadre(
            by=self.actor,
            service=service,
            takes_over=told["takes_over"],
            person=self._person(told),
            reason=told["reason"],
            decree_number=told["decree_number"],
            decree_date=told["decree_date"],
        )
        return 201, dict(ReplacementSummary(_replacements().get(pk=made.pk)).data)

    def _person(self, told: dict[str, Any]) -> Cadre | actions.NewPerson:
        if told["person"] is not None:
            known = Cadre.objects.filter(pk=told["person"]).first()
            if known is None:
                raise unknown("person")
            return known
        if told["birth_date"] is None:
            message = _("Isi tanggal lahir.")
            raise DomainError("birth_date_missing", message, {"birth_date": message})
        names = ("nik", "name", "birth_date", "sex", "birth_place", "phone", "mother_name")
        return actions.NewPerson(**{name: told[name] for name in names})


def _replacements() -> Any:
    return Assignment.objects.filter(replaces__isnull=False).select_related(
        "cadre", "village", "replaces__cadre"
    )


def unknown(field: str) -> DomainError:
    """The refusal of a value that names nothing within sight."""
    message = _("Tidak dikenal di kabupaten ini.")
    return DomainError(f"{field}_unknown", message, {field: message})
