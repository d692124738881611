"""The lists of batches, rows, covers, returned people and fund sources."""

from collections.abc import Mapping, Sequence

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags.kj import bulan, ribuan, tanggal
from enrollment.batch_steps import waiting_words
from enrollment.models import BatchRow, Coverage, EnrollmentBatch, FundSource
from enrollment.queries.corrections import Change
from enrollment.terms import brief

NUMBER = {"cell": {"class": "n"}}
WHEN = {"cell": {"class": "when"}}
LINE = {"cell": {"class": "line"}}
BATCH_TONES = {
    "draft": "",
    "submitted": "y",
    "in_review": "y",
    "accepted": "g",
    "partly_accepted": "o",
    "returned": "r",
    "active": "g",
}
ROW_TONES = {"waiting": "y", "accepted": "g", "returned": "r"}


def tag(tone: str, text: object) -> SafeString:
    """A status tag."""
    return format_html('<span class="tag {}">{}</span>', tone, text)


class SluggedTable(tables.Table):
    """A table whose cells link into one regency."""

    def __init__(self, *args, slug: str, **kwargs) -> None:
        kwargs.setdefault("default", "–")
        super().__init__(*args, **kwargs)
        self.slug = slug

    def link(self, name: str, pk: int, text: object) -> SafeString:
        """A link to one object's page."""
        return format_html('<a href="{}">{}</a>', reverse(name, args=[self.slug, pk]), text)


class BatchTable(SluggedTable):
    """Batches with how far the branch is."""

    unit = _("pendaftaran")
    caption = _("Pendaftaran")
    number = tables.Column(verbose_name=_("Nomor"))
    status = tables.Column(verbose_name=_("Status"))
    people = tables.Column(verbose_name=_("Orang"), attrs=NUMBER)
    accepted = tables.Column(verbose_name=_("Diterima"), attrs=NUMBER)
    returned = tables.Column(verbose_name=_("Dikembalikan"), attrs=NUMBER)
    first_month = tables.Column(verbose_name=_("Mulai"))
    fund_source = tables.Column(verbose_name=_("Sumber dana"), order_by="fund_source__name")
    created_at = tables.Column(verbose_name=_("Disusun"))

    def render_number(self, value: str, record: EnrollmentBatch) -> SafeString:
        """The number leads to the batch."""
        return self.link("enrollment:batch", record.pk, value)

    def render_status(self, record: EnrollmentBatch) -> SafeString:
        """As a tag, and for how long the branch has had it."""
        shown = tag(BATCH_TONES[record.status], record.get_status_display())
        waiting = waiting_words(record, timezone.localdate())
        return (
            format_html('{}<br><span class="muted">{}</span>', shown, waiting) if waiting else shown
        )

    def render_people(self, value: int) -> str:
        """With dots."""
        return ribuan(value)

    render_accepted = render_returned = render_people

    def render_first_month(self, value) -> str:
        """As a month."""
        return bulan(value)

    def render_created_at(self, value) -> str:
        """As a day."""
        return tanggal(value)


class RowTable(SluggedTable):
    """People of a batch; a draft carries boxes to take some out."""

    unit = _("orang")
    caption = _("Orang dalam pendaftaran ini")
    selection = tables.Column(
        accessor="pk", verbose_name=_("Pilih"), orderable=False, visible=False
    )
    name = tables.Column(accessor="cadre__name", verbose_name=_("Nama"), order_by="cadre__name_key")
    nik = tables.Column(accessor="cadre__nik_masked", verbose_name="NIK", orderable=False)
    village = tables.Column(accessor="village__name", verbose_name=_("Desa"))
    category = tables.Column(verbose_name=_("Jenis kader"))
    status = tables.Column(verbose_name=_("Status"))
    member_no = tables.Column(
        accessor="member_no_masked", verbose_name=_("Nomor peserta"), orderable=False
    )
    findings = tables.Column(verbose_name=_("Catatan"), orderable=False, empty_values=())
    terms_of: int | None = None  # the draft whose terms may be changed
    changes: Mapping[int, list[Change]] = {}

    def render_category(self, value: str, record: BatchRow) -> SafeString:
        """The kind with segment, work, place and hours; on a draft the way to change them."""
        words = ", ".join(brief(record))
        if self.terms_of is None:
            return format_html('{}<br><span class="muted">{}</span>', value, words)
        address = reverse("enrollment:row_terms", args=[self.slug, self.terms_of, record.pk])
        return format_html(
            '{}<br><span class="muted">{}</span> '
            '<a href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
            value,
            words,
            address,
            _("Ubah"),
            record.cadre.name,
        )

    def render_selection(self, record: BatchRow) -> SafeString:
        """A box that names its person to a screen reader."""
        return format_html(
            '<input type="checkbox" name="pilih" value="{}" aria-label="{}">',
            record.pk,
            record.cadre.name,
        )

    def render_name(self, value: str, record: BatchRow) -> SafeString | str:
        """The name, and whom this person took over from."""
        if not record.replaces_name:
            return value
        whom = _("menggantikan %(name)s") % {"name": record.replaces_name}
        return format_html('{}<br><span class="muted">{}</span>', value, whom)

    def render_village(self, record: BatchRow) -> str:
        """Village and district."""
        return f"{record.village.name}, {record.village.district.name}"

    def render_status(self, record: BatchRow) -> SafeString:
        """As a tag."""
        return tag(ROW_TONES[record.status], record.get_status_display())

    def render_findings(self, record: BatchRow) -> SafeString:
        """What to look at, why it was returned, and what was corrected since."""
        shown = remarks(record)
        if record.status == BatchRow.Status.RETURNED and self.slug:
            address = reverse("enrollment:returned_row", args=[self.slug, record.pk])
            return format_html('{}<br><a href="{}">{}</a>', shown, address, _("Perbaikan"))
        return format_html("{}{}", shown, corrected(record, self.changes.get(record.pk, [])))


