"""The table of people."""

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cadres.models import Cadre, Category
from core.templatetags.kj import tanggal


class PeopleTable(tables.Table):
    """Name, masked NIK, place and service of people."""

    name = tables.Column(verbose_name=_("Nama"), order_by=("name_key", "id"))
    nik = tables.Column(accessor="nik_masked", verbose_name=_("NIK"), orderable=False)
    village = tables.Column(
        accessor="village__name",
        verbose_name=_("Desa"),
        order_by=("village__name", "name_key", "id"),
    )
    posyandu = tables.Column(accessor="posyandu_name", verbose_name=_("Posyandu"), orderable=False)
    category = tables.Column(verbose_name=_("Jenis"), orderable=False)
    birth_date = tables.Column(verbose_name=_("Tanggal lahir"), orderable=False)

    class Meta:
        fields = ("name", "nik", "village", "posyandu", "category", "birth_date")
        order_by = ("name",)

    def __init__(self, *args, person_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.person_url = person_url

    def render_name(self, record: Cadre):
        """The name leads to the person's page."""
        mark = _(" (meninggal)") if record.died_on else ""
        return format_html('<a href="{}">{}</a>{}', self.person_url(record.pk), record.name, mark)

    def render_village(self, record: Cadre):
        """Village and district."""
        return format_html("{}, {}", record.village.name, record.village.district.name)

    def render_category(self, value: str):
        """The kind in words."""
        return Category(value).label if value else ""

    def render_birth_date(self, value):
        """`12 Mar 1985`."""
        return tanggal(value)
