"""The sealer, a beat tick that seals what is new in every regency, and long exports."""

from celery import shared_task
from django.utils import timezone

from audit import exporting, sealing
from core import runs
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


runs.register(runs.Kind(exporting.KIND, exporting.write_part, finish=exporting.keep))


@shared_task(name="audit.forget_exports", ignore_result=True)
def forget_exports() -> int:
    """Delete exported files that were kept for a day, in every regency."""
    count = 0
    for regency_id in Regency.objects.values_list("id", flat=True):
        with scope(regency_id):
            count += exporting.forget_expired(timezone.now())
    return count
