"""What the API of a branch hears and says: counts of its queue, the columns of its lists."""

from rest_framework import serializers

from enrollment import branch_columns
from enrollment.models import EnrollmentBatch

MOST = 60


class QueuedSerializer(serializers.Serializer):
    """A batch that waits at the branch; `days` since its oldest row came or came back."""

    regency = serializers.CharField(source="regency.slug")
    regency_name = serializers.CharField(source="regency.full_name")
    batch = serializers.IntegerField(source="batch_id")
    number = serializers.CharField()
    status = serializers.ChoiceField(EnrollmentBatch.Status.choices)
    first_month = serializers.DateField()
    since = serializers.DateTimeField()
    days = serializers.IntegerField()
    people = serializers.IntegerField()
    waiting = serializers.IntegerField()
    clean = serializers.IntegerField(help_text="waiting people without a finding")
    to_look_at = serializers.IntegerField(help_text="waiting people with a finding")
    corrected = serializers.IntegerField(help_text="waiting people who were returned before")


class ColumnSerializer(serializers.Serializer):
    """One column of a list: what it says, under which heading."""

    field = serializers.CharField(max_length=40)
    heading = serializers.CharField(max_length=branch_columns.LONGEST)


class ColumnsSerializer(serializers.Serializer):
    """The columns in the order of the list."""

    columns = serializers.ListField(child=ColumnSerializer(), allow_empty=False, max_length=MOST)


class FieldSerializer(serializers.Serializer):
    """What a column can say of a person, with its usual heading and a sample."""

    field = serializers.CharField(source="name")
    heading = serializers.CharField()
    sample = serializers.CharField()
    answer = serializers.BooleanField(help_text="read back from the branch's own list")


class BranchColumnsSerializer(ColumnsSerializer):
    """The columns of a branch, and what else they could say."""

    branch = serializers.IntegerField()
    branch_name = serializers.CharField()
    fields_known = FieldSerializer(many=True)
