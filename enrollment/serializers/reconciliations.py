"""What the API of reconciliations hears and says. NIK are masked."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cadres.models import Cadre
from core.months import parse_month
from enrollment.models import Coverage, FundSource, Reconciliation, ReconciliationDifference
from enrollment.reconciliation import wording
from enrollment.reconciliation.classes import KINDS
from enrollment.serializers.batches import MonthField

Kind, Settlement = ReconciliationDifference.Kind, ReconciliationDifference.Settlement


class ListUploadSerializer(serializers.Serializer):
    """A list of BPJS for a contribution month."""

    file = serializers.FileField(allow_empty_file=True)
    month = serializers.CharField(max_length=10, help_text="2026-11")
    kind = serializers.ChoiceField(Reconciliation.Kind.choices)
    fund_source = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="When the list is of one payer."
    )
    ask_columns = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The month as a day and the payer as an object."""
        attrs["month"] = parse_month(attrs["month"])
        if attrs["fund_source"] is not None:
            source = FundSource.objects.filter(pk=attrs["fund_source"]).first()
            if source is None:
                raise serializers.ValidationError({"fund_source": "unknown"})
            attrs["fund_source"] = source
        return attrs


class UploadedListSerializer(serializers.Serializer):
    """What an upload is answered with; `repeated` when the file had been uploaded before."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    status = serializers.ChoiceField(Reconciliation.Status.choices)
    repeated = serializers.BooleanField()


class ClassCountSerializer(serializers.Serializer):
    """People of one class, the rupiah that it is about, and how many are still open."""

    kind = serializers.CharField(help_text="matched, or a kind of difference")
    people = serializers.IntegerField()
    rupiah = serializers.IntegerField()
    open = serializers.IntegerField()


class QuestionSerializer(serializers.Serializer):
    """A heading whose columns have to be pointed out, with masked samples."""

    shape = serializers.CharField(source="key")
    sheet = serializers.CharField()
    line = serializers.IntegerField(source="number")
    words = serializers.ListField(child=serializers.CharField(allow_blank=True))
    guesses = serializers.DictField(child=serializers.IntegerField())
    samples = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True))
    )


class ReconciliationSerializer(serializers.ModelSerializer):
    """One list and how it compares."""

    month = MonthField()
    file_name = serializers.CharField(read_only=True)
    refusal = serializers.SerializerMethodField()
    paper_number = serializers.CharField(source="paper.number", default=None, allow_null=True)
    paper_sha256 = serializers.CharField(source="paper.sha256", default=None, allow_null=True)

    class Meta:
        model = Reconciliation
        fields: tuple[str, ...] = (
            "id", "number", "month", "kind", "fund_source", "status", "file_name", "file_sha256",
            "refusal_code", "refusal", "uploaded_at", "closed_at", "paper_number", "paper_sha256",
        )  # fmt: skip

    def get_refusal(self, found: Reconciliation) -> str:
        """Why the file was refused, in words."""
        if not found.refusal_code:
            return ""
        return wording.refusal(found.refusal_code, found.refusal_facts)


class ReconciliationDetailSerializer(ReconciliationSerializer):
    """The same, with counts by class, or the question about its columns."""

    rows = serializers.SerializerMethodField()
    comparing = serializers.SerializerMethodField()
    compared_at = serializers.SerializerMethodField()
    classes = serializers.SerializerMethodField()
    question = serializers.SerializerMethodField()

    class Meta(ReconciliationSerializer.Meta):
        fields: tuple[str, ...] = (
            *ReconciliationSerializer.Meta.fields,
            "rows",
            "comparing",
            "compared_at",
            "classes",
            "question",
        )

    def get_rows(self, found: Reconciliation) -> int:
        """Lines of the list about people."""
        return found.counts.get("rows", 0)

    def get_comparing(self, found: Reconciliation) -> bool:
        """Whether a worker reads or compares it now."""
        return found.run is not None and found.run.is_open

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_compared_at(self, found: Reconciliation) -> str | None:
        """When it was last compared again; null when it never was."""
        return found.counts.get("compared_at")

    @extend_schema_field(ClassCountSerializer(many=True))
    def get_classes(self, found: Reconciliation) -> list[dict[str, Any]]:
        """People and rupiah by class; the first one is matched."""
        nothing = {"people": 0, "rupiah": 0}
        states = self.context.get("states", {})
        return [
            {
                "kind": kind,
                **found.counts.get(kind, nothing),
                "open": states.get(kind, {}).get("open", 0),
            }
            for kind in ("matched", *KINDS)
        ]

    @extend_schema_field(QuestionSerializer(allow_null=True))
    def get_question(self, _found: Reconciliation) -> dict[str, Any] | None:
        """The table whose columns have to be pointed out; null when there is none."""
        question = self.context.get("question")
        return dict(QuestionSerializer(question).data) if question else None


class ColumnsAnswerSerializer(serializers.Serializer):
    """Which column means what: {name: place from 0}."""

    shape = serializers.CharField(max_length=64)
    places = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=200))
    remember = serializers.BooleanField(default=True)


class DifferenceSerializer(serializers.ModelSerializer):
    """One person in one class, until it is settled."""

    name = serializers.SerializerMethodField()
    nik_masked = serializers.SerializerMethodField()
    village = serializers.CharField(source="village.code", default=None, allow_null=True)
    sheet = serializers.CharField(source="row.sheet", default=None, allow_null=True)
    line = serializers.IntegerField(source="row.line", default=None, allow_null=True)
    payer = serializers.CharField(
        source="row.payer", default="", help_text="As the list writes it, when it names any."
    )
    facts = serializers.DictField(read_only=True)

    class Meta:
        model = ReconciliationDifference
        fields = (
            "id", "reconciliation", "kind", "cadre", "coverage", "name", "nik_masked", "village",
            "sheet", "line", "payer", "expected", "billed", "facts", "query", "asked_at", "answer",
            "answered_at", "settlement", "reason", "settled_at",
        )  # fmt: skip

    def get_name(self, found: ReconciliationDifference) -> str:
        """The name on our side, else as the list writes it."""
        return found.cadre.name if found.cadre else found.row.name if found.row else ""

    def get_nik_masked(self, found: ReconciliationDifference) -> str:
        """The NIK on our side, else of the list."""
        if found.cadre:
            return found.cadre.nik_masked
        return found.row.nik_masked if found.row else ""


class ChosenSerializer(serializers.Serializer):
    """Which differences: ids, or every open one of a class."""

    ids = serializers.ListField(child=serializers.IntegerField(), required=False, max_length=5000)
    kind = serializers.ChoiceField(Kind.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Never everything by an empty choice."""
        if not attrs.get("ids") and not attrs.get("kind"):
            raise serializers.ValidationError({"ids": "ids or kind"})
        return attrs


