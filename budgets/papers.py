"""The invoice as a frozen paper."""

import hashlib
import json

from django.utils.translation import override

from budgets import queries, words
from budgets.contributions import REASONS
from budgets.models import Invoice
from core import papers, pdf
from core.models import Paper

KIND = "invoice"


def invoice_paper(invoice: Invoice, *, by: int | None) -> Paper:
    """Issue the invoice once, in Indonesian; later calls return the same paper."""

    def render() -> bytes:
        recap = queries.recap(invoice)
        with override("id"):
            return pdf.render(
                "pdf/invoice.html",
                {
                    "regency": invoice.regency,
                    "invoice": invoice,
                    "recap": recap,
                    "amount_in_words": words.in_words(invoice.total),
                    "reason": REASONS.get(invoice.confirmation),
                    "fingerprint": fingerprint(invoice, recap),
                },
            )

    return papers.issue(kind=KIND, number=invoice.number, subject=invoice, render=render, by=by)


def fingerprint(invoice: Invoice, recap: list[dict]) -> str:
    """SHA-256 of what the invoice says, in hex: the same facts give the same print."""
    said = {
        "number": invoice.number,
        "regency": invoice.regency_id,
        "month": invoice.month.isoformat(),
        "payer": invoice.payer_name,
        "people": invoice.people,
        "jkk": invoice.jkk,
        "jkm": invoice.jkm,
        "due_on": invoice.due_on.isoformat(),
        "recap": [[row["code"], row["people"], row["jkk"], row["jkm"]] for row in recap],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
