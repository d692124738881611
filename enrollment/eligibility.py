"""Who may be put forward to BPJS, as rules over plain values, each with its source.

A rule either refuses (the branch would, too) or asks the branch, where the sources are silent.
`enrollment.queries` asks the same questions of the database with the same boundaries.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UPPER_AGE = 65
LOWER_AGE = 17


class Weight(StrEnum):
    """What a finding does: it refuses, or it waits for the word of the branch."""

    REFUSES = "refuses"
    ASKS_BRANCH = "asks_branch"


@dataclass(frozen=True)
class Rule:
    """One rule: its code, what it does, its sentence and where it comes from."""

    code: str
    weight: Weight
    text: str | Promise
    source: str | Promise


RULES = {
    rule.code: rule
    for rule in (
        Rule(
            "deceased",
            Weight.REFUSES,
            _("Tercatat meninggal."),
            _("Kepesertaan hanya untuk pekerja yang hidup."),
        ),
        Rule(
            "covered",
            Weight.REFUSES,
            _("Sudah terlindungi pada bulan pertama atau sesudahnya."),
            _("Satu orang mempunyai satu kepesertaan untuk satu program pada satu waktu."),
        ),
        Rule(
            "over_age",
            Weight.REFUSES,
            _("Berusia 65 tahun atau lebih pada bulan pertama."),
            _("BPJS menolak pendaftaran mulai usia 65 tahun (hasil validasi kantor cabang)."),
        ),
        Rule(
            "nik_missing",
            Weight.REFUSES,
            _("Belum ada NIK."),
            _("Pendaftaran kelompok memerlukan NIK setiap anggota (Formulir F1 BPU)."),
        ),
        Rule(
            "turns_65",
            Weight.ASKS_BRANCH,
            _("Berusia 65 tahun dalam dua belas bulan pertama: perlu konfirmasi cabang."),
            _("Tidak ada sumber tentang peserta yang mencapai 65 tahun selama terlindungi."),
        ),
        Rule(
            "under_17",
            Weight.ASKS_BRANCH,
            _("Belum berusia 17 tahun pada bulan pertama: perlu konfirmasi cabang."),
            _("Batas bawah 17 tahun hanya tertulis pada program DBH Sawit."),
        ),
        Rule(
            "covered_elsewhere",
            Weight.ASKS_BRANCH,
            _("NIK ini terlindungi di kabupaten lain: perlu konfirmasi cabang."),
            _("Program pemerintah ditujukan bagi yang belum terdaftar (DBH Sawit)."),
        ),
    )
}


def years_before(first_day: dt.date, years: int) -> dt.date:
    """The birth date of somebody who turns `years` on the first day of a month."""
    return first_day.replace(year=first_day.year - years)


def oldest_refused_birth(first_month: dt.date) -> dt.date:
    """Born on this day or before: 65 or more on the first day of the first month."""
    return years_before(first_month, UPPER_AGE)


def oldest_asked_birth(first_month: dt.date) -> dt.date:
    """Born on this day or before: turns 65 within twelve months of the first day."""
    return years_before(first_month.replace(year=first_month.year + 1), UPPER_AGE)


def youngest_sure_birth(first_month: dt.date) -> dt.date:
    """Born after this day: not yet 17 on the first day of the first month."""
    return years_before(first_month, LOWER_AGE)


def findings(
    *,
    first_month: dt.date,
    birth_date: dt.date,
    died_on: dt.date | None = None,
    has_nik: bool = True,
) -> list[Rule]:
    """The rules that a person meets on the first day of the first month; empty when clean."""
    found = []
    if died_on is not None:
        found.append("deceased")
    if not has_nik:
        found.append("nik_missing")
    if birth_date <= oldest_refused_birth(first_month):
        found.append("over_age")
    elif birth_date <= oldest_asked_birth(first_month):
        found.append("turns_65")
    if birth_date > youngest_sure_birth(first_month):
        found.append("under_17")
    return [RULES[code] for code in found]
