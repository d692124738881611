"""What the API says and hears about targets."""

from rest_framework import serializers

from enrollment.actions.targets import MOST_PEOPLE
from enrollment.models import Target


class TargetSerializer(serializers.ModelSerializer):
    """A number that was set; `covered` are people covered today where it `holds`, else null."""

    until = serializers.DateField(source="by")
    holds = serializers.SerializerMethodField()
    covered = serializers.SerializerMethodField()

    class Meta:
        model = Target
        fields = [
            "id",
            "category",
            "people",
            "until",
            "source",
            "baseline",
            "baseline_on",
            "baseline_source",
            "set_at",
            "holds",
            "covered",
        ]

    def get_holds(self, target: Target) -> bool:
        """Whether it is the number of its kind that was set last."""
        return self.get_covered(target) is not None

    def get_covered(self, target: Target) -> int | None:
        """People covered today."""
        return getattr(target, "covered", None)


class TargetInput(serializers.ModelSerializer):
    """A new number for one kind of people."""

    until = serializers.DateField()

    class Meta:
        model = Target
        fields = [
            "category",
            "people",
            "until",
            "source",
            "baseline",
            "baseline_on",
            "baseline_source",
        ]
        extra_kwargs = {
            "people": {"min_value": 1, "max_value": MOST_PEOPLE},
            "baseline": {"min_value": 0, "max_value": MOST_PEOPLE},
        }
