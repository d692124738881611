"""Lists of invoices and of their lines."""

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from budgets import words
from budgets.models import Invoice, InvoiceLine
from core.templatetags.kj import bulan, ribuan, rupiah, tanggal
from enrollment.models import Segment

NUMBER = {"cell": {"class": "n"}}
WHEN = {"cell": {"class": "when"}}


class InvoiceTable(tables.Table):
    """One row a bill: who pays what until when, and what was paid."""

    unit = _("tagihan")
    caption = _("Tagihan iuran")
    all_to_confirm = False

    number = tables.Column(verbose_name=_("Nomor"))
    payer_name = tables.Column(verbose_name=_("Pembayar"))
    month = tables.Column(verbose_name=_("Bulan iuran"), attrs=WHEN)
    people = tables.Column(verbose_name=_("Orang"), attrs=NUMBER)
    total = tables.Column(verbose_name=_("Jumlah"), attrs=NUMBER)
    status = tables.Column(verbose_name=_("Status"), order_by=("paid",))
    due_on = tables.Column(verbose_name=_("Jatuh tempo"), attrs=WHEN)

    def __init__(self, *args, regency_slug: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.regency_slug = regency_slug

    def render_number(self, value: str, record: Invoice) -> SafeString:
        """The number leads to the invoice."""
        address = reverse("budgets:invoice", args=[self.regency_slug, record.pk])
        return format_html('<a href="{}">{}</a>', address, value)

    def render_payer_name(self, value: str, record: Invoice) -> SafeString:
        """Who pays, from which source; wage earners have a bill of their own."""
        source = record.fund_source.name
        if record.segment == Segment.PU:
            source = f"{source}, {Segment.PU.label}"
        return format_html('<div>{}<br><span class="muted">{}</span></div>', value, source)

    def render_month(self, value) -> str:
        """As a month."""
        return bulan(value)

    def render_people(self, value: int) -> str:
        """With thousands."""
        return ribuan(value)

    def render_total(self, value: int, record: Invoice) -> SafeString:
        """Rupiah, and what was paid of it."""
        if record.status == "partly_paid":
            paid = _("terbayar %(paid)s") % {"paid": rupiah(record.paid)}
            return format_html(
                '<div>{}<br><span class="muted">{}</span></div>', rupiah(value), paid
            )
        return format_html("{}", rupiah(value))

    def render_status(self, record: Invoice) -> SafeString:
        """The status in words, and whether the branch has to confirm it and not every one."""
        tags = [words.STATUS[record.status]]
        if record.status != "paid" and record.due_on < timezone.localdate():
            tags.append(("r", _("lewat jatuh tempo")))
        if record.confirmation and not self.all_to_confirm:
            tags.append(("y", _("perlu konfirmasi cabang")))
        shown = format_html_join(" ", '<span class="tag {}">{}</span>', tags)
        return format_html("<div>{}</div>", shown)

    def render_due_on(self, value) -> str:
        """As a day."""
        return tanggal(value)


class LineTable(tables.Table):
    """One row a person."""

    unit = _("orang")
    caption = _("Rincian per orang")

    name = tables.Column(accessor="cadre__name", verbose_name=_("Nama"))
    village = tables.Column(accessor="village__name", verbose_name=_("Desa"))
    jkk = tables.Column(verbose_name="JKK", attrs=NUMBER)
    jkm = tables.Column(verbose_name="JKM", attrs=NUMBER)
    jht = tables.Column(verbose_name="JHT", attrs=NUMBER)
    total = tables.Column(verbose_name=_("Jumlah"), attrs=NUMBER, empty_values=(), orderable=False)

    def render_village(self, record: InvoiceLine) -> str:
        """Village and district."""
        return f"{record.village.name}, {record.village.district.name}"

    def render_jkk(self, value: int) -> str:
        """Rupiah."""
        return rupiah(value)

    def render_jkm(self, value: int) -> str:
        """Rupiah."""
        return rupiah(value)

    def render_jht(self, value: int) -> str:
        """Rupiah."""
        return rupiah(value)

    def render_total(self, record: InvoiceLine) -> str:
        """All components."""
        return rupiah(record.amount)
