"""Places of village quotas: how many are free, and for whom they are not enough.

A place is taken by who is inside a quota, and by who is covered or waits in an open batch under
the quota's kind of service without being inside. People who are put forward together take the
free places in one order: who has an exception, the waiting list, the longest service, the id.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from cadres.models import Quota, QuotaPlace
from cadres.queries.quotas import Room, rooms, running
from core import plans
from enrollment.models import EnrollmentBatch
from regions.models import Village

OPEN_BATCHES = (EnrollmentBatch.Status.DRAFT, *EnrollmentBatch.AT_BRANCH)

# Who has a place already; the rows of the batch that is looked at do not count as such.
_HOLDERS = """
running AS (
    SELECT id, category FROM cadres_quota
    WHERE starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s)
), inside AS (
    SELECT p.cadre_id, q.category FROM cadres_quotaplace p
    JOIN running q ON q.id = p.quota_id
    WHERE p.status = 'inside'
), outside AS (
    SELECT c.cadre_id, c.category FROM enrollment_coverage c
    WHERE (c.ends_on IS NULL OR c.ends_on >= %(day)s) AND c.category = ANY (%(kinds)s)
    UNION
    SELECT r.cadre_id, r.category FROM enrollment_batchrow r
    JOIN enrollment_enrollmentbatch b ON b.regency_id = r.regency_id AND b.id = r.batch_id
    WHERE b.status = ANY (%(open)s) AND r.status <> 'returned' AND r.category = ANY (%(kinds)s)
      AND b.id IS DISTINCT FROM %(batch)s
    EXCEPT
    SELECT cadre_id, category FROM inside
)"""

_TAKEN = f"""
WITH {_HOLDERS}
SELECT o.category, p.village_id, count(*) FROM outside o JOIN cadres_cadre p ON p.id = o.cadre_id
WHERE %(village)s::int IS NULL OR p.village_id = %(village)s
GROUP BY 1, 2"""

_OUTSIDE_HERE = f"""
WITH {_HOLDERS}
SELECT o.cadre_id FROM outside o JOIN cadres_cadre p ON p.id = o.cadre_id
WHERE p.village_id = %(village)s"""

# `{meant}` are people with their village, kind, whether they take a place, and their exception.
_TOO_LATE = f"""
WITH {_HOLDERS}, meant (cadre_id, village_id, category, takes, excepted) AS ({{meant}}),
listed AS (
    SELECT DISTINCT ON (p.cadre_id, p.village_id, q.category)
        p.cadre_id, p.village_id, q.category, p.since, p.id
    FROM cadres_quotaplace p JOIN running q ON q.id = p.quota_id
    WHERE p.status = 'waiting'
    ORDER BY p.cadre_id, p.village_id, q.category, p.since, p.id
), serving AS (
    SELECT cadre_id, category, min(started_on) AS started_on FROM cadres_assignment
    WHERE ended_on IS NULL AND category = ANY (%(kinds)s) GROUP BY 1, 2
), ranked AS (
    SELECT m.cadre_id, m.village_id, m.category, count(*) FILTER (WHERE m.takes) OVER (
        PARTITION BY m.village_id, m.category
        ORDER BY m.excepted DESC, l.since, l.id, s.started_on, m.cadre_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS earlier
    FROM meant m
    LEFT JOIN listed l USING (cadre_id, village_id, category)
    LEFT JOIN serving s USING (cadre_id, category)
    WHERE m.category = ANY (%(kinds)s)
      AND NOT EXISTS (SELECT FROM inside h
          WHERE h.cadre_id = m.cadre_id AND h.category = m.category)
      AND NOT EXISTS (SELECT FROM outside h
          WHERE h.cadre_id = m.cadre_id AND h.category = m.category)
)
SELECT r.cadre_id FROM ranked r
JOIN unnest(%(kinds)s::text[], %(others)s::int[]) AS o (category, free) USING (category)
LEFT JOIN unnest(%(named_kinds)s::text[], %(named)s::int[], %(free)s::int[])
    AS n (category, village_id, free) USING (category, village_id)
WHERE r.earlier >= coalesce(n.free, o.free)"""


def free_places(
    day: dt.date,
    *,
    batch_id: int | None = None,
    village: Village | None = None,
    lock: bool = False,
) -> dict[str, Room]:
    """Free places by kind of service; the rows of the given batch take none here.

    Only one village is counted where `village` is given. With `lock` the quotas are held: of two
    who put people forward at once, the second counts when the first has taken its places. One
    statement without quotas, else two; one more with `lock`.
    """
    found = rooms(day, village=village, lock=lock)
    if not found:
        return {}
    taken = _taken(list(found), day, None if village is None else village.pk, batch_id)
    return {kind: room.less(taken.get(kind, {})) for kind, room in found.items()}


def outside_of(kind: str, day: dt.date, village_id: int | None = None) -> Mapping[int, int]:
    """People with a place of a kind who are not inside, by village (id); one statement."""
    return _taken([kind], day, village_id).get(kind, {})


def outside_people(kind: str, day: dt.date, village_id: int) -> list[int]:
    """Ids of the people of a village with a place of a kind who are not inside."""
    with connection.cursor() as cursor:
        cursor.execute(_OUTSIDE_HERE, _holding([kind], day, None) | {"village": village_id})
        return [person for (person,) in cursor.fetchall()]


def _taken(
    kinds: list[str], day: dt.date, village_id: int | None, batch_id: int | None = None
) -> dict[str, dict[int, int]]:
    """People with a place from outside, by kind and village (id); one statement."""
    taken: dict[str, dict[int, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, _holding(kinds, day, batch_id) | {"village": village_id})
        for kind, place, people in cursor.fetchall():
            taken.setdefault(kind, {})[place] = people
    return taken


def too_late(
    meant: QuerySet, free: Mapping[str, Room], day: dt.date, *, batch_id: int | None = None
) -> list[int]:
    """Ids of people for whom no place is left after those who come first; one statement.

    `meant` are values: the person, the village, the kind of service, whether the person takes a
    place (no other rule refuses), and whether an exception puts the person first.
    """
    people, parameters = meant.order_by().query.sql_with_params()
    # This statement names its parameters, so those of the inner one get names, too.
    names = [f"meant{at}" for at in range(len(parameters))]
    people = people.replace("%%", "%%%%") % tuple(f"%({name})s" for name in names)
    told = _holding(list(free), day, batch_id) | dict(zip(names, parameters, strict=True))
    named = [
        (kind, village_id, left)
        for kind, room in free.items()
        for village_id, left in room.by_village.items()
    ]
    told["others"] = [room.others for room in free.values()]
    told["named_kinds"], told["named"], told["free"] = (
        [each[at] for each in named] for at in range(3)
    )
    with plans.for_many() as cursor:
        cursor.execute(_TOO_LATE.format(meant=people), told)
        return [person for (person,) in cursor.fetchall()]


def places_of(person: Any, kind: Any, day: dt.date) -> QuerySet[QuotaPlace]:
    """Places that a person has inside a quota in force for a kind of service."""
    return QuotaPlace.objects.filter(
        cadre_id=person,
        status=QuotaPlace.Status.INSIDE,
        quota__in=Quota.objects.filter(running(day)),
        quota__category=kind,
    )


def _holding(kinds: list[str], day: dt.date, batch_id: int | None) -> dict[str, Any]:
    return {"kinds": kinds, "day": day, "batch": batch_id, "open": list(OPEN_BATCHES)}
