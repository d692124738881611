"""The queue of a branch: batches of all its regencies, in counts only."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from regions.models import Regency


@dataclass(frozen=True)
class Queued:
    """A batch that waits at the branch; `since` is when its oldest row came or came back."""

    regency: Regency
    batch_id: int
    number: str
    status: str
    first_month: dt.date
    since: dt.datetime
    people: int
    waiting: int
    to_look_at: int
    corrected: int

    @property
    def days(self) -> int:
        """Whole days since then."""
        return max(0, (timezone.now() - self.since).days)

    @property
    def clean(self) -> int:
        """Waiting people without a finding."""
        return self.waiting - self.to_look_at


def branch_queue(regencies: Collection[Regency]) -> list[Queued]:
    """What waits in these regencies, oldest first; one statement that looks over the wall.

    The caller knows that the branch serves them.
    """
    by_id = {each.pk: each for each in regencies}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM enrollment_branch_queue(%s::int[])", [list(by_id)])
        return [Queued(by_id[row[0]], *row[1:]) for row in cursor.fetchall()]
