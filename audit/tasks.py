"""The sealer: a beat tick seals what is new in every regency."""

from celery import shared_task

from audit import sealing
from core.tenancy import scope
from regions.models import Regency


@shared_task(name="audit.seal_events", ignore_result=True)
def seal_events() -> int:
    """Seal new events, one transaction for each regency; two ticks at once take turns."""
    count = 0
    for regency_id in Regency.objects.filter(active=True).values_list("id", flat=True):
        with scope(regency_id):
            count += sealing.seal_waiting()
    return count
