"""In whose name a worker works."""

from accounts.access import Actor
from accounts.models import Membership
from core.models import Run
from regions.models import Regency


def who_started(run: Run) -> Actor | None:
    """Who asked for a run, in the role that opens its regency; None once that role is gone."""
    if run.started_by_id is None:
        return None
    regency = Regency.objects.get(pk=run.regency_id)
    found = (
        Membership.objects.opening(regency)
        .filter(user_id=run.started_by_id)
        .select_related("user")
        .order_by("id")
        .first()
    )
    return Actor(found.user, found.role, found) if found else None
