"""The lists of people with what the rules say, and of exceptions."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cadres.models import Cadre, Category
from core.templatetags.kj import tanggal
from enrollment.eligibility_rules import Rule
from enrollment.eligibility_words import override_state
from enrollment.models import EligibilityOverride
from enrollment.tables.lists import SluggedTable, tag


class CandidateTable(SluggedTable):
    """People who are meant, and what the rules say about each."""

    unit = _("orang")
    caption = _("Siapa yang dapat didaftarkan")
    name = tables.Column(verbose_name=_("Nama"), order_by="name_key")
    nik = tables.Column(accessor="nik_masked", verbose_name="NIK", orderable=False)
    birth_date = tables.Column(verbose_name=_("Lahir"))
    village = tables.Column(accessor="village__name", verbose_name=_("Desa"))
    category = tables.Column(
        accessor="row_category", verbose_name=_("Jenis kader"), orderable=False
    )
    standing = tables.Column(verbose_name=_("Hasil"), orderable=False)
    reasons = tables.Column(
        accessor="refusals", verbose_name=_("Mengapa"), orderable=False, empty_values=()
    )

    def __init__(self, *args: Any, rules: Mapping[str, Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules

    def render_name(self, value: str, record: Cadre) -> SafeString:
        """The name leads to the person."""
        return self.link("cadres:person", record.pk, value)

    def render_birth_date(self, value: dt.date) -> str:
        """As a day."""
        return tanggal(value)

    def render_village(self, record: Cadre) -> str:
        """Village and district."""
        return f"{record.village.name}, {record.village.district.name}"

    def render_category(self, value: str) -> str:
        """In words."""
        return str(Category(value).label)

    def render_standing(self, value: str, record: Any) -> SafeString:
        """As a tag."""
        if value != "eligible":
            return tag("r", _("tidak ikut"))
        return tag("y", _("perlu konfirmasi cabang")) if record.questions else tag("g", _("ikut"))

    def render_reasons(self, record: Any) -> SafeString:
        """Every rule that speaks against the person or was lifted, one under the other."""
        found = [self.rules[code].text for code in (*record.refusals, *record.questions)]
        found += [
            _("Dikecualikan: %(rule)s") % {"rule": self.rules[code].title}
            for code in record.exempted
        ]
        return format_html_join("", "<div>{}</div>", ((each,) for each in found)) or SafeString("–")


class OverrideTable(SluggedTable):
    """Exceptions with how they stand."""

    unit = _("pengecualian")
    caption = _("Pengecualian")
    name = tables.Column(accessor="cadre__name", verbose_name=_("Nama"))
    village = tables.Column(accessor="village__name", verbose_name=_("Desa"))
    code = tables.Column(verbose_name=_("Aturan"), orderable=False)
    status = tables.Column(verbose_name=_("Status"))
    asked_at = tables.Column(verbose_name=_("Diminta"))
    valid_until = tables.Column(verbose_name=_("Berlaku sampai"))

    def __init__(
        self, *args: Any, rules: Mapping[str, Rule], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rules, self.today = rules, today

    def render_name(self, value: str, record: EligibilityOverride) -> SafeString:
        """The name leads to the exception."""
        return self.link("enrollment:override", record.pk, value)

    def render_village(self, record: EligibilityOverride) -> str:
        """Village and district."""
        return f"{record.village.name}, {record.village.district.name}"

    def render_code(self, value: str) -> str:
        """The condition that is lifted."""
        return self.rules[value].title

    def render_status(self, record: EligibilityOverride) -> SafeString:
        """As a tag."""
        return tag(*override_state(record, self.today))

    def render_asked_at(self, value: dt.datetime) -> str:
        """As a day."""
        return tanggal(value)

    def render_valid_until(self, value: dt.date) -> str:
        """As a day."""
        return tanggal(value)
