"""Questions about bills and budgets that lists, other apps and the home page ask."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from budgets.models import (
    Budget,
    BudgetLine,
    Invoice,
    InvoiceLine,
    InvoiceRun,
    LedgerEntry,
)
from budgets.outlook import LineStanding, Standing, first_uncovered_month
from core import months


def paid_months(*, cadre_id: int | None = None, coverage_id: int | None = None) -> list[dt.date]:
    """The contribution months of a person or of one coverage whose bill is fully paid, in order."""
    return list(
        _lines_of(cadre_id, coverage_id)
        .filter(invoice__paid__gte=F("invoice__total"))
        .order_by("month")
        .values_list("month", flat=True)
        .distinct()
    )


def billed_months(*, cadre_id: int | None = None, coverage_id: int | None = None) -> list[dt.date]:
    """The contribution months of a person (or of one coverage) that were billed, in order."""
    found = _lines_of(cadre_id, coverage_id).order_by("month")
    return list(found.values_list("month", flat=True).distinct())


def _lines_of(cadre_id: int | None, coverage_id: int | None) -> QuerySet[InvoiceLine]:
    if (cadre_id is None) == (coverage_id is None):
        raise ValueError("name the cadre or the coverage")
    if coverage_id is not None:
        return InvoiceLine.objects.filter(coverage_id=coverage_id)
    return InvoiceLine.objects.filter(cadre_id=cadre_id)


def contributions_of(cadre_id: int) -> QuerySet[InvoiceLine]:
    """A person's billed months with their invoices, newest first."""
    return (
        InvoiceLine.objects.filter(cadre_id=cadre_id)
        .select_related("invoice", "invoice__fund_source")
        .order_by("-month")
    )


def ceilings(budget: Budget) -> dict[str, int]:
    """The present ceiling of each account of a budget in rupiah."""
    return {line.component: line.ceiling for line in standing(budget).lines}


def standing(budget: Budget) -> Standing:
    """How one budget stands."""
    return standings([budget])[budget.pk]


def standings(budgets: Iterable[Budget]) -> dict[int, Standing]:
    """How budgets stand, by id; one statement for all of them."""
    found: dict[int, list[LineStanding]] = {budget.pk: [] for budget in budgets}
    for budget, line in _standing_lines(Q(budget_id__in=found)):
        found[budget.pk].append(line)
    return {pk: Standing(tuple(each)) for pk, each in found.items()}


def _standing_lines(wanted: Q) -> list[tuple[Budget, LineStanding]]:
    """How each account stands, with its budget; one statement."""

    def summed(kind: str) -> Coalesce:
        return Coalesce(Sum("entries__amount", filter=Q(entries__kind=kind)), 0)

    lines = BudgetLine.objects.filter(wanted).annotate(
        **{kind: summed(kind) for kind in LedgerEntry.Kind.values}
    )
    return [
        (
            line.budget,
            LineStanding(line.component, line.account_code, line.ceiling, line.commit, line.spend),
        )
        for line in lines.select_related("budget").order_by("pk")  # JHT is opened after the others
    ]


def listed() -> QuerySet[Invoice]:
    """Invoices with what lists show of them, newest first."""
    return Invoice.objects.select_related("fund_source", "village__district").order_by(
        "-month", "-id"
    )


def runs_listed() -> QuerySet[InvoiceRun]:
    """Billed months, newest first, with the number of invoices, people and rupiah."""
    return (
        InvoiceRun.objects.select_related("run")
        .annotate(
            n_invoices=Count("invoices"),
            n_people=Coalesce(Sum("invoices__people"), 0),
            n_total=Coalesce(Sum("invoices__total"), 0),
        )
        .order_by("-month")
    )


def recap_rows(invoice: Invoice) -> QuerySet:
    """People and rupiah of an invoice by village, by district and name."""
    return (
        invoice.lines.order_by()
        .values(
            code=F("village__code"), name=F("village__name"), district=F("village__district__name")
        )
        .annotate(people=Count("coverage_id"), jkk=Sum("jkk"), jkm=Sum("jkm"), jht=Sum("jht"))
        .annotate(total=F("jkk") + F("jkm") + F("jht"))
        .order_by("district", "name", "code")
    )


def recap(invoice: Invoice) -> list[dict]:
    """As `recap_rows`, read."""
    return list(recap_rows(invoice))


@dataclass(frozen=True)
class Backing:
    """What stands behind an invoice: its budget, and by how much rupiah it goes beyond it."""

    budget: Budget | None
    exceeded_by: int = 0


def backing(invoice: Invoice) -> Backing:
    """The budget of an invoice, and what this invoice lacked when bills are counted in order."""
    budget = Budget.objects.filter(
        fund_source_id=invoice.fund_source_id,
        village_id=invoice.village_id,
        year=invoice.month.year,
    ).first()
    if budget is None:
        return Backing(None)
    lacking = 0
    for line in standing(budget).lines:
        bound = LedgerEntry.objects.filter(
            line__budget=budget, line__component=line.component, kind=LedgerEntry.Kind.COMMIT
        )
        until = bound.filter(invoice_id__lte=invoice.pk).aggregate(n=Sum("amount"))["n"] or 0
        lacking += max(0, min(until - line.ceiling, getattr(invoice, line.component.lower())))
    return Backing(budget, lacking)


