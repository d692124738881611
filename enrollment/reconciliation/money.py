"""Our side of a comparison: covers, what they cost and whether it is paid.

The app that knows money offers `fill(month) -> bool` in its own `reconciliation_source.py`: it
makes the temporary table `recon_ours (coverage_id, cadre_id, village_id, segment, fund_source_id,
expected, paid, unpaid)` of the covers that hold on the first day of the month, and says whether
bills of the months before exist, so that unpaid months mean something. This app never imports it
by name.
"""

import datetime as dt

from django.db import connection

from core import offers

WITHOUT_MONEY = """
CREATE TEMP TABLE recon_ours ON COMMIT DROP AS
SELECT c.id AS coverage_id, c.cadre_id, c.village_id, c.segment, c.fund_source_id,
  NULL::int AS expected, false AS paid, 0 AS unpaid
FROM enrollment_coverage c
WHERE c.starts_on <= %(month)s AND (c.ends_on IS NULL OR c.ends_on >= %(month)s)
"""


def fill(month: dt.date) -> bool:
    """Make `recon_ours`, without money when no app offers it; whether earlier bills exist."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS recon_ours")
    for offered in offers.modules("reconciliation_source"):
        return bool(offered.fill(month))
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_MONEY, {"month": month})
    return False
