"""Changes to bills, payments and budgets; nothing else writes them."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from budgets import invoicing, ledger, prices
from budgets.models import Budget, BudgetLine, Component, Invoice, InvoiceRun, LedgerEntry, Payment
from budgets.queries import ceilings
from budgets.rule_files import Rules
from core import months, runs
from core.errors import DomainError
from core.formats import rupiah
from core.tenancy import current_regency_id
from enrollment.models import FundSource
from regions.models import Village

DEFAULT_ACCOUNTS = {
    FundSource.Kind.REGENCY_BUDGET: {
        Component.JKK: "5.1.02.02.02.0006",
        Component.JKM: "5.1.02.02.02.0007",
    }
}
"""Accounts for non-ASN contributions (Kepmendagri 050-5889/2021); other sources name their own."""


def start_invoice_run(
    *,
    by: Actor | None,
    month: dt.date,
    rules: Rules | None = None,
    again: bool = True,
    here: bool = False,
) -> InvoiceRun:
    """Bill a contribution month: everybody covered on its first day who is not billed yet.

    There is one InvoiceRun per month. While it runs, and when nobody is left to bill, a second
    call returns it and changes nothing; people covered since get supplementary invoices.
    With `again=False` a month that was ever started stays as it is. `rules` are those read
    before, for many regencies; with `here` the caller drives the run.
    Raises DomainError `month_invalid`, `month_too_late` or `nobody_to_bill`.
    """
    if month.day != 1:
        raise DomainError("month_invalid", _("Bulan iuran ditulis sebagai hari pertamanya."))
    if months.months_between(months.this_month(), month) > 12:
        message = _("Iuran dapat dibayar paling lama 12 bulan di muka.")
        raise DomainError("month_too_late", message, {"month": message})
    locked = InvoiceRun.objects.select_for_update(no_key=True, of=("self",)).select_related("run")
    # Two at once: the second waits here, and then finds the first one's run open.
    invoice_run = locked.filter(month=month).first()
    if invoice_run and (not again or (invoice_run.run and invoice_run.run.is_open)):
        return invoice_run
    rules = rules or prices.read_rules()
    parts = invoicing.plan(month, invoicing.due_in(month, rules), rules)
    if not parts and invoice_run:
        return invoice_run
    if not parts:
        raise DomainError("nobody_to_bill", _("Belum ada peserta yang dapat ditagih bulan ini."))
    if not invoice_run:
        invoice_run = _new_invoice_run(by, month)
        if invoice_run is None:
            return locked.get(month=month)
    invoice_run.run = runs.start(
        invoicing.INVOICING,
        parts,
        plan={"invoice_run": invoice_run.pk, "month": month.isoformat()},
        by=by.id if by else None,
        here=here,
    )
    invoice_run.save(update_fields=["run"])
    facts = {"month": month.isoformat(), "people": invoice_run.run.total}
    record("invoice_run.started", invoice_run, by=by, facts=facts)
    return invoice_run


def _new_invoice_run(by: Actor | None, month: dt.date) -> InvoiceRun | None:
    """The month's one InvoiceRun; None when somebody else has just made it, once they are done."""
    made = InvoiceRun.objects.raw(
        "INSERT INTO budgets_invoicerun (regency_id, month, started_by_id, created_at) "
        "VALUES (%s, %s, %s, now()) ON CONFLICT (regency_id, month) DO NOTHING RETURNING *",
        [current_regency_id(), month, by.id if by else None],
    )
    return next(iter(made), None)


def create_budget(
    *,
    by: Actor | None,
    fund_source: FundSource,
    year: int,
    jkk: int,
    jkm: int,
    jht: int = 0,
    village: Village | None = None,
    document: str = "",
    accounts: dict[str, str] | None = None,
) -> Budget:
    """What a fund source may spend in a year, in rupiah, on the JKK and on the JKM account.

    There is a JHT account where it has a ceiling or a code, or where somebody is billed for JHT.
    A source that bills each village has one budget per village. Bills and payments of that year
    that came first are booked at once. Raises DomainError `budget_exists`, `village_needed` or
    `village_not_needed`.
    """
    by_village = fund_source.billed_to == FundSource.BilledTo.VILLAGE
    if by_village != (village is not None):
        code, message = (
            ("village_needed", _("Sumber dana ini dibayar per desa. Pilih desanya."))
            if by_village
            else ("village_not_needed", _("Sumber dana ini dibayar kabupaten, bukan per desa."))
        )
        raise DomainError(code, message, {"village": message})
    ledger.hold(fund_source.pk)
    place = {"fund_source": fund_source, "village": village, "year": year}
    if Budget.objects.filter(**place).exists():
        message = _("Anggaran sumber dana ini untuk tahun itu sudah ada. Ubah pagunya di sana.")
        raise DomainError("budget_exists", message, {"fund_source": message})
    budget = Budget.objects.create(**place, document=document)
    usual = DEFAULT_ACCOUNTS.get(FundSource.Kind(fund_source.kind), {})
    codes = usual | (accounts or {})
    wanted = {Component.JKK: jkk, Component.JKM: jkm}
    if jht or codes.get(Component.JHT):
        wanted[Component.JHT] = jht
    for component, amount in wanted.items():
        _set_ceiling(_open_line(budget, component, codes.get(component, "")), amount, document)
    ledger.open_jht_accounts(fund_source.pk, year)
    ledger.book(fund_source.pk, year)
    facts = {"year": year, "jkk": jkk, "jkm": jkm}
    _record_ceilings("budget.created", budget, by, facts, jht)
    return budget


