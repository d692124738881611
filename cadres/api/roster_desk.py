"""The API of what people decide about a roster: columns, cells, lines, people who left."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, ObjectWrite
from accounts.roles import Perm
from cadres import actions, headings, queries
from cadres.api.rosters import RosterReceipt
from cadres.models import Cadre, Departure, Posyandu, RosterImport, RowDecision
from regions.models import Village


class ShapeOut(serializers.Serializer):
    """A table whose columns have to be matched."""

    shape = serializers.CharField(source="key")
    sheet = serializers.CharField(allow_blank=True)
    row = serializers.IntegerField(source="number")
    headings = serializers.ListField(child=serializers.CharField(allow_blank=True), source="words")
    guesses = serializers.DictField(child=serializers.IntegerField())
    samples = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True))
    )


class MappingIn(serializers.Serializer):
    """Which column means what: `{"nik": 1, "name": 2}`, places counted from 0."""

    shape = serializers.CharField(max_length=64)
    columns = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=199))
    remember = serializers.BooleanField(default=True)


class DatesIn(serializers.Serializer):
    """How days of birth are read: the month before the day, or as they are written."""

    month_first = serializers.BooleanField()
    remember = serializers.BooleanField(default=True)


class LineIn(serializers.Serializer):
    """One line of the file as a person counts it."""

    sheet = serializers.CharField(allow_blank=True, max_length=60, default="")
    row = serializers.IntegerField(min_value=1, max_value=2_000_000)


class CellIn(LineIn):
    """What to read in place of one cell; the empty value takes a correction back."""

    column = serializers.ChoiceField(choices=headings.MAPPABLE)
    value = serializers.CharField(allow_blank=True, max_length=200)


class FixesIn(serializers.Serializer):
    """Up to 500 cells."""

    cells = serializers.ListField(child=CellIn(), min_length=1, max_length=500)


class SkipIn(serializers.Serializer):
    """Lines to leave out, or with `skip` false to take in again."""

    lines = serializers.ListField(child=LineIn(), min_length=1, max_length=500)
    skip = serializers.BooleanField(default=True)


class AnswerIn(LineIn):
    """`move`: does this person move here; `same`: is it the person `cadre` by another NIK."""

    question = serializers.ChoiceField(
        choices=[RowDecision.Question.MOVE.value, RowDecision.Question.SAME.value]
    )
    yes = serializers.BooleanField()
    cadre = serializers.IntegerField(required=False, allow_null=True, max_value=2**62)


class PosyanduIn(serializers.Serializer):
    """What an unknown posyandu is: the id of one that exists, or null for a new one."""

    village = serializers.CharField(max_length=13)
    name_key = serializers.CharField(max_length=100)
    posyandu = serializers.IntegerField(allow_null=True, max_value=2**62)


class DepartureIn(serializers.Serializer):
    """Why one missing person is missing."""

    cadre = serializers.IntegerField(max_value=2**62)
    reason = serializers.ChoiceField(choices=Departure.Reason.choices, allow_blank=True)
    day = serializers.DateField(required=False, allow_null=True)
    replaced_by = LineIn(required=False, allow_null=True)


class DeparturesIn(serializers.Serializer):
    """Up to 500 people."""

    departures = serializers.ListField(child=DepartureIn(), min_length=1, max_length=500)


class ReturnIn(serializers.Serializer):
    """What the village should put right."""

    text = serializers.CharField(min_length=5, max_length=500)


class RosterWrite(ObjectWrite[RosterImport]):
    """A write about one roster, answered with its state."""

    perms = {"POST": Perm.ROSTER_UPLOAD}

    def found(self, pk: int) -> RosterImport:
        """The roster."""
        return get_object_or_404(RosterImport, pk=pk)

    def answer(self, subject: RosterImport, changed: RosterImport) -> tuple[int, dict[str, Any]]:
        """The roster as it is then."""
        return 200, dict(RosterReceipt(changed).data)


def _documented(operation: str, body: type[serializers.Serializer] | None) -> Any:
    return extend_schema(
        operation_id=f"roster_imports_{operation}",
        request=body,
        responses={200: RosterReceipt},
        parameters=[KEY],
    )


class RosterMapping(RosterWrite):
    """Matching columns."""

    perms = {"GET": Perm.ROSTER_UPLOAD, "PUT": Perm.ROSTER_UPLOAD}
    body = MappingIn

    @extend_schema(operation_id="roster_imports_mapping_list", responses=ShapeOut(many=True))
    def get(self, request: Request, regency: str, pk: int) -> Response:
        """The tables that wait for an answer; empty when there is none."""
        found = get_object_or_404(RosterImport, pk=pk)
        waits = found.status == RosterImport.Status.MAPPING
        return Response(ShapeOut(queries.unmatched(found) if waits else (), many=True).data)

    @_documented("mapping", MappingIn)
    def put(self, request: Request, regency: str, pk: int) -> Response:
        """Say which column means what, and check again."""
        return self.write(request, pk)

    def change(self, subject: RosterImport, data: dict[str, Any]) -> RosterImport:
        """Keep the answer."""
        return actions.map_columns(
            by=self.actor,
            roster=subject,
            shape=data["shape"],
            places=data["columns"],
            remember=data["remember"],
        )


class RosterDates(RosterWrite):
    """Days of birth of a whole table that have the month before the day."""

    body = DatesIn

    @_documented("dates", DatesIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Read them the other way round, or as written again, and check again.

        This answers the finding `dates_swapped_all`, or takes its answer back.
        """
        return self.write(request, pk)

    def change(self, subject: RosterImport, data: dict[str, Any]) -> RosterImport:
        """Keep the answer."""
        return actions.read_dates(by=self.actor, roster=subject, **data)


