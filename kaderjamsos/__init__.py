"""Wiring only: settings, addresses, Celery and the servers behind them.

Nothing is imported here, so that `kaderjamsos.servers` starts quickly; settings load Celery.
"""
