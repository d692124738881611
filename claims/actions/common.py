"""What the steps of a claim share."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from claims.models import Claim
from core.errors import DomainError


def locked(claim_id: int, status: str) -> Claim:
    """The claim, held until the end of the transaction; raises DomainError in another state."""
    claim = Claim.objects.select_for_update().get(pk=claim_id)
    if claim.status != status:
        raise DomainError(
            "claim_state",
            _("Langkah ini tidak dapat dilakukan. Status klaim sekarang: %(status)s.")
            % {"status": claim.get_status_display()},
        )
    return claim


def refuse_field(code: str, field: str, message: str | Promise) -> None:
    """Raise the DomainError of one field."""
    raise DomainError(code, message, {field: message})


def record_step(kind: str, claim: Claim, by: Actor, **facts: Any) -> None:
    """The one audit event of a step."""
    record(kind, claim, by=by, village_id=claim.village_id, facts=facts)
