"""Runs: each part once, whoever is killed and however often a driver is sent."""

import threading

import pytest
from django.db import connection, connections

from core import runs
from core.errors import DomainError
from core.models import Counter, Run, RunPart
from core.tenancy import scope
from tests import factories

PARTS = 6


class Killed(Exception):
    """Stands for a worker that is gone in the middle of a part."""


def _count(run: Run, part: RunPart) -> None:
    """One effect per part: a counter that would show a part done twice."""
    Counter.objects.create(series=f"part {part.number}", year=2026, last=1)


def _finish(run: Run) -> None:
    """One effect per run, which cannot be had twice."""
    Counter.objects.create(series="finish", year=2026, last=1)
    run.result = {"parts": run.parts.exclude(done_at=None).count()}


def _start(monkeypatch, do=_count, **options) -> tuple[int, int]:
    """A run of six parts that nobody drives yet."""
    monkeypatch.setattr(runs, "wake", lambda run: None)
    kind = runs.register(runs.Kind("guard", do, **options))
    world = factories.World.make()
    with scope(world.regency.pk):
        run = runs.start(kind, [runs.PlannedPart({"n": n}) for n in range(PARTS)])
    return world.regency.pk, run.pk


def _state(regency_id: int, run_id: int) -> tuple[str, int, int]:
    with scope(regency_id):
        run = Run.objects.get(id=run_id)
        return run.status, run.done, Counter.objects.filter(series__startswith="part").count()


def test_a_run_does_every_part_once_and_ends(db, monkeypatch):
    regency_id, run_id = _start(monkeypatch)
    runs.drive(regency_id, run_id)
    assert _state(regency_id, run_id) == ("done", PARTS, PARTS)


def test_driving_a_finished_run_changes_nothing(db, monkeypatch):
    regency_id, run_id = _start(monkeypatch)
    for _delivery in range(5):
        runs.drive(regency_id, run_id)
    assert _state(regency_id, run_id) == ("done", PARTS, PARTS)


def test_a_part_killed_half_way_leaves_nothing_and_is_done_later(db, monkeypatch):
    deaths = [3]

    def do(run: Run, part: RunPart) -> None:
        _count(run, part)
        if part.number in deaths:
            deaths.remove(part.number)
            raise Killed

    regency_id, run_id = _start(monkeypatch, do)
    with pytest.raises(Killed):
        runs.drive(regency_id, run_id)
    assert _state(regency_id, run_id) == ("running", 3, 3)
    assert (regency_id, run_id) in runs.open_runs()
    runs.drive(regency_id, run_id)
    assert _state(regency_id, run_id) == ("done", PARTS, PARTS)


def test_a_run_that_always_fails_is_given_up_after_five_attempts(db, monkeypatch):
    told = []

    def do(run: Run, part: RunPart) -> None:
        raise Killed

    regency_id, run_id = _start(monkeypatch, do, failed=lambda run, error: told.append(error.code))
    for _attempt in range(5):
        with pytest.raises(Killed):
            runs.drive(regency_id, run_id)
    assert _state(regency_id, run_id)[0] == "failed"
    assert told == ["internal_error"]
    runs.drive(regency_id, run_id)
    assert (regency_id, run_id) not in runs.open_runs()


def test_an_end_that_always_fails_counts_attempts_like_a_part(db, monkeypatch):
    told = []

    def finish(run: Run) -> None:
        raise Killed

    regency_id, run_id = _start(
        monkeypatch, finish=finish, failed=lambda run, error: told.append(error.code)
    )
    for attempt in range(1, runs.MAX_ATTEMPTS + 1):
        with pytest.raises(Killed):
            runs.drive(regency_id, run_id)
        with scope(regency_id):
            assert Run.objects.get(id=run_id).attempts == attempt
    assert _state(regency_id, run_id) == ("failed", PARTS - 1, PARTS - 1)
    assert told == ["internal_error"]


def test_a_refusal_of_the_rules_ends_the_run_at_once(db, monkeypatch):
    def do(run: Run, part: RunPart) -> None:
        raise DomainError("too_late", "")

    regency_id, run_id = _start(monkeypatch, do)
    runs.drive(regency_id, run_id)
    with scope(regency_id):
        assert Run.objects.get(id=run_id).error_code == "too_late"


def test_a_cancelled_run_keeps_what_is_done_and_does_no_more(db, monkeypatch):
    def do(run: Run, part: RunPart) -> None:
        _count(run, part)
        if part.number == 1:
            runs.cancel(run)

    regency_id, run_id = _start(monkeypatch, do)
    runs.drive(regency_id, run_id)
    status, _done, effects = _state(regency_id, run_id)
    assert (status, effects) == ("cancelled", 2)


def test_what_dies_while_finishing_is_finished_later_by_the_last_part(db, monkeypatch):
    deaths = [1]

    def finish(run: Run) -> None:
        if deaths:
            deaths.clear()
            raise Killed
        _finish(run)

    regency_id, run_id = _start(monkeypatch, finish=finish)
    with pytest.raises(Killed):
        runs.drive(regency_id, run_id)
    assert _state(regency_id, run_id) == ("running", PARTS - 1, PARTS - 1)
    runs.drive(regency_id, run_id)
    assert _state(regency_id, run_id) == ("done", PARTS, PARTS)
    with scope(regency_id):
        assert Run.objects.get(id=run_id).result == {"parts": PARTS}


def test_drivers_at_once_share_the_parts(own_database, monkeypatch):
    regency_id, run_id = _start(monkeypatch, finish=_finish, drivers=4)
    together, faults = threading.Barrier(4), []

    def drive() -> None:
        try:
            together.wait(10)
            runs.drive(regency_id, run_id)
        except Exception as error:  # noqa: BLE001 - a thread's fault is looked at below
            faults.append(error)
        finally:
            connections.close_all()

    drivers = [threading.Thread(target=drive) for _ in range(4)]
    for each in drivers:
        each.start()
    for each in drivers:
        each.join()
    assert faults == []
    assert _state(regency_id, run_id) == ("done", PARTS, PARTS)
    with scope(regency_id):
        assert Run.objects.get(id=run_id).result == {"parts": PARTS}
    assert connection.in_atomic_block is False
