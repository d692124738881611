"""What the API takes and gives about bills, payments and budgets; rupiah are whole numbers."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgets import queries
from budgets.models import Invoice, InvoiceRun, Payment
from core import months
from core.errors import DomainError
from core.models import Run
from enrollment.models import FundSource
from regions.models import Village


@extend_schema_field(
    {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$", "example": "2026-11"}
)
class MonthField(serializers.Field):
    """A contribution month as `2026-11`."""

    def to_internal_value(self, data: Any) -> dt.date:
        """The first day of the month."""
        try:
            return months.parse_month(str(data))
        except DomainError as error:
            raise serializers.ValidationError(str(error.message)) from error

    def to_representation(self, value: dt.date) -> str:
        """Year and month."""
        return f"{value:%Y-%m}"


class RunInput(serializers.Serializer):
    """Which month to bill."""

    month = MonthField()


class ProgressSerializer(serializers.Serializer):
    """Counted work: people."""

    done = serializers.IntegerField()
    total = serializers.IntegerField()
    percent = serializers.IntegerField()


class InvoiceRunSerializer(serializers.ModelSerializer):
    """The billing of one month."""

    month = MonthField()
    status = serializers.ChoiceField(source="run.status", choices=Run.Status.choices)
    progress = ProgressSerializer(source="run")
    invoices = serializers.IntegerField(source="n_invoices")
    people = serializers.IntegerField(source="n_people")
    total = serializers.IntegerField(source="n_total")

    class Meta:
        model = InvoiceRun
        fields = ("id", "month", "status", "progress", "invoices", "people", "total")


class InvoiceRowSerializer(serializers.ModelSerializer):
    """An invoice in a list."""

    month = MonthField()
    payer = serializers.CharField(source="payer_name")
    fund_source_name = serializers.CharField(source="fund_source.name")
    village = serializers.CharField(source="village.code", default=None, allow_null=True)
    status = serializers.ChoiceField(choices=["open", "partly_paid", "paid"])
    needs_confirmation = serializers.CharField(
        source="confirmation",
        allow_blank=True,
        help_text="codes of what the branch is to be asked, with blanks between",
    )
    total = serializers.IntegerField()

    class Meta:
        model = Invoice
        fields: tuple[str, ...] = (
            "id",
            "number",
            "month",
            "status",
            "payer",
            "fund_source",
            "fund_source_name",
            "village",
            "segment",
            "people",
            "jkk",
            "jkm",
            "jht",
            "total",
            "paid",
            "due_on",
            "issued_at",
            "needs_confirmation",
        )


class RecapSerializer(serializers.Serializer):
    """One village of an invoice."""

    code = serializers.CharField()
    name = serializers.CharField()
    district = serializers.CharField()
    people = serializers.IntegerField()
    jkk = serializers.IntegerField()
    jkm = serializers.IntegerField()
    jht = serializers.IntegerField()
    total = serializers.IntegerField()


class InvoiceSerializer(InvoiceRowSerializer):
    """An invoice with its recap and what stands behind it."""

    recap = serializers.SerializerMethodField()
    has_budget = serializers.SerializerMethodField()
    exceeds_budget_by = serializers.SerializerMethodField()

    class Meta(InvoiceRowSerializer.Meta):
        fields: tuple[str, ...] = (
            *InvoiceRowSerializer.Meta.fields,
            "recap",
            "has_budget",
            "exceeds_budget_by",
        )

    @extend_schema_field(RecapSerializer(many=True))
    def get_recap(self, invoice: Invoice) -> list[dict]:
        """People and rupiah by village."""
        return list(RecapSerializer(queries.recap(invoice), many=True).data)

    def _backing(self, invoice: Invoice) -> queries.Backing:
        if not hasattr(self, "_found"):
            self._found = queries.backing(invoice)
        return self._found

    def get_has_budget(self, invoice: Invoice) -> bool:
        """Whether a ceiling is recorded for the payer's year."""
        return self._backing(invoice).budget is not None

    def get_exceeds_budget_by(self, invoice: Invoice) -> int:
        """Rupiah beyond the ceiling when bills are counted in order."""
        return self._backing(invoice).exceeded_by


class PaymentInput(serializers.Serializer):
    """A disbursement."""

    sp2d_number = serializers.CharField(max_length=80)
    sp2d_date = serializers.DateField()
    amount = serializers.IntegerField(min_value=1, max_value=10**15)


class PaymentSerializer(serializers.ModelSerializer):
    """A recorded disbursement."""

    class Meta:
        model = Payment
        fields = ("id", "sp2d_number", "sp2d_date", "amount", "recorded_at")


class CeilingInput(serializers.Serializer):
    """The ceilings of the accounts."""

    jkk = serializers.IntegerField(min_value=0, max_value=10**15)
    jkm = serializers.IntegerField(min_value=0, max_value=10**15)
    jht = serializers.IntegerField(
        min_value=0, max_value=10**15, required=False, help_text="left out: none, or as it was"
    )


class RevisionInput(CeilingInput):
    """New ceilings and why."""

    note = serializers.CharField(max_length=160)


class BudgetInput(CeilingInput):
    """A fund source's year."""

    fund_source = serializers.IntegerField()
    year = serializers.IntegerField(min_value=2014, max_value=2100)
    village = serializers.CharField(required=False, allow_null=True, help_text="village code")
    document = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")

    def validate_fund_source(self, value: int) -> FundSource:
        """One of this regency's."""
        found = FundSource.objects.filter(pk=value, active=True).first() if value < 2**63 else None
        if found is None:
            raise serializers.ValidationError(_("Sumber dana ini tidak ada."))
        return found

    def validate_village(self, value: str | None) -> Village | None:
        """A code with or without dots, of this regency."""
        if not value:
            return None
        regency = self.context["regency"]
        code = value.replace(".", "")
        found = Village.objects.filter(regency=regency, code=code, valid_to=None).first()
        if found is None:
            raise serializers.ValidationError(_("Desa ini tidak ada di kabupaten ini."))
        return found


class LineSerializer(serializers.Serializer):
    """One account."""

    component = serializers.CharField()
    account_code = serializers.CharField()
    ceiling = serializers.IntegerField()
    committed = serializers.IntegerField()
    spent = serializers.IntegerField()
    available = serializers.IntegerField()


class BudgetSerializer(serializers.Serializer):
    """A budget, how it stands, and when the money runs out."""

    id = serializers.IntegerField(source="budget.pk")
    fund_source = serializers.IntegerField(source="budget.fund_source_id")
    fund_source_name = serializers.CharField(source="budget.fund_source.name")
    village = serializers.CharField(source="budget.village.code", default=None, allow_null=True)
    year = serializers.IntegerField(source="budget.year")
    document = serializers.CharField(source="budget.document", allow_blank=True)
    lines = LineSerializer(source="standing.lines", many=True)
    ceiling = serializers.IntegerField(source="standing.ceiling")
    committed = serializers.IntegerField(source="standing.committed")
    spent = serializers.IntegerField(source="standing.spent")
    available = serializers.IntegerField(source="standing.available")
    exceeded_by = serializers.IntegerField(source="standing.exceeded_by")
    monthly_bill = serializers.IntegerField(source="monthly")
    first_month_not_covered = MonthField(source="runs_out", allow_null=True)
