"""The monthly bill by the clock."""

import datetime as dt
import logging

from celery import shared_task
from django.utils import timezone

from budgets import actions
from core import months
from core.errors import DomainError
from core.tenancy import scope
from regions.models import Regency

log = logging.getLogger(__name__)


@shared_task(name="budgets.invoice_every_regency", acks_late=True, ignore_result=True)
def invoice_every_regency(month: str | None = None) -> None:
    """Start the bill of the present month (or of `2026-11`) in every active regency.

    Delivered twice it changes nothing; a regency that fails does not stop the others.
    """
    for regency in Regency.objects.filter(active=True).order_by("pk"):
        try:
            with timezone.override(regency.time_zone), scope(regency.pk):
                actions.start_invoice_run(by=None, month=_month(month))
        except DomainError as error:
            log.info("regency not billed", extra={"regency": regency.pk, "code": error.code})
        except Exception:
            log.exception("billing a regency failed", extra={"regency": regency.pk})


def _month(text: str | None) -> dt.date:
    return months.parse_month(text) if text else months.this_month()
