"""The lists of enrollment."""

from enrollment.tables.lists import (
    BATCH_TONES,
    NUMBER,
    ROW_TONES,
    BatchTable,
    CoverageTable,
    FundSourceTable,
    ReplacedTable,
    ReturnedTable,
    RowTable,
    SluggedTable,
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
    "ReturnedTable",
    "RowTable",
    "SluggedTable",
    "remarks",
    "tag",
]
