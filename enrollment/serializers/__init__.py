"""What the API of enrollment says."""

from enrollment.serializers.batches import (
    BatchSerializer,
    CoverageSerializer,
    DecisionSerializer,
    EndSerializer,
    ExclusionsSerializer,
    FundSourceSerializer,
    MonthField,
    NewBatchSerializer,
    PreparedSerializer,
    ProblemSerializer,
    ReviewedSerializer,
    ReviewSerializer,
    RowCountsSerializer,
    RowSerializer,
)

__all__ = [
    "BatchSerializer",
    "CoverageSerializer",
    "DecisionSerializer",
    "EndSerializer",
    "ExclusionsSerializer",
    "FundSourceSerializer",
    "MonthField",
    "NewBatchSerializer",
    "PreparedSerializer",
    "ProblemSerializer",
    "ReviewSerializer",
    "ReviewedSerializer",
    "RowCountsSerializer",
    "RowSerializer",
]
