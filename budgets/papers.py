"""The invoice as a paper, kept from the moment somebody first asks for it."""

import hashlib
import json
from typing import BinaryIO

from django.utils.translation import override

from budgets import prices, queries, words
from budgets.contributions import reasons
from budgets.models import Invoice
from core import papers, pdf

KIND = "invoice"


def invoice_file(invoice: Invoice) -> BinaryIO:
    """The PDF: drawn when it is first asked for, kept, and the same bytes ever after."""
    kept = papers.issue(
        kind=KIND,
        number=invoice.number,
        subject=invoice,
        render=lambda: _draw(invoice),
        by=None,
    )
    return papers.open_paper(kept)


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
                "with_jht": invoice.lines.filter(jht__gt=0).count() if invoice.jht else 0,
                "amount_in_words": words.in_words(invoice.total),
                "reasons": reasons(invoice.confirmation),
                "basis": words.basis(invoice, prices.rates_of_bill(invoice)),
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
        "jht": invoice.jht,
        "segment": invoice.segment,
        "due_on": invoice.due_on.isoformat(),
        "recap": [
            [row["code"], row["people"], row["jkk"], row["jkm"], row["jht"]] for row in recap
        ],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
