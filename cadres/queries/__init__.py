"""Reads of people and of rosters."""

from cadres.queries.people import kinds_in, named, people, searched, serving, with_service
from cadres.queries.rosters import (
    counts,
    district_codes,
    earlier,
    findings_of,
    first_findings,
    groups,
    is_stale,
    latest_rosters,
    missing,
    roster_age,
    rows_of,
    village_places,
)

__all__ = [
    "counts",
    "district_codes",
    "earlier",
    "findings_of",
    "first_findings",
    "groups",
    "is_stale",
    "kinds_in",
    "latest_rosters",
    "missing",
    "named",
    "people",
    "roster_age",
    "rows_of",
    "searched",
    "serving",
    "village_places",
    "with_service",
]
