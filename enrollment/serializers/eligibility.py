"""What the API says and hears about rules, answers and exceptions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from enrollment.eligibility import Answer, Looked, Outcome
from enrollment.eligibility_rules import Mark, Weight
from enrollment.eligibility_words import data
from enrollment.models import EligibilityOverride
from enrollment.serializers.batches import MonthField


def _values(kind: Any) -> list[str]:
    return [each.value for each in kind]


class RuleSerializer(serializers.Serializer):
    """One rule as the regency follows it."""

    code = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    weight = serializers.ChoiceField(_values(Weight))
    value = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField()
    source_note = serializers.CharField(source="source")
    mark = serializers.ChoiceField(_values(Mark))
    fixed = serializers.BooleanField()
    confirmed = serializers.BooleanField()
    needs_confirmation = serializers.BooleanField()


class SetRuleSerializer(serializers.Serializer):
    """How the regency sets a rule; `value` is in the rule's unit."""

    weight = serializers.ChoiceField(_values(Weight))
    value = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, max_value=100
    )
    basis = serializers.CharField(max_length=200)
    confirmed = serializers.BooleanField(required=False, default=False)


class LookedSerializer(serializers.Serializer):
    """One rule that was looked at, and what it found."""

    code = serializers.CharField(source="rule.code")
    title = serializers.CharField(source="rule.title")
    weight = serializers.ChoiceField(_values(Weight), source="rule.weight")
    met = serializers.BooleanField()
    exempt = serializers.BooleanField()
    looked_at = serializers.SerializerMethodField()
    source_note = serializers.CharField(source="rule.source")
    mark = serializers.ChoiceField(_values(Mark), source="rule.mark")
    needs_confirmation = serializers.BooleanField(source="rule.needs_confirmation")

    @extend_schema_field(serializers.CharField())
    def get_looked_at(self, each: Looked) -> str:
        """What was looked at, in words."""
        return data(each)


class AnswerSerializer(serializers.Serializer):
    """Whether somebody may be put forward for cover from a month on."""

    cadre = serializers.IntegerField()
    first_month = MonthField()
    outcome = serializers.ChoiceField(_values(Outcome))
    refusals = serializers.ListField(child=serializers.CharField())
    questions = serializers.ListField(child=serializers.CharField())
    rules = LookedSerializer(many=True)

    @staticmethod
    def of(cadre_id: int, first_month: Any, answer: Answer) -> dict[str, Any]:
        """What is serialized."""
        return {
            "cadre": cadre_id,
            "first_month": first_month,
            "outcome": answer.outcome,
            "refusals": answer.refusals,
            "questions": answer.questions,
            "rules": answer.looked,
        }


class CandidateSerializer(serializers.Serializer):
    """One person who is meant, and what the rules say."""

    cadre = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    nik = serializers.CharField(source="nik_masked")
    birth_date = serializers.DateField()
    village = serializers.CharField(source="village.code")
    village_name = serializers.CharField(source="village.name")
    category = serializers.CharField(source="row_category")
    standing = serializers.CharField(help_text="eligible, or the first rule that refuses")
    refusals = serializers.ListField(child=serializers.CharField())
    questions = serializers.ListField(child=serializers.CharField())


class OverrideSerializer(serializers.ModelSerializer):
    """One rule lifted for one person, or asked to be."""

    cadre = serializers.IntegerField(source="cadre_id")
    name = serializers.CharField(source="cadre.name")
    village = serializers.CharField(source="village.code")
    rule = serializers.CharField(source="code")

    class Meta:
        model = EligibilityOverride
        fields = [
            "id",
            "cadre",
            "name",
            "village",
            "programme",
            "rule",
            "reason",
            "status",
            "valid_until",
            "asked_at",
            "answered_at",
            "answer_note",
        ]


class AskOverrideSerializer(serializers.Serializer):
    """Which rule to lift for whom, why and until when."""

    cadre = serializers.IntegerField()
    rule = serializers.CharField(max_length=24)
    reason = serializers.CharField(max_length=300)
    valid_until = serializers.DateField()


class AnswerOverrideSerializer(serializers.Serializer):
    """The answer of the second person; a refusal has a note."""

    grant = serializers.BooleanField()
    note = serializers.CharField(
        max_length=300, required=False, allow_blank=True, allow_null=True, default=""
    )
    valid_until = serializers.DateField(required=False, allow_null=True, default=None)
