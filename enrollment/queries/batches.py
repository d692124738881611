"""Questions about batches and their rows."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils.translation import ngettext

from accounts.access import Actor
from accounts.roles import Role
from core import formats
from enrollment.models import BatchRow, Coverage, EnrollmentBatch


@dataclass(frozen=True)
class RowCounts:
    """Rows of one batch by what the branch has said so far.

    `first_answer` is its first decision, `waiting_from` the oldest correction that waits for it.
    """

    total: int
    waiting: int
    accepted: int
    returned: int
    to_look_at: int
    without_number: int
    first_answer: dt.datetime | None = None
    waiting_from: dt.datetime | None = None

    @property
    def clean(self) -> int:
        """Waiting rows without a finding."""
        return self.waiting - self.to_look_at

    @property
    def parts(self) -> list[tuple[int, str]]:
        """For `<c-bar>`: accepted, returned, and the rest empty."""
        return [(self.accepted, "g"), (self.returned, "r")]


def row_counts(batch: EnrollmentBatch) -> RowCounts:
    """Count the rows of a batch; one statement."""
    waiting, accepted = Q(status="waiting"), Q(status="accepted")
    counted = batch.rows.aggregate(
        total=Count("pk"),
        waiting=Count("pk", filter=waiting),
        accepted=Count("pk", filter=accepted),
        returned=Count("pk", filter=Q(status="returned")),
        to_look_at=Count("pk", filter=waiting & ~Q(findings=[])),
        without_number=Count("pk", filter=accepted & Q(member_no_digest=b"")),
        first_answer=Min("decided_at"),
        waiting_from=Min("corrected_at", filter=waiting),
    )
    return RowCounts(**counted)


def visible_batches(actor: Actor) -> QuerySet[EnrollmentBatch]:
    """The batches that a role sees: the branch sees no drafts."""
    found = EnrollmentBatch.objects.select_related("fund_source", "agreement")
    return found.submitted_or_later() if actor.role == Role.BRANCH_OFFICER else found


def covered_rows(batch: EnrollmentBatch) -> QuerySet[BatchRow]:
    """Rows of a batch that became cover, whether or not it still runs."""
    cover = Coverage.objects.filter(batch_row=OuterRef("pk"))
    return batch.rows.filter(Exists(cover), status=BatchRow.Status.ACCEPTED)


def people_words(count: int) -> str:
    """`1 orang`, `11.498 orang`."""
    shown = formats.thousands(count)
    return ngettext("%(people)s orang", "%(people)s orang", count) % {"people": shown}
