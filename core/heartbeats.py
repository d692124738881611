"""Signs of life of the worker and the beat, kept in the broker as seconds since the epoch.

Celery's own signals write them: a worker every two seconds from its main process, busy or not,
and the beat whenever it sends a task. So a beat that runs without ticking is seen too.
"""

import logging
import time
from typing import Any

import redis
from celery import signals
from django.conf import settings

WORKER, BEAT = "kj:alive:worker", "kj:alive:beat"
WORKER_SECONDS, BEAT_SECONDS = 30, 120
WRITE_EVERY = 5.0

log = logging.getLogger(__name__)
_written: dict[str, float] = {}
_in_beat = False


def broker() -> redis.Redis:
    """A connection to the broker that gives up after two seconds."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2, decode_responses=True
    )


def record(key: str) -> None:
    """Write the present time under a key, at most once in WRITE_EVERY seconds."""
    now = time.time()
    if now - _written.get(key, 0) < WRITE_EVERY:
        return
    try:
        with broker() as connection:
            connection.set(key, now)
    except redis.RedisError as error:
        # The worker must survive a broker that is away; /readyz tells it meanwhile.
        log.warning("sign of life not written: %s", type(error).__name__)
        return
    _written[key] = now


def ages(connection: redis.Redis) -> dict[str, float | None]:
    """Seconds since the last sign of life of `worker` and `beat`; None when there is none."""
    now = time.time()
    values = connection.mget(WORKER, BEAT)
    return {
        name: None if value is None else max(0.0, now - float(value))
        for name, value in zip(("worker", "beat"), values, strict=True)
    }


@signals.heartbeat_sent.connect
def _worker_lives(**_kwargs: Any) -> None:
    record(WORKER)


@signals.beat_init.connect
def _beat_starts(**_kwargs: Any) -> None:
    global _in_beat
    _in_beat = True
    record(BEAT)


@signals.after_task_publish.connect
def _beat_ticks(**_kwargs: Any) -> None:
    if _in_beat:
        record(BEAT)
