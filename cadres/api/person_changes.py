"""The API of what is done with one person; each answers the person as it is afterwards."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, ObjectWrite, RegencyView
from accounts.roles import Perm
from cadres import actions
from cadres.actions.services import REASONS
from cadres.api.people import CadreDetail, detail_of
from cadres.models import Assignment, Cadre, Category, Heir, Posyandu, SchoolChild, Sex
from cadres.models.training import Level
from core.errors import DomainError
from core.tenancy import current_regency_id
from regions.models import Village
from regions.queries import village_by_code


class Correction(serializers.Serializer):
    """Values of the KTP, the phone and the mother's name; what is left out stays."""

    name = serializers.CharField(max_length=120, required=False)
    birth_place = serializers.CharField(max_length=80, required=False, allow_blank=True)
    birth_date = serializers.DateField(required=False)
    sex = serializers.ChoiceField(choices=Sex.choices, required=False)
    phone = serializers.CharField(max_length=20, required=False, allow_blank=True)
    mother_name = serializers.CharField(max_length=120, required=False, allow_blank=True)


class NikCorrection(serializers.Serializer):
    """The right NIK and why the other one was wrong."""

    nik = serializers.RegexField(r"^[0-9]{16}$", write_only=True)
    reason = serializers.CharField(min_length=5, max_length=200)


class NewService(serializers.Serializer):
    """Another service, at a posyandu or in the person's own village."""

    category = serializers.ChoiceField(choices=Category.choices)
    posyandu = serializers.IntegerField(required=False, allow_null=True)
    started_on = serializers.DateField()
    decree_number = serializers.CharField(max_length=80, required=False, allow_blank=True)
    decree_date = serializers.DateField(required=False, allow_null=True)


class Decree(serializers.Serializer):
    """The decree of a service."""

    decree_number = serializers.CharField(max_length=80)
    decree_date = serializers.DateField(required=False, allow_null=True)


class Stop(serializers.Serializer):
    """The last day of a service, and why."""

    service = serializers.IntegerField()
    on = serializers.DateField()
    reason = serializers.ChoiceField(choices=[(each.value, each.label) for each in REASONS])


class Move(serializers.Serializer):
    """Where to, from which day."""

    village = serializers.CharField(max_length=13, help_text="Code with or without dots.")
    on = serializers.DateField()


class Death(serializers.Serializer):
    """The day of death."""

    died_on = serializers.DateField()


class Merge(serializers.Serializer):
    """The record that is given up, the values of it that stay, and why they are one person."""

    other = serializers.IntegerField()
    take = serializers.ListField(
        child=serializers.ChoiceField(choices=[(name, name) for name in actions.merging.FIELDS]),
        required=False,
    )
    reason = serializers.CharField(min_length=5, max_length=200)


class NewTraining(serializers.Serializer):
    """One training."""

    title = serializers.CharField(max_length=160)
    organiser = serializers.CharField(max_length=120, required=False, allow_blank=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)
    certificate_number = serializers.CharField(max_length=80, required=False, allow_blank=True)
    level = serializers.ChoiceField(choices=Level.choices, required=False, allow_blank=True)


class Skills(serializers.Serializer):
    """The codes of every skill that is mastered."""

    codes = serializers.ListField(child=serializers.CharField(max_length=20))


class NewHeir(serializers.Serializer):
    """Somebody who may receive a benefit; the NIK is sealed and never answered."""

    name = serializers.CharField(max_length=120)
    relation = serializers.ChoiceField(choices=Heir.Relation.choices)
    birth_date = serializers.DateField(required=False, allow_null=True)
    nik = serializers.RegexField(r"^[0-9]{16}$", required=False, write_only=True)
    phone = serializers.CharField(max_length=20, required=False, allow_blank=True)


class NewChild(serializers.Serializer):
    """A school child."""

    name = serializers.CharField(max_length=120)
    birth_date = serializers.DateField()
    level = serializers.ChoiceField(choices=SchoolChild.Level.choices)


class NewChildren(serializers.Serializer):
    """The school children, two at most, in place of those there."""

    children = NewChild(many=True)


