"""What judging a roster finds, beside the people who are there."""

from django.utils.translation import gettext_lazy as _

from cadres.findings.kind import REJECT, WARNING, Kind

KINDS: dict[str, Kind] = {
    "person_other_village": Kind(
        REJECT,
        _("Orang ini tercatat di desa lain"),
        _("NIK ini sudah tercatat di desa lain di kabupaten ini."),
        _("Minta petugas dinas memindahkannya bila orang ini memang pindah."),
    ),
    "person_died": Kind(
        REJECT,
        _("Tercatat meninggal"),
        _("Menurut catatan, orang ini meninggal pada %(date)s."),
        _("Hapus dari daftar. Bila keliru, hubungi petugas dinas."),
    ),
    "person_moves": Kind(
        WARNING,
        _("Pindah desa"),
        _("Orang ini tercatat di %(old)s dan akan dipindahkan ke %(new)s."),
        _("Pastikan orang ini memang pindah."),
    ),
}
