"""What happened with proofs of cover, in words."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "proof.issued": _("%(actor)s menerbitkan bukti kepesertaan %(number)s untuk %(day)s"),
}
