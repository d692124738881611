"""The claim on a person's page, or the way to report a death."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.roles import Perm
from cadres.models import Cadre
from cadres.person_sections import Section
from claims import page, queries, words
from claims.models import Claim


def _claims(cadre: Cadre, actor: Actor) -> dict[str, Any] | None:
    """The newest claim and its next step; None where there is nothing to show or to do."""
    claim: Any = queries.listed().filter(cadre=cadre).first()  # with `missing`, counted
    may_report = actor.may(Perm.CLAIM_REPORT) and (
        claim is None or claim.status == Claim.Status.REJECTED
    )
    if claim is None and not may_report:
        return None
    found: dict[str, Any] = {"claim": claim, "may_report": may_report}
    if claim:
        step = page.step_of(claim, claim.missing)
        found |= {
            "tone": words.TONES[Claim.Status(claim.status)],
            "parts": words.parts(claim.benefit),
            "amount_in_words": words.in_words(claim.total),
            "step_words": words.step(step, claim.missing),
        }
    return found


def _contribution_period(cadre: Cadre, actor: Actor) -> dict[str, Any] | None:
    """Its place, which it fills on its own; nothing for who died or was merged."""
    return None if cadre.died_on is not None or cadre.merged_into_id is not None else {}


SECTIONS = (
    Section(
        _("Masa iuran dan manfaat"),
        "claims/_contribution_period_place.html",
        Perm.COVERAGE_VIEW,
        _contribution_period,
        order=24,
    ),
    Section(
        _("Klaim Jaminan Kematian"),
        "claims/_person.html",
        Perm.CLAIM_VIEW,
        _claims,
        order=25,
        of_death=True,
    ),
)
