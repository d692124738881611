""" "Perlu tindakan Anda": what waits for a person in a role, most urgent first."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db.models import QuerySet
from django.utils import timezone

from accounts.access import Actor
from budgets.queries import Figures
from regions.models import Regency, Village
from reports.todo import claims, enrolment, money, people, reconciliation
from reports.todo.item import tally


def items_for(
    actor: Actor,
    regency: Regency,
    *,
    villages: QuerySet[Village],
    claim_counts: Mapping[str, int],
    figures: Figures | None,
) -> list[dict]:
    """Everything that waits for the actor.

    `villages` are those in sight, `claim_counts` counts claims by status, `figures` is None for
    who may not read bills.
    """
    today = timezone.localdate()
    n = tally(
        claims.waiting(actor)
        | enrolment.waiting(actor)
        | reconciliation.waiting(actor)
        | people.waiting(actor, today, villages)
    )
    found = [
        *claims.items(actor, regency, claim_counts, n),
        *money.items(actor, regency, figures),
        *enrolment.items(actor, regency, n),
        *reconciliation.items(actor, regency, n),
        *people.items(actor, regency, today, villages, n),
    ]
    return [asdict(item) for item in found]
