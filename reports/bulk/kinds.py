"""The kinds of answers to a line of a list, in the order in which they are told."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """One kind: `covered` is yes, no, disputed, or unknown because nobody was found for sure."""

    code: str
    label: str | Promise
    tone: str
    covered: str


KINDS = (
    Kind("covered", _("terlindungi"), "g", "yes"),
    Kind("disputed", _("belum pasti"), "y", "disputed"),
    Kind("elsewhere", _("terlindungi di kabupaten lain"), "b", "yes"),
    Kind("not_yet", _("belum mulai"), "b", "no"),
    Kind("waiting", _("menunggu cabang"), "y", "no"),
    Kind("prepared", _("pendaftaran sedang disusun"), "y", "no"),
    Kind("returned", _("dikembalikan cabang"), "r", "no"),
    Kind("ended", _("sudah berakhir"), "r", "no"),
    Kind("not_enrolled", _("belum didaftarkan"), "r", "no"),
    Kind("deceased", _("sudah meninggal"), "b", "no"),
    Kind("several", _("nama cocok dengan beberapa orang"), "y", "unknown"),
    Kind("similar", _("hanya ada nama yang mirip"), "y", "unknown"),
    Kind("not_found", _("tidak ada dalam data"), "r", "unknown"),
    Kind("unreadable", _("NIK tidak terbaca"), "r", "unknown"),
)
BY_CODE = {kind.code: kind for kind in KINDS}
COVERED = {
    "yes": _("ya"),
    "no": _("tidak"),
    "disputed": _("belum pasti"),
    "unknown": _("tidak diketahui"),
}
