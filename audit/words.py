"""Events and columns in words: every app brings its sentences, this file finds and fills them."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from audit.exporting import title_of
from core import formats, offers

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_MONTH = re.compile(r"\d{4}-\d\d")
_HOLE = re.compile(r"%\(\w+\)[sd]")
MONEY = (
    "amount", "total", "rupiah", "jkk", "jkm", "jht", "paid", "benefit", "available", "ceiling",
)  # fmt: skip
# Words of a choice, written down in Indonesian and read in the language of the page.
LABELS = ("employment", "how", "reason", "weight", "who")

FIELDS: dict[str, str | Promise] = {
    "account_code": _("Kode rekening"),
    "account_holder": _("Pemilik rekening"),
    "active": _("Dipakai"),
    "agreement": pgettext_lazy("satu", "Perjanjian"),
    "amount": _("Jumlah"),
    "bank_name": _("Bank"),
    "baseline": _("Data awal"),
    "baseline_on": _("Tanggal data awal"),
    "baseline_source": _("Sumber data awal"),
    "basis": _("Dasar"),
    "batch": _("Daftar kepesertaan"),
    "batch_row": _("Baris pendaftaran"),
    "benefit": _("Rincian manfaat"),
    "billed_to": _("Ditagihkan"),
    "birth_date": _("Tanggal lahir"),
    "birth_place": _("Tempat lahir"),
    "branch": _("Cabang"),
    "branch_signatory": _("Penanda tangan cabang"),
    "budget": _("Anggaran"),
    "by": _("Sampai tanggal"),
    "cadre": _("Kader"),
    "categories": _("Untuk siapa"),
    "category": _("Kategori"),
    "cause": _("Sebab"),
    "claim": _("Klaim"),
    "code": _("Kode"),
    "component": _("Komponen"),
    "condition": _("Syarat"),
    "confirmation": _("Penegasan"),
    "confirmed": _("Sudah dikonfirmasi"),
    "corrected_at": _("Dikirim kembali"),
    "correction_note": _("Catatan perbaikan"),
    "coverage": _("Kepesertaan"),
    "created_at": _("Dibuat"),
    "decided_at": _("Diputuskan"),
    "decided_by": _("Pemutus"),
    "decision_note": _("Catatan keputusan"),
    "decree_date": _("Tanggal SK"),
    "decree_number": _("Nomor SK"),
    "department": _("Dinas"),
    "died_at_place": _("Tempat meninggal"),
    "died_on": _("Tanggal meninggal"),
    "document": _("Dokumen"),
    "due_on": _("Jatuh tempo"),
    "employment": _("Pekerjaan lain"),
    "end_note": _("Alasan diakhiri"),
    "end_reason": _("Alasan berakhir"),
    "ended_on": _("Berakhir"),
    "ends_on": _("Berakhir"),
    "entered_on": _("Masuk kuota"),
    "file": _("Berkas"),
    "file_name": _("Nama berkas"),
    "findings": _("Catatan pemeriksaan"),
    "first_month": _("Bulan iuran pertama"),
    "fund_source": _("Sumber dana"),
    "handed_by": _("Diserahkan oleh"),
    "heir": _("Ahli waris"),
    "heirs_confirmed_on": _("Data keluarga dipastikan"),
    "income_base": _("Dasar upah atau penghasilan"),
    "invoice": _("Tagihan"),
    "invoice_run": _("Penagihan"),
    "issued_at": _("Diterbitkan"),
    "jht": _("Iuran JHT"),
    "jkk": _("Iuran JKK"),
    "jkm": _("Iuran JKM"),
    "kind": _("Jenis"),
    "label": _("Nama dokumen"),
    "left_on": _("Keluar"),
    "legal_basis": _("Dasar hukum"),
    "legal_detail": _("Nomor dasar hukum"),
    "merged_into": _("Digabungkan ke"),
    "month": _("Bulan iuran"),
    "mother_name": _("Nama ibu kandung"),
    "name": _("Nama"),
    "need": _("Keperluan"),
    "note": _("Catatan"),
    "number": _("Nomor"),
    "occupation": _("Pekerjaan"),
    "on": _("Tanggal"),
    "outcome": _("Hasil hitungan"),
    "paid": _("Terbayar"),
    "paid_on": _("Tanggal bayar"),
    "party": _("Pihak"),
    "party_signatory": _("Penanda tangan pihak"),
    "payer_name": _("Pembayar"),
    "payment_reference": _("Bukti bayar"),
    "people": _("Orang"),
    "per_village": _("Orang tiap desa"),
    "phone": _("Telepon"),
    "place": _("Tempat"),
    "places": _("Kuota desa"),
    "position": _("Urutan"),
    "posyandu": _("Posyandu"),
    "prepared_by": _("Penyusun"),
    "programme": _("Program"),
    "quota": _("Kuota"),
    "reason": _("Alasan"),
    "reason_text": _("Penjelasan"),
    "received_at": _("Diterima pada"),
    "received_by": _("Penerima"),
    "recorded_by": _("Pencatat"),
    "relation": _("Hubungan"),
    "replaces": _("Menggantikan"),
    "reported_by": _("Pelapor"),
    "representative": _("Yang mewakili"),
    "representative_office": _("Jabatan yang mewakili"),
    "reviewed_at": _("Ditinjau"),
    "reviewed_by": _("Peninjau"),
    "seats": _("Kursi yang dibiayai"),
    "segment": _("Segmen"),
    "set_at": _("Ditetapkan"),
    "set_by": _("Penetap"),
    "sex": _("Jenis kelamin"),
    "signed_on": _("Ditandatangani"),
    "since": _("Menunggu sejak"),
    "source": _("Sumber"),
    "started_on": _("Mulai"),
    "starts_on": _("Mulai"),
    "status": _("Status"),
    "submitted_at": _("Diajukan"),
    "submitted_by": _("Pengaju"),
    "times_returned": _("Kali dikembalikan"),
    "title": _("Judul"),
    "total": _("Jumlah"),
    "valid_from": _("Berlaku mulai"),
    "valid_until": _("Berlaku sampai"),
    "village": _("Desa"),
    "work_place": _("Lokasi kerja"),
    "with_jht": _("Dengan JHT"),
    "year": _("Tahun"),
}


@lru_cache(maxsize=1)
def sentences() -> dict[str, str | Promise]:
    """Every kind of event with its sentence, from each app's `sentences.SENTENCES`."""
    found: dict[str, str | Promise] = {}
    for offered in offers.modules("sentences"):
        found |= offered.SENTENCES
    return found


