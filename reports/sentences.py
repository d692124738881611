"""What happened with proofs of cover, in words."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "proof.issued": _("%(actor)s menerbitkan bukti kepesertaan %(number)s untuk %(day)s"),
    "cover.asked": _(
        "%(actor)s menanyakan kepesertaan %(rows)s baris untuk %(day)s: %(yes)s terlindungi, "
        "%(no)s tidak, %(disputed)s belum pasti, %(unknown)s tidak diketahui"
    ),
}
