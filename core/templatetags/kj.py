"""Template filters and tags of the product: `{% load kj %}`.

Filters accept None and empty values and show an en dash, so that templates need no `if`.
"""

from datetime import datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core import charts, formats
from core.icons import ICONS

register = template.Library()


def _missing(value: object) -> bool:
    return value is None or value == ""


@register.filter
def rupiah(value) -> str:
    """Whole rupiah: `{{ 1234567|rupiah }}` -> `Rp1.234.567`."""
    return formats.EN_DASH if _missing(value) else formats.rupiah(int(value))


@register.filter
def rupiah_singkat(value) -> str:
    """Rounded rupiah for headings: `Rp193,2 jt`."""
    return formats.EN_DASH if _missing(value) else formats.rupiah_short(int(value))


@register.filter
def ribuan(value) -> str:
    """A count: `{{ 11498|ribuan }}` -> `11.498`."""
    return formats.EN_DASH if _missing(value) else formats.thousands(int(value))


@register.filter
def persen_dari(part, whole) -> str:
    """A share: `{{ covered|persen_dari:total }}` -> `99,3%`."""
    if _missing(part) or _missing(whole):
        return formats.EN_DASH
    return formats.percent(part, whole)


def _local(value):
    """The date of a moment depends on the regency's zone, which the request has activated."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def tanggal(value) -> str:
    """`22 Nov 2026`."""
    return formats.EN_DASH if _missing(value) else formats.day(_local(value), get_language())


@register.filter
def tanggal_panjang(value) -> str:
    """`22 November 2026`."""
    return formats.EN_DASH if _missing(value) else formats.long_day(_local(value), get_language())


@register.filter
def hari_tanggal(value) -> str:
    """`Minggu, 22 November 2026`."""
    if _missing(value):
        return formats.EN_DASH
    return formats.long_day(_local(value), get_language(), weekday=True)


@register.filter
def waktu(value) -> str:
    """`12 Sep 2024, 10.15 WITA` in the zone of the regency."""
    return formats.EN_DASH if _missing(value) else formats.moment(_local(value), get_language())


@register.filter
def jam(value) -> str:
    """`10.15 WITA`."""
    return formats.EN_DASH if _missing(value) else formats.clock(_local(value))


@register.filter
def bulan(value) -> str:
    """`November 2026`."""
    return formats.EN_DASH if _missing(value) else formats.month(value, get_language())


@register.filter
def bulan_singkat(value) -> str:
    """`Nov 2026`."""
    return formats.EN_DASH if _missing(value) else formats.short_month(value, get_language())


@register.filter
def nik_mask(value) -> str:
    """`3510 •••• •••• 0012`."""
    return formats.EN_DASH if _missing(value) else formats.mask_nik(value)


@register.filter
def nik_full(value) -> str:
    """A revealed NIK in groups of four; only on the page that asked for a reason."""
    return formats.EN_DASH if _missing(value) else formats.group_nik(value)


@register.filter
def kpj_mask(value) -> str:
    """`2408•••••12`."""
    return formats.EN_DASH if _missing(value) else formats.mask_kpj(value)


@register.filter
def inisial(value) -> str:
    """`S. W.`"""
    return formats.EN_DASH if _missing(value) else formats.initials(value)


@register.filter
def ukuran_berkas(value) -> str:
    """`2 KB`, `1,5 MB`."""
    return formats.EN_DASH if _missing(value) else formats.file_size(int(value))


@register.filter
def lama(seconds) -> str:
    """Time left: `2 menit`."""
    return formats.EN_DASH if _missing(seconds) else formats.duration(seconds, get_language())


@register.filter
def sparkline(values, colour="green") -> SafeString:
    """A small line without axes from a list of numbers."""
    return charts.sparkline(values, colour=colour)


@register.filter
def bar_parts(parts, total=None) -> SafeString:
    """A thin stacked bar from `[(value, "g"), (value, "y")]` and its total."""
    return charts.thin_bar(parts, total)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """A single checkbox stands before its label."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not getattr(
        field.field.widget, "allow_multiple_selected", False
    )


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """A decorative icon; the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 16 16" fill="currentColor"'
        ' aria-hidden="true" focusable="false"><path d="{1}"/></svg>',
        size,
        ICONS[name],
    )


def _read_static(path: str) -> str:
    found = finders.find(path)
    if not found:
        raise ImproperlyConfigured(f"static/{path} is missing; run `make css`")
    with open(found, encoding="utf-8") as source:
        return source.read()


_read_static_once = lru_cache(maxsize=8)(_read_static)


@register.simple_tag(takes_context=True)
def inline_styles(context) -> SafeString:
    """The whole stylesheet inside the page, for pages that a phone opens cold."""
    read = _read_static if settings.DEBUG else _read_static_once
    nonce = getattr(context.get("request"), "csp_nonce", "")
    sheet = mark_safe(read("css/kj.css"))  # noqa: S308 - our own stylesheet
    return format_html('<style nonce="{}">{}</style>', nonce, sheet)


@register.simple_tag
def pdf_styles() -> SafeString:
    """The stylesheet of papers; the bundled fonts are named by file, so no network is needed."""
    css = _read_static_once("css/pdf.css").replace("../fonts", f"file://{finders.find('fonts')}")
    return format_html("<style>{}</style>", mark_safe(css))  # noqa: S308 - our own stylesheet


NOTICES = {
    "g": {"letter": "g", "icon": "check-circle-fill"},
    "y": {"letter": "y", "icon": "exclamation-triangle-fill"},
    "r": {"letter": "r", "icon": "x-octagon-fill"},
    "b": {"letter": "b", "icon": "info-circle-fill"},
}
LEVELS = {"success": "g", "warning": "y", "error": "r", "info": "b", "debug": "b"}


@register.filter
def notice_kind(tone: str) -> dict[str, str]:
    """Letter and icon of a notice, from a tone letter or a level of django.contrib.messages."""
    return NOTICES.get(LEVELS.get(tone, tone), NOTICES["b"])


@register.simple_tag(takes_context=True)
def page_query(context, number: int, param: str = "page") -> str:
    """The present query string with another page: filters and sorting stay."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[param] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(page) -> list[int | None]:
    """First, last and the neighbours of the present page; None stands for a gap."""
    last = page.paginator.num_pages
    near = {1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)}
    numbers: list[int | None] = []
    for number in sorted(near):
        if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.filter
def error_anchor(field: BoundField) -> str:
    """The id that an error in the summary jumps to: of a group, its first choice."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


@register.filter
def summary_label(field: BoundField) -> str:
    """The label of a field without its closing punctuation, to stand before an error."""
    return str(field.label).rstrip(" .:?")
