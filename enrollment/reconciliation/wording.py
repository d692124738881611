"""Words of reconciliations: why a list is refused, what is odd about a line, how it was settled."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import sheets
from enrollment.models import ReconciliationDifference

Settlement = ReconciliationDifference.Settlement

REFUSALS: dict[str, str | Promise] = {
    **sheets.REFUSALS,
    "no_table": _(
        "Tabelnya tidak ditemukan. Berkas harus punya baris judul dengan kolom NIK atau nomor "
        "peserta (KPJ)."
    ),
    "no_rows": _("Tabelnya kosong: tidak ada orang di bawah baris judul."),
    "nik_column_number": _(
        "Kolom NIK tersimpan sebagai angka di %(rows)s dari %(total)s baris. Excel hanya menyimpan "
        "15 angka, jadi angka terakhir setiap NIK sudah hilang, dan tidak ada kolom KPJ untuk "
        "mencocokkan orangnya. Minta cabang menyimpan kolom NIK sebagai Teks, atau mengirim "
        "berkas CSV aslinya."
    ),
    "nik_column_zeros": _(
        "NIK di %(rows)s dari %(total)s baris berakhir dengan angka 0. Itu tanda bahwa Excel "
        "pernah menyimpannya sebagai angka dan angka terakhirnya hilang. Minta cabang mengirim "
        "lagi daftarnya dengan kolom NIK berformat Teks."
    ),
    "internal_error": _(
        "Pembacaan berhenti karena gangguan pada sistem, dan tidak ada yang disimpan. Unggah lagi "
        "berkasnya; bila berulang, hubungi pengelola sistem."
    ),
}

PROBLEMS: dict[str, str | Promise] = {
    "nik_number": _("NIK tersimpan sebagai angka, jadi angka terakhirnya hilang"),
    "nik_letters": _("NIK berisi huruf"),
    "nik_length": _("NIK bukan 16 angka"),
    "nik_missing": _("NIK kosong"),
    "amount_unreadable": _("jumlah iuran tidak terbaca"),
}

# How a difference was settled, as people read it; a question settles once it is answered.
WAYS: dict[str, str | Promise] = {
    Settlement.QUERY: _("sesuai jawaban cabang"),
    Settlement.CORRECTED: _("data sudah dibetulkan"),
    Settlement.COVER_ENDED: _("kepesertaan diakhiri"),
    Settlement.ACCEPTED: _("diterima apa adanya"),
    Settlement.GONE: _("tidak ada lagi"),
}
BY_HAND = tuple((code, WAYS[code]) for code in ReconciliationDifference.BY_HAND)
GONE = _("tidak ada lagi setelah dibandingkan ulang")


def refusal(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a refusal."""
    words = str(REFUSALS.get(code, REFUSALS["internal_error"]))
    return words % facts if facts else words
