"""Places in quotas follow a person whose two records become one."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cadres.models import Cadre, Quota, QuotaPlace

STATUS = QuotaPlace.Status


def quotas_follow(kept: Cadre, other: Cadre) -> None:
    """Places follow; where both stand in a quota, one place is enough: inside before waiting."""
    places = QuotaPlace.objects.filter(cadre__in=(kept, other))
    # Whoever enters a quota holds it, so that two at once never pass a village's number.
    list(Quota.objects.select_for_update().filter(people__in=places).order_by("pk"))
    mine = {
        place.quota_id: place
        for place in places.select_for_update().filter(cadre=kept).exclude(status=STATUS.LEFT)
    }
    for place in places.select_for_update().filter(cadre=other).order_by("pk"):
        twin = mine.get(place.quota_id)
        if twin is not None and place.status != STATUS.LEFT:
            worse = (
                twin if (place.status, twin.status) == (STATUS.INSIDE, STATUS.WAITING) else place
            )
            worse.status, worse.left_on = STATUS.LEFT, timezone.localdate()
            worse.reason = _("Data orang digabungkan")
            worse.save(update_fields=["status", "left_on", "reason"])
        place.cadre = kept
        place.save(update_fields=["cadre"])


MERGERS = (quotas_follow,)
