"""Which months of a person were billed and paid; found by name by apps that lie beside this one."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Case,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from budgets import queries
from budgets.models import InvoiceLine, Payment
from core import tenancy


def months_of(cadre_id: int) -> dict[dt.date, bool]:
    """Every billed contribution month of one person, and whether its bill is paid in full.

    The caller has already seen the person. A regency's bill names no village, so it lies
    outside the scope of a village operator: the scope is widened to the regency for this one
    answer, which holds months only.
    """
    with tenancy.whole_regency():
        paid = set(queries.paid_months(cadre_id=cadre_id))
        return {month: month in paid for month in queries.billed_months(cadre_id=cadre_id)}


@dataclass(frozen=True)
class BilledMonth:
    """A person's contribution for one month: the bill it stands on and the money that went out.

    `amounts` are rupiah by component; `payments` the invoice's, oldest first.
    """

    invoice_id: int
    number: str
    issued_at: dt.datetime
    due_on: dt.date
    amounts: dict[str, int]
    paid: bool
    payments: tuple[Payment, ...]


def bill_of(*, cadre_id: int, month: dt.date) -> BilledMonth | None:
    """The bill of one person's month, or None; of a person whom the caller has already seen.

    The scope is widened as in `months_of`.
    """
    with tenancy.whole_regency():
        line = (
            InvoiceLine.objects.filter(cadre_id=cadre_id, month=month)
            .select_related("invoice")
            .order_by("coverage_id")
            .first()
        )
        if line is None:
            return None
        invoice = line.invoice
        return BilledMonth(
            invoice.pk,
            invoice.number,
            invoice.issued_at,
            invoice.due_on,
            {"JKK": line.jkk, "JKM": line.jkm} | ({"JHT": line.jht} if line.jht else {}),
            invoice.paid >= invoice.total,
            tuple(invoice.payments.order_by("sp2d_date", "id")),
        )


def lines() -> QuerySet:
    """Every billed month of everybody in scope as `cadre_id`, `month`, `paid` (in full)."""
    whole = Q(invoice__paid__gte=F("invoice__total"))
    paid = Case(When(whole, then=Value(True)), default=Value(False), output_field=BooleanField())
    return InvoiceLine.objects.order_by().annotate(paid=paid).values("cadre_id", "month", "paid")


@dataclass(frozen=True)
class Standing:
    """Whether a person's month is paid in full, and by when it had to be."""

    paid: bool
    due_on: dt.date


def of_month(month: dt.date, cadre_ids: list[int]) -> dict[int, Standing]:
    """The bills of one month of people whom the caller has already seen; one statement.

    The scope is widened as in `months_of`.
    """
    with tenancy.whole_regency():
        wanted = Func(  # one parameter at any length, which IN is not
            F("cadre_id"),
            Value(cadre_ids, ArrayField(IntegerField())),
            template="(%(expressions)s))",
            arg_joiner=" = ANY(",
            output_field=BooleanField(),
        )
        rows = (
            InvoiceLine.objects.filter(wanted, month=month)
            .order_by("-coverage_id")
            .values_list("cadre_id", "invoice__paid", "invoice__total", "invoice__due_on")
        )
        return {who: Standing(paid >= total, due_on) for who, paid, total, due_on in rows}
