"""Why a cover may end: what each reason means, and where the branch has to be asked."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from enrollment.eligibility import age_on
from enrollment.models import Coverage

Reason = Coverage.EndReason
AGE = 65


@dataclass(frozen=True)
class Meaning:
    """When a reason fits; `ask_branch` where no source settles it, so nothing ends by itself."""

    text: str | Promise
    ask_branch: bool = False


MEANINGS: dict[str, Meaning] = {
    Reason.DIED: Meaning(
        _(
            "Hanya sesudah kematiannya tercatat. Laporkan kematian dari halaman orangnya: "
            "kepesertaan berakhir sendiri dan klaim santunan dibuka."
        )
    ),
    Reason.STOPPED: Meaning(_("Tidak bertugas lagi dan tidak ada penggantinya.")),
    Reason.MOVED: Meaning(
        _(
            "Pindah ke luar kabupaten. Pindah desa di dalam kabupaten tidak mengakhiri "
            "kepesertaan; pembayarnya dapat berubah."
        )
    ),
    Reason.REPLACED: Meaning(
        _(
            "Tempatnya diambil orang lain. Lewat penggantian kader hal ini terjadi sendiri saat "
            "penggantinya diterima cabang."
        )
    ),
    Reason.OVER_AGE: Meaning(
        _(
            "Berusia 65 tahun atau lebih. Tidak ada sumber yang mengatur peserta yang mencapai 65 "
            "tahun selama terlindungi: tanyakan cabang dahulu."
        ),
        ask_branch=True,
    ),
    Reason.CIVIL_SERVANT: Meaning(
        _(
            "Menjadi ASN, TNI atau Polri: dilindungi Taspen atau Asabri (Permenaker 1/2025 pasal "
            "2 ayat 2, sebagaimana dikutip)."
        )
    ),
    Reason.UNPAID: Meaning(
        _(
            "Tiga bulan berturut-turut tanpa iuran membuat kepesertaan nonaktif, tanpa denda. "
            "Apakah klaim dalam bulan tunggakan dibayar, belum jelas: tanyakan cabang dahulu."
        ),
        ask_branch=True,
    ),
    Reason.AGREEMENT_ENDED: Meaning(
        _("Perjanjiannya berakhir dan tidak diperpanjang. Berlaku sejak akhir bulan itu.")
    ),
    Reason.ENTERED_WRONGLY: Meaning(
        _("Tidak pernah seharusnya didaftarkan. Beri tahu cabang; tagihan lama tidak berubah.")
    ),
    Reason.OTHER: Meaning(_("Alasan lain; jelaskan kepada cabang.")),
}


def offered(died_on: dt.date | None) -> list[str]:
    """The reasons that may be chosen for a person; a death only once it is recorded."""
    return [each for each in Reason.values if each != Reason.DIED or died_on is not None]


def check(reason: str, on: dt.date, birth_date: dt.date, died_on: dt.date | None) -> None:
    """Refuse a reason that the person's own dates contradict.

    Raises DomainError `not_65`, or `death_unrecorded`.
    """
    if reason == Reason.OVER_AGE and age_on(birth_date, on) < AGE:
        message = _("Orang ini belum berusia 65 tahun pada hari itu.")
        raise DomainError("not_65", message, {"reason": message})
    if reason == Reason.DIED and died_on is None:
        message = _("Catat kematiannya dahulu dari halaman orangnya.")
        raise DomainError("death_unrecorded", message, {"reason": message})
    if reason == Reason.DIED and on != died_on:
        message = _("Hari terakhir adalah hari meninggal yang tercatat.")
        raise DomainError("death_on_another_day", message, {"on": message})
