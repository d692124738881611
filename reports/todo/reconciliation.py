"""What a reconciliation asks of a person: differences to settle, questions, a month to close."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.roles import Perm
from core import formats
from core.formats import thousands
from enrollment.queries.reconciliations import newest_open, waiting_for_branch
from regions.models import Regency
from reports.todo.item import Item, Numbers, Waiting


def waiting(actor: Actor) -> Waiting:
    """Questions that the branch has not answered."""
    return {"questions": waiting_for_branch()} if actor.may(Perm.RECONCILE_ANSWER) else {}


def items(actor: Actor, regency: Regency, n: Numbers) -> list[Item]:
    """Questions to answer, differences to settle, a month to close; one statement at most."""
    found = []
    if questions := n.get("questions"):
        found.append(
            Item(
                "y",
                _("%(n)s pertanyaan rekonsiliasi menunggu jawaban Anda")
                % {"n": thousands(questions)},
                _("Dinas menunggu jawaban cabang sebelum bulannya dapat ditutup."),
                reverse("enrollment:reconciliation_queries", args=[regency.slug]),
                _("Jawab"),
            )
        )
    settles, closes = actor.may(Perm.RECONCILE_EDIT), actor.may(Perm.RECONCILE_CLOSE)
    newest = newest_open() if settles or closes else None
    if newest is None:
        return found
    address = reverse("enrollment:reconciliation", args=[regency.slug, newest.pk])
    month = formats.month(newest.month, get_language())
    if settles and newest.open_differences:
        title = _("%(n)s selisih rekonsiliasi %(month)s belum diselesaikan")
        text = _("Orang yang tidak ditagih BPJS tidak terlindungi sampai ini selesai.")
        words = title % {"n": thousands(newest.open_differences), "month": month}
        found.append(Item("r", words, text, address, _("Selesaikan")))
    elif closes and not newest.open_differences and newest.uploaded_by_id != actor.id:
        title = _("Rekonsiliasi %(month)s siap ditutup") % {"month": month}
        text = _("Semua selisihnya sudah diselesaikan. Periksa, lalu terbitkan berita acaranya.")
        found.append(Item("y", title, text, address, _("Periksa")))
    return found
