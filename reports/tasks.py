"""What reports do by the clock."""

from celery import shared_task
from django.utils import timezone

from core.tenancy import scope
from regions.models import Regency
from reports.bulk import keeping


@shared_task(name="reports.forget_questions", ignore_result=True)
def forget_questions() -> int:
    """Delete long lists that were asked about and not answered within a day, in every regency."""
    count = 0
    for regency_id in Regency.objects.values_list("id", flat=True):
        with scope(regency_id):
            count += keeping.forget_expired(timezone.now())
    return count
