"""Wiring only: settings, addresses, Celery and the servers behind them."""

from kaderjamsos.celery import app as celery_app

__all__ = ["celery_app"]
