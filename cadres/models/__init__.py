"""People, where they serve, who follows them, and the rosters that name them."""

from cadres.models.family import Heir
from cadres.models.people import Assignment, Cadre, Category, Posyandu, Sex
from cadres.models.quotas import Quota, QuotaPlace, QuotaShare, SeatNorm
from cadres.models.rosters import (
    ColumnMemory,
    Departure,
    Finding,
    ImportRow,
    PosyanduChoice,
    RosterImport,
    RowDecision,
    RowFix,
)

__all__ = [
    "Assignment",
    "Cadre",
    "Category",
    "ColumnMemory",
    "Departure",
    "Finding",
    "Heir",
    "ImportRow",
    "PosyanduChoice",
    "Posyandu",
    "Quota",
    "QuotaPlace",
    "QuotaShare",
    "RosterImport",
    "RowDecision",
    "RowFix",
    "SeatNorm",
    "Sex",
]
