"""The invoice as a paper, kept from its first payment on."""

import hashlib
import io
import json
from typing import BinaryIO

from django.utils.translation import override

from budgets import queries, words
from budgets.contributions import REASONS
from budgets.models import Invoice
from core import papers, pdf
from core.models import Paper

KIND = "invoice"


def invoice_file(invoice: Invoice) -> BinaryIO:
    """The PDF: the kept paper, or drawn from the invoice's facts, which do not change."""
    kept = papers.issued(kind=KIND, number=invoice.number, subject=invoice)
    return papers.open_paper(kept) if kept else io.BytesIO(_draw(invoice))


def keep(invoice: Invoice, *, by: int) -> Paper:
    """Keep the paper that is paid on; later calls return the same paper."""
    return papers.issue(
        kind=KIND,
        number=invoice.number,
        subject=invoice,
        render=lambda: _draw(invoice),
        by=by,
    )


def _draw(invoice: Invoice) -> bytes:
    """The paper in Indonesian, with the fingerprint of what it says."""
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
