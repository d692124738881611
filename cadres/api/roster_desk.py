"""The API of what people decide about a roster: columns, cells, lines, people who left."""

import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, RegencyView
from accounts.roles import Perm
from cadres import actions, corrections, headings, queries
from cadres.api.rosters import RosterReceipt
from cadres.models import Cadre, Departure, Posyandu, RosterImport, RowDecision
from cadres.roster_files import download
from core import sheets_out
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


class RosterWrite(RegencyView):
    """A write about one roster: what it carries, and the action that it calls."""

    perms = {"POST": Perm.ROSTER_UPLOAD}
    carries: type[serializers.Serializer] | None = None

    def act(self, roster: RosterImport, sent: dict[str, Any]) -> RosterImport:
        """Call the action."""
        raise NotImplementedError

    def write(self, request: Request, pk: int) -> Response:
        """Bind, act once, answer with the roster's state."""
        found = get_object_or_404(RosterImport, pk=pk)
        sent: dict[str, Any] = {}
        if self.carries is not None:
            form = self.carries(data=request.data)
            form.is_valid(raise_exception=True)
            sent = form.validated_data

        def work() -> tuple[int, dict[str, Any]]:
            return 200, dict(RosterReceipt(self.act(found, sent)).data)

        return self.once(request, work)


def _documented(operation: str, carries: type[serializers.Serializer] | None) -> Any:
    return extend_schema(
        operation_id=f"roster_imports_{operation}",
        request=carries,
        responses={200: RosterReceipt},
        parameters=[KEY],
    )


class RosterMapping(RosterWrite):
    """Matching columns."""

    perms = {"GET": Perm.ROSTER_UPLOAD, "PUT": Perm.ROSTER_UPLOAD}
    carries = MappingIn

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

    def act(self, roster: RosterImport, sent: dict[str, Any]) -> RosterImport:
        """Keep the answer."""
        return actions.map_columns(
            by=self.actor,
            roster=roster,
            shape=sent["shape"],
            places=sent["columns"],
            remember=sent["remember"],
        )


class RosterFixes(RosterWrite):
    """Typing cells again."""

    carries = FixesIn

    @_documented("fix", FixesIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Keep what to read in place of cells, and check again."""
        return self.write(request, pk)

    def act(self, roster: RosterImport, sent: dict[str, Any]) -> RosterImport:
        """Keep the cells."""
        cells = {
            (each["sheet"], each["row"], each["column"]): each["value"] for each in sent["cells"]
        }
        return actions.fix_cells(by=self.actor, roster=roster, cells=cells)


class RosterSkips(RosterWrite):
    """Leaving lines out."""

    carries = SkipIn

    @_documented("skip", SkipIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Leave lines out or take them in again, and check again."""
        return self.write(request, pk)

    def act(self, roster: RosterImport, sent: dict[str, Any]) -> RosterImport:
        """Keep the answer."""
        lines = [_line(each) for each in sent["lines"]]
        return actions.skip_rows(by=self.actor, roster=roster, lines=lines, skip=sent["skip"])


class RosterAnswers(RosterWrite):
    """Answering a question about one line."""

    carries = AnswerIn

    @_documented("answer", AnswerIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Answer, and check again."""
        return self.write(request, pk)

    def act(self, roster: RosterImport, sent: dict[str, Any]) -> RosterImport:
        """Keep the answer."""
        cadre = sent.get("cadre")
        return actions.answer_row(
            by=self.actor,
            roster=roster,
            sheet=sent["sheet"],
            number=sent["row"],
            question=sent["question"],
            yes=sent["yes"],
            cadre=get_object_or_404(Cadre, pk=cadre) if cadre is not None else None,
        )


class RosterPosyandu(RosterWrite):
    """Saying what an unknown posyandu is."""

    carries = PosyanduIn

    @_documented("posyandu", PosyanduIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Choose, and check again."""
        return self.write(request, pk)

    def act(self, roster: RosterImport, sent: dict[str, Any]) -> RosterImport:
        """Keep the choice."""
        code = sent["village"].replace(".", "")
        chosen = sent["posyandu"]
        return actions.choose_posyandu(
            by=self.actor,
            roster=roster,
            village=get_object_or_404(Village, code=code, regency=self.regency, valid_to=None),
            name_key=sent["name_key"],
            posyandu=get_object_or_404(Posyandu, pk=chosen) if chosen is not None else None,
        )


class RosterDepartures(RosterWrite):
    """Why people are missing."""

    carries = DeparturesIn

    @_documented("departures", DeparturesIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Keep the reasons, applied with the roster."""
        return self.write(request, pk)

    def act(self, roster: RosterImport, sent: dict[str, Any]) -> RosterImport:
        """Keep the answers."""
        answers = [
            actions.Leaving(
                each["cadre"],
                each["reason"],
                each.get("day"),
                _line(each["replaced_by"]) if each.get("replaced_by") else None,
            )
            for each in sent["departures"]
        ]
        return actions.note_departures(by=self.actor, roster=roster, answers=answers)


class RosterUndo(RosterWrite):
    """Taking a saved roster back within a day."""

    @_documented("undo", None)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Undo; a second time changes nothing."""
        return self.write(request, pk)

    def act(self, roster: RosterImport, sent: dict[str, Any]) -> RosterImport:
        """Undo."""
        return actions.undo_roster(by=self.actor, roster=roster)


class RosterApprove(RosterWrite):
    """Letting a waiting roster be saved."""

    perms = {"POST": Perm.ROSTER_APPROVE}

    @_documented("approve", None)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Approve; never one's own."""
        return self.write(request, pk)

    def act(self, roster: RosterImport, sent: dict[str, Any]) -> RosterImport:
        """Approve."""
        return actions.approve_roster(by=self.actor, roster=roster)


class RosterReturn(RosterWrite):
    """Giving a waiting roster back."""

    perms = {"POST": Perm.ROSTER_APPROVE}
    carries = ReturnIn

    @_documented("return", ReturnIn)
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Give back with a text for the village."""
        return self.write(request, pk)

    def act(self, roster: RosterImport, sent: dict[str, Any]) -> RosterImport:
        """Give back."""
        return actions.return_roster(by=self.actor, roster=roster, text=sent["text"])


class RosterCorrectionFile(RegencyView):
    """The correction file."""

    perms = {"GET": Perm.ROSTER_UPLOAD}

    @extend_schema(
        operation_id="roster_imports_correction_file",
        responses={(200, sheets_out.TYPE): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, regency: str, pk: int) -> HttpResponse:
        """The sent file back, with what is wrong beside each bad line."""
        found = get_object_or_404(RosterImport, pk=pk)
        out = io.BytesIO()
        corrections.write(out, found)
        return download(out.getvalue(), f"perbaikan-{found.pk}.xlsx")


def _line(sent: dict[str, Any]) -> tuple[str, int]:
    return sent["sheet"], sent["row"]
