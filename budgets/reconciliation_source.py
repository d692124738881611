"""What each cover costs in a month and whether it is paid, for the comparison with BPJS.

Found by name by `enrollment.reconciliation.money`.
"""

import datetime as dt
from typing import Any

from django.db import connection

from budgets import prices
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
# one that were not paid, one after the other, no further back than the cover reaches. Most people
# have paid the month before, so only for the others is it asked how far back that goes.
MONEY = f"""
CREATE TEMP TABLE recon_ours ON COMMIT DROP AS
SELECT c.id AS coverage_id, c.cadre_id, c.village_id, c.segment, c.fund_source_id,
  coalesce(l.jkk + l.jkm + l.jht, {prices.JKK} + {prices.JKM} + {prices.JHT}) AS expected,
  coalesce(i.paid >= i.total, false) AS paid,
  CASE WHEN before.coverage_id IS NOT NULL THEN 0
    ELSE least(%(back)s, {_months_since("c.starts_on")}) END AS unpaid
FROM enrollment_coverage c
LEFT JOIN budgets_invoiceline l ON l.month = %(month)s AND l.coverage_id = c.id
LEFT JOIN budgets_invoice i ON i.id = l.invoice_id
LEFT JOIN (
  SELECT l.coverage_id FROM budgets_invoiceline l JOIN budgets_invoice i ON i.id = l.invoice_id
  WHERE l.month = %(before)s AND i.paid >= i.total
) before ON before.coverage_id = c.id
LEFT JOIN {prices.TABLE} ON price.fund_source = c.fund_source_id AND {prices.FITS}
WHERE c.starts_on <= %(month)s AND (c.ends_on IS NULL OR c.ends_on >= %(month)s)
"""

# A month counts for the person, whichever cover it was paid for.
LAST_PAID = f"""
UPDATE recon_ours m SET unpaid = least(m.unpaid, {_months_since("paid.last")} - 1)
FROM (
  SELECT m.coverage_id, max(l.month) AS last FROM recon_ours m
  JOIN budgets_invoiceline l ON l.cadre_id = m.cadre_id
  JOIN budgets_invoice i ON i.id = l.invoice_id
  WHERE m.unpaid > 0 AND l.month >= %(first)s AND l.month < %(month)s AND i.paid >= i.total
  GROUP BY m.coverage_id
) paid WHERE paid.coverage_id = m.coverage_id
"""


def fill(month: dt.date) -> bool:
    """Make the table `recon_ours`; whether the three months before have any bill."""
    first = months.add_months(month, -LOOKED_BACK)
    rules = prices.read_rules()
    rows = [
        row
        for source in FundSource.objects.all()
        for row in prices.table(month, source.kind, rules, fund_source=source.pk)
    ]
    facts: dict[str, Any] = {
        "month": month,
        "before": months.add_months(month, -1),
        "first": first,
        "back": LOOKED_BACK,
        **prices.facts(prices.lows(month, rules), rows),
    }
    with for_many() as cursor:
        cursor.execute(MONEY, facts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE recon_ours")
        cursor.execute(LAST_PAID, facts)
    return Invoice.objects.filter(month__gte=first, month__lt=month).exists()
