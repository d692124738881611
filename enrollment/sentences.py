"""What the trail says about enrollment."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "fund_source.created": _("%(actor)s menambahkan sumber dana %(name)s."),
    "fund_source.changed": _("%(actor)s mengubah sumber dana %(name)s."),
    "target.set": _(
        "%(actor)s menetapkan target %(who)s: %(people)s orang sampai %(until)s, data awal "
        "%(baseline)s orang; sumber: %(source)s."
    ),
    "agreement.created": _("%(actor)s mencatat perjanjian %(number)s."),
    "agreement.changed": _("%(actor)s mengubah perjanjian %(number)s."),
    "agreement.filed": _("%(actor)s mengunggah berkas perjanjian %(number)s."),
    "agreement.ended": _(
        "%(actor)s mengakhiri perjanjian %(number)s per %(on)s; %(people)s kepesertaan berakhir."
    ),
    "batch.prepared": _(
        "%(actor)s menyusun pendaftaran %(number)s: %(people)s orang mulai %(month)s."
    ),
    "batch.narrowed": _("%(actor)s mengeluarkan %(people)s orang dari pendaftaran %(number)s."),
    "batch.deleted": _("%(actor)s menghapus rancangan %(number)s berisi %(people)s orang."),
    "batch.submitted": _("%(actor)s mengajukan %(people)s orang kepada kantor cabang."),
    "batch.rows_decided": _(
        "%(actor)s menerima %(accepted)s orang dan mengembalikan %(returned)s orang."
    ),
    "batch.begun": _("Bulan pertama %(month)s mulai: yang diterima kini terlindungi."),
    "batch.terms_changed": _("%(actor)s mengubah ketentuan %(people)s orang."),
    "batch.row_resubmitted": _("%(actor)s mengirim kembali %(name)s ke cabang sesudah diperbaiki."),
    "batch.row_taken_out": _("%(actor)s mengeluarkan %(name)s dari pendaftaran: %(reason)s."),
    "batch.downloaded": _("%(actor)s mengunduh daftar %(people)s orang beserta NIK."),
    "batch.reviewed": _(
        "%(actor)s menyelesaikan peninjauan: %(accepted)s diterima, %(returned)s dikembalikan."
    ),
    "batch.returned": _("%(actor)s mengembalikan seluruh %(returned)s orang."),
    "eligibility.rule_set": _("%(actor)s menetapkan aturan %(rule)s: %(weight)s (%(basis)s)."),
    "override.asked": _("%(actor)s meminta pengecualian bagi %(person)s: %(rule)s (%(reason)s)."),
    "override.granted": _(
        "%(actor)s menyetujui pengecualian bagi %(person)s sampai %(until)s: %(rule)s."
    ),
    "override.declined": _(
        "%(actor)s menolak pengecualian bagi %(person)s: %(rule)s (%(reason)s)."
    ),
    "override.withdrawn": _("%(actor)s menarik permintaan pengecualian bagi %(person)s: %(rule)s."),
    "override.ended": _("%(actor)s mengakhiri pengecualian bagi %(person)s: %(rule)s."),
    "coverage.number_revealed": _("%(actor)s membuka nomor peserta: %(reason)s."),
    "coverage.reopened": _(
        "%(actor)s melanjutkan kepesertaan: catatan meninggal %(on)s ternyata keliru."
    ),
    "coverage.income_changed": _(
        "%(actor)s mencatat upah atau penghasilan %(to)s sebulan: %(note)s."
    ),
    "coverage.ended": _("%(actor)s mengakhiri kepesertaan per %(on)s: %(reason)s."),
    "coverage.moved": _("%(actor)s memindahkan kepesertaan dari %(from)s ke %(to)s per %(on)s."),
    "coverage.payer_moved": _(
        "%(actor)s memindahkan kepesertaan dari %(from)s ke %(to)s per %(on)s; bulan iuran "
        "sesudah itu yang belum ditagih dibayar %(to)s."
    ),
    "coverage.withdrawn": _(
        "%(actor)s membatalkan kepesertaan yang belum mulai per %(on)s: %(reason)s."
    ),
    "card_order.created": _("%(actor)s memesan %(people)s kartu untuk %(place)s."),
    "card_order.cancelled": _("%(actor)s membatalkan %(people)s kartu untuk %(place)s."),
    "card.printed": _("%(actor)s mencetak kartu peserta."),
    "reconciliation.uploaded": _("%(actor)s mengunggah daftar BPJS %(number)s untuk %(month)s."),
    "reconciliation.mapped": _("%(actor)s menunjukkan letak %(columns)s kolom."),
    "reconciliation.refused": _("Daftar BPJS ditolak saat dibaca."),
    "reconciliation.compared": _(
        "%(rows)s baris dibandingkan dengan kepesertaan: %(matched)s cocok, %(found)s selisih."
    ),
    "reconciliation.compared_again": _(
        "%(actor)s membandingkan lagi daftar BPJS: %(matched)s cocok, %(gone)s selisih tidak ada "
        "lagi, %(new)s selisih baru."
    ),
    "reconciliation.settled": _(
        "%(actor)s menyelesaikan %(people)s selisih (%(how)s): %(reason)s."
    ),
    "reconciliation.asked": _("%(actor)s menanyakan %(people)s selisih kepada cabang."),
    "reconciliation.withdrawn": _("%(actor)s membatalkan daftar %(number)s: %(reason)s."),
    "reconciliation.closed": _("%(actor)s menutup rekonsiliasi %(month)s dengan %(number)s."),
    "difference.answered": _("%(actor)s menjawab pertanyaan tentang selisih ini."),
    "difference.reopened": _("%(actor)s membuka lagi selisih ini: %(reason)s."),
}
