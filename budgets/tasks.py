"""The monthly bill by the clock."""

import datetime as dt
import logging
from collections.abc import Sequence

from celery import shared_task
from django.utils import timezone

from budgets import actions, prices
from budgets.rule_files import Rules
from core import months, runs
from core.errors import DomainError
from core.models import Run
from core.tenancy import scope
from regions.models import Regency

log = logging.getLogger(__name__)
SHARE = 16
"""Regencies per message: the workers share the country, and each message is done in seconds."""


@shared_task(name="budgets.invoice_every_regency", acks_late=True, ignore_result=True)
def invoice_every_regency(month: str | None = None) -> None:
    """Have the present month (or `2026-11`) billed in every active regency.

    The clock sends it on several days: it leaves alone where the present month was started.
    """
    ids = list(Regency.objects.filter(active=True).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), SHARE):
        invoice_regencies.delay(ids[first : first + SHARE], month)


@shared_task(name="budgets.invoice_regencies", acks_late=True, ignore_result=True)
def invoice_regencies(regency_ids: Sequence[int], month: str | None = None) -> None:
    """Bill a month in some regencies, each from start to end.

    Delivered twice it changes nothing; a regency that fails does not stop the others.
    """
    rules = prices.read_rules()
    for regency in Regency.objects.filter(pk__in=regency_ids).order_by("pk"):
        try:
            with timezone.override(regency.time_zone):
                _invoice(regency, month, rules)
        except DomainError as error:
            log.info("regency not billed", extra={"regency": regency.pk, "code": error.code})
        except Exception:
            log.exception("billing a regency failed", extra={"regency": regency.pk})


def _invoice(regency: Regency, month: str | None, rules: Rules) -> None:
    with scope(regency.pk):
        run = actions.start_invoice_run(
            by=None, month=_month(month), rules=rules, again=month is not None, here=True
        ).run
    if run is not None and run.is_open:
        runs.drive(regency.pk, run.pk, queued=run.status == Run.Status.QUEUED)


def _month(text: str | None) -> dt.date:
    return months.parse_month(text) if text else months.this_month()