class _Facts(dict):
    """Facts of an event; what an old event lacks becomes a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(kind: str, actor: str, facts: Mapping[str, Any]) -> str:
    """What happened, in words; an unknown kind is shown as it is stored.

    Whole numbers get thousands (rupiah where the fact's name is one of money), ISO days become
    days and the fact `month` a month.
    """
    template = sentences().get(kind)
    if template is None:
        return kind
    words = _Facts({name: value_in_words(name, value) for name, value in facts.items()})
    words["actor"] = actor or gettext("Sistem")
    return str(template) % words


def kind_label(kind: str) -> str:
    """The sentence without its facts, to choose a kind by."""
    return _HOLE.sub("…", str(sentences()[kind]))


def value_in_words(name: str, value: Any) -> str:
    """One fact or column value as people read it; empty becomes a dash."""
    language = translation.get_language() or "id"
    if value is None or value == "":
        return "–"
    if name == "role" and value in Role.values:
        return str(Role(value).label)
    if name in LABELS and isinstance(value, str):
        return gettext(value)
    if name == "list":
        return title_of(value)
    if isinstance(value, bool):
        return gettext("ya") if value else gettext("tidak")
    if isinstance(value, int):
        if name in MONEY:
            return formats.rupiah(value)
        return str(value) if name == "year" else formats.thousands(value)
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        value = dt.date.fromisoformat(value)
    if isinstance(value, str) and _ISO_MONTH.fullmatch(value):
        return formats.month(dt.date.fromisoformat(f"{value}-01"), language)
    if isinstance(value, dt.datetime):
        return formats.moment(value, language)
    if isinstance(value, dt.date):
        return formats.month(value, language) if name == "month" else formats.day(value, language)
    return str(value)