class RosterFixes(RosterWrite):
    """Typing cells again."""

    body = FixesIn

    @_documented("fix", FixesIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Keep what to read in place of cells, and check again."""
        return self.write(request, pk)

    def change(self, subject: RosterImport, data: dict[str, Any]) -> RosterImport:
        """Keep the cells."""
        cells = {
            (each["sheet"], each["row"], each["column"]): each["value"] for each in data["cells"]
        }
        return actions.fix_cells(by=self.actor, roster=subject, cells=cells)


class RosterSkips(RosterWrite):
    """Leaving lines out."""

    body = SkipIn

    @_documented("skip", SkipIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Leave lines out or take them in again, and check again."""
        return self.write(request, pk)

    def change(self, subject: RosterImport, data: dict[str, Any]) -> RosterImport:
        """Keep the answer."""
        lines = [_line(each) for each in data["lines"]]
        return actions.skip_rows(by=self.actor, roster=subject, lines=lines, skip=data["skip"])


class RosterAnswers(RosterWrite):
    """Answering a question about one line."""

    body = AnswerIn

    @_documented("answer", AnswerIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Answer, and check again."""
        return self.write(request, pk)

    def change(self, subject: RosterImport, data: dict[str, Any]) -> RosterImport:
        """Keep the answer."""
        cadre = data.get("cadre")
        return actions.answer_row(
            by=self.actor,
            roster=subject,
            sheet=data["sheet"],
            number=data["row"],
            question=data["question"],
            yes=data["yes"],
            cadre=get_object_or_404(Cadre, pk=cadre) if cadre is not None else None,
        )


class RosterPosyandu(RosterWrite):
    """Saying what an unknown posyandu is."""

    body = PosyanduIn

    @_documented("posyandu", PosyanduIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Choose, and check again."""
        return self.write(request, pk)

    def change(self, subject: RosterImport, data: dict[str, Any]) -> RosterImport:
        """Keep the choice."""
        code = data["village"].replace(".", "")
        chosen = data["posyandu"]
        return actions.choose_posyandu(
            by=self.actor,
            roster=subject,
            village=get_object_or_404(Village, code=code, regency=self.regency, valid_to=None),
            name_key=data["name_key"],
            posyandu=get_object_or_404(Posyandu, pk=chosen) if chosen is not None else None,
        )


class RosterDepartures(RosterWrite):
    """Why people are missing."""

    body = DeparturesIn

    @_documented("departures", DeparturesIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Keep the reasons, applied with the roster."""
        return self.write(request, pk)

    def change(self, subject: RosterImport, data: dict[str, Any]) -> RosterImport:
        """Keep the answers."""
        answers = [
            actions.Leaving(
                each["cadre"],
                each["reason"],
                each.get("day"),
                _line(each["replaced_by"]) if each.get("replaced_by") else None,
            )
            for each in data["departures"]
        ]
        return actions.note_departures(by=self.actor, roster=subject, answers=answers)


class RosterUndo(RosterWrite):
    """Taking a saved roster back within a day."""

    @extend_schema(
        operation_id="roster_imports_undo",
        request=None,
        responses={200: RosterReceipt, 202: RosterReceipt},
        parameters=[KEY],
    )
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Undo; a second time changes nothing.

        Of an import of more than 2,000 rows the answer is 202 with the status `undoing`. The
        import says afterwards that it is `undone`, or it is `applied` and its refusal says why.
        """
        return self.write(request, pk)

    def change(self, subject: RosterImport, data: dict[str, Any]) -> RosterImport:
        """Undo."""
        return actions.undo_roster(by=self.actor, roster=subject)

    def answer(self, subject: RosterImport, changed: RosterImport) -> tuple[int, dict[str, Any]]:
        """202 while a worker is at it."""
        _status, body = super().answer(subject, changed)
        return 202 if changed.status == RosterImport.Status.UNDOING else 200, body


class RosterApprove(RosterWrite):
    """Letting a waiting roster be saved."""

    perms = {"POST": Perm.ROSTER_APPROVE}

    @_documented("approve", None)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Approve; never one's own."""
        return self.write(request, pk)

    def change(self, subject: RosterImport, data: dict[str, Any]) -> RosterImport:
        """Approve."""
        return actions.approve_roster(by=self.actor, roster=subject)


class RosterReturn(RosterWrite):
    """Giving a waiting roster back."""

    perms = {"POST": Perm.ROSTER_APPROVE}
    body = ReturnIn

    @_documented("return", ReturnIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Give back with a text for the village."""
        return self.write(request, pk)

    def change(self, subject: RosterImport, data: dict[str, Any]) -> RosterImport:
        """Give back."""
        return actions.return_roster(by=self.actor, roster=subject, text=data["text"])


def _line(sent: dict[str, Any]) -> tuple[str, int]:
    return sent["sheet"], sent["row"]
