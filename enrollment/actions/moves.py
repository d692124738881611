"""Covers go where their people go; the village of the first day of a month pays for the month."""

import datetime as dt
from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from accounts.access import Actor
from audit.actions import record_many
from core import plans
from enrollment import statements
from enrollment.models import Coverage, FundSource
from regions.models import Village


def follow(
    *,
    people: Collection[int],
    on: dt.date,
    by: Actor | None = None,
    roster_id: int | None = None,
) -> int:
    """Take the covers of people (ids) to the village where they are since `on`; how many moved.

    What is billed stays billed. Rows that stand at the branch stay as they were said until its
    answer; other rows, cards and exceptions follow. Set-based; a second time changes nothing.
    """
    facts: dict[str, Any] = {"people": list(people), "on": on, "roster": roster_id}
    with _cursor(people) as cursor:
        cursor.execute(statements.MOVE_COVERS, facts)
        moved = {pk: (left, day) for pk, left, day in cursor.fetchall()}
        for statement in statements.MOVE_THE_REST:
            cursor.execute(statement, facts)
    plans.grown(len(moved), "enrollment_coveragemove")
    _tell(moved, by)
    return len(moved)


def take_back(*, by: None, people: Collection[int], roster_id: int) -> None:
    """Put the covers of people (ids) back where they were before a roster moved them."""
    facts: dict[str, Any] = {"people": list(people), "roster": roster_id}
    with _cursor(people) as cursor:
        for statement in (*statements.MOVE_BACK, *statements.MOVE_THE_REST):
            cursor.execute(statement, facts)


def rows_follow(*, by: Actor, rows: Collection[int]) -> None:
    """Rows (ids) that the branch has answered are with the village where the person is."""
    if rows:
        with _cursor(rows) as cursor:
            cursor.execute(statements.MOVE_ANSWERED_ROWS, {"rows": list(rows)})


def _cursor(things: Collection[int]) -> AbstractContextManager[CursorWrapper]:
    """One that is planned for many where they are many; one person is looked up."""
    return plans.for_many() if len(things) >= plans.MANY else connection.cursor()


def _tell(moved: dict[int, tuple[int, dt.date]], by: Actor | None) -> None:
    """One event for each cover that is not over: who has it now, and who pays from then on."""
    covers = list(
        Coverage.objects.filter(pk__in=moved)
        .select_related("fund_source")
        .only("village_id", "ends_on", "regency_id", "fund_source__billed_to")
        .order_by("pk")
    )
    names = Village.objects.in_bulk(
        {left for left, _day in moved.values()} | {each.village_id for each in covers}
    )
    told: dict[str, list] = {"coverage.moved": [], "coverage.payer_moved": []}
    for cover in covers:
        left, day = moved[cover.pk]
        if cover.ends_on is not None and cover.ends_on < day:
            continue
        by_village = cover.fund_source.billed_to == FundSource.BilledTo.VILLAGE
        facts = {
            "from": names[left].name,
            "to": names[cover.village_id].name,
            "on": day.isoformat(),
        }
        told["coverage.payer_moved" if by_village else "coverage.moved"].append((cover, facts))
    for kind, subjects in told.items():
        record_many(kind, subjects, by=by)
