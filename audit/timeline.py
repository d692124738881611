"""Who did what with an object, for its page: a timeline of events and the history of its row."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone, translation

from accounts.roles import Role
from audit import history, queries
from audit.models import Event
from audit.words import sentence
from core.formats import moment

SHOWN = 50


@dataclass(frozen=True)
class Trail:
    """What `audit/_trail.html` shows: `items` for `<c-timeline>` and the `rows` of the history."""

    items: list[dict[str, Any]]
    rows: list[history.Row]


def trail(obj: models.Model, *related: models.Model) -> Trail:
    """The trail of an object; events about `related` objects stand in the same timeline."""
    return Trail(for_object(obj, *related), history.rows_for(obj))


def for_object(obj: models.Model, *related: models.Model) -> list[dict[str, Any]]:
    """Timeline items of an object, newest first, at most fifty."""
    return [item(event) for event in queries.events_of(obj, *related)[:SHOWN]]


def item(event: Event) -> dict[str, Any]:
    """One event as a timeline item."""
    return {
        "when": moment(timezone.localtime(event.at), translation.get_language()),
        "text": sentence(event.kind, event.actor_name, event.facts),
        "who": role_label(event.actor_role),
    }


def role_label(role: str) -> str:
    """The role in words; empty for the system."""
    return str(Role(role).label) if role in Role.values else ""
