"""The list of people whom the branch sent back."""

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags.kj import tanggal
from enrollment.models import BatchRow
from enrollment.tables.lists import SluggedTable


class ReturnedTable(SluggedTable):
    """People whom the branch sent back and who are still without cover."""

    unit = _("orang")
    caption = _("Dikembalikan cabang")
    name = tables.Column(accessor="cadre__name", verbose_name=_("Nama"), order_by="cadre__name_key")
    nik = tables.Column(accessor="cadre__nik_masked", verbose_name="NIK", orderable=False)
    village = tables.Column(accessor="village__name", verbose_name=_("Desa"))
    reason = tables.Column(verbose_name=_("Alasan"))
    batch = tables.Column(accessor="batch__number", verbose_name=_("Pendaftaran"))
    decided_at = tables.Column(verbose_name=_("Dikembalikan"))

    def render_name(self, value: str, record: BatchRow) -> SafeString:
        """The name leads to what to do."""
        return self.link("enrollment:returned_row", record.pk, value)

    def render_village(self, record: BatchRow) -> str:
        """Village and district."""
        return f"{record.village.name}, {record.village.district.name}"

    def render_reason(self, record: BatchRow) -> SafeString:
        """The reason and its text."""
        return format_html(
            '{}<br><span class="muted">{}</span>', record.get_reason_display(), record.reason_text
        )

    def render_decided_at(self, value) -> str:
        """As a day."""
        return tanggal(value)
