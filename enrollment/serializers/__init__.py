"""What the API of enrollment says."""

from enrollment.serializers.batches import (
    AgreementSerializer,
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
    "AgreementSerializer",
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
