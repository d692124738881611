"""Celery entry points of long work."""

from celery import shared_task

from core import runs


@shared_task(name="core.drive_run", acks_late=True, ignore_result=True)
def drive_run(regency_id: int, run_id: int) -> None:
    """Drive one run as far as this worker can."""
    runs.drive(regency_id, run_id)


@shared_task(name="core.tick_runs", ignore_result=True)
def tick_runs() -> None:
    """Find unfinished runs and send a driver to each; a second tick at once is harmless."""
    for regency_id, run_id in runs.open_runs():
        drive_run.delay(regency_id, run_id)
