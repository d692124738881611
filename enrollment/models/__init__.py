"""Who pays, for whom, from which month, on what terms; and how it compares with BPJS."""

from enrollment.models.agreements import Agreement
from enrollment.models.batches import BatchQuerySet, BatchRow, EnrollmentBatch, Terms
from enrollment.models.cards import Card, CardOrder
from enrollment.models.columns import BranchColumns
from enrollment.models.coverage import Coverage, CoverageMove, CoverageQuerySet
from enrollment.models.eligibility import EligibilityOverride, EligibilityRule
from enrollment.models.payers import FundSource, Segment, Target
from enrollment.models.reconciliation import (
    Reconciliation,
    ReconciliationColumns,
    ReconciliationDifference,
    ReconciliationRow,
)

__all__ = [
    "Agreement",
    "BatchQuerySet",
    "BatchRow",
    "BranchColumns",
    "Card",
    "CardOrder",
    "Coverage",
    "CoverageMove",
    "CoverageQuerySet",
    "EligibilityOverride",
    "EligibilityRule",
    "EnrollmentBatch",
    "FundSource",
    "Reconciliation",
    "ReconciliationColumns",
    "ReconciliationDifference",
    "ReconciliationRow",
    "Segment",
    "Target",
    "Terms",
]
