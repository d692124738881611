"""What a cover costs and whether it is paid, asked of the app that knows.

An app offers `fill(month) -> bool` in its own `reconciliation_source.py`: it makes the temporary
table `recon_money (coverage_id, expected, paid, unpaid)` for the covers that hold on the first
day of the month, and says whether bills of the months before exist, so that unpaid months mean
something. This app never imports it by name.
"""

import datetime as dt

from django.db import connection

from core import offers


def fill(month: dt.date) -> bool:
    """Make `recon_money`, empty when no app offers it; whether earlier bills exist."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS recon_money")
    for offered in offers.modules("reconciliation_source"):
        return bool(offered.fill(month))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE recon_money (coverage_id bigint, expected int, paid boolean, "
            "unpaid int) ON COMMIT DROP"
        )
    return False
