"""Reads for what people decide about a roster."""

from cadres.models import Assignment
from regions.models import Village


def serving_now(village: Village) -> list[Assignment]:
    """One service in force of everybody who serves a village, the first of each, by name."""
    services = (
        Assignment.objects.filter(
            village=village, ended_on=None, cadre__died_on=None, cadre__merged_into=None
        )
        .select_related("cadre", "posyandu")
        .order_by("cadre__name_key", "cadre_id", "id")
    )
    first: dict[int, Assignment] = {}
    for service in services:
        first.setdefault(service.cadre_id, service)
    return list(first.values())
