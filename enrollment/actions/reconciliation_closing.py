"""Closing a month: everything settled, by another person than the uploader, with a paper."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from core import numbers
from core.errors import DomainError
from enrollment import reconciliation_papers
from enrollment.actions.differences import held
from enrollment.models import Reconciliation

SERIES = "reconciliation_record"


def close_reconciliation(
    *, by: Actor, reconciliation: Reconciliation, note: str = ""
) -> Reconciliation:
    """Close an open reconciliation and issue its signed-off record; it is frozen from then on.

    Raises DomainError `reconciliation_not_open`, `same_person` or `differences_open`.
    """
    found = held(by=by, reconciliation=reconciliation)
    if found.uploaded_by_id == by.id:
        raise DomainError(
            "same_person",
            _(
                "Yang menutup harus orang lain daripada yang mengunggah daftarnya. Minta rekan "
                "atau penyetuju dinas menutupnya."
            ),
        )
    left = found.differences.filter(settlement="").count()
    if left:
        raise DomainError(
            "differences_open", _("Masih ada %(n)s selisih yang belum diselesaikan.") % {"n": left}
        )
    today = timezone.localdate()
    number = numbers.take(SERIES, today.year)
    found.status = Reconciliation.Status.CLOSED
    found.closed_by_id, found.closed_at = by.id, timezone.now()
    found.closing_note = " ".join(note.split())[:300]
    found.paper = reconciliation_papers.issue(
        found, f"{number:04d}/BA-REK/{numbers.roman_month(today.month)}/{today.year}", by
    )
    found.save(update_fields=["status", "closed_by_id", "closed_at", "closing_note", "paper"])
    record(
        "reconciliation.closed",
        found,
        by=by,
        facts={"number": found.paper.number, "month": found.month.isoformat()},
    )
    return found
