"""What the pages of a reconciliation say: meanings of classes, next steps, columns to point out."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import Actor
from accounts.roles import Perm
from core.formats import thousands
from enrollment.models import Reconciliation, ReconciliationDifference
from enrollment.reconciliation.reading import Question

Kind = ReconciliationDifference.Kind
Status = Reconciliation.Status

MEANING: dict[str, str | Promise] = {
    Kind.NOT_BILLED: gettext_lazy(
        "Ada di daftar kita, tidak ada di daftar BPJS. Orang ini tidak terlindungi."
    ),
    Kind.BILLED_NOT_LISTED: gettext_lazy(
        "Ada di daftar BPJS, tidak terlindungi menurut catatan kita. Jangan dibayar sebelum jelas."
    ),
    Kind.DEAD_BILLED: gettext_lazy(
        "Meninggal sebelum hari pertama bulan ini. Hentikan iurannya; klaim JKM bila saat "
        "meninggal masih terlindungi."
    ),
    Kind.TWICE_SAME_PAYER: gettext_lazy(
        "Tertulis dua kali atau lebih di daftar yang sama. Cukup satu yang dibayar."
    ),
    Kind.TWICE_OTHER_PAYER: gettext_lazy(
        "Pembayar lain juga membayar orang ini. Pilih satu pembayar."
    ),
    Kind.ACTIVE_PU: gettext_lazy(
        "Menurut BPJS atau catatan kita: penerima upah, ASN, TNI atau Polri. Aturan program "
        "menentukan."
    ),
    Kind.OVER_AGE: gettext_lazy(
        "Sudah 65 tahun pada hari pertama bulan ini. Cabang yang memutuskan; perlu konfirmasi "
        "cabang."
    ),
    Kind.AMOUNT_DIFFERS: gettext_lazy(
        "Iuran di daftar BPJS lain dari hitungan kita: tarif, keringanan, atau segmennya berbeda."
    ),
    Kind.PAID_NOT_CREDITED: gettext_lazy(
        "Tagihan kita sudah lunas, tetapi BPJS belum mencatatnya. Kirim bukti bayarnya."
    ),
    Kind.GAP_RISK: gettext_lazy(
        "Bulan-bulan sebelumnya belum dibayar. Tiga bulan berturut-turut membuat kepesertaan "
        "nonaktif."
    ),
}

CAUSES: dict[str, str | Promise] = {
    "relief": gettext_lazy(
        "Satu jumlah setengah dari yang lain: satu pihak memakai keringanan 50% (PP 50/2025), "
        "pihak lain tidak."
    ),
    "rate": gettext_lazy("Tarif atau dasar penghasilannya berbeda."),
    "segment": gettext_lazy("BPJS mencatatnya BPU, kita mendaftarkannya PU."),
}
SIGNS: dict[str, str | Promise] = {
    "segment": gettext_lazy("Daftar BPJS menulisnya sebagai PU."),
    "status": gettext_lazy("Status di daftar BPJS menyebut penerima upah, ASN, TNI atau Polri."),
    "recorded": gettext_lazy("Pekerjaan lainnya sudah tercatat pada orang ini."),
    "elsewhere": gettext_lazy("Terlindungi sebagai penerima upah di kabupaten lain."),
}


def explained(difference: ReconciliationDifference) -> str:
    """What the facts of one difference say, in a sentence; empty when they say nothing more."""
    facts = difference.facts
    if "cause" in facts:
        return str(CAUSES.get(facts["cause"], ""))
    if "by" in facts:
        return str(SIGNS.get(facts["by"], ""))
    if "months" in facts:
        return _("%(n)s bulan terakhir belum dibayar.") % {"n": facts["months"]}
    if "payers" in facts:
        return _("Tertulis atas %(n)s pembayar di daftar ini.") % {"n": facts["payers"]}
    if "times" in facts:
        return _("Tertulis %(n)s kali di daftar ini.") % {"n": facts["times"]}
    if "known" in facts:
        if facts["known"]:
            return _("Orangnya tercatat di sini, tetapi tidak punya kepesertaan pada bulan ini.")
        return _("Orang ini tidak tercatat di kabupaten ini.")
    return ""


def next_step(actor: Actor, found: Reconciliation, left: int) -> str:
    """What has to happen now, and who does it."""
    if found.status == Status.CLOSED:
        return _("Sudah ditutup. Berita acaranya dapat diunduh dan tidak berubah lagi.")
    if found.status == Status.WITHDRAWN:
        return _("Daftar ini dibatalkan: %(reason)s") % {"reason": found.closing_note}
    if left:
        words = _("%(n)s selisih belum diselesaikan.") % {"n": thousands(left)}
        if actor.may(Perm.RECONCILE_EDIT):
            how = _("Buka satu golongan, pilih orangnya, lalu selesaikan.")
            return f"{words} {how}"
        return words
    if actor.may(Perm.RECONCILE_CLOSE) and actor.id != found.uploaded_by_id:
        return _("Semua selisih sudah diselesaikan. Periksa ringkasannya, lalu tutup.")
    return _(
        "Semua selisih sudah diselesaikan. Orang lain daripada pengunggahnya menutup "
        "rekonsiliasi ini."
    )


def in_the_way(actor: Actor, found: Reconciliation) -> list[str]:
    """What still keeps this person from closing."""
    told = []
    if found.status != Status.OPEN:
        told.append(_("Rekonsiliasi ini tidak sedang diselesaikan"))
    left = found.differences.filter(settlement="").count()
    if left:
        told.append(_("%(n)s selisih belum diselesaikan") % {"n": thousands(left)})
    if found.uploaded_by_id == actor.id:
        told.append(_("Anda yang mengunggah daftarnya; orang lain harus menutupnya"))
    return told


def columns_asked(question: Question, sent: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each column that has anything in it: its heading, its samples and what it seems to mean."""
    guessed = {place: column for column, place in question.guesses.items()}
    found = []
    for place, heading in enumerate(question.words):
        samples = [row[place] for row in question.samples if place < len(row) and row[place]]
        if heading or samples:
            found.append(
                {
                    "place": place,
                    "words": heading,
                    "samples": samples,
                    "value": sent.get(f"kolom-{place}", guessed.get(place, "")),
                }
            )
    return found
