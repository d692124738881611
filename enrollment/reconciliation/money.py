"""What a cover costs and whether it is paid, asked of the app that knows.

An app offers `fill(month) -> bool` in its own `reconciliation_source.py`: it makes the temporary
table `recon_money (coverage_id, expected, paid, unpaid)` for the covers that hold on the first
day of the month, and says whether bills of the months before exist, so that unpaid months mean
something. This app never imports it by name.
"""

import datetime as dt
from importlib import import_module

from django.apps import apps
from django.db import connection
from django.utils.module_loading import module_has_submodule

NAME = "reconciliation_source"


def fill(month: dt.date) -> bool:
    """Make `recon_money`, empty when no app offers it; whether earlier bills exist."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS recon_money")
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, NAME):
            return import_module(f"{config.name}.{NAME}").fill(month)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE recon_money (coverage_id bigint, expected int, paid boolean, "
            "unpaid int) ON COMMIT DROP"
        )
    return False
