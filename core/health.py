"""Two questions that machines ask: does the process live, and is the whole product ready."""

from typing import Any

import redis
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse

from core import heartbeats

LIMITS = {"worker": heartbeats.WORKER_SECONDS, "beat": heartbeats.BEAT_SECONDS}


def livez(request: HttpRequest) -> HttpResponse:
    """The web process answers. Asks nobody else, so a slow database does not get it killed."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Database, broker, worker and beat, each `ok` or what is wrong; 503 when any is not ok.

    For monitoring. A balancer should ask /livez: pages work without worker and beat.
    """
    found: dict[str, Any] = {"database": _database(), **_broker_and_workers()}
    ready = all(state == "ok" for state in found.values())
    answer = JsonResponse(
        {"status": "ok" if ready else "unavailable", **found}, status=200 if ready else 503
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _database() -> str:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _broker_and_workers() -> dict[str, str]:
    try:
        with heartbeats.broker() as connection:
            ages = heartbeats.ages(connection)
    except redis.RedisError:
        return {"broker": "unreachable", "worker": "unknown", "beat": "unknown"}
    found = {"broker": "ok"}
    for name, limit in LIMITS.items():
        age = ages[name]
        found[name] = "ok" if age is not None and age < limit else "silent"
    return found
