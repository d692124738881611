"""Sentences of the events about people and rosters."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "roster.uploaded": _("%(actor)s mengunggah daftar kader"),
    "roster.refused": _("Berkas daftar ditolak saat diperiksa"),
    "roster.applied": _(
        "%(actor)s menyimpan daftar %(number)s: %(new)s baru, %(changed)s berubah, "
        "%(unchanged)s sama, %(rejected)s ditolak"
    ),
    "cadre.nik_revealed": _("%(actor)s melihat NIK dengan alasan: %(reason)s"),
    "cadre.died": _("%(actor)s mencatat kematian pada %(died_on)s"),
    "heir.added": _("%(actor)s menambah ahli waris"),
    "heir.changed": _("%(actor)s mengubah data ahli waris"),
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
