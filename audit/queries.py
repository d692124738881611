"""Finding events: by object, and through the filters of the trail page."""

from typing import Any

from django.db import models

from audit.models import ChainHead, Event, Seal


def events_of(obj: models.Model, *related: models.Model) -> models.QuerySet[Event]:
    """Events about an object and the given related ones, newest first."""
    wanted = models.Q()
    for each in (obj, *related):
        wanted |= models.Q(object_type=each._meta.label_lower, object_id=each.pk)
    return Event.objects.filter(wanted).order_by("-id")


def search(filters: dict[str, Any]) -> models.QuerySet[Event]:
    """Events of the scope that fit the cleaned filters, newest first."""
    found = Event.objects.select_related("village").order_by("-id")
    if filters.get("kind"):
        found = found.filter(kind=filters["kind"])
    if filters.get("actor"):
        found = found.filter(actor_name__icontains=filters["actor"])
    if filters.get("since"):
        found = found.filter(at__date__gte=filters["since"])
    if filters.get("until"):
        found = found.filter(at__date__lte=filters["until"])
    if filters.get("object"):
        object_type, _, object_id = filters["object"].rpartition(":")
        found = found.filter(object_type=object_type, object_id=int(object_id))
    return found


def seals_of(events: list[Event]) -> dict[int, int]:
    """The seal number of each sealed event."""
    return dict(
        Seal.objects.filter(event_id__in=[event.pk for event in events]).values_list(
            "event_id", "number"
        )
    )


def chain_head() -> ChainHead | None:
    """Where the chain of the regency in scope ends."""
    return ChainHead.objects.first()
