"""Everything that changes fund sources, batches and coverages."""

from enrollment.actions.batches import delete, narrow, prepare, submit
from enrollment.actions.coverages import (
    begin_withdrawn,
    end_coverage,
    end_for_death,
    end_for_replacement,
    reopen_after_mistake,
    reveal_member_no,
)
from enrollment.actions.fund_sources import change_fund_source, create_fund_source
from enrollment.actions.review import Report, decide, download, finish, invalid, review

__all__ = [
    "Report",
    "begin_withdrawn",
    "change_fund_source",
    "create_fund_source",
    "decide",
    "delete",
    "download",
    "end_coverage",
    "end_for_death",
    "end_for_replacement",
    "finish",
    "invalid",
    "narrow",
    "prepare",
    "reopen_after_mistake",
    "reveal_member_no",
    "review",
    "submit",
]