class PersonWrite(ObjectWrite[Cadre]):
    """A write about one person, answered with the person."""

    def found(self, pk: int) -> Cadre:
        """The person."""
        return get_object_or_404(Cadre.objects.select_related("village"), pk=pk)

    def answer(self, subject: Cadre, changed: object) -> tuple[int, dict[str, Any]]:
        """The person as it is then."""
        return 200, detail_of(subject.pk)

    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Do it, and answer the person."""
        return self.write(request, pk)


def _described(name: str, body: type[serializers.Serializer] | None) -> Any:
    """The description of one such write."""
    return extend_schema_view(
        post=extend_schema(
            operation_id=f"cadres_{name}", request=body, responses=CadreDetail, parameters=[KEY]
        )
    )


@_described("correct", Correction)
class CadreCorrect(PersonWrite):
    """Correcting what the KTP says."""

    perms = {"POST": Perm.PEOPLE_EDIT}
    body = Correction

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """Only the given values change."""
        return actions.correct_person(by=self.actor, cadre=subject, **data)


@_described("correct_nik", NikCorrection)
class CadreCorrectNik(PersonWrite):
    """Replacing a NIK that was written down wrongly."""

    perms = {"POST": Perm.PEOPLE_MANAGE}
    body = NikCorrection

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """The reason is kept in the trail."""
        return actions.correct_nik(by=self.actor, cadre=subject, **data)


@_described("add_service", NewService)
class CadreServices(PersonWrite):
    """Beginning another service."""

    perms = {"POST": Perm.PEOPLE_EDIT}
    body = NewService

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """Several may run at once; the person is insured once."""
        place = data.pop("posyandu", None)
        post = Posyandu.objects.filter(pk=place).first() if place is not None else None
        if place is not None and post is None:
            message = _("Posyandu ini tidak ditemukan.")
            raise DomainError("posyandu_unknown", message, {"posyandu": message})
        return actions.add_service(by=self.actor, cadre=subject, posyandu=post, **data)


@_described("stop", Stop)
class CadreStop(PersonWrite):
    """Ending a service."""

    perms = {"POST": Perm.PEOPLE_EDIT}
    body = Stop

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """A second time with the same day changes nothing."""
        service = get_object_or_404(Assignment, pk=data.pop("service"), cadre=subject)
        return actions.stop_service(by=self.actor, service=service, **data)


@extend_schema_view(
    post=extend_schema(
        operation_id="cadres_change_service",
        request=Decree,
        responses=CadreDetail,
        parameters=[KEY],
    )
)
class CadreService(RegencyView):
    """The decree of one service."""

    perms = {"POST": Perm.PEOPLE_EDIT}

    def post(self, request: Request, regency: str, pk: int, service_id: int) -> Response:
        """Write the decree, and answer the person."""
        service = get_object_or_404(Assignment, pk=service_id, cadre_id=pk)
        sent = Decree(data=request.data)
        sent.is_valid(raise_exception=True)

        def work() -> tuple[int, dict[str, Any]]:
            actions.change_service(by=self.actor, service=service, **sent.validated_data)
            return 200, detail_of(pk)

        return self.once(request, work)


@_described("move", Move)
class CadreMove(PersonWrite):
    """Moving to another village of the regency."""

    perms = {"POST": Perm.PEOPLE_MANAGE}
    body = Move

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """Services there end, the same kinds begin in the new village."""
        village = _village(data.pop("village"))
        return actions.move_person(by=self.actor, cadre=subject, village=village, **data)


def _village(code: str) -> Village:
    found = village_by_code(code)
    if found is None or found.regency_id != current_regency_id():
        message = _("Kode desa ini tidak ada di kabupaten ini.")
        raise DomainError("village_unknown", message, {"village": message})
    return found


@_described("death", Death)
class CadreDeath(PersonWrite):
    """Noting a death, which ends the services.

    A report to `claims/` does this too, ends the cover and opens the family's claim.
    """

    perms = {"POST": Perm.PEOPLE_EDIT}
    body = Death

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """The same day twice changes nothing."""
        return actions.record_death(by=self.actor, cadre=subject, **data)


@_described("merge", Merge)
class CadreMerge(PersonWrite):
    """Giving up another record of the same person."""

    perms = {"POST": Perm.PEOPLE_MANAGE}
    body = Merge

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """Everything that the other record holds follows."""
        other = get_object_or_404(Cadre, pk=data.pop("other"))
        return actions.merge_people(by=self.actor, kept=subject, other=other, **data)


@_described("add_training", NewTraining)
class CadreTrainings(PersonWrite):
    """Recording a training."""

    perms = {"POST": Perm.TRAINING_RECORD}
    body = NewTraining

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """One of that title from that day is recorded once."""
        return actions.record_training(by=self.actor, cadre_ids=[subject.pk], **data)


@_described("set_competences", Skills)
class CadreCompetences(PersonWrite):
    """The checklist of skills."""

    perms = {"POST": Perm.TRAINING_RECORD}
    body = Skills

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """What is left out is taken back."""
        return actions.set_competences(by=self.actor, cadre=subject, **data)


@_described("add_heir", NewHeir)
class CadreHeirs(PersonWrite):
    """Adding an heir."""

    perms = {"POST": Perm.PEOPLE_EDIT}
    body = NewHeir

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """The legal order follows from the relation."""
        return actions.add_heir(by=self.actor, cadre=subject, **data)


@_described("set_children", NewChildren)
class CadreChildren(PersonWrite):
    """The school children whom the scholarship is for."""

    perms = {"POST": Perm.PEOPLE_EDIT}
    body = NewChildren

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """They take the place of those who were there."""
        children = [actions.Child(**child) for child in data["children"]]
        return actions.set_school_children(by=self.actor, cadre=subject, children=children)


@_described("confirm_family", None)
class CadreConfirmFamily(PersonWrite):
    """Confirming heirs and school children, once a year."""

    perms = {"POST": Perm.PEOPLE_EDIT}

    def change(self, subject: Cadre, data: dict[str, Any]) -> object:
        """They are right today."""
        return actions.confirm_family(by=self.actor, cadre=subject)
