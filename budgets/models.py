"""Ceilings, monthly bills and payments, in integer rupiah."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.rule_files import OF_BAND, OF_PAY
from core.history import tracked
from enrollment.models import Segment
from regions.models import TenantModel, Village, tenant_fk


class Component(models.TextChoices):
    """The contributions that a bill splits into, each with an account of its own."""

    JKK = "JKK", _("Jaminan Kecelakaan Kerja")
    JKM = "JKM", _("Jaminan Kematian")
    JHT = "JHT", _("Jaminan Hari Tua")


class ContributionRate(models.Model):
    """What one component costs a person a month, from a month on, with its legal source.

    Either `amount` in rupiah, or `points`, hundredths of a percent: of the base of the income band
    or of the reported pay, as `of` says.
    """

    segment = models.CharField(max_length=3, choices=Segment)
    component = models.CharField(max_length=3, choices=Component)
    amount = models.IntegerField(null=True)
    points = models.SmallIntegerField(null=True)
    of = models.CharField(max_length=4, blank=True, db_default="")
    rounding_confirmed = models.BooleanField(default=True, db_default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "component", "valid_from"], name="budgets_rate_once"
            ),
            models.CheckConstraint(
                name="budgets_rate_positive",
                condition=Q(amount__gt=0, points=None, of="")
                | Q(amount=None, points__gt=0, of__in=(OF_BAND, OF_PAY)),
            ),
        ]


class ContributionBand(models.Model):
    """A band of reported income from a month on: dues are taken of `base`, in rupiah a month."""

    valid_from = models.DateField()
    income_from = models.IntegerField()
    base = models.IntegerField()
    confirmed = models.BooleanField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["valid_from", "income_from"], name="budgets_band_once")
        ]


class ContributionDeadline(models.Model):
    """The day by which a segment pays: `day` of the month `months_later` than the paid one."""

    segment = models.CharField(max_length=3, choices=Segment)
    months_later = models.SmallIntegerField()
    day = models.SmallIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["segment", "valid_from"], name="budgets_deadline_once")
        ]


class ContributionRelief(models.Model):
    """A statutory relief in percent for a span of months; its payers are kinds of fund source."""

    name = models.CharField(max_length=120)
    percent = models.SmallIntegerField()
    segment = models.CharField(max_length=3, choices=Segment)
    sector = models.CharField(max_length=20, default="other")
    valid_from = models.DateField()
    valid_to = models.DateField()
    excluded_payers = models.JSONField(default=list)
    unsettled_payers = models.JSONField(default=list)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "sector"], name="budgets_relief_once")
        ]


@tracked()
class Budget(TenantModel):
    """What a fund source may spend in a year; for village-paid sources one per village."""

    fund_source = tenant_fk("enrollment.FundSource")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    year = models.SmallIntegerField()
    document = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "fund_source", "village", "year"],
                nulls_distinct=False,
                name="budgets_budget_once",
            )
        ]


@tracked()
class BudgetLine(TenantModel):
    """One account of a budget: the JKK, the JKM or, where somebody has it, the JHT account."""

    budget = tenant_fk("budgets.Budget", related_name="lines")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    component = models.CharField(max_length=3, choices=Component)
    account_code = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "budget", "component"], name="budgets_line_once"
            )
        ]


class LedgerEntry(TenantModel):
    """One movement on a budget line, never changed.

    `ceiling` raises or lowers what may be spent, `commit` binds money to an invoice, `spend`
    moves committed money to spent. Available = ceiling - commit.
    """

    class Kind(models.TextChoices):
        CEILING = "ceiling", _("pagu")
        COMMIT = "commit", _("terikat")
        SPEND = "spend", _("terbayar")

    line = tenant_fk("budgets.BudgetLine", related_name="entries")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    amount = models.BigIntegerField()
    invoice = tenant_fk("budgets.Invoice", null=True)
    payment = tenant_fk("budgets.Payment", null=True)
    note = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budgets_entry_positive", condition=Q(kind="ceiling") | Q(amount__gt=0)
            ),
            models.UniqueConstraint(
                fields=["regency", "line", "invoice"],
                condition=Q(kind="commit"),
                name="budgets_entry_commit_once",
            ),
            models.UniqueConstraint(
                fields=["regency", "line", "payment"],
                condition=Q(kind="spend"),
                name="budgets_entry_spend_once",
            ),
        ]
        indexes = [models.Index(fields=["regency", "line", "kind"], name="budgets_entry_line")]


class InvoiceRun(TenantModel):
    """The billing of one contribution month; there is one per month and it may be driven again."""

    month = models.DateField()
    run = models.ForeignKey(
        "core.Run", models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    started_by_id = models.IntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "month"], name="budgets_invoicerun_month"),
            models.CheckConstraint(name="budgets_invoicerun_first", condition=Q(month__day=1)),
        ]


def payment_status(total: int, paid: int) -> str:
    """`open`, `partly_paid` or `paid`, of rupiah asked and paid."""
    if paid >= total:
        return "paid"
    return "partly_paid" if paid else "open"


@tracked()
class Invoice(TenantModel):
    """A bill to one payer for one month and segment, which has its own due date.

    What it says is frozen; `paid` grows with payments.
    """

    number = models.CharField(max_length=60)
    month = models.DateField()
    invoice_run = tenant_fk("budgets.InvoiceRun", related_name="invoices")
    fund_source = tenant_fk("enrollment.FundSource")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    segment = models.CharField(
        max_length=3, choices=Segment, default=Segment.BPU, db_default=Segment.BPU
    )
    people = models.IntegerField(default=0)
    jkk = models.BigIntegerField(default=0)
    jkm = models.BigIntegerField(default=0)
    jht = models.BigIntegerField(default=0, db_default=0)
    total = models.GeneratedField(
        expression=F("jkk") + F("jkm") + F("jht"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    paid = models.BigIntegerField(default=0)
    payer_name = models.CharField(max_length=160)
    confirmation = models.CharField(max_length=60, blank=True)
    due_on = models.DateField()
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regency", "number"], name="budgets_invoice_number"),
            models.CheckConstraint(
                name="budgets_invoice_not_overpaid",
                condition=Q(paid__gte=0) & Q(paid__lte=F("jkk") + F("jkm") + F("jht")),
            ),
        ]
        indexes = [
            models.Index(fields=["regency", "-month", "-id"], name="budgets_invoice_recent"),
            models.Index(fields=["regency", "village", "-month"], name="budgets_invoice_village"),
        ]

    @property
    def status(self) -> str:
        """`open`, `partly_paid` or `paid`."""
        return payment_status(self.total, self.paid)


class InvoiceLine(models.Model):
    """One person on a bill; a person's month is billed once, whatever runs again."""

    pk = models.CompositePrimaryKey("regency_id", "month", "coverage_id")
    regency = models.ForeignKey(
        "regions.Regency", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    month = models.DateField()
    coverage = tenant_fk("enrollment.Coverage", db_index=False)
    invoice = tenant_fk("budgets.Invoice", related_name="lines", db_index=False)
    cadre = tenant_fk("cadres.Cadre", db_index=False)
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    jkk = models.IntegerField()
    jkm = models.IntegerField()
    jht = models.IntegerField(default=0, db_default=0)

    class Meta:
        indexes = [
            models.Index(fields=["regency", "invoice"], name="budgets_invoiceline_invoice"),
            models.Index(fields=["regency", "cadre"], name="budgets_invoiceline_cadre"),
        ]

    @property
    def amount(self) -> int:
        """Rupiah of all components."""
        return self.jkk + self.jkm + self.jht


class Payment(TenantModel):
    """Money that went out for an invoice, proven by its SP2D; never changed."""

    invoice = tenant_fk("budgets.Invoice", related_name="payments")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    sp2d_number = models.CharField(max_length=80)
    sp2d_date = models.DateField()
    amount = models.BigIntegerField()
    recorded_by_id = models.IntegerField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="budgets_payment_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=["regency", "invoice", "sp2d_number"], name="budgets_payment_once"
            ),
        ]
