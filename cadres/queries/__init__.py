"""Reads of people and of rosters."""

from cadres.queries.people import kinds_in, named, people, searched, serving, with_service
from cadres.queries.quotas import (
    VillageQuota,
    by_village,
    candidates,
    people_of,
    places_of,
    quota_left,
    quotas,
)
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
from cadres.queries.seats import in_force, seat_norm, seats_at, with_people

__all__ = [
    "VillageQuota",
    "by_village",
    "candidates",
    "counts",
    "district_codes",
    "earlier",
    "findings_of",
    "first_findings",
    "groups",
    "in_force",
    "is_stale",
    "kinds_in",
    "latest_rosters",
    "missing",
    "named",
    "people",
    "people_of",
    "places_of",
    "quota_left",
    "quotas",
    "roster_age",
    "rows_of",
    "searched",
    "seat_norm",
    "seats_at",
    "serving",
    "village_places",
    "with_people",
    "with_service",
]
