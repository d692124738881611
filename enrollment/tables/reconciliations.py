"""The lists of reconciliations, of differences, and of questions to the branch."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags.kj import bulan, ribuan, rupiah, tanggal
from enrollment.models import Reconciliation, ReconciliationDifference
from enrollment.reconciliation.wording import WAYS
from enrollment.tables.lists import NUMBER, SluggedTable, tag

TONES = {
    Reconciliation.Status.READING: "y",
    Reconciliation.Status.MAPPING: "y",
    Reconciliation.Status.REFUSED: "r",
    Reconciliation.Status.OPEN: "b",
    Reconciliation.Status.CLOSED: "g",
    Reconciliation.Status.WITHDRAWN: "",
}


def state_of(difference: ReconciliationDifference) -> tuple[str, Any]:
    """The tone and the words of where a difference stands."""
    if difference.settlement:
        return "g", WAYS[difference.settlement]
    if difference.answer:
        return "b", _("dijawab cabang")
    if difference.query:
        return "y", _("menunggu jawaban cabang")
    return "r", _("belum selesai")


def name_of(difference: ReconciliationDifference) -> str:
    """The name on our side, else as the list writes it, else that it names nobody."""
    if difference.cadre:
        return difference.cadre.name
    return (difference.row.name if difference.row else "") or str(_("tanpa nama"))


class ReconciliationTable(SluggedTable):
    """Reconciliations, newest month first."""

    unit = _("rekonsiliasi")
    caption = _("Rekonsiliasi")
    number = tables.Column(verbose_name=_("Nomor"))
    month = tables.Column(verbose_name=_("Bulan iuran"))
    kind = tables.Column(verbose_name=_("Jenis daftar"))
    fund_source = tables.Column(verbose_name=_("Pembayar"), order_by="fund_source__name")
    status = tables.Column(verbose_name=_("Keadaan"))
    all_differences = tables.Column(verbose_name=_("Selisih"), attrs=NUMBER)
    open_differences = tables.Column(verbose_name=_("Belum selesai"), attrs=NUMBER)
    uploaded_at = tables.Column(verbose_name=_("Diunggah"))

    def render_number(self, value: str, record: Reconciliation) -> SafeString:
        """The number leads to the reconciliation."""
        return self.link("enrollment:reconciliation", record.pk, value)

    def render_month(self, value) -> str:
        """As a month."""
        return bulan(value)

    def render_status(self, record: Reconciliation) -> SafeString:
        """As a tag."""
        return tag(TONES[Reconciliation.Status(record.status)], record.get_status_display())

    def render_all_differences(self, value: int) -> str:
        """With dots."""
        return ribuan(value)

    render_open_differences = render_all_differences

    def render_uploaded_at(self, value) -> str:
        """As a day."""
        return tanggal(value)


class DifferenceTable(SluggedTable):
    """People of one class; while the reconciliation is open they can be chosen."""

    unit = _("orang")
    caption = _("Selisih")
    selection = tables.Column(
        accessor="pk", verbose_name=_("Pilih"), orderable=False, visible=False
    )
    name = tables.Column(
        accessor="pk", verbose_name=_("Nama"), order_by=("cadre__name_key", "row__name_key")
    )
    nik = tables.Column(accessor="pk", verbose_name="NIK", orderable=False)
    village = tables.Column(
        accessor="village__name", verbose_name=_("Desa"), order_by="village__name"
    )
    line = tables.Column(accessor="row__line", verbose_name=_("Baris"), attrs=NUMBER)
    expected = tables.Column(verbose_name=_("Iuran kita"), attrs=NUMBER)
    billed = tables.Column(verbose_name=_("Iuran BPJS"), attrs=NUMBER)
    state = tables.Column(accessor="settlement", verbose_name=_("Keadaan"), empty_values=())

    def render_selection(self, record: ReconciliationDifference) -> SafeString:
        """A box that names its person to a screen reader; none where all is settled."""
        if record.settlement:
            return SafeString("")
        return format_html(
            '<input type="checkbox" name="pilih" value="{}" aria-label="{}">',
            record.pk,
            name_of(record),
        )

    def render_name(self, record: ReconciliationDifference) -> SafeString:
        """The name leads to the difference."""
        return self.link("enrollment:difference", record.pk, name_of(record))

    def render_nik(self, record: ReconciliationDifference) -> str:
        """Masked, of our side, else of the list."""
        if record.cadre:
            return record.cadre.nik_masked
        return (record.row.nik_masked if record.row else "") or "–"

    def render_village(self, record: ReconciliationDifference) -> str:
        """Village and district."""
        return f"{record.village.name}, {record.village.district.name}"

    def render_expected(self, value: int) -> str:
        """Rupiah."""
        return rupiah(value)

    render_billed = render_expected

    def render_state(self, record: ReconciliationDifference) -> SafeString:
        """As a tag, with the reason of a settlement."""
        tone, words = state_of(record)
        shown = tag(tone, words)
        if record.settlement:
            return format_html('{} <span class="muted">{}</span>', shown, record.reason)
        return shown


class QueryTable(SluggedTable):
    """Questions that wait for the branch."""

    unit = _("pertanyaan")
    caption = _("Pertanyaan untuk cabang")
    name = tables.Column(accessor="pk", verbose_name=_("Nama"), orderable=False)
    kind = tables.Column(verbose_name=_("Golongan"))
    query = tables.Column(verbose_name=_("Pertanyaan"), orderable=False)
    month = tables.Column(
        accessor="reconciliation__month",
        verbose_name=_("Bulan iuran"),
        order_by="reconciliation__month",
    )
    asked_at = tables.Column(verbose_name=_("Ditanyakan"))

    render_name = DifferenceTable.render_name

    def render_month(self, value) -> str:
        """As a month."""
        return bulan(value)

    def render_asked_at(self, value) -> str:
        """As a day."""
        return tanggal(value)
