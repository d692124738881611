"""The events of this app in words."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "list.exported": _(
        "%(actor)s mengunduh %(list)s: %(rows)s baris, %(format)s, saringan: %(filters)s"
    ),
    "list.export_cancelled": _("%(actor)s membatalkan unduhan %(list)s"),
}
