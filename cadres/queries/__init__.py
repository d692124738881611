"""Reads of people and of rosters."""

from cadres.queries.desk import serving_now
from cadres.queries.family import Gate, families_due, family_gate, family_is_due
from cadres.queries.people import held, kinds_in, named, people, searched, serving, with_service
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
    "Gate",
    "VillageQuota",
    "by_village",
    "candidates",
    "counts",
    "district_codes",
    "earlier",
    "families_due",
    "family_gate",
    "family_is_due",
    "findings_of",
    "first_findings",
    "groups",
    "held",
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
    "serving_now",
    "village_places",
    "with_people",
    "with_service",
]
