"""Long work that may be killed anywhere and run twice without harm.

A kind of run plans parts once; each part is one transaction that also marks itself done, so
nothing is half-done and nothing is done twice. Drivers claim parts with SKIP LOCKED; the beat
finds runs that nobody drives. Kinds are registered by the apps in their `tasks.py`.
"""

import logging
from collections.abc import Callable, Iterable
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

    `failed` is told the error code when the run is given up. `drivers` is how many workers
    may share the parts.
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
    kind: Kind, parts: Iterable[PlannedPart], *, plan: dict | None = None, by: int | None = None
) -> Run:
    """Store a run and its parts and wake the drivers when the transaction commits."""
    planned = list(parts)
    run = Run.objects.create(
        kind=kind.name,
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
    wake(run)
    return run


def wake(run: Run) -> None:
    """Send drivers for a run once the present transaction commits; a lost message is found by the beat."""
    from core.tasks import drive_run

    kind, regency_id, run_id = kind_named(run.kind), run.regency_id, run.id

    def send() -> None:
        for _ in range(kind.drivers):
            drive_run.apply_async((regency_id, run_id), queue=kind.queue, retry=False)

    transaction.on_commit(send, robust=True)


def drive(regency_id: int, run_id: int) -> None:
    """Work on a run until no part is free; safe to call any number of times at once."""
    with scope(regency_id):
        Run.objects.filter(id=run_id, status=Run.Status.QUEUED).update(
            status=Run.Status.RUNNING, started_at=timezone.now()
        )
    while _drive_part(regency_id, run_id):
        pass
    _finish(regency_id, run_id)


def _drive_part(regency_id: int, run_id: int) -> bool:
    """Do one free part; False when none is left for this driver."""
    try:
        with scope(regency_id):
            run = Run.objects.get(id=run_id)
            if not run.is_open:
                return False
            part = (
                RunPart.objects.select_for_update(skip_locked=True)
                .filter(run=run, done_at=None)
                .order_by("number")
                .first()
            )
            if part is None:
                return False
            with scope(regency_id, by=run.started_by_id):
                kind_named(run.kind).do(run, part)
            part.done_at = timezone.now()
            part.save(update_fields=["done_at"])
            Run.objects.filter(id=run_id).update(done=F("done") + part.weight)
            return True
    except DomainError as error:
        _give_up(regency_id, run_id, error)
        return False
    except Exception:
        log.exception("run part failed", extra={"run_id": run_id})
        _count_attempt(regency_id, run_id)
        raise


def _finish(regency_id: int, run_id: int) -> None:
    """Close a run whose parts are all done; exactly one driver gets to do it."""
    try:
        with scope(regency_id):
            run = Run.objects.select_for_update().get(id=run_id)
            if not run.is_open or run.parts.filter(done_at=None).exists():
                return
            kind = kind_named(run.kind)
            if kind.finish:
                with scope(regency_id, by=run.started_by_id):
                    kind.finish(run)
            run.status = Run.Status.DONE
            run.finished_at = timezone.now()
            run.save(update_fields=["status", "finished_at", "result"])
    except DomainError as error:
        _give_up(regency_id, run_id, error)


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


def cancel(run: Run) -> None:
    """Stop a run before its next part; parts that are done stay done."""
    Run.objects.filter(id=run.id, status__in=Run.OPEN).update(
        status=Run.Status.CANCELLED, finished_at=timezone.now()
    )
