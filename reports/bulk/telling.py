"""The trace that a list was asked about: how many lines got which answer, never who."""

import datetime as dt

from accounts.access import Actor
from audit.actions import record_in
from regions.models import Regency
from reports.bulk.answering import Answer, totals


def tell(*, by: Actor, answers: list[Answer], day: dt.date, regency: Regency) -> None:
    """Write the one event of a question, about the regency as a whole."""
    record_in(
        kind="cover.asked",
        subject=regency,
        by=by,
        regency_ids=[regency.pk],
        facts={"rows": len(answers), "day": day.isoformat(), **totals(answers)},
    )
