"""What the API takes and gives about claims; identity and account numbers are masked."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cadres.models import Cadre, Heir
from claims import page, queries, words
from claims.models import Claim, ClaimDocument, HandOver


class PersonSerializer(serializers.ModelSerializer):
    """Who died."""

    nik = serializers.CharField(source="nik_masked", read_only=True)

    class Meta:
        model = Cadre
        fields = ("id", "name", "nik")


class HeirSerializer(serializers.ModelSerializer):
    """Who receives the benefit."""

    nik = serializers.SerializerMethodField()
    account_number = serializers.SerializerMethodField()

    class Meta:
        model = Heir
        fields = ("name", "relation", "nik", "bank_name", "account_number", "account_holder")

    def get_nik(self, heir: Heir) -> str:
        """Masked."""
        return words.heir_nik(heir)

    def get_account_number(self, heir: Heir) -> str:
        """The last four digits."""
        return words.heir_account(heir)


class DocumentSerializer(serializers.ModelSerializer):
    """One item of the checklist."""

    received = serializers.SerializerMethodField()
    has_file = serializers.SerializerMethodField()

    class Meta:
        model = ClaimDocument
        fields = (
            "code",
            "label",
            "need",
            "condition",
            "source",
            "received",
            "received_at",
            "has_file",
        )

    def get_received(self, document: ClaimDocument) -> bool:
        """Whether it is there."""
        return document.received_at is not None

    def get_has_file(self, document: ClaimDocument) -> bool:
        """Whether a scan is kept."""
        return bool(document.file)


class HandOverSerializer(serializers.ModelSerializer):
    """The record of the hand-over."""

    class Meta:
        model = HandOver
        fields = (
            "number",
            "on",
            "place",
            "handed_by",
            "received_by",
            "representative",
            "representative_office",
        )


class NextStepSerializer(serializers.Serializer):
    """What the claim waits for."""

    code = serializers.CharField()
    perm = serializers.CharField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)


class ClaimRowSerializer(serializers.ModelSerializer):
    """A claim in a list."""

    cadre = PersonSerializer(read_only=True)
    village = serializers.CharField(source="village.code", read_only=True)
    village_name = serializers.CharField(source="village.name", read_only=True)
    place = serializers.CharField(source="died_at_place", read_only=True)

    class Meta:
        model = Claim
        fields: tuple[str, ...] = (
            "id",
            "number",
            "status",
            "outcome",
            "total",
            "cadre",
            "village",
            "village_name",
            "died_on",
            "place",
            "cause",
            "created_at",
            "submitted_at",
            "decided_at",
            "decision_note",
            "paid_on",
            "payment_reference",
        )


class ClaimSerializer(ClaimRowSerializer):
    """A claim with its benefit, checklist, heir, hand-over and next step."""

    heir = HeirSerializer(read_only=True, allow_null=True)
    documents = serializers.SerializerMethodField()
    hand_over = serializers.SerializerMethodField()
    next_step = serializers.SerializerMethodField()

    class Meta(ClaimRowSerializer.Meta):
        fields = (
            *ClaimRowSerializer.Meta.fields,
            "benefit",
            "heir",
            "documents",
            "hand_over",
            "next_step",
        )

    @extend_schema_field(DocumentSerializer(many=True))
    def get_documents(self, claim: Claim) -> list[dict[str, Any]]:
        """In the order of the checklist."""
        return list(DocumentSerializer(claim.documents.order_by("position"), many=True).data)

    @extend_schema_field(HandOverSerializer(allow_null=True))
    def get_hand_over(self, claim: Claim) -> dict[str, Any] | None:
        """None until it was recorded."""
        found = HandOver.objects.filter(claim=claim).first()
        return HandOverSerializer(found).data if found else None

    @extend_schema_field(NextStepSerializer)
    def get_next_step(self, claim: Claim) -> dict[str, Any]:
        """Its code, the permission of who takes it, and its last day."""
        step = page.step_of(claim, len(queries.missing_documents(claim)))
        return {
            "code": step.code,
            "perm": str(step.perm) if step.perm else None,
            "due_on": step.due_on.isoformat() if step.due_on else None,
        }


class ReportInput(serializers.Serializer):
    """A death: the person by id, the day, and what is known."""

    cadre = serializers.IntegerField()
    died_on = serializers.DateField()
    place = serializers.CharField(max_length=120, required=False, allow_blank=True)
    cause = serializers.CharField(max_length=200, required=False, allow_blank=True)


class DocumentInput(serializers.Serializer):
    """One document by code: received or not, or its scan as multipart `file`."""

    code = serializers.CharField(max_length=24)
    received = serializers.BooleanField(default=True)
    file = serializers.FileField(required=False)


def _digits(pattern: str, message: Any) -> serializers.RegexField:
    """A number that may be left out, with the sentence for a wrong one."""
    return serializers.RegexField(
        pattern, required=False, allow_blank=True, error_messages={"invalid": message}
    )


class HeirInput(serializers.Serializer):
    """Who receives the benefit; `nik` has 16 digits."""

    name = serializers.CharField(max_length=120)
    relation = serializers.ChoiceField(choices=Heir.Relation.choices)
    nik = _digits(r"^\d{16}$", _("NIK terdiri atas 16 angka."))
    phone = serializers.CharField(max_length=20, required=False, allow_blank=True)
    bank_name = serializers.CharField(max_length=60, required=False, allow_blank=True)
    account_number = _digits(r"^\d{1,30}$", _("Nomor rekening terdiri atas angka saja."))
    account_holder = serializers.CharField(max_length=120, required=False, allow_blank=True)


class DecideInput(serializers.Serializer):
    """The branch's decision; `outcome` where the rules left it open."""

    decision = serializers.ChoiceField(choices=["approve", "reject"])
    outcome = serializers.ChoiceField(
        choices=["full", "reduced", "alternative"], required=False, allow_blank=True
    )
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class NoteInput(serializers.Serializer):
    """Why a report is closed, or what has to be put right."""

    note = serializers.CharField(max_length=300)


class PayInput(serializers.Serializer):
    """The transfer to the heir."""

    paid_on = serializers.DateField()
    reference = serializers.CharField(max_length=80)


class HandOverInput(serializers.ModelSerializer):
    """Where, by whom and to whom it was handed over; left out, the heir received it."""

    class Meta:
        model = HandOver
        fields = (
            "on",
            "place",
            "handed_by",
            "received_by",
            "representative",
            "representative_office",
        )
        extra_kwargs = {
            name: {"required": False, "allow_blank": True}
            for name in ("received_by", "representative", "representative_office")
        }
