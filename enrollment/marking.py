"""What every way into a batch has in common: a first month in reach, and marked findings."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from core import months, plans
from core.errors import DomainError
from enrollment import statements
from enrollment.models import EnrollmentBatch
from enrollment.queries import findings_of
from enrollment.queries.eligibility import Ground

MONTHS_BACK = 12
MONTHS_AHEAD = 12


def check_month(first_month: dt.date) -> None:
    """Raises DomainError `first_month_out_of_range` beyond twelve months back or ahead."""
    distance = months.months_between(months.this_month(), first_month)
    if first_month.day != 1 or not -MONTHS_BACK <= distance <= MONTHS_AHEAD:
        message = _(
            "Bulan pertama paling jauh dua belas bulan ke belakang dan dua belas bulan ke depan."
        )
        raise DomainError("first_month_out_of_range", message, {"first_month": message})


def mark_findings(
    batch: EnrollmentBatch,
    row_ids: Collection[int] | None = None,
    ground: Ground | None = None,
) -> None:
    """Write on each row (or on these) what the branch should look at; only where it changes."""
    rows = findings_of(batch, ground)
    if row_ids is not None:
        rows = rows.filter(pk__in=list(row_ids))
    found, parameters = rows.query.sql_with_params()
    with plans.for_many() as cursor:
        cursor.execute(statements.MARK.format(found=found), parameters)
