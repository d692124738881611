"""The arithmetic of the chain: one link per event, over the link before it. Pure."""

import datetime as dt
import hashlib
import json
from typing import Any

FIELDS = (
    "id",
    "regency_id",
    "at",
    "actor_id",
    "actor_name",
    "actor_role",
    "kind",
    "object_type",
    "object_id",
    "village_id",
    "facts",
)


def canonical(number: int, event: dict[str, Any]) -> str:
    """The one JSON text of an event in its place: sorted keys, no spaces, times in UTC."""
    values = {name: event[name] for name in FIELDS} | {"number": number}
    values["at"] = values["at"].astimezone(dt.UTC).isoformat(timespec="microseconds")
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(previous: str, number: int, event: dict[str, Any]) -> str:
    """SHA-256 in hex over the previous link and the event; the first link follows empty text."""
    return hashlib.sha256(f"{previous}\n{canonical(number, event)}".encode()).hexdigest()
