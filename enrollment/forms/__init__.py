"""The forms of enrollment."""

from enrollment.forms.batches import (
    ALL,
    BatchFilterForm,
    ChoiceForm,
    CoverageFilterForm,
    EndForm,
    FundSourceChangeForm,
    FundSourceForm,
    ListForm,
    ReturnForm,
    RevealForm,
    RowFilterForm,
)

__all__ = [
    "ALL",
    "BatchFilterForm",
    "ChoiceForm",
    "CoverageFilterForm",
    "EndForm",
    "FundSourceChangeForm",
    "FundSourceForm",
    "ListForm",
    "ReturnForm",
    "RevealForm",
    "RowFilterForm",
]
