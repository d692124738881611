"""Long work that may be killed anywhere and run twice without harm.

A kind of run plans parts once; each part is one transaction that also marks itself done, so
nothing is half-done and nothing is done twice. Drivers claim parts with SKIP LOCKED; the beat
finds runs that nobody drives. Kinds are registered by the apps in their `tasks.py`.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from core.errors import DomainError
from core.models import Run, RunPart
from core.tenancy import scope

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 5


@dataclass(frozen=True)
class PlannedPart:
    """One transaction's worth of work; `weight` is what progress counts."""

    payload: dict[str, Any] = field(default_factory=dict)
    weight: int = 1


@dataclass(frozen=True)
class Kind:
    """How one kind of run works. `do` runs once per part, `finish` once after the last.

    What `do` puts into the part's payload and `finish` into the run's result is saved. The
    driver that does the last part also finishes, in the same transaction. `failed` is told the
    error code when the run is given up. `drivers` is how many workers may share the parts.
    """

    name: str
    do: Callable[[Run, RunPart], None]
    finish: Callable[[Run], None] | None = None
    failed: Callable[[Run, DomainError], None] | None = None
    drivers: int = 1
    queue: str = "default"


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; its name is stored in the rows."""
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> Kind:
    """A registered kind; looks into every app's `tasks.py` when it is not known yet."""
    if name not in _kinds:
        autodiscover_modules("tasks")
    return _kinds[name]


def start(
    kind: Kind,
    parts: Iterable[PlannedPart],
    *,
    plan: dict | None = None,
    by: int | None = None,
    here: bool = False,
) -> Run:
    """Store a run and its parts and wake the drivers when the transaction commits.

    With `here` the caller drives it at once, so that no driver is sent; should the caller die,
    the beat finds the run.
    """
    planned = list(parts)
    run = Run.objects.create(
        kind=kind.name,
        status=Run.Status.RUNNING if here else Run.Status.QUEUED,
        started_at=timezone.now() if here else None,
        plan=plan or {},
        total=sum(part.weight for part in planned),
        started_by_id=by,
    )
    RunPart.objects.bulk_create(
        (
            RunPart(run=run, number=number, weight=part.weight, payload=part.payload)
            for number, part in enumerate(planned)
        ),
        batch_size=2000,
    )
    if not here:
        wake(run)
    return run


def wake(run: Run) -> None:
    """Send drivers for a run once this transaction commits; the beat finds a lost message."""
    from core.tasks import drive_run

    kind, regency_id, run_id = kind_named(run.kind), run.regency_id, run.id

    def send() -> None:
        for _ in range(kind.drivers):
            drive_run.apply_async((regency_id, run_id), queue=kind.queue, retry=False)

    transaction.on_commit(send, robust=True)


def drive(regency_id: int, run_id: int, *, queued: bool = True) -> None:
    """Work on a run until no part is free; safe to call any number of times at once.

    `queued=False` is for who has started it `here`: it is marked as running already.
    """
    if queued:
        with scope(regency_id):
            Run.objects.filter(id=run_id, status=Run.Status.QUEUED).update(
                status=Run.Status.RUNNING, started_at=timezone.now()
            )
    while _drive_part(regency_id, run_id):
        pass


def _drive_part(regency_id: int, run_id: int) -> bool:
    """Do one free part; False when this driver has nothing left to do."""
    try:
        with scope(regency_id):
            part = (
                RunPart.objects.select_for_update(of=("self",), skip_locked=True)
                .select_related("run")
                .filter(run=run_id, run__status__in=Run.OPEN, done_at=None)
                .order_by("number")
                .first()
            )
            if part is None:
                _end(Run.objects.select_for_update().get(id=run_id))
                return False
            run = part.run
            with _as_its_starter(run):
                kind_named(run.kind).do(run, part)
            part.done_at = timezone.now()
            part.save(update_fields=["payload", "done_at"])
            _count(run, part)
            return not _end(run)
    except DomainError as error:
        _give_up(regency_id, run_id, error)
        return False
    except Exception:
        log.exception("run part failed", extra={"run_id": run_id})
        _count_attempt(regency_id, run_id)
        raise


def _as_its_starter(run: Run) -> AbstractContextManager:
    """Row history names who started the run; nobody for the system's own runs."""
    if run.started_by_id is None:
        return nullcontext()
    return scope(run.regency_id, by=run.started_by_id)


def _count(run: Run, part: RunPart) -> None:
    """Add a part to what is done. This locks the run: of several drivers at their last parts,
    each one waits here for those before it, so that the very last sees all parts done.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_run SET done = done + %s WHERE id = %s RETURNING done, status",
            [part.weight, run.id],
        )
        run.done, run.status = cursor.fetchone()


def _end(run: Run) -> bool:
    """Finish a run, whose row is locked, once all its parts are done; whether it is over."""
    if not run.is_open:
        return True
    if run.parts.filter(done_at=None).exists():
        return False
    kind = kind_named(run.kind)
    if kind.finish:
        with _as_its_starter(run):
            kind.finish(run)
    run.status, run.finished_at = Run.Status.DONE, timezone.now()
    run.save(update_fields=["status", "finished_at", "result"])
    return True


def _give_up(regency_id: int, run_id: int, error: DomainError) -> None:
    with scope(regency_id):
        run = Run.objects.select_for_update().get(id=run_id)
        if not run.is_open:
            return
        run.status, run.error_code = Run.Status.FAILED, error.code
        run.finished_at = timezone.now()
        run.save(update_fields=["status", "error_code", "finished_at"])
        kind = kind_named(run.kind)
        if kind.failed:
            kind.failed(run, error)


def _count_attempt(regency_id: int, run_id: int) -> None:
    """An unexpected failure is tried again by the beat, but not for ever."""
    with scope(regency_id):
        Run.objects.filter(id=run_id).update(attempts=F("attempts") + 1)
        attempts = Run.objects.values_list("attempts", flat=True).get(id=run_id)
    if attempts >= MAX_ATTEMPTS:
        _give_up(regency_id, run_id, DomainError("internal_error", ""))


def open_runs() -> list[tuple[int, int]]:
    """(regency, run) of every unfinished run of every tenant, through `core_open_runs()`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT regency_id, run_id FROM core_open_runs()")
        return cursor.fetchall()


def seconds_left(run: Run, done: int) -> int | None:
    """How long the rest takes at the speed so far; None while that cannot be said."""
    if not run.is_open or not run.started_at or not done:
        return None
    speed = done / max((timezone.now() - run.started_at).total_seconds(), 1)
    return round((run.total - done) / speed)


def cancel(run: Run) -> None:
    """Stop a run before its next part; parts that are done stay done."""
    Run.objects.filter(id=run.id, status__in=Run.OPEN).update(
        status=Run.Status.CANCELLED, finished_at=timezone.now()
    )
