"""What people cost before there is a bill; found by name by `enrollment.monthly_price`."""

import datetime as dt

from django.db import connection

from budgets import prices
from budgets.contributions import contribution, reasons
from enrollment.models import EnrollmentBatch, FundSource
from enrollment.monthly_price import MonthlyPrice

ROWS = f"""
SELECT count(price.band), coalesce(sum({prices.JKK} + {prices.JKM} + {prices.JHT}), 0)::bigint,
    count(*) - count(price.band), coalesce(bit_or({prices.DOUBT}), 0)
FROM enrollment_batchrow c LEFT JOIN {prices.TABLE} ON {prices.FITS}
WHERE c.batch_id = %(batch)s
"""


def of_terms(
    *,
    people: int,
    fund_source: FundSource,
    month: dt.date,
    segment: str,
    with_jht: bool,
    income_base: int | None,
) -> MonthlyPrice:
    """People with the same terms, by the rules of one month."""
    one = contribution(
        segment=segment,
        month=month,
        payer_kind=fund_source.kind,
        income_base=income_base,
        with_jht=with_jht,
        rules=prices.read_rules(),
    )
    priced = people if one.parts else 0
    asked = tuple(reasons(one.needs_confirmation))
    return MonthlyPrice(priced, priced * one.total, people - priced, asked)


def of_batch(batch: EnrollmentBatch) -> MonthlyPrice:
    """Everybody in a batch by the terms of the row, in its first month; one statement."""
    rules, month = prices.read_rules(), batch.first_month
    table = prices.table(month, batch.fund_source.kind, rules)
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"batch": batch.pk, **prices.facts(prices.lows(month, rules), table)})
        people, total, unpriced, bits = cursor.fetchone()
    return MonthlyPrice(people, total, unpriced, tuple(reasons(prices.codes(bits))))
