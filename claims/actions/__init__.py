"""Everything that changes a claim."""

from claims.actions.returns import close_report, send_back, take_back_death
from claims.actions.steps import (
    decide,
    hand_over,
    needed,
    open_scan,
    pay,
    record_documents,
    report_death,
    set_heir,
    submit,
)

__all__ = [
    "close_report",
    "decide",
    "hand_over",
    "needed",
    "open_scan",
    "pay",
    "record_documents",
    "report_death",
    "send_back",
    "set_heir",
    "submit",
    "take_back_death",
]
