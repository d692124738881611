"""What the API says and hears about terms and returned rows."""

from rest_framework import serializers

from enrollment import terms
from enrollment.models import BatchRow, Segment
from enrollment.serializers.batches import RowSerializer


class TermsInput(serializers.Serializer):
    """Terms to change; what is not named stays as it is. Rupiah a month, hours as `08:00`."""

    segment = serializers.ChoiceField(Segment.choices, required=False)
    with_jht = serializers.BooleanField(required=False)
    income_base = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=terms.LARGEST
    )
    occupation = serializers.CharField(max_length=80, required=False, allow_blank=True)
    second_occupation = serializers.CharField(max_length=80, required=False, allow_blank=True)
    work_place = serializers.CharField(max_length=160, required=False, allow_blank=True)
    works_from = serializers.TimeField(required=False, allow_null=True)
    works_until = serializers.TimeField(required=False, allow_null=True)


class RowsTermsInput(TermsInput):
    """The same for several rows of a draft."""

    rows = serializers.ListField(
        child=serializers.IntegerField(), allow_empty=False, max_length=100_000
    )


class ChangedRowsSerializer(serializers.Serializer):
    """How many rows were changed."""

    changed = serializers.IntegerField()


class ChangeSerializer(serializers.Serializer):
    """One thing before the return and now."""

    name = serializers.CharField(source="label")
    before = serializers.CharField()
    after = serializers.CharField()


class ReturnedRowSerializer(RowSerializer):
    """A person of a batch with its terms, how often it was returned, and the correction."""

    batch = serializers.IntegerField(source="batch_id")
    batch_number = serializers.CharField(source="batch.number")

    class Meta:
        model = BatchRow
        fields = [
            *RowSerializer.Meta.fields,
            "batch",
            "batch_number",
            "times_returned",
            "corrected_at",
            "correction_note",
        ]


class CorrectedRowSerializer(ReturnedRowSerializer):
    """The same with what was changed since the branch sent it back, and what it asks for."""

    changes = ChangeSerializer(many=True)
    todo = serializers.CharField()

    class Meta(ReturnedRowSerializer.Meta):
        fields = [*ReturnedRowSerializer.Meta.fields, "todo", "changes"]


class ResubmitInput(serializers.Serializer):
    """What was corrected, in words for the branch; needed when no data changed."""

    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class TakeOutInput(serializers.Serializer):
    """Why a person leaves the batch for good."""

    reason = serializers.CharField(max_length=200)
