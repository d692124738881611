"""What the trail says about claims."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "claim.reported": _("%(actor)s melaporkan %(name)s meninggal %(died_on)s: klaim %(number)s."),
    "claim.documents_received": _("%(actor)s menerima dokumen: %(documents)s."),
    "claim.documents_missing": _("%(actor)s mencatat dokumen belum ada: %(documents)s."),
    "claim.scan_opened": _("%(actor)s membuka berkas %(document)s."),
    "claim.submitted": _("%(actor)s mengajukan klaim kepada kantor cabang."),
    "claim.sent_back": _("%(actor)s mengembalikan klaim kepada dinas: %(note)s"),
    "claim.death_taken_back": _(
        "%(actor)s mencabut catatan meninggal %(name)s: laporannya keliru."
    ),
    "claim.closed": _("%(actor)s menutup laporan ini: %(note)s"),
    "claim.approved": _("%(actor)s menyetujui klaim, %(total)s."),
    "claim.confirmed": _("%(actor)s menyetujui klaim, %(total)s: %(note)s"),
    "claim.rejected": _("%(actor)s menolak klaim: %(note)s"),
    "claim.paid": _("%(actor)s membayar %(total)s kepada ahli waris pada %(paid_on)s."),
    "claim.handed_over": _("%(actor)s mencatat serah terima %(on)s, berita acara %(number)s."),
}
