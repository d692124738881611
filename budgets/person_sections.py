"""What a person's page shows about contributions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.roles import Perm
from budgets import queries, words
from cadres.models import Cadre
from cadres.person_sections import Section

SHOWN = 24


def contributions(cadre: Cadre, actor: Actor) -> Mapping[str, Any]:
    """The latest billed months, each paid or open; two statements."""
    lines = list(queries.contributions_of(cadre.pk)[:SHOWN])
    may_open = actor.may(Perm.INVOICE_VIEW)
    return {
        "months": [
            {
                "month": line.month,
                "total": line.amount,
                "payer": line.invoice.fund_source.name,
                "tone": words.STATUS[line.invoice.status][0],
                "status": words.STATUS[line.invoice.status][1],
                "number": line.invoice.number,
                "invoice_id": line.invoice_id if may_open else None,
            }
            for line in lines
        ],
        "paid": len(queries.paid_months(cadre_id=cadre.pk)),
    }


SECTIONS = (
    Section(
        _("Iuran"), "budgets/_person.html", Perm.INVOICE_VIEW, contributions, order=30, wide=True
    ),
)
