"""What machines are told about the product's health."""

import os
import time
from collections.abc import Iterator

import pytest
import redis
from django.db import OperationalError

from core import health, heartbeats


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[redis.Redis]:
    """The real broker, with keys of this test's own; others run beside it."""
    worker, beat = (f"kj:test:{os.getpid()}:{name}" for name in ("worker", "beat"))
    monkeypatch.setattr(heartbeats, "WORKER", worker)
    monkeypatch.setattr(heartbeats, "BEAT", beat)
    monkeypatch.setattr(heartbeats, "_written", {})
    with heartbeats.broker() as connection:
        yield connection
        connection.delete(worker, beat)


def test_livez_asks_nobody(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/livez").status_code == 200


def test_readyz_is_ok_when_all_four_are(client, db, broker):
    heartbeats.record(heartbeats.WORKER)
    heartbeats.record(heartbeats.BEAT)
    answer = client.get("/readyz")
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "broker": "ok",
        "worker": "ok",
        "beat": "ok",
    }
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


def test_a_worker_that_fell_silent_is_told(client, db, broker):
    heartbeats.record(heartbeats.BEAT)
    broker.set(heartbeats.WORKER, time.time() - heartbeats.WORKER_SECONDS - 1)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "silent"
    assert answer.json()["beat"] == "ok"


def test_a_beat_that_never_ticked_is_told(client, db, broker):
    heartbeats.record(heartbeats.WORKER)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["beat"]) == (503, "silent")


def test_a_broker_that_is_away_is_told(client, db, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["broker"] == "unreachable"


def test_a_database_that_is_away_is_told(client, db, broker, monkeypatch):
    class Away:
        def cursor(self) -> None:
            raise OperationalError("gone")

    monkeypatch.setattr(health, "connections", {"default": Away()})
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"
    assert "gone" not in answer.content.decode()


def test_a_sign_of_life_costs_one_write_in_five_seconds(broker):
    heartbeats.record(heartbeats.WORKER)
    first = broker.get(heartbeats.WORKER)
    heartbeats.record(heartbeats.WORKER)
    assert broker.get(heartbeats.WORKER) == first


def test_a_worker_survives_a_broker_that_is_away(broker, settings, caplog):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    heartbeats.record(heartbeats.WORKER)
    assert "sign of life not written" in caplog.text
