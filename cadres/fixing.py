"""Which cell a finding is about, and how that cell is typed on a phone. Pure: no database."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadres.models import Sex


@dataclass(frozen=True)
class Entry:
    """How one column is asked for: its label, the kind of the input and the phone's keyboard."""

    label: str | Promise
    type: str = "text"
    keyboard: str = ""
    longest: int = 120
    choices: tuple[tuple[str, str | Promise], ...] = ()


ENTRIES: Mapping[str, Entry] = {
    "nik": Entry(_("NIK, 16 angka"), keyboard="numeric", longest=24),
    "name": Entry(_("Nama seperti di KTP")),
    "birth_place": Entry(_("Tempat lahir"), longest=80),
    "birth_date": Entry(_("Tanggal lahir"), type="date"),
    "sex": Entry(_("Jenis kelamin"), choices=tuple((each.value, each.label) for each in Sex)),
    "phone": Entry(_("Nomor HP"), type="tel", keyboard="tel", longest=24),
    "mother_name": Entry(_("Nama ibu kandung")),
    "district": Entry(_("Kecamatan"), longest=60),
    "village": Entry(_("Desa atau kelurahan"), longest=60),
    "posyandu": Entry(_("Posyandu"), longest=100),
    "position": Entry(_("Jabatan"), longest=60),
    "decree_number": Entry(_("Nomor SK"), longest=80),
    "decree_date": Entry(_("Tanggal SK"), type="date"),
}

# The first beginning that a code has says which cell is wrong; empty: no cell alone is.
BEGINNINGS = (
    ("nik_region", ""),
    ("nik_birth_date", "birth_date"),
    ("nik_sex", "sex"),
    ("nik_", "nik"),
    ("name_", "name"),
    ("birth_date_", "birth_date"),
    ("age_", "birth_date"),
    ("sex_", "sex"),
    ("phone_", "phone"),
    ("decree_date_", "decree_date"),
    ("decree_missing", "decree_number"),
    ("village_", "village"),
)


def column_of(code: str) -> str:
    """The column whose cell a finding of this code asks to be typed again, or empty."""
    return next((found for start, found in BEGINNINGS if code.startswith(start)), "")
