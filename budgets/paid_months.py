"""Which months of a person were billed and paid; found by name by apps that lie beside this one."""

import datetime as dt

from budgets import queries
from core import tenancy


def months_of(cadre_id: int) -> dict[dt.date, bool]:
    """Every billed contribution month of one person, and whether its bill is paid in full.

    The caller has already seen the person. A regency's bill names no village, so it lies
    outside the scope of a village operator: the scope is widened to the regency for this one
    answer, which holds months only.
    """
    here = tenancy.current()
    with tenancy.scope(here.regency_id, by=here.by):
        paid = set(queries.paid_months(cadre_id=cadre_id))
        return {month: month in paid for month in queries.billed_months(cadre_id=cadre_id)}
