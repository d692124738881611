"""What each cover costs in a month and whether it is paid, for the comparison with BPJS.

Found by name by `enrollment.reconciliation.money`.
"""

import datetime as dt

from django.db import connection

from budgets.invoicing import Rules
from budgets.models import Invoice
from core import months
from core.plans import for_many
from enrollment.models import FundSource

LOOKED_BACK = 3  # months; who has paid none of them is inactive (domain reference, section 3)


def _months_since(day: str) -> str:
    """SQL: whole months from the month of a day to the asked one."""
    parts = [
        f"(extract({part} FROM %(month)s::date) - extract({part} FROM {day})) * {times}"
        for part, times in (("year", 12), ("month", 1))
    ]
    return f"({' + '.join(parts)})::int"


# `expected` is what our bill says, or what it would say; `unpaid` counts the months before this
# one that were not paid, one after the other, no further back than the cover reaches.
MONEY = f"""
CREATE TEMP TABLE recon_money ON COMMIT DROP AS
SELECT c.id AS coverage_id, coalesce(l.jkk + l.jkm, price.amount) AS expected,
  coalesce(i.paid >= i.total, false) AS paid,
  least(coalesce({_months_since("before.last")} - 1, %(back)s), {_months_since("c.starts_on")})
    AS unpaid
FROM enrollment_coverage c
LEFT JOIN budgets_invoiceline l ON l.month = %(month)s AND l.coverage_id = c.id
LEFT JOIN budgets_invoice i ON i.id = l.invoice_id
LEFT JOIN (
  SELECT l.cadre_id, max(l.month) AS last FROM budgets_invoiceline l
  JOIN budgets_invoice i ON i.id = l.invoice_id
  WHERE l.month >= %(first)s AND l.month < %(month)s AND i.paid >= i.total GROUP BY l.cadre_id
) before ON before.cadre_id = c.cadre_id
LEFT JOIN unnest(%(sources)s::bigint[], %(segments)s::text[], %(amounts)s::int[])
  AS price (fund_source_id, segment, amount)
  ON price.fund_source_id = c.fund_source_id AND price.segment = c.segment
WHERE c.starts_on <= %(month)s AND (c.ends_on IS NULL OR c.ends_on >= %(month)s)
"""


def fill(month: dt.date) -> bool:
    """Make the table `recon_money`; whether the three months before have any bill."""
    first = months.add_months(month, -LOOKED_BACK)
    rules = Rules.read()
    prices = [
        (source.pk, segment, price.total)
        for source in FundSource.objects.all()
        for segment, price in rules.prices(month, source.kind).items()
        if price.parts
    ]
    with for_many() as cursor:
        cursor.execute(
            MONEY,
            {
                "month": month,
                "first": first,
                "back": LOOKED_BACK,
                "sources": [source for source, _segment, _amount in prices],
                "segments": [segment for _source, segment, _amount in prices],
                "amounts": [amount for _source, _segment, amount in prices],
            },
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE recon_money")
    return Invoice.objects.filter(month__gte=first, month__lt=month).exists()
