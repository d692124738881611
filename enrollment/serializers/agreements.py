"""What the API says and hears about agreements."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from cadres.models import Category
from enrollment.legal_bases import legal_bases, title_of
from enrollment.models import Agreement, Segment
from enrollment.validity import validity


class AgreementSerializer(serializers.ModelSerializer):
    """A MoU or PKS; `standing` is how it stands today, `days_left` when it ends soon."""

    branch_name = serializers.CharField(source="branch.name", default=None, allow_null=True)
    village = serializers.CharField(source="village.code", default=None, allow_null=True)
    legal_basis_title = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()
    days_left = serializers.SerializerMethodField()
    covered = serializers.SerializerMethodField()
    filed = serializers.SerializerMethodField()

    class Meta:
        model = Agreement
        fields = [
            "id",
            "number",
            "title",
            "signed_on",
            "valid_from",
            "valid_until",
            "standing",
            "days_left",
            "branch",
            "branch_name",
            "branch_signatory",
            "village",
            "party",
            "party_signatory",
            "legal_basis",
            "legal_basis_title",
            "legal_detail",
            "categories",
            "segment",
            "with_jht",
            "quota",
            "covered",
            "filed",
            "file_sha256",
            "ended_on",
            "end_note",
        ]

    def get_legal_basis_title(self, agreement: Agreement) -> str:
        """The basis in words."""
        return title_of(agreement.legal_basis)

    def get_standing(self, agreement: Agreement) -> str:
        """coming, valid, ending, over or ended."""
        return str(_validity(agreement).standing)

    def get_days_left(self, agreement: Agreement) -> int | None:
        """Days until the end, within sixty of it."""
        return _validity(agreement).days

    def get_covered(self, agreement: Agreement) -> int:
        """People covered under it today."""
        return getattr(agreement, "covered", 0)

    def get_filed(self, agreement: Agreement) -> bool:
        """Whether the signed paper is kept."""
        return bool(agreement.file)


def _validity(agreement: Agreement) -> Any:
    return validity(
        agreement.valid_from, agreement.valid_until, agreement.ended_on, timezone.localdate()
    )


class AgreementInput(serializers.Serializer):
    """What a signed agreement says; `village` is an area code, empty for the whole regency."""

    number = serializers.CharField(max_length=80)
    title = serializers.CharField(max_length=200)
    signed_on = serializers.DateField()
    valid_from = serializers.DateField()
    valid_until = serializers.DateField()
    branch = serializers.IntegerField(required=False, allow_null=True, default=None)
    branch_signatory = serializers.CharField(max_length=120)
    village = serializers.CharField(
        max_length=13, required=False, allow_blank=True, allow_null=True, default=""
    )
    party = serializers.CharField(max_length=160)
    party_signatory = serializers.CharField(max_length=120)
    legal_basis = serializers.ChoiceField(list(legal_bases()))
    legal_detail = serializers.CharField(
        max_length=160, required=False, allow_blank=True, default=""
    )
    categories = serializers.ListField(
        child=serializers.ChoiceField(Category.choices), allow_empty=False, max_length=20
    )
    segment = serializers.ChoiceField(Segment.choices, default=Segment.BPU)
    with_jht = serializers.BooleanField(required=False, default=False)
    quota = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=2_000_000
    )


class AgreementFileInput(serializers.Serializer):
    """The signed paper as multipart `file`: PDF, JPG or PNG of 5 MB at most."""

    file = serializers.FileField()


class AgreementEndInput(serializers.Serializer):
    """The last day, the reason, and whether the covers under it end with that month."""

    on = serializers.DateField()
    note = serializers.CharField(max_length=200)
    end_covers = serializers.BooleanField(required=False, default=False)


class AgreementEndedSerializer(AgreementSerializer):
    """An ended agreement, and how many covers ended with it."""

    covers_ended = serializers.IntegerField()

    class Meta(AgreementSerializer.Meta):
        fields = [*AgreementSerializer.Meta.fields, "covers_ended"]
