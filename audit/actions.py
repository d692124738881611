"""Recording what somebody did, in the same transaction as the deed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from accounts.access import Actor
from audit.models import Event
from core.tenancy import current, scope


def record(
    kind: str,
    subject: models.Model,
    *,
    by: Actor | None,
    village_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """Write one event about `subject`; `by=None` is the system itself.

    `kind` is `noun.verb` and has its sentence in `audit.sentences`. `facts` are plain values
    for that sentence and never hold an identity number, an address or a bank account. The
    village is the subject's own unless given; in the scope of one village it is that village,
    since an event of no village is not seen there.
    """
    if village_id is None:
        village_id = getattr(subject, "village_id", None)
    villages = current().villages
    if village_id is None and len(villages) == 1:
        village_id = villages[0]
    return Event.objects.create(
        kind=kind,
        object_type=subject._meta.label_lower,
        object_id=subject.pk,
        actor_id=by.id if by else None,
        actor_name=by.user.name if by else "",
        actor_role=by.role if by else "",
        village_id=village_id,
        facts=dict(facts or {}),
    )


def record_many(
    kind: str, subjects: Iterable[tuple[models.Model, Mapping[str, Any]]], *, by: Actor | None
) -> None:
    """Write one event of the same kind about each (subject, facts), in batches of statements."""
    Event.objects.bulk_create(
        (
            Event(
                kind=kind,
                object_type=subject._meta.label_lower,
                object_id=subject.pk,
                actor_id=by.id if by else None,
                actor_name=by.user.name if by else "",
                actor_role=by.role if by else "",
                village_id=getattr(subject, "village_id", None),
                facts=dict(facts),
            )
            for subject, facts in subjects
        ),
        batch_size=1000,
    )


def record_in(
    *,
    kind: str,
    subject: models.Model,
    by: Actor | None,
    regency_ids: Iterable[int],
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write the same event into the trail of each regency, outside or inside a scope."""
    for regency_id in regency_ids:
        with scope(regency_id, by=by.id if by else None):
            record(kind, subject, by=by, facts=facts)
