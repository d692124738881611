"""Tables of villages: the age of their rosters, and their places under a quota."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cadres.queries import VillageQuota
from cadres.queries.places import VillageState
from core.formats import EN_DASH
from core.templatetags.kj import ribuan, tanggal

NUMBER = {"cell": {"class": "n"}}


class VillageTable(tables.Table):
    """Villages with the status and age of their rosters."""

    unit = _("desa")
    caption = _("Daftar desa")
    empty_title = _("Belum ada desa")
    village = tables.Column(
        accessor="village__name", verbose_name=_("Desa"), order_by="village__name"
    )
    district = tables.Column(
        accessor="village__district__name",
        verbose_name=_("Kecamatan"),
        order_by=("village__district__name", "village__name"),
    )
    status = tables.Column(accessor="label", verbose_name=_("Status daftar"), order_by="status")
    last = tables.Column(verbose_name=_("Daftar terakhir"), order_by="days")
    people = tables.Column(verbose_name=_("Kader"), attrs=NUMBER)

    def __init__(self, *args, slug: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.slug = slug

    def render_village(self, record: VillageState) -> SafeString:
        """The name leads to the village."""
        url = reverse("cadres:village", args=[self.slug, record.village.code])
        return format_html('<a href="{}">{}</a>', url, record.village.full_name)

    def render_status(self, record: VillageState) -> SafeString:
        """A tag; a roster on its way is one step away."""
        mark = format_html('<span class="tag {}">{}</span>', record.tone, record.label)
        if record.waiting_id is None:
            return mark
        url = reverse("cadres:roster", args=[self.slug, record.waiting_id])
        return format_html('{} <a href="{}">{}</a>', mark, url, _("lihat"))

    def render_last(self, record: VillageState) -> str:
        """The day, and how long ago that was."""
        if not record.days:
            return _("%(day)s, hari ini") % {"day": tanggal(record.last)}
        return _("%(day)s, %(days)s hari") % {
            "day": tanggal(record.last),
            "days": ribuan(record.days),
        }

    def render_people(self, value: int) -> str:
        """With dots."""
        return ribuan(value)


class PosyanduTable(tables.Table):
    """Posyandu with their people, seats and decree."""

    unit = _("posyandu")
    caption = _("Daftar posyandu")
    empty_title = _("Belum ada posyandu")
    empty_text = _("Posyandu tercatat dari daftar kader yang diunggah.")
    name = tables.Column(verbose_name=_("Posyandu"), order_by=("name_key", "village__code", "id"))
    village = tables.Column(
        accessor="village__name",
        verbose_name=_("Desa"),
        order_by=("village__name", "name_key", "id"),
    )
    seats = tables.Column(
        accessor="over", verbose_name=_("Kursi"), order_by=("-over", "-free", "village__code", "id")
    )
    serving = tables.Column(
        verbose_name=_("Orang"), attrs=NUMBER, order_by=("serving", "village__code", "id")
    )
    decree = tables.Column(
        accessor="decree_number", verbose_name=_("SK"), orderable=False, empty_values=(None,)
    )

    def __init__(self, *args, slug: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.slug = slug

    def render_name(self, record: Any) -> SafeString:
        """The name leads to the posyandu."""
        url = reverse("cadres:posyandu", args=[self.slug, record.pk])
        return format_html('<a href="{}">{}</a>', url, record.name)

    def render_village(self, record: Any) -> str:
        """Village and district."""
        return f"{record.village.name}, {record.village.district.name}"

    def render_seats(self, record: Any) -> SafeString:
        """How many seats are taken, and what is wrong with them."""
        told = _("%(filled)s dari %(funded)s kursi") % {
            "filled": ribuan(record.filled),
            "funded": ribuan(record.funded),
        }
        if record.over:
            tone, words = "r", str(_("%(n)s di luar kursi")) % {"n": ribuan(record.over)}
        elif record.free:
            tone, words = "y", str(_("%(n)s kosong")) % {"n": ribuan(record.free)}
        else:
            tone, words = "g", str(_("penuh"))
        return format_html('<div>{} <span class="tag {}">{}</span></div>', told, tone, words)

    def render_serving(self, value: int) -> str:
        """With dots."""
        return ribuan(value)

    def render_decree(self, record: Any) -> str:
        """Number and day, or a dash."""
        if not record.decree_number:
            return EN_DASH
        day = f", {tanggal(record.decree_date)}" if record.decree_date else ""
        return f"{record.decree_number}{day}"


class QuotaVillageTable(tables.Table):
    """Villages under a quota."""

    unit = _("desa")
    caption = _("Desa dalam kuota ini")
    village = tables.Column(
        accessor="village__name", verbose_name=_("Desa"), order_by="village__name"
    )
    district = tables.Column(
        accessor="village__district__name",
        verbose_name=_("Kecamatan"),
        order_by=("village__district__name", "village__name"),
    )
    places = tables.Column(verbose_name=_("Kuota"), attrs=NUMBER)
    inside = tables.Column(verbose_name=_("Terisi"), attrs=NUMBER)
    outside = tables.Column(verbose_name=_("Di luar kuota"), attrs=NUMBER)
    free = tables.Column(verbose_name=_("Kosong"), attrs=NUMBER)
    waiting = tables.Column(verbose_name=_("Menunggu"), attrs=NUMBER)

    def __init__(self, *args, slug: str, quota_id: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.slug, self.quota_id = slug, quota_id

    def render_village(self, record: VillageQuota) -> SafeString:
        """The name leads to the list of the village."""
        url = reverse("cadres:quota_village", args=[self.slug, self.quota_id, record.village.code])
        return format_html('<a href="{}">{}</a>', url, record.village.full_name)

    def render_places(self, record: VillageQuota) -> str:
        """The number; a star marks a village with its own."""
        return f"{ribuan(record.places)}*" if record.own else ribuan(record.places)

    def render_inside(self, record: VillageQuota) -> SafeString | str:
        """The number; more than the places is marked."""
        if not record.over:
            return ribuan(record.inside)
        return format_html('<span class="tag r">{}</span>', ribuan(record.inside))

    def render_free(self, value: int) -> str:
        """With dots."""
        return ribuan(value)

    render_waiting = render_outside = render_free
