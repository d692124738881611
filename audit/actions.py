"""Recording what somebody did, in the same transaction as the deed."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from accounts.access import Actor
from audit.models import Event


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
    for that sentence and never hold an identity number, an address or a bank account.
    """
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
