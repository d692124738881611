"""What a claim's page shows: the benefit, the checklist, the next step and who takes it."""

from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import Actor
from accounts.roles import Perm
from audit import timeline
from claims import queries, words
from claims.models import Claim, ClaimDocument, HandOver
from claims.steps import Step, next_step
from core import formats

ACTIONS = {
    "heir": ("heir", gettext_lazy("Catat ahli waris")),
    "documents": ("documents", gettext_lazy("Lengkapi dokumen")),
    "decide": ("decide", gettext_lazy("Putuskan klaim")),
    "pay": ("pay", gettext_lazy("Catat pembayaran")),
    "hand_over": ("hand_over", gettext_lazy("Catat serah terima")),
    "not_covered": ("close", gettext_lazy("Tutup laporan")),
}


def step_of(claim: Claim, missing: int) -> Step:
    """The next step of a claim, given how many required documents are missing."""
    submitted = claim.submitted_at
    return next_step(
        status=claim.status,
        outcome=claim.outcome,
        has_heir=claim.heir_id is not None,
        missing=missing,
        submitted_on=timezone.localtime(submitted).date() if submitted else None,
    )


def may_add_documents(claim: Claim, actor: Actor) -> bool:
    """Who prepares claims, and whoever reported this death from the village."""
    return actor.may(Perm.CLAIM_PREPARE) or (
        actor.may(Perm.CLAIM_REPORT) and claim.reported_by_id == actor.id
    )


def context(claim: Claim, actor: Actor, slug: str) -> dict[str, Any]:
    """Everything the page needs; one claim, a handful of queries."""
    documents = list(claim.documents.order_by("position"))
    missing = [each for each in documents if _is_missing(each)]
    step = step_of(claim, len(missing))
    trail = timeline.trail(claim, claim.cadre, *([claim.coverage] if claim.coverage else []))
    if step.code not in ("done", "rejected"):
        trail.items.insert(0, _now(step, len(missing)))
    facts = queries.cover_facts(claim.cadre, claim.died_on)
    return {
        "claim": claim,
        "status_tone": words.TONES[Claim.Status(claim.status)],
        "parts": words.parts(claim.benefit),
        "rule": words.rule(claim.benefit),
        "reasons": words.reasons(claim.benefit),
        "options": [words.option(each) for each in claim.benefit.get("options", ())],
        "amount_in_words": words.in_words(claim.total),
        "open_outcome": claim.outcome == Claim.Outcome.NEEDS_CONFIRMATION,
        "scholarship": queries.scholarship_of(facts, claim.died_on),
        "tasks": [_task(each) for each in documents if _is_listed(each)],
        "spare": [_task(each) for each in documents if not _is_listed(each)],
        "missing": len(missing),
        "needed": len([each for each in documents if each.need == "required"]),
        "step": step,
        "step_words": words.step(step, len(missing)),
        "step_who": words.who(step),
        "mine": step.perm is not None and actor.may(step.perm),
        "late": words.is_late(step),
        "action": _action(claim, step, actor, slug),
        "billed_after": facts.billed_after(claim.died_on),
        "heir_nik": words.heir_nik(claim.heir),
        "heir_account": words.heir_account(claim.heir),
        "hand_over": HandOver.objects.filter(claim=claim).first(),
        "trail": trail,
        "can": {
            "prepare": actor.may(Perm.CLAIM_PREPARE) and claim.status == Claim.Status.REPORTED,
            "documents": may_add_documents(claim, actor) and claim.status == Claim.Status.REPORTED,
            "send_back": actor.may(Perm.CLAIM_DECIDE) and claim.status == Claim.Status.SUBMITTED,
            "take_back": actor.may(Perm.CLAIM_PREPARE)
            and queries.may_take_back(claim, claim.cadre),
            "open_scans": actor.may(Perm.PEOPLE_REVEAL),
        },
        "scans": [(each.code, words.label(each)) for each in documents if each.file],
    }


def _is_missing(document: ClaimDocument) -> bool:
    return document.need == "required" and document.received_at is None


def _is_listed(document: ClaimDocument) -> bool:
    """Required ones and those that are there; the others stay folded."""
    return document.need == "required" or document.received_at is not None


def _action(claim: Claim, step: Step, actor: Actor, slug: str) -> dict[str, Any] | None:
    """The one strong button: where it leads, or None when it is somebody else's turn."""
    if step.perm is None or not actor.may(step.perm):
        return None
    if step.code == "submit":
        url = reverse("claims:submit", args=[slug, claim.pk])
        return {"label": _("Ajukan ke cabang"), "url": url, "post": True}
    name, label = ACTIONS[step.code]
    return {
        "label": str(label),
        "url": reverse(f"claims:{name}", args=[slug, claim.pk]),
        "post": False,
        "documents": step.code == "documents",
    }


def _task(document: ClaimDocument) -> dict[str, Any]:
    """One line of the checklist: what it is, who has it, whether it is there."""
    if document.received_at:
        day = formats.day(
            timezone.localtime(document.received_at).date(), translation.get_language()
        )
        status, tone, text = _("lengkap"), "g", _("Diterima %(day)s.") % {"day": day}
    elif document.need == "required":
        status, tone = _("belum ada"), "y"
        text = _("Biasanya ada pada %(holder)s.") % {"holder": words.holder(document)}
    else:
        status, tone = _("bila perlu"), ""
        text = _("Hanya %(condition)s.") % {"condition": words.condition(document)}
    return {"name": words.label(document), "status": status, "tone": tone, "text": text}


def _now(step: Step, missing: int) -> dict[str, Any]:
    """The present step at the top of the timeline."""
    return {
        "when": _("Sekarang"),
        "text": words.step(step, missing),
        "who": _("Giliran: %(who)s") % {"who": words.who(step)} if step.perm else "",
        "state": "now",
    }