def remarks(row: BatchRow) -> SafeString:
    """Findings, the reason of the branch and its text, one under the other."""
    words = [("y", label) for label in row.finding_labels]
    lifted = getattr(row, "exempted", ())
    labels: dict = dict(BatchRow.Finding.choices)
    words += [
        ("b", _("dikecualikan: %(rule)s") % {"rule": labels.get(each, each)}) for each in lifted
    ]
    tags = format_html_join(" ", '<span class="tag {}">{}</span>', words)
    why = row.get_reason_display()
    if row.reason and row.status == BatchRow.Status.WAITING:
        why = _("Pernah dikembalikan: %(why)s") % {"why": why}
    text = ". ".join(str(each) for each in (why, row.reason_text) if each)
    if text:
        return format_html('{} <span class="muted">{}</span>', tags, text)
    return tags or SafeString("–")


def corrected(row: BatchRow, changes: Sequence[Change]) -> SafeString:
    """What a corrected row says to the branch: old and new values, and the note."""
    if row.status != BatchRow.Status.WAITING or not row.corrected_at:
        return SafeString("")
    lines = [f"{each.label}: {each.before} → {each.after}" for each in changes]
    if row.correction_note:
        lines.append(row.correction_note)
    return format_html_join("", '<br><span class="muted">{}</span>', ((line,) for line in lines))


class ReplacedTable(SluggedTable):
    """Covers that run on after somebody else took over the seat."""

    unit = _("orang")
    caption = _("Digantikan dan masih terlindungi")
    name = tables.Column(accessor="cadre__name", verbose_name=_("Nama"), orderable=False)
    village = tables.Column(
        accessor="village__name", verbose_name=_("Desa"), order_by="village__name"
    )
    handed_over_on = tables.Column(verbose_name=_("Digantikan mulai"))
    successor = tables.Column(
        accessor="successor_name", verbose_name=_("Pengganti"), orderable=False
    )
    ends_on = tables.Column(
        verbose_name=_("Perlindungan berakhir"), empty_values=(), orderable=False
    )

    def render_name(self, value: str, record: Coverage) -> SafeString:
        """The name leads to the cover."""
        return self.link("enrollment:coverage", record.pk, value)

    def render_village(self, record: Coverage) -> str:
        """Village and district."""
        return f"{record.village.name}, {record.village.district.name}"

    def render_handed_over_on(self, value) -> str:
        """As a day."""
        return tanggal(value)

    def render_successor(self, value: str, record: Coverage) -> SafeString:
        """The name leads to the person who took over."""
        return self.link("cadres:person", record.successor_id, value)

    def render_ends_on(self, value) -> SafeString | str:
        """The last day, or that nothing ends it yet."""
        return tanggal(value) if value else tag("y", _("belum ditentukan"))


class CoverageTable(SluggedTable):
    """Covers."""

    unit = _("kepesertaan")
    caption = _("Kepesertaan")
    name = tables.Column(accessor="cadre__name", verbose_name=_("Nama"), order_by="cadre__name_key")
    member_no = tables.Column(
        accessor="member_no_masked", verbose_name=_("Nomor peserta"), orderable=False
    )
    village = tables.Column(accessor="village__name", verbose_name=_("Desa"))
    category = tables.Column(verbose_name=_("Jenis kader"), attrs=LINE)
    fund_source = tables.Column(
        verbose_name=_("Sumber dana"), order_by="fund_source__name", attrs=LINE
    )
    starts_on = tables.Column(verbose_name=_("Mulai"), attrs=WHEN)
    ends_on = tables.Column(verbose_name=_("Berakhir"), empty_values=(), attrs=WHEN)

    def render_name(self, value: str, record: Coverage) -> SafeString:
        """The name leads to the cover."""
        return self.link("enrollment:coverage", record.pk, value)

    def render_village(self, record: Coverage) -> str:
        """Village and district."""
        return f"{record.village.name}, {record.village.district.name}"

    def render_starts_on(self, value) -> str:
        """As a day."""
        return tanggal(value)

    def render_ends_on(self, record: Coverage) -> SafeString | str:
        """The last day and its reason, or that it runs."""
        if record.ends_on is None:
            return tag("g", _("berjalan"))
        return format_html("{} ({})", tanggal(record.ends_on), record.get_end_reason_display())


class FundSourceTable(SluggedTable):
    """Fund sources."""

    unit = _("sumber dana")
    caption = _("Sumber dana")
    name = tables.Column(verbose_name=_("Nama"))
    kind = tables.Column(verbose_name=_("Jenis"))
    billed_to = tables.Column(verbose_name=_("Ditagihkan"))
    department = tables.Column(verbose_name=_("Dinas pembayar"))
    people = tables.Column(verbose_name=_("Terlindungi bulan ini"), attrs=NUMBER)
    active = tables.Column(verbose_name=_("Status"))

    def render_name(self, value: str, record: FundSource) -> SafeString:
        """The name leads to the source."""
        return self.link("enrollment:fund_source", record.pk, value)

    def render_people(self, value: int) -> str:
        """With dots."""
        return ribuan(value)

    def render_active(self, value: bool) -> SafeString:
        """In use or not."""
        return tag("g", _("dipakai")) if value else tag("", _("tidak dipakai"))
