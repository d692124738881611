"""Two records of one person, value by value."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cadres.models import Cadre
from core.formats import EN_DASH, long_day


@dataclass(frozen=True)
class Row:
    """One value of both records in words; `likely` is the one offered first."""

    field: str
    label: str | Promise
    kept: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return self.kept != self.other

    @property
    def likely(self) -> str:
        """The kept record's value, unless it has none."""
        return "other" if self.kept == EN_DASH else "kept"


def compared(kept: Cadre, other: Cadre) -> list[Row]:
    """The values that `actions.merge_people` lets choose, the NIK masked."""
    language = translation.get_language()

    def born(cadre: Cadre) -> str:
        return long_day(cadre.birth_date, language)

    def text(field: str) -> tuple[str, str]:
        found = [str(getattr(each, field) or EN_DASH) for each in (kept, other)]
        return found[0], found[1]

    def of(field: str, label: str, words: tuple[str, str]) -> Row:
        return Row(field, label, *words)

    masked: tuple[Any, Any] = (kept.nik_masked, other.nik_masked)
    if masked[0] == masked[1]:  # differs under the mask
        masked = (masked[0], _("%(nik)s (angka tengah berbeda)") % {"nik": masked[1]})
    sexes = (str(kept.get_sex_display()), str(other.get_sex_display()))
    return [
        of("name", _("Nama"), text("name")),
        of("nik", _("NIK"), masked),
        of("birth_place", _("Tempat lahir"), text("birth_place")),
        of("birth_date", _("Tanggal lahir"), (born(kept), born(other))),
        of("sex", _("Jenis kelamin"), sexes),
        of("phone", _("Nomor HP"), text("phone")),
        of("mother_name", _("Nama ibu kandung"), text("mother_name")),
        of("village", _("Desa"), (kept.village.full_name, other.village.full_name)),
    ]