def last_bills(year: int) -> dict[tuple[int, int | None], tuple[dt.date, dict[str, int]]]:
    """The latest billed month of each payer in a year: (month, rupiah by component)."""
    found: dict = {}
    for row in (
        Invoice.objects.filter(month__year=year)
        .values("fund_source_id", "village_id", "month")
        .annotate(jkk=Sum("jkk"), jkm=Sum("jkm"), jht=Sum("jht"))
        .order_by("month")
    ):
        place = (row["fund_source_id"], row["village_id"])
        bill = {"JKK": row["jkk"], "JKM": row["jkm"], "JHT": row["jht"]}
        found[place] = (row["month"], bill)
    return found


@dataclass(frozen=True)
class BudgetRow:
    """A budget with how it stands, its present monthly bill, and when the money runs out."""

    budget: Budget
    standing: Standing
    monthly: int
    runs_out: dt.date | None

    @property
    def bar(self) -> list[tuple[int, str]]:
        """Spent and bound, for a bar; the rest is left."""
        state = self.standing
        return [(state.spent, "g"), (state.committed, "y")]

    @property
    def bar_total(self) -> int:
        """The whole of the bar: the ceiling, or the bills where they exceed it."""
        return max(self.standing.ceiling, self.standing.billed)


def budget_rows(budgets: Iterable[Budget]) -> list[BudgetRow]:
    """Budgets with their standing; two statements and one for each year among them."""
    budgets = list(budgets)
    stands = standings(budgets)
    bills = {year: last_bills(year) for year in {budget.year for budget in budgets}}
    rows = []
    for budget in budgets:
        state = stands[budget.pk]
        month, bill = bills[budget.year].get((budget.fund_source_id, budget.village_id), (None, {}))
        lines = {
            line.component: (line.available, bill.get(line.component, 0)) for line in state.lines
        }
        out = first_uncovered_month(month, budget.year, lines) if month else None
        rows.append(BudgetRow(budget, state, sum(bill.values()), out))
    return rows


def payers_without_budget(year: int) -> list[dict]:
    """Fund sources that were billed in a year without a budget: name, places, rupiah."""
    return _unbacked(year, Budget.objects.filter(year=year))


def _unbacked(year: int, budgets: Iterable[Budget]) -> list[dict]:
    with_budget = {(each.fund_source_id, each.village_id) for each in budgets}
    found: dict[str, dict] = {}
    for row in (
        Invoice.objects.filter(month__year=year)
        .values("fund_source_id", "fund_source__name", "village_id")
        .annotate(rupiah=Sum("total"))
        .order_by("fund_source__name")
    ):
        if (row["fund_source_id"], row["village_id"]) in with_budget:
            continue
        each = found.setdefault(
            row["fund_source__name"],
            {"name": row["fund_source__name"], "places": 0, "total": 0},
        )
        each["places"] += 1
        each["total"] += row["rupiah"]
    return list(found.values())


@dataclass(frozen=True)
class Figures:
    """What the home page says about money, in rupiah."""

    month: dt.date
    billed: int
    paid: int
    people: int
    invoices: int
    overdue: int
    overdue_people: int
    overdue_rest: int
    ceiling: int
    available: int
    exceeded_by: int
    without_budget: int

    @property
    def outstanding(self) -> int:
        """What the month's bills still lack."""
        return self.billed - self.paid


def figures(month: dt.date | None = None) -> Figures:
    """The bill of a month (the present one), what is overdue, and the budgets of its year.

    Three statements.
    """
    month = month or months.this_month()
    of_month = Q(month=month)
    late = Q(paid__lt=F("total"), due_on__lt=timezone.localdate())

    def summed(what: str | Combinable, where: Q) -> Coalesce:
        return Coalesce(Sum(what, filter=where), 0)

    bill = Invoice.objects.filter(of_month | late).aggregate(
        billed=summed("total", of_month),
        paid_sum=summed("paid", of_month),
        heads=summed("people", of_month),
        n=Count("pk", filter=of_month),
        late=Count("pk", filter=late),
        late_people=summed("people", late),
        late_rest=summed(F("total") - F("paid"), late),
    )
    lines = _standing_lines(Q(budget__year=month.year))
    stands = [line for _budget, line in lines]
    unbacked = _unbacked(month.year, [budget for budget, _line in lines])
    return Figures(
        month=month,
        billed=bill["billed"],
        paid=bill["paid_sum"],
        people=bill["heads"],
        invoices=bill["n"],
        overdue=bill["late"],
        overdue_people=bill["late_people"],
        overdue_rest=bill["late_rest"],
        ceiling=sum(each.ceiling for each in stands),
        available=sum(each.available for each in stands),
        exceeded_by=sum(each.exceeded_by for each in stands),
        without_budget=sum(each["places"] for each in unbacked),
    )
