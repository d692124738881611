"""Questions of enrollment that meet several models."""

from enrollment.queries.batches import (
    ELIGIBLE,
    OPEN_BATCHES,
    Choice,
    RowCounts,
    Standings,
    chosen,
    eligible,
    people_words,
    returned_rows,
    row_counts,
    standings,
    visible_batches,
    with_standing,
)
from enrollment.queries.replacements import (
    CoverMonth,
    ending_with,
    months_of,
    seat_paid,
    still_covered,
    takeovers,
    with_predecessor,
)

__all__ = [
    "Choice",
    "CoverMonth",
    "ELIGIBLE",
    "OPEN_BATCHES",
    "RowCounts",
    "Standings",
    "chosen",
    "eligible",
    "ending_with",
    "months_of",
    "people_words",
    "returned_rows",
    "row_counts",
    "seat_paid",
    "standings",
    "still_covered",
    "takeovers",
    "visible_batches",
    "with_predecessor",
    "with_standing",
]
