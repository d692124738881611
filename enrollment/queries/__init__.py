"""Questions of enrollment that meet several models."""

from enrollment.queries.batches import (
    RowCounts,
    covered_rows,
    people_words,
    row_counts,
    visible_batches,
)
from enrollment.queries.candidates import (
    ELIGIBLE,
    Choice,
    Standings,
    chosen,
    eligible,
    standings,
    with_reasons,
    with_standing,
)
from enrollment.queries.corrections import returned_rows
from enrollment.queries.eligibility import (
    OPEN_BATCHES,
    answer_for,
    findings_of,
    rules_of,
    with_exemptions,
)
from enrollment.queries.replacements import (
    CoverMonth,
    ending_with,
    months_of,
    seat_paid_services,
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
    "answer_for",
    "chosen",
    "covered_rows",
    "eligible",
    "ending_with",
    "findings_of",
    "months_of",
    "people_words",
    "returned_rows",
    "row_counts",
    "rules_of",
    "seat_paid_services",
    "standings",
    "still_covered",
    "takeovers",
    "visible_batches",
    "with_exemptions",
    "with_predecessor",
    "with_reasons",
    "with_standing",
]
