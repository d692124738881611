"""The API of the bulk question: who of a list of people is covered on a day."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import RegencyView
from accounts.roles import Perm
from reports import actions, bulk_actions
from reports.bulk import reading
from reports.bulk.answering import Answer, counts
from reports.bulk.keeping import Question
from reports.bulk.kinds import COVERED, KINDS

LONGEST = 1000  # letters of one line


class QuestionIn(serializers.Serializer):
    """The list as lines, each a NIK, a name or both, or as a file; and the day (else today)."""

    lines = serializers.ListField(
        child=serializers.CharField(allow_blank=True, max_length=LONGEST), required=False
    )
    file = serializers.FileField(required=False, allow_empty_file=True)
    day = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of lines and file."""
        if ("lines" in attrs) == ("file" in attrs):
            raise serializers.ValidationError({"lines": "Send either lines or a file."})
        return attrs


class CandidateOut(serializers.Serializer):
    """Somebody whom a line may mean."""

    cadre = serializers.IntegerField(source="id")
    name = serializers.CharField()
    village = serializers.CharField()
    district = serializers.CharField()


class LineOut(serializers.Serializer):
    """The answer to one line; `written` is masked, `candidates` are at most five."""

    line = serializers.IntegerField(source="match.line.number")
    sheet = serializers.CharField(source="match.line.sheet")
    written = serializers.CharField()
    kind = serializers.ChoiceField(
        choices=[(each.code, each.code) for each in KINDS], source="kind.code"
    )
    covered = serializers.ChoiceField(
        choices=[(name, name) for name in COVERED], source="kind.covered"
    )
    because = serializers.CharField()
    cadre = serializers.SerializerMethodField()
    name = serializers.CharField()
    village = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    fund_source = serializers.CharField()
    member_no = serializers.CharField()
    missing = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    candidates = CandidateOut(many=True, source="others")

    def get_cadre(self, answer: Answer) -> int | None:
        """The person's id, or nothing when nobody was found for sure."""
        return answer.person.id if answer.person else None


class QuestionOut(serializers.Serializer):
    """The answers in the order of the lines, and how many there are of each kind."""

    day = serializers.DateField()
    counts = serializers.DictField(child=serializers.IntegerField())
    answers = LineOut(many=True)


class LaterOut(serializers.Serializer):
    """A list of more than 2,000 lines: the export that holds its answers for a day."""

    export = serializers.IntegerField()
    lines = serializers.IntegerField()


class CoverageQuestions(RegencyView):
    """A question about many people at once; nothing of the list is stored."""

    perms = {"POST": Perm.COVERAGE_VIEW}
    parser_classes = [JSONParser, MultiPartParser]

    @extend_schema(
        operation_id="coverage_questions_ask",
        request={"application/json": QuestionIn, "multipart/form-data": QuestionIn},
        responses={200: QuestionOut, 202: LaterOut},
    )
    def post(self, request: Request, regency: str) -> Response:
        """Answer at once up to 2,000 lines, else as a file to fetch."""
        heard = self.heard(QuestionIn)
        day = heard.get("day") or timezone.localdate()
        actions.check_day(day)
        if "file" in heard:
            lines = reading.uploaded(heard["file"].chunks())
        else:
            lines = reading.pasted("\n".join(" ".join(each.split("\n")) for each in heard["lines"]))
        question = Question(lines, day)
        told: dict[str, Any] = {"by": self.actor, "question": question, "regency": self.regency}
        if len(lines) > bulk_actions.DIRECT:
            run = bulk_actions.ask_later(**told)
            return Response({"export": run.pk, "lines": len(lines)}, status=202)
        answers = bulk_actions.ask(**told)
        body = {
            "day": day,
            "counts": {kind.code: count for kind, count in counts(answers)},
            "answers": answers,
        }
        return Response(QuestionOut(body).data)
