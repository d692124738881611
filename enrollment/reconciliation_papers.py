"""The signed-off record of a reconciliation: counts and rupiah by class, and who settled what."""

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import override

from accounts.access import Actor
from accounts.models import User
from core import papers, pdf
from core.models import Paper
from enrollment.models import Reconciliation, ReconciliationDifference
from enrollment.queries import reconciliations as queries
from enrollment.reconciliation.classes import KINDS
from enrollment.reconciliation.wording import WAYS

KIND = "reconciliation_record"
# Of these the record names the people: money stops, or an insurance ends.
NAMED = ("dead_billed", "twice_same_payer", "twice_other_payer", "active_pu")
MOST_NAMED = 1_000
MOST_GROUPS = 500


def issue(reconciliation: Reconciliation, number: str, by: Actor) -> Paper:
    """Draw and freeze the record; a second call gives the first paper."""
    return papers.issue(
        kind=KIND,
        number=number,
        subject=reconciliation,
        render=lambda: _draw(reconciliation, number),
        by=by.id,
    )


def _draw(reconciliation: Reconciliation, number: str) -> bytes:
    """The paper in Indonesian, with the fingerprint of what it says."""
    with override("id"):
        groups = _groups(reconciliation)
        named = _named(reconciliation)
        said = {
            "reconciliation": reconciliation,
            "number": number,
            "regency": reconciliation.regency,
            "counts": reconciliation.counts,
            "matched": reconciliation.counts.get("matched", {}),
            "classes": _classes(reconciliation),
            "groups": groups[:MOST_GROUPS],
            "groups_left": max(0, len(groups) - MOST_GROUPS),
            "named": [(each, WAYS.get(each.settlement, "")) for each in named[:MOST_NAMED]],
            "named_left": max(0, named.count() - MOST_NAMED),
            "uploaded_by": _name(reconciliation.uploaded_by_id),
            "closed_by": _name(reconciliation.closed_by_id),
            "fingerprint": fingerprint(reconciliation, number, groups),
        }
        return pdf.render("pdf/reconciliation.html", said)


def _classes(reconciliation: Reconciliation) -> list[dict[str, Any]]:
    kinds = ReconciliationDifference.Kind
    told = {kind: reconciliation.counts.get(kind, {"people": 0, "rupiah": 0}) for kind in KINDS}
    return [
        {"label": kinds(kind).label, "people": each["people"], "rupiah": each["rupiah"]}
        for kind, each in told.items()
    ]


def _groups(reconciliation: Reconciliation) -> list[dict[str, Any]]:
    """Settlements with the same class, way and reason by the same person, in words."""
    found = queries.settled_groups(reconciliation)
    names = dict(
        User.objects.filter(pk__in={each["settled_by_id"] for each in found}).values_list(
            "pk", "name"
        )
    )
    kinds = ReconciliationDifference.Kind
    return [
        {
            **each,
            "kind": kinds(each["kind"]).label,
            "how": WAYS[each["settlement"]],
            "by": names.get(each["settled_by_id"], ""),
        }
        for each in found
    ]


def _named(reconciliation: Reconciliation) -> models.QuerySet[ReconciliationDifference]:
    ended = models.Q(settlement=ReconciliationDifference.Settlement.COVER_ENDED)
    return (
        queries.differences()
        .filter(models.Q(kind__in=NAMED) | ended, reconciliation=reconciliation)
        .order_by("kind", "id")
    )


def _name(user_id: int | None) -> str:
    if user_id is None:
        return ""
    return User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""


def fingerprint(reconciliation: Reconciliation, number: str, groups: list[dict]) -> str:
    """SHA-256 of what the record says, in hex: the same facts give the same print."""
    said = {
        "number": number,
        "regency": reconciliation.regency_id,
        "list": reconciliation.number,
        "month": reconciliation.month.isoformat(),
        "file": reconciliation.file_sha256,
        "matched": reconciliation.counts.get("matched"),
        "classes": {kind: reconciliation.counts.get(kind) for kind in KINDS},
        "settled": [
            [each["kind"], each["settlement"], each["people"], each["reason"]] for each in groups
        ],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
