"""Values of a roster as its pages write them."""

import datetime as dt

from django.utils.translation import get_language

from core import formats, sealed


def masked(nik_sealed: bytes | memoryview | None) -> str:
    """`3510 •••• •••• 0012`, or empty when the line has no readable NIK."""
    return formats.mask_nik(sealed.unseal(nik_sealed)) if nik_sealed else ""


def day(value: dt.date | None) -> str:
    """`12 Mar 1985` in the reader's language, or empty."""
    return formats.day(value, get_language()) if value else ""


def iso_day(value: str) -> str:
    """The same from `1985-03-12`, as changes keep it."""
    return day(dt.date.fromisoformat(value)) if value else ""