def revise_ceiling(
    *, by: Actor | None, budget: Budget, jkk: int, jkm: int, note: str, jht: int | None = None
) -> Budget:
    """Set new ceilings in rupiah; the difference becomes a ledger entry with the note.

    Without `jht` that account stays as it is; with it, it is opened where there is none.
    Raises DomainError `note_needed`, or `ceiling_unchanged` when every ceiling stays.
    """
    if not note.strip():
        message = _("Tulis dasar perubahannya, misalnya nomor DPPA.")
        raise DomainError("note_needed", message, {"note": message})
    ledger.hold(budget.fund_source_id)
    before = ceilings(budget)
    wanted = before | {Component.JKK: jkk, Component.JKM: jkm}
    if jht is not None and (jht or Component.JHT in before):
        wanted[Component.JHT] = jht
    if before == wanted:
        raise DomainError("ceiling_unchanged", _("Pagunya sama dengan yang sudah tercatat."))
    lines = {line.component: line for line in budget.lines.all()}
    for component, ceiling in wanted.items():
        line = lines.get(component) or _open_line(budget, component, "")
        _set_ceiling(line, ceiling - before.get(component, 0), note)
    facts = {"jkk": jkk, "jkm": jkm, "note": note}
    _record_ceilings("budget.revised", budget, by, facts, wanted.get(Component.JHT, 0))
    return budget


def _open_line(budget: Budget, component: str, account_code: str) -> BudgetLine:
    return BudgetLine.objects.create(
        budget=budget,
        village_id=budget.village_id,
        component=component,
        account_code=account_code,
    )


def _record_ceilings(
    kind: str, budget: Budget, by: Actor | None, facts: dict[str, Any], jht: int
) -> None:
    """One event; its sentence names JHT only where there is any."""
    if jht:
        kind, facts = f"{kind}_with_jht", facts | {"jht": jht}
    record(kind, budget, by=by, facts=facts)


def _set_ceiling(line: BudgetLine, difference: int, note: str) -> None:
    if difference:
        LedgerEntry.objects.create(
            line=line,
            village_id=line.village_id,
            kind=LedgerEntry.Kind.CEILING,
            amount=difference,
            note=note[:160],
        )


def record_payment(
    *, by: Actor, invoice: Invoice, sp2d_number: str, sp2d_date: dt.date, amount: int
) -> Payment:
    """Money that went out for an invoice, in rupiah; part payments are allowed.

    The ledger moves bound money to spent money, split between the accounts in the invoice's
    proportion, the last payment taking what is left. Raises DomainError `sp2d_needed`,
    `sp2d_already_recorded`, `date_in_future`, `invoice_paid`, `amount_invalid` or
    `amount_too_high`.
    """
    sp2d_number = " ".join(sp2d_number.split())
    if not sp2d_number:
        _refuse("sp2d_needed", "sp2d_number", _("Tulis nomor SP2D."))
    if sp2d_date > timezone.localdate():
        _refuse("date_in_future", "sp2d_date", _("Tanggal SP2D tidak boleh di masa depan."))
    ledger.hold(invoice.fund_source_id)
    # Two posts at once: the second waits here and then sees what the first has paid.
    invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if Payment.objects.filter(invoice=invoice, sp2d_number__iexact=sp2d_number).exists():
        _refuse(
            "sp2d_already_recorded", "sp2d_number", _("SP2D ini sudah dicatat untuk tagihan ini.")
        )
    outstanding = invoice.total - invoice.paid
    if outstanding <= 0:
        raise DomainError("invoice_paid", _("Tagihan ini sudah lunas."))
    if amount <= 0:
        _refuse("amount_invalid", "amount", _("Jumlahnya harus lebih dari nol."))
    if amount > outstanding:
        text = _("Paling banyak %(rest)s, sisa tagihan ini.") % {"rest": rupiah(outstanding)}
        _refuse("amount_too_high", "amount", text)
    payment = Payment.objects.create(
        invoice=invoice,
        village_id=invoice.village_id,
        sp2d_number=sp2d_number,
        sp2d_date=sp2d_date,
        amount=amount,
        recorded_by_id=by.id,
    )
    invoice.paid += amount
    invoice.save(update_fields=["paid"])
    ledger.book(invoice.fund_source_id, invoice.month.year, invoice_id=invoice.pk)
    facts = {"amount": amount, "sp2d": sp2d_number, "on": sp2d_date.isoformat()}
    record("invoice.paid", invoice, by=by, facts=facts)
    return payment


def _refuse(code: str, field: str, message: str | Promise) -> None:
    raise DomainError(code, message, {field: message})
