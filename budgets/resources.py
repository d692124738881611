"""Lists of invoices, and of the villages and people of one invoice, to take along."""

from django.db.models import QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.roles import Perm
from audit.exporting import Asking, Listed, register
from budgets import queries, words
from budgets.contributions import reasons
from budgets.filters import InvoiceFilter
from budgets.models import Invoice, InvoiceLine, payment_status
from budgets.tables import InvoiceTable, LineTable
from core.exports import Cell, Column, Sheet, month


def find_invoices(asking: Asking) -> tuple[QuerySet, Form]:
    """Invoices, newest first, within the filters."""
    found = InvoiceFilter(asking.GET, queryset=queries.listed())
    return found.qs, found.form


def lines_of(bill: Invoice) -> QuerySet[InvoiceLine]:
    """The people of an invoice by name."""
    lines = bill.lines.select_related("cadre", "village__district")
    return lines.order_by("cadre__name_key", "pk")


def _find_recap(_asking: Asking, invoice_id: int) -> tuple[QuerySet, Form]:
    return queries.recap_rows(get_object_or_404(Invoice, pk=invoice_id)), Form()


def _find_lines(_asking: Asking, invoice_id: int) -> tuple[QuerySet, Form]:
    return lines_of(get_object_or_404(Invoice, pk=invoice_id)), Form()


def _status(total: int, paid: int) -> Cell:
    return str(words.STATUS[payment_status(total, paid)][1])


def _reasons(codes: str) -> Cell:
    return " ".join(str(each) for each in reasons(codes))


class InvoiceSheet(Sheet):
    """One row a bill, in whole rupiah."""

    number = Column(_("Nomor"), "number")
    payer_name = Column(_("Pembayar"), "payer_name")
    fund_source = Column(_("Sumber dana"), "fund_source__name")
    village = Column(_("Desa"), "village__name")
    month = Column(_("Bulan iuran"), "month", show=month)
    segment = Column(_("Segmen"), "segment")
    people = Column(_("Orang"), "people")
    jkk = Column("JKK", "jkk")
    jkm = Column("JKM", "jkm")
    jht = Column("JHT", "jht")
    total = Column(_("Jumlah"), "total")
    paid = Column(_("Terbayar"), "paid")
    status = Column(_("Status"), "total", "paid", show=_status)
    due_on = Column(_("Jatuh tempo"), "due_on")
    confirmation = Column(_("Perlu konfirmasi cabang"), "confirmation", show=_reasons)


class RecapSheet(Sheet):
    """One row a village of an invoice, in whole rupiah."""

    code = Column(_("Kode desa"), "code")
    district = Column(_("Kecamatan"), "district")
    name = Column(_("Desa"), "name")
    people = Column(_("Orang"), "people")
    jkk = Column("JKK", "jkk")
    jkm = Column("JKM", "jkm")
    jht = Column("JHT", "jht")
    total = Column(_("Jumlah"), "total")


class LineSheet(Sheet):
    """One row a person of an invoice, in whole rupiah."""

    name = Column(_("Nama"), "cadre__name")
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    jkk = Column("JKK", "jkk")
    jkm = Column("JKM", "jkm")
    jht = Column("JHT", "jht")
    total = Column(_("Jumlah"), "jkk", "jkm", "jht", show=lambda *parts: sum(parts))


INVOICES = register(
    Listed(
        "tagihan",
        _("daftar tagihan"),
        Perm.INVOICE_VIEW,
        InvoiceSheet,
        find_invoices,
        lambda rows, sort: InvoiceTable(rows, regency_slug="", order_by=sort),
    )
)
RECAP = register(
    Listed("rekap-tagihan", _("rekap tagihan"), Perm.INVOICE_VIEW, RecapSheet, _find_recap)
)
LINES = register(
    Listed(
        "rincian-tagihan",
        _("rincian tagihan"),
        Perm.INVOICE_VIEW,
        LineSheet,
        _find_lines,
        lambda rows, sort: LineTable(rows, order_by=sort),
    )
)
