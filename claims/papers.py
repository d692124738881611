"""The hand-over record (BAST) as a frozen paper."""

from django.utils.translation import override

from claims import words
from claims.models import HandOver
from core import papers, pdf
from core.models import Paper

KIND = "hand_over"


def hand_over_paper(hand_over: HandOver, *, by: int | None) -> Paper:
    """Issue the record once, in Indonesian; later calls return the same paper."""

    def render() -> bytes:
        claim = hand_over.claim
        with override("id"):
            return pdf.render(
                "pdf/handover.html",
                {
                    "regency": claim.regency,
                    "hand_over": hand_over,
                    "claim": claim,
                    "heir": claim.heir,
                    "parts": words.parts(claim.benefit),
                    "rule": words.rule(claim.benefit),
                    "decided_by_branch": "decision" in claim.benefit,
                    "account": words.heir_account(claim.heir),
                    "amount_in_words": words.in_words(claim.total),
                },
            )

    return papers.issue(kind=KIND, number=hand_over.number, subject=hand_over, render=render, by=by)


def issued(hand_over: HandOver) -> Paper | None:
    """The paper of a hand-over that was recorded."""
    return papers.issued(kind=KIND, number=hand_over.number, subject=hand_over)
