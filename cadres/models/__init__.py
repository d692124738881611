"""People, where they serve, who follows them, and the rosters that name them."""

from cadres.models.family import FamilyLink, Heir, SchoolChild
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
from cadres.models.training import Competence, Training

__all__ = [
    "Assignment",
    "Cadre",
    "Category",
    "ColumnMemory",
    "Competence",
    "Departure",
    "FamilyLink",
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
    "SchoolChild",
    "Sex",
    "Training",
]
