"""Sentences of the events about people and rosters."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "roster.uploaded": _("%(actor)s mengunggah daftar kader"),
    "roster.compared": _(
        "Daftar dibandingkan dengan kepesertaan di kabupaten lain: %(rows)s baris, "
        "%(found)s sudah terlindungi"
    ),
    "roster.confirmed": _("%(actor)s menyelesaikan daftar dan meminta persetujuan"),
    "roster.approved": _("%(actor)s menyetujui daftar"),
    "roster.returned": _("%(actor)s mengembalikan daftar: %(text)s"),
    "roster.undone": _(
        "%(actor)s membatalkan daftar %(number)s: %(removed)s orang dihapus, "
        "%(restored)s orang dikembalikan"
    ),
    "regency.roster_approval_on": _("%(actor)s mewajibkan persetujuan daftar dari desa"),
    "regency.roster_approval_off": _("%(actor)s mencabut kewajiban persetujuan daftar dari desa"),
    "roster.refused": _("Berkas daftar ditolak saat diperiksa"),
    "roster.mapped": _("%(actor)s mencocokkan %(columns)s kolom"),
    "roster.dates_turned": _(
        "%(actor)s meminta tanggal lahir dibaca sebagai bulan, tanggal, tahun"
    ),
    "roster.dates_as_written": _("%(actor)s meminta tanggal lahir dibaca seperti tertulis"),
    "roster.fixed": _("%(actor)s memperbaiki %(cells)s isian dan melewati %(skipped)s baris"),
    "roster.skipped": _("%(actor)s melewati %(rows)s baris"),
    "roster.unskipped": _("%(actor)s mengikutkan lagi %(rows)s baris"),
    "roster.answered": _("%(actor)s menjawab pertanyaan tentang %(rows)s baris"),
    "roster.posyandu_chosen": _("%(actor)s menjelaskan posyandu yang belum dikenal"),
    "roster.departures_noted": _("%(actor)s mencatat alasan %(people)s orang keluar"),
    "roster.correction_asked": _("%(actor)s meminta berkas perbaikan daftar %(rows)s baris"),
    "roster.template_taken": _("%(actor)s mengunduh templat berisi NIK %(people)s orang"),
    "roster.applied": _(
        "%(actor)s menyimpan daftar %(number)s: %(new)s baru, %(changed)s berubah, "
        "%(unchanged)s sama, %(rejected)s ditolak"
    ),
    "cadre.nik_revealed": _("%(actor)s melihat NIK dengan alasan: %(reason)s"),
    "cadre.died": _("%(actor)s mencatat kematian pada %(died_on)s"),
    "cadre.death_withdrawn": _("%(actor)s mencabut catatan meninggal"),
    "cadre.employment_noted": _("%(actor)s mencatat pekerjaan lain (%(employment)s): %(reason)s"),
    "heir.added": _("%(actor)s menambah ahli waris"),
    "heir.changed": _("%(actor)s mengubah data ahli waris"),
    "cadre.corrected": _("%(actor)s memperbaiki %(fields)s"),
    "cadre.nik_corrected": _("%(actor)s memperbaiki NIK dengan alasan: %(reason)s"),
    "cadre.moved": _("%(actor)s memindahkan orang ini dari %(from)s ke %(to)s mulai %(on)s"),
    "cadre.merged": _("%(actor)s menggabungkan catatan %(other)s ke sini: %(reason)s"),
    "cadre.merged_away": _("%(actor)s menggabungkan catatan ini ke %(kept)s: %(reason)s"),
    "service.added": _("%(actor)s menambah tugas %(category)s"),
    "service.changed": _("%(actor)s memperbarui SK atau tempat tugas %(category)s"),
    "service.stopped": _("%(actor)s mengakhiri tugas %(category)s pada %(on)s (%(reason)s)"),
    "heir.removed": _("%(actor)s menghapus ahli waris"),
    "family.children": _("%(actor)s mencatat %(number)s anak sekolah"),
    "family.confirmed": _("%(actor)s memastikan data keluarga benar"),
    "family.link_made": _("%(actor)s membuat tautan data keluarga"),
    "family.answered": _(
        "Data keluarga diisi lewat tautan: %(heirs)s ahli waris, %(children)s anak sekolah"
    ),
    "training.recorded": _("%(actor)s mencatat pelatihan %(title)s"),
    "competence.set": _("%(actor)s mencatat keterampilan: %(number)s dari %(all)s dikuasai"),
    "cadre.registered": _("%(actor)s mencatat orang baru"),
    "cadre.replaced": _(
        "%(actor)s mengganti %(leaves)s dengan %(takes_over)s mulai %(on)s: %(reason)s"
    ),
    "posyandu.norm_set": _("%(actor)s menetapkan %(seats)s kursi tiap posyandu: %(basis)s"),
    "posyandu.changed": _("%(actor)s mengubah data posyandu %(before)s menjadi %(name)s"),
    "posyandu.seats_set": _("%(actor)s menetapkan %(seats)s kursi dibiayai di posyandu %(name)s"),
    "posyandu.seats_by_norm": _("%(actor)s mengembalikan kursi posyandu %(name)s ke norma"),
    "posyandu.merged": _(
        "%(actor)s menggabungkan posyandu %(gone)s ke %(name)s: %(people)s orang ikut pindah"
    ),
    "quota.created": _("%(actor)s membuat kuota %(name)s: %(places)s orang tiap desa"),
    "quota.changed": _("%(actor)s mengubah kuota %(name)s: %(places)s orang tiap desa"),
    "quota.village_set": _(
        "%(actor)s menetapkan kuota %(name)s desa %(village)s: %(places)s orang"
    ),
    "quota.listed": _("%(actor)s memasukkan %(person)s ke daftar tunggu %(name)s"),
    "quota.listed_all": _(
        "%(actor)s memasukkan %(people)s orang desa %(village)s ke daftar tunggu %(name)s"
    ),
    "quota.admitted": _(
        "%(actor)s menerima %(people)s orang desa %(village)s dalam kuota %(name)s"
    ),
    "quota.left": _("%(actor)s mengeluarkan %(person)s dari kuota %(name)s: %(reason)s"),
}
