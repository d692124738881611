"""The Celery application and its timetable; ticks are idempotent, so two beats are harmless."""

import os

from celery import Celery
from celery.schedules import crontab

from core import heartbeats  # noqa: F401  writes the signs of life that /readyz reads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaderjamsos.settings")
app = Celery("kaderjamsos")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "drive unfinished runs": {"task": "core.tick_runs", "schedule": 15.0},
    "seal audit events": {"task": "audit.seal_events", "schedule": 60.0},
    "forget exported files": {"task": "audit.forget_exports", "schedule": 3600.0},
    "forget lists asked about": {"task": "reports.forget_questions", "schedule": 3600.0},
    "sweep card parts": {
        "task": "enrollment.sweep_card_parts",
        "schedule": crontab(minute=15, hour=2),
    },
    "begin accepted batches": {
        "task": "enrollment.begin_batches",
        # Midnight comes three times: in WIT, in WITA and in WIB.
        "schedule": crontab(minute=5),
    },
    "invoice the month": {
        "task": "budgets.invoice_every_regency",
        # Again on the days after, should nobody have been there on the first.
        "schedule": crontab(minute=30, hour=0, day_of_month="1-10"),
    },
}
