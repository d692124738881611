"""Ways back: a claim returns to the district, a mistaken report is closed and taken back."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from cadres.actions import take_back_death as forget_death
from cadres.models import Cadre
from claims import queries
from claims.actions.common import locked, record_step, refuse_field
from claims.models import Claim
from core.errors import DomainError
from enrollment.actions import begin_withdrawn, reopen_after_mistake


def send_back(*, claim_id: int, note: str, by: Actor) -> Claim:
    """The branch returns a submitted claim to the district, with what has to be put right.

    The time to decide begins anew with the next submission.
    """
    claim = locked(claim_id, Claim.Status.SUBMITTED)
    if not note.strip():
        refuse_field("reason_missing", "note", _("Tulis apa yang harus diperbaiki."))
    claim.status, claim.decision_note = Claim.Status.REPORTED, note.strip()
    claim.submitted_at = claim.submitted_by_id = None
    claim.save(update_fields=["status", "decision_note", "submitted_at", "submitted_by_id"])
    record_step("claim.sent_back", claim, by, note=claim.decision_note)
    return claim


def close_report(*, claim_id: int, note: str, by: Actor) -> Claim:
    """Close a report that cannot become a claim, with the reason.

    The person stays recorded as dead and the cover stays ended; where the report was a mistake,
    `take_back_death` follows.
    """
    claim = locked(claim_id, Claim.Status.REPORTED)
    if not note.strip():
        refuse_field("reason_missing", "note", _("Tulis alasannya."))
    claim.status, claim.decision_note = Claim.Status.REJECTED, note.strip()
    claim.decided_at = timezone.now()
    claim.save(update_fields=["status", "decision_note", "decided_at"])
    record_step("claim.closed", claim, by, note=claim.decision_note)
    return claim


def take_back_death(*, claim_id: int, by: Actor) -> Claim:
    """After a report that was closed as a mistake: the person lives, services and cover go on.

    Raises DomainError `death_stands` when the claim was not closed by the district or the death
    is recorded otherwise, and `cover_changed` when the cover cannot simply go on.
    """
    claim = locked(claim_id, Claim.Status.REJECTED)
    cadre = Cadre.objects.select_for_update().get(pk=claim.cadre_id)
    if not queries.may_take_back(claim, cadre):
        raise DomainError(
            "death_stands",
            _("Catatan meninggal ini tidak berasal dari laporan yang ditutup, atau sudah dicabut."),
        )
    reopen_after_mistake(by=by, cadre=cadre, died_on=claim.died_on)
    forget_death(by=by, cadre=cadre)
    begin_withdrawn(by=by, cadre=cadre, died_on=claim.died_on)
    record_step("claim.death_taken_back", claim, by, name=cadre.name)
    return claim
