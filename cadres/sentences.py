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
}
