"""What is insured, as people write it down: the terms of a batch, a row and a cover."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.formats import rupiah
from enrollment.models import Segment

NAMES = (
    "segment",
    "with_jht",
    "income_base",
    "occupation",
    "second_occupation",
    "work_place",
    "works_from",
    "works_until",
)
LABELS: dict[str, str | Promise] = {
    "segment": _("Segmen"),
    "with_jht": _("Dengan JHT"),
    "income_base": _("Dasar upah atau penghasilan sebulan"),
    "occupation": _("Pekerjaan"),
    "second_occupation": _("Pekerjaan kedua"),
    "work_place": _("Lokasi kerja"),
    "works_from": _("Jam mulai"),
    "works_until": _("Jam selesai"),
}
LARGEST = 100_000_000  # rupiah a month; more is a slip of the keyboard


@dataclass(frozen=True)
class BatchTerms:
    """The terms beside the segment with which the rows of a batch begin.

    `income_base` is rupiah a month; None means the lowest band. An empty work place becomes each
    person's posyandu and village.
    """

    with_jht: bool = False
    income_base: int | None = None
    occupation: str = ""
    second_occupation: str = ""
    work_place: str = ""
    works_from: dt.time | None = None
    works_until: dt.time | None = None

    def values(self) -> dict[str, Any]:
        """By column, without blanks around texts."""
        return {
            name: value.strip() if isinstance(value, str) else value
            for name, value in asdict(self).items()
        }


def check(values: Mapping[str, Any]) -> None:
    """Refuse terms that no form could carry; raises DomainError with the field."""
    base = values.get("income_base")
    if base is not None and not 0 < base <= LARGEST:
        message = _("Tulis rupiah sebulan, paling banyak Rp100.000.000. Kosongkan bila tidak ada.")
        raise DomainError("income_base_invalid", message, {"income_base": message})
    begins, ends = values.get("works_from"), values.get("works_until")
    if (begins is None) is not (ends is None):
        name = "works_until" if ends is None else "works_from"
        message = _("Isi jam mulai dan jam selesai, atau kosongkan keduanya.")
        raise DomainError("hours_incomplete", message, {name: message})
    if begins is not None and begins == ends:
        message = _("Jam selesai harus lain daripada jam mulai.")
        raise DomainError("hours_equal", message, {"works_until": message})


def words(name: str, value: Any) -> str:
    """One term as it is shown; an en dash where nothing is known."""
    if name == "with_jht":
        return str(_("ya")) if value else str(_("tidak"))
    if name == "income_base":
        return rupiah(value) if value is not None else str(_("golongan terendah"))
    if isinstance(value, dt.time):
        return f"{value:%H.%M}"
    return str(value) if value not in (None, "") else "–"


def shown(holder: Any, *, nowhere: str = "–") -> Iterator[tuple[str | Promise, str]]:
    """Label and words of each term of a batch, row or cover; the hours as one line.

    `nowhere` are the words for an empty work place: in a batch it is each person's own.
    """
    for name in NAMES[:6]:
        if name == "second_occupation" and not holder.second_occupation:
            continue
        if name == "segment":
            yield LABELS[name], holder.get_segment_display()
        elif name == "work_place":
            yield LABELS[name], holder.work_place or nowhere
        elif name == "income_base" and holder.income_base is None and holder.segment == Segment.PU:
            yield LABELS[name], str(_("belum dilaporkan"))
        else:
            yield LABELS[name], words(name, getattr(holder, name))
    if holder.works_from is not None:
        yield (
            _("Jam kerja"),
            f"{words('works_from', holder.works_from)}–{words('works_until', holder.works_until)}",
        )


def brief(holder: Any) -> list[str]:
    """The terms of a row for a list: only what is known, segment first."""
    found = [str(holder.segment) + (" + JHT" if holder.with_jht else "")]
    if holder.income_base is not None:
        found.append(rupiah(holder.income_base))
    found += [each for each in (holder.occupation, holder.second_occupation) if each]
    if holder.work_place:
        found.append(holder.work_place)
    if holder.works_from is not None:
        found.append(f"{holder.works_from:%H.%M}–{holder.works_until:%H.%M}")
    return found
