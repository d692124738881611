"""Booking bills and payments on budget lines, set-based and at most once.

A bill binds money on the JKK, JKM and JHT accounts of its payer's budget; a payment turns bound
money into spent money. Both are booked from the rows themselves, so a budget that comes after its
bills catches up with them in the same two statements.
"""

from django.db import connection

from enrollment.models import FundSource

_LINES = """
    FROM budgets_invoice i
    JOIN budgets_budget b ON b.regency_id = i.regency_id AND b.fund_source_id = i.fund_source_id
        AND b.village_id IS NOT DISTINCT FROM i.village_id
        AND b.year = extract(year FROM i.month)
    JOIN budgets_budgetline l ON l.regency_id = b.regency_id AND l.budget_id = b.id
"""

BIND = f"""
INSERT INTO budgets_ledgerentry
    (regency_id, line_id, village_id, kind, amount, invoice_id, note, created_at)
SELECT i.regency_id, l.id, l.village_id, 'commit', amount, i.id, '', now()
{_LINES}
CROSS JOIN LATERAL (
    SELECT CASE l.component WHEN 'JKK' THEN i.jkk WHEN 'JKM' THEN i.jkm ELSE i.jht END AS amount
) a
WHERE i.fund_source_id = %(source)s AND extract(year FROM i.month) = %(year)s
    AND i.id = coalesce(%(invoice)s, i.id) AND amount > 0
ON CONFLICT DO NOTHING
"""

# The JHT share of everything paid so far is rounded down, and so is the JKK share of the rest; a
# payment gets the difference to the shares before it. So no share is ever negative, shares always
# add up to the payment, and the last ones to the invoice.
SPEND = f"""
INSERT INTO budgets_ledgerentry
    (regency_id, line_id, village_id, kind, amount, invoice_id, payment_id, note, created_at)
SELECT i.regency_id, l.id, l.village_id, 'spend', share, i.id, p.id, '', now()
{_LINES}
JOIN (
    SELECT regency_id, id, invoice_id, amount,
        sum(amount) OVER (PARTITION BY invoice_id ORDER BY id) AS after
    FROM budgets_payment WHERE invoice_id = coalesce(%(invoice)s, invoice_id)
) p ON p.regency_id = i.regency_id AND p.invoice_id = i.id
CROSS JOIN LATERAL (
    SELECT div(i.jht::numeric * p.after, i.total) AS jht_after,
        div(i.jht::numeric * (p.after - p.amount), i.total) AS jht_before
) h
CROSS JOIN LATERAL (
    SELECT jht_after - jht_before AS jht,
        div(i.jkk * (p.after - jht_after), i.jkk + i.jkm)
        - div(i.jkk * (p.after - p.amount - jht_before), i.jkk + i.jkm) AS jkk
) s
CROSS JOIN LATERAL (
    SELECT CASE l.component WHEN 'JKK' THEN s.jkk WHEN 'JHT' THEN s.jht
        ELSE p.amount - s.jkk - s.jht END AS share
) w
WHERE i.fund_source_id = %(source)s AND extract(year FROM i.month) = %(year)s AND share > 0
ON CONFLICT DO NOTHING
"""

# Most budgets have no JHT account: few people have JHT. Without a ceiling its bills exceed it,
# which is told.
OPEN_JHT = """
INSERT INTO budgets_budgetline (regency_id, budget_id, village_id, component, account_code)
SELECT DISTINCT b.regency_id, b.id, b.village_id, 'JHT', ''
FROM budgets_budget b
JOIN budgets_invoice i ON i.regency_id = b.regency_id AND i.fund_source_id = b.fund_source_id
    AND i.village_id IS NOT DISTINCT FROM b.village_id AND extract(year FROM i.month) = b.year
WHERE b.fund_source_id = %(source)s AND b.year = %(year)s AND i.jht > 0
ON CONFLICT DO NOTHING
"""


def hold(fund_source_id: int) -> FundSource:
    """Lock a fund source until the transaction ends: bills, payments and budgets of one payer
    are booked one after the other, so that none is missed by a budget made at the same moment.
    """
    locked = FundSource.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("regency").get(pk=fund_source_id)


def book(
    fund_source_id: int, year: int, *, invoice_id: int | None = None, payments: bool = True
) -> None:
    """Book what is not booked yet of a fund source's year, or of one of its invoices.

    Needs `hold`. Books nothing where there is no budget. `payments=False` is for bills of this
    very transaction, which nobody has paid yet.
    """
    wanted = {"source": fund_source_id, "year": year, "invoice": invoice_id}
    with connection.cursor() as cursor:
        cursor.execute(BIND, wanted)
        if payments:
            cursor.execute(SPEND, wanted)


def open_jht_accounts(fund_source_id: int, year: int) -> None:
    """Give each budget of a fund source's year that has bills with JHT an account for it.

    Needs `hold`. Its ceiling is nothing until somebody sets it.
    """
    with connection.cursor() as cursor:
        cursor.execute(OPEN_JHT, {"source": fund_source_id, "year": year})
