"""The list of agreements."""

import datetime as dt

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.templatetags.kj import ribuan, tanggal
from enrollment.models import Agreement
from enrollment.tables.lists import NUMBER, SluggedTable, tag
from enrollment.validity import Standing, validity


def standing_tag(agreement: Agreement, today: dt.date) -> tuple[str, str]:
    """Tone and words of how an agreement stands."""
    found = validity(agreement.valid_from, agreement.valid_until, agreement.ended_on, today)
    if found.standing == Standing.ENDING:
        days = found.days or 0
        words = ngettext("berakhir dalam %(days)s hari", "berakhir dalam %(days)s hari", days)
        return "y", words % {"days": days}
    return {
        Standing.COMING: ("b", str(_("belum berlaku"))),
        Standing.VALID: ("g", str(_("berlaku"))),
        Standing.OVER: ("r", str(_("berakhir"))),
        Standing.ENDED: ("r", str(_("diakhiri"))),
    }[found.standing]


class AgreementTable(SluggedTable):
    """MoU and PKS with how long each holds and who is covered under it."""

    unit = _("perjanjian")
    caption = _("Perjanjian")
    number = tables.Column(verbose_name=_("Nomor"))
    standing = tables.Column(
        accessor="last_day", verbose_name=_("Status"), order_by=("last_day", "id")
    )
    title = tables.Column(verbose_name=_("Tentang"))
    party = tables.Column(verbose_name=_("Pihak"))
    valid_until = tables.Column(
        accessor="last_day", verbose_name=_("Berlaku sampai"), order_by=("last_day", "id")
    )
    covered = tables.Column(
        verbose_name=_("Terlindungi"), attrs=NUMBER, orderable=False, empty_values=()
    )

    def __init__(self, *args, today: dt.date, covered: dict[int, int] | None = None, **kw) -> None:
        super().__init__(*args, **kw)
        self.today, self.people = today, covered or {}

    def render_number(self, value: str, record: Agreement) -> SafeString:
        """The number leads to the agreement."""
        return self.link("enrollment:agreement", record.pk, value)

    def render_standing(self, record: Agreement) -> SafeString:
        """As a tag."""
        return tag(*standing_tag(record, self.today))

    def render_party(self, value: str, record: Agreement) -> SafeString | str:
        """Who, and for which village alone."""
        if record.village is None:
            return value
        return format_html('{}<br><span class="muted">{}</span>', value, record.village.full_name)

    def render_valid_until(self, value: dt.date) -> str:
        """As a day."""
        return tanggal(value)

    def render_covered(self, record: Agreement) -> str:
        """People covered today, of how many."""
        people = ribuan(self.people.get(record.pk, 0))
        return f"{people} / {ribuan(record.quota)}" if record.quota else people
