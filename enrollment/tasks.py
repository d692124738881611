"""Long work of enrollment, and what the clock cleans up."""

import logging

from celery import shared_task
from django.utils import timezone

from core.tenancy import scope
from enrollment import card_actions, card_tasks, reconciliation_tasks
from enrollment.actions import activation
from regions.models import Regency

__all__ = ["begin_batches", "card_tasks", "reconciliation_tasks", "sweep_card_parts"]

log = logging.getLogger(__name__)


@shared_task(name="enrollment.begin_batches", ignore_result=True)
def begin_batches() -> None:
    """Accepted batches become active on the first day of their first month, where they are."""
    for regency in Regency.objects.filter(active=True).order_by("pk"):
        with timezone.override(regency.time_zone), scope(regency.pk):
            begun = activation.begin()
        if begun:
            log.info("batches active", extra={"regency": regency.pk, "batches": begun})


@shared_task(name="enrollment.sweep_card_parts", ignore_result=True)
def sweep_card_parts() -> None:
    """Delete what closed orders of cards left behind; a second sweep finds nothing."""
    for regency_id in (
        Regency.objects.filter(active=True).order_by("pk").values_list("pk", flat=True)
    ):
        with scope(regency_id):
            swept = card_actions.sweep_parts(by=None)
        if swept:
            log.info("card parts swept", extra={"regency": regency_id, "files": swept})