class SettleSerializer(ChosenSerializer):
    """How differences are settled."""

    how = serializers.ChoiceField(ReconciliationDifference.BY_HAND)
    reason = serializers.CharField(max_length=300)
    on = serializers.DateField(required=False, allow_null=True, default=None)
    end_reason = serializers.ChoiceField(
        Coverage.EndReason.choices, required=False, default=Coverage.EndReason.STOPPED
    )
    employment = serializers.ChoiceField(
        Cadre.Employment.choices, required=False, allow_blank=True, default=""
    )


class LeftOutSerializer(serializers.Serializer):
    """Differences that could not be settled so."""

    code = serializers.CharField()
    count = serializers.IntegerField()


class SettledSerializer(serializers.Serializer):
    """How many were settled, and how many of the chosen were left out for which reason."""

    settled = serializers.IntegerField()
    left_out = LeftOutSerializer(many=True)


class AskSerializer(ChosenSerializer):
    """A question to the branch."""

    query = serializers.CharField(max_length=500)


class AskedSerializer(serializers.Serializer):
    """How many questions were put."""

    asked = serializers.IntegerField()


class AnswerSerializer(serializers.Serializer):
    """The branch's answer."""

    answer = serializers.CharField(max_length=500)


class ReasonSerializer(serializers.Serializer):
    """Why something is taken back."""

    reason = serializers.CharField(max_length=300)


class CloseSerializer(serializers.Serializer):
    """A remark for the signed-off record."""

    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
