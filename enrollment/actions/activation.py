"""Batches whose first month has begun are active: what was accepted is cover now."""

from accounts.access import Actor
from audit.actions import record_many
from core import months
from enrollment.models import EnrollmentBatch


def begin(*, by: Actor | None = None) -> int:
    """Make accepted batches active whose first month has come; a second call finds none.

    "Has come" is told in the time zone in force. Returns how many batches.
    """
    status = EnrollmentBatch.Status
    due = list(
        EnrollmentBatch.objects.select_for_update()
        .filter(
            status__in=(status.ACCEPTED, status.PARTLY_ACCEPTED),
            first_month__lte=months.this_month(),
        )
        .order_by("pk")
    )
    if not due:
        return 0
    EnrollmentBatch.objects.filter(pk__in=[each.pk for each in due]).update(status=status.ACTIVE)
    record_many(
        "batch.begun",
        [
            (each, {"number": each.number, "month": each.first_month.isoformat()[:7]})
            for each in due
        ],
        by=by,
    )
    return len(due)
