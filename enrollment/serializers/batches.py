"""What the API says and hears about enrollment; identity and member numbers are masked."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from cadres.models import Category
from enrollment.batch_steps import waiting_days
from enrollment.models import BatchRow, Coverage, EnrollmentBatch, FundSource, Segment
from enrollment.terms import LARGEST, NAMES


class MonthField(serializers.CharField):
    """A contribution month as `2026-11`."""

    def to_representation(self, value: Any) -> str:
        """The year and the month of a date."""
        return value.isoformat()[:7]


class FundSourceSerializer(serializers.ModelSerializer):
    """A budget that pays contributions."""

    class Meta:
        model = FundSource
        fields = ["id", "name", "kind", "billed_to", "department", "active"]
        read_only_fields = ["id"]
        validators: list = []


class RowCountsSerializer(serializers.Serializer):
    """Rows of a batch by what the branch has said."""

    total = serializers.IntegerField(source="people")
    waiting = serializers.IntegerField()
    accepted = serializers.IntegerField()
    returned = serializers.IntegerField()


TERMS = list(NAMES)


class BatchSerializer(serializers.ModelSerializer):
    """People put forward together; the terms are those that rows begin with."""

    first_month = MonthField()
    agreement_number = serializers.CharField(
        source="agreement.number", default=None, allow_null=True
    )
    waiting_days = serializers.SerializerMethodField()
    fund_source_name = serializers.CharField(source="fund_source.name")
    counts = RowCountsSerializer(source="*")

    class Meta:
        model = EnrollmentBatch
        fields = [
            "id",
            "number",
            "status",
            "programme",
            "agreement",
            "agreement_number",
            *TERMS,
            "fund_source",
            "fund_source_name",
            "first_month",
            "note",
            "counts",
            "waiting_days",
            "created_at",
            "submitted_at",
            "reviewed_at",
        ]

    def get_waiting_days(self, batch: EnrollmentBatch) -> int | None:
        """Days for which the branch has had it; null when it is not there."""
        return waiting_days(batch, timezone.localdate())


class ExclusionsSerializer(serializers.Serializer):
    """People who were meant and cannot be put forward, by the first rule that refuses them."""

    deceased = serializers.IntegerField(default=0)
    covered = serializers.IntegerField(default=0)
    waiting = serializers.IntegerField(default=0)
    nik_missing = serializers.IntegerField(default=0)
    over_age = serializers.IntegerField(default=0)
    under_17 = serializers.IntegerField(default=0)
    civil_servant = serializers.IntegerField(default=0)
    wage_earner = serializers.IntegerField(default=0)
    covered_elsewhere = serializers.IntegerField(default=0)
    decree_missing = serializers.IntegerField(default=0)
    quota_full = serializers.IntegerField(default=0)
    seat_paid = serializers.IntegerField(default=0)
    turns_65 = serializers.IntegerField(default=0)


class PreparedSerializer(BatchSerializer):
    """A new draft, and who was left out of it."""

    excluded = ExclusionsSerializer()

    class Meta(BatchSerializer.Meta):
        fields = [*BatchSerializer.Meta.fields, "excluded"]


class NewBatchSerializer(serializers.Serializer):
    """Whom to put forward; every filter narrows. `village` and `district` are area codes."""

    fund_source = serializers.IntegerField()
    programme = serializers.ChoiceField(
        EnrollmentBatch.Programme.choices, default=EnrollmentBatch.Programme.JKK_JKM
    )
    agreement = serializers.IntegerField(required=False, allow_null=True, default=None)
    segment = serializers.ChoiceField(Segment.choices, default=Segment.BPU)
    with_jht = serializers.BooleanField(required=False, default=False)
    income_base = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=LARGEST,
        help_text="Rupiah a month; empty means the lowest band.",
    )
    occupation = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    second_occupation = serializers.CharField(
        max_length=80, required=False, allow_blank=True, default=""
    )
    work_place = serializers.CharField(
        max_length=160,
        required=False,
        allow_blank=True,
        default="",
        help_text="Empty: the posyandu and village of each person.",
    )
    works_from = serializers.TimeField(required=False, allow_null=True, default=None)
    works_until = serializers.TimeField(required=False, allow_null=True, default=None)
    first_month = MonthField(help_text="2026-11")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    category = serializers.ChoiceField(
        Category.choices, required=False, allow_blank=True, allow_null=True, default=""
    )
    district = serializers.CharField(
        max_length=13, required=False, allow_blank=True, allow_null=True, default=""
    )
    village = serializers.CharField(
        max_length=13, required=False, allow_blank=True, allow_null=True, default=""
    )
    posyandu = serializers.IntegerField(required=False, allow_null=True, default=None)
    cadres = serializers.ListField(
        child=serializers.IntegerField(), required=False, allow_null=True, default=None
    )


class RowSerializer(serializers.ModelSerializer):
    """One person of a batch, and what the branch answered."""

    cadre = serializers.IntegerField(source="cadre_id")
    name = serializers.CharField(source="cadre.name")
    nik = serializers.CharField(source="cadre.nik_masked")
    birth_date = serializers.DateField(source="cadre.birth_date")
    village = serializers.CharField(source="village.code")
    village_name = serializers.CharField(source="village.name")
    member_no = serializers.CharField(source="member_no_masked")

    class Meta:
        model = BatchRow
        fields = [
            "id",
            "cadre",
            "name",
            "nik",
            "birth_date",
            "village",
            "village_name",
            "category",
            "findings",
            "status",
            "reason",
            "reason_text",
            "member_no",
            "decided_at",
            *TERMS,
        ]


class DecisionSerializer(serializers.Serializer):
    """One answer for one person, named by `row` or by `nik`."""

    row = serializers.IntegerField(required=False)
    nik = serializers.CharField(required=False)
    decision = serializers.ChoiceField(["accept", "return"])
    member_no = serializers.CharField(required=False, allow_blank=True)
    reason = serializers.ChoiceField(BatchRow.Reason.choices, required=False, allow_blank=True)
    reason_text = serializers.CharField(required=False, allow_blank=True)


class ReviewSerializer(serializers.Serializer):
    """The branch's answers: `decisions`, or a list as multipart `file` (XLSX or CSV)."""

    decisions = DecisionSerializer(many=True, required=False)
    file = serializers.FileField(required=False)
    accept_rest = serializers.BooleanField(required=False, default=False)
    finish = serializers.BooleanField(required=False, default=False)


