"""What a claim waits for, who has it, and until when: pure, over plain values.

The branch pays within 3 working days after the request is complete (S60, S12).
"""

import datetime as dt
from dataclasses import dataclass

from lokal.holidays import is_working_day

from accounts.roles import Perm
from claims.models import Claim

DAYS_TO_DECIDE = 3


@dataclass(frozen=True)
class Step:
    """The next step: its code, the permission of who takes it, and its last day."""

    code: str
    perm: Perm | None
    due_on: dt.date | None = None


def next_step(
    *,
    status: str,
    outcome: str,
    has_heir: bool,
    missing: int,
    submitted_on: dt.date | None,
) -> Step:
    """The one thing that brings a claim forward.

    `missing` counts required documents that were not received; `submitted_on` is the day on
    which the complete documents went to the branch.
    """
    due = add_working_days(submitted_on, DAYS_TO_DECIDE) if submitted_on else None
    if status == Claim.Status.REPORTED:
        if outcome == Claim.Outcome.NOT_COVERED:
            return Step("not_covered", Perm.CLAIM_PREPARE)
        if not has_heir:
            return Step("heir", Perm.CLAIM_PREPARE)
        return Step("documents" if missing else "submit", Perm.CLAIM_PREPARE)
    return {
        Claim.Status.SUBMITTED: Step("decide", Perm.CLAIM_DECIDE, due),
        Claim.Status.APPROVED: Step("pay", Perm.CLAIM_DECIDE, due),
        Claim.Status.PAID: Step("hand_over", Perm.CLAIM_HAND_OVER),
        Claim.Status.REJECTED: Step("rejected", None),
        Claim.Status.HANDED_OVER: Step("done", None),
    }[Claim.Status(status)]


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The day `count` working days after `day`, without weekends and national holidays."""
    while count:
        day += dt.timedelta(days=1)
        if _is_working_day(day):
            count -= 1
    return day


def _is_working_day(day: dt.date) -> bool:
    """Years whose holidays the ministers have not set yet count weekends only."""
    try:
        return is_working_day(day)
    except ValueError:
        return day.weekday() < 5
