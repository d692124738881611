"""The list of claims."""

import datetime as dt

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims import words
from claims.models import Claim
from core.templatetags.kj import rupiah, tanggal


class ClaimTable(tables.Table):
    """One row a claim: who, when, what is paid, and what it waits for."""

    unit = _("klaim")
    caption = _("Klaim kematian")

    name = tables.Column(accessor="cadre__name", verbose_name=_("Nama"))
    village = tables.Column(accessor="village__name", verbose_name=_("Desa"))
    died_on = tables.Column(verbose_name=_("Meninggal"))
    status = tables.Column(verbose_name=_("Status"))
    total = tables.Column(verbose_name=_("Manfaat"), attrs={"cell": {"class": "n"}})
    number = tables.Column(verbose_name=_("Nomor klaim"))

    def __init__(self, *args, regency_slug: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.regency_slug = regency_slug

    def render_name(self, value: str, record: Claim) -> SafeString:
        """The name leads to the claim."""
        address = reverse("claims:detail", args=[self.regency_slug, record.pk])
        return format_html('<a href="{}">{}</a>', address, value)

    def render_village(self, record: Claim) -> str:
        """Village and district."""
        return f"{record.village.name}, {record.village.district.name}"

    def render_died_on(self, value: dt.date) -> SafeString:
        """As a day, on one line."""
        return format_html('<span class="num">{}</span>', tanggal(value))

    def render_status(self, record: Claim) -> SafeString:
        """The status in words, with what is missing."""
        text = record.get_status_display()
        waits = record.status == Claim.Status.REPORTED
        if waits and record.missing and record.outcome != Claim.Outcome.NOT_COVERED:
            text = _("kurang %(n)s dokumen") % {"n": record.missing}
        tone = words.TONES[Claim.Status(record.status)]
        return format_html('<span class="tag {}">{}</span>', tone, text)

    def render_total(self, value: int, record: Claim) -> SafeString:
        """The total, and how sure it is."""
        if record.outcome == Claim.Outcome.FULL:
            return format_html("{}", rupiah(value))
        return format_html(
            '<span>{}<br><span class="muted">{}</span></span>',
            rupiah(value),
            record.get_outcome_display(),
        )