class ProblemSerializer(serializers.Serializer):
    """One line that could not be used."""

    line = serializers.IntegerField()
    code = serializers.CharField()
    message = serializers.CharField()


class ReviewedSerializer(serializers.Serializer):
    """What one review did."""

    id = serializers.IntegerField()
    status = serializers.CharField()
    accepted = serializers.IntegerField()
    returned = serializers.IntegerField()
    problems = ProblemSerializer(many=True)
    counts = RowCountsSerializer()


class CoverageSerializer(serializers.ModelSerializer):
    """One person's cover; the member number is masked."""

    cadre = serializers.IntegerField(source="cadre_id")
    name = serializers.CharField(source="cadre.name")
    nik = serializers.CharField(source="cadre.nik_masked")
    village = serializers.CharField(source="village.code")
    village_name = serializers.CharField(source="village.name")
    member_no = serializers.CharField(source="member_no_masked")

    class Meta:
        model = Coverage
        fields = [
            "id",
            "cadre",
            "name",
            "nik",
            "village",
            "village_name",
            "fund_source",
            "agreement",
            "programme",
            *TERMS,
            "category",
            "member_no",
            "starts_on",
            "ends_on",
            "end_reason",
        ]


class EndSerializer(serializers.Serializer):
    """The last day of a cover and why it ends."""

    on = serializers.DateField()
    reason = serializers.ChoiceField(Coverage.EndReason.choices)
