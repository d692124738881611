"""The lists of enrollment."""

from enrollment.tables.lists import (
    BATCH_TONES,
    NUMBER,
    ROW_TONES,
    BatchTable,
    CoverageTable,
    FundSourceTable,
    ReplacedTable,
    RowTable,
    SluggedTable,
    corrected,
    remarks,
    tag,
)

__all__ = [
    "BATCH_TONES",
    "BatchTable",
    "CoverageTable",
    "FundSourceTable",
    "NUMBER",
    "ROW_TONES",
    "ReplacedTable",
    "RowTable",
    "SluggedTable",
    "corrected",
    "remarks",
    "tag",
]
