"""What the records say about many people and one day: one statement for each kind of record."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from budgets import paid_months
from budgets.paid_months import Standing
from cadres import elsewhere
from core import tenancy
from core.months import month_of
from core.tenancy import current_regency_id
from reports.proof.answer import Bpjs

LISTED = 5  # people of one name who are named; the rest is counted
ALIKE = 0.5
MOST_ALIKE = 200  # names that are compared letter by letter


@dataclass(frozen=True, slots=True)
class Found:
    """A person of the scope."""

    id: int
    name: str
    key: str
    village: str
    district: str
    died_on: dt.date | None
    digest: bytes


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover of somebody; the member number is sealed."""

    starts_on: dt.date
    ends_on: dt.date | None
    end_reason: str
    member_no: bytes
    fund_source: str

    def holds_on(self, day: dt.date) -> bool:
        """Whether it covers a day; the first and the last day count."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


@dataclass(frozen=True, slots=True)
class Row:
    """The newest row of somebody in a batch."""

    id: int
    status: str
    reason: str
    text: str
    batch_id: int
    batch: str
    batch_status: str
    since: dt.datetime | None


@dataclass(frozen=True)
class Facts:
    """Everything that is known about some people and a day, by the person's id.

    `then` are those who were covered by what was known at the end of that day, None while it is
    not over.
    """

    day: dt.date
    today: dt.date
    covers: dict[int, list[Cover]] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    bills: dict[int, Standing] = field(default_factory=dict)
    then: set[int] | None = None
    listed: dict[int, Bpjs] = field(default_factory=dict)


PERSON = "c.id, c.name, c.name_key, v.name AS village, d.name AS district, c.died_on, c.nik_digest"
PLACE = """JOIN regions_village v ON v.id = c.village_id
JOIN regions_district d ON d.id = v.district_id"""

BY_NUMBER = f"""
SELECT c.merged_into_id, {PERSON} FROM cadres_cadre c {PLACE} WHERE c.nik_digest = ANY (%s)"""

BY_ID = f"SELECT {PERSON} FROM cadres_cadre c {PLACE} WHERE c.id = ANY (%s)"

BY_NAME = f"""
SELECT * FROM (
  SELECT c.name_key AS asked, count(*) OVER named AS among, {PERSON},
    row_number() OVER (PARTITION BY c.name_key ORDER BY v.name, c.id) AS place
  FROM cadres_cadre c {PLACE}
  WHERE c.merged_into_id IS NULL AND c.name_key = ANY (%s)
  WINDOW named AS (PARTITION BY c.name_key)
) x WHERE place <= {LISTED} ORDER BY asked, place"""

# Only names that begin alike are compared: each comparison costs, and a regency has many people.
BY_LIKENESS = f"""
SELECT * FROM (
  SELECT w.key AS asked, count(*) OVER named AS among,
    {PERSON},
    row_number() OVER (PARTITION BY w.key ORDER BY similarity(c.name_key, w.key) DESC, c.id)
      AS place
  FROM unnest(%s::text[]) AS w (key)
  JOIN cadres_cadre c ON left(c.name_key, 3) = left(w.key, 3) {PLACE}
  WHERE c.merged_into_id IS NULL AND similarity(c.name_key, w.key) >= {ALIKE}
  WINDOW named AS (PARTITION BY w.key)
) x WHERE place <= {LISTED} ORDER BY asked, place"""

COVERS = """
SELECT c.cadre_id, c.starts_on, c.ends_on, c.end_reason, c.member_no_sealed, f.name
FROM enrollment_coverage c JOIN enrollment_fundsource f ON f.id = c.fund_source_id
WHERE c.cadre_id = ANY (%s) ORDER BY c.cadre_id, c.starts_on, c.id"""

ROWS = """
SELECT DISTINCT ON (r.cadre_id) r.cadre_id, r.id, r.status, r.reason, r.reason_text, b.id, b.number,
  b.status, CASE r.status WHEN 'returned' THEN r.decided_at
    ELSE coalesce(r.corrected_at, b.submitted_at) END
FROM enrollment_batchrow r JOIN enrollment_enrollmentbatch b ON b.id = r.batch_id
WHERE r.cadre_id = ANY (%s) ORDER BY r.cadre_id, r.id DESC"""

EVER = "SELECT DISTINCT pgh_obj_id FROM enrollment_coverageevent WHERE cadre_id = ANY (%s)"

# The last that was written about each cover before that evening ended.
THEN = """
SELECT DISTINCT x.cadre_id FROM (
  SELECT DISTINCT ON (e.pgh_obj_id) e.pgh_label, e.cadre_id, e.starts_on, e.ends_on
  FROM enrollment_coverageevent e
  WHERE e.pgh_created_at < %s AND e.pgh_obj_id = ANY (%s)
  ORDER BY e.pgh_obj_id, e.pgh_id DESC
) x WHERE x.pgh_label <> 'delete' AND x.starts_on <= %s
  AND (x.ends_on IS NULL OR x.ends_on >= %s)"""

# Who stands on a compared list of BPJS for the month; NULL when a closed one of everybody exists.
ON_LISTS = """
SELECT DISTINCT r.cadre_id FROM enrollment_reconciliationrow r
JOIN enrollment_reconciliation n ON n.id = r.reconciliation_id
WHERE n.month = %s AND n.status IN ('open', 'closed') AND r.cadre_id = ANY (%s)
UNION ALL
SELECT NULL WHERE EXISTS (SELECT FROM enrollment_reconciliation
  WHERE month = %s AND status = 'closed' AND fund_source_id IS NULL)"""


def _ask(statement: str, *parameters: Any) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        yield from cursor.fetchall()


def _found(row: Sequence[Any]) -> Found:
    who, name, key, village, district, died_on, digest = row
    return Found(who, name, key, village, district, died_on, bytes(digest))


def by_number(digests: Collection[bytes]) -> dict[bytes, Found]:
    """People of the scope by digest of their NIK; a merged record leads to the kept one."""
    if not digests:
        return {}
    found: dict[bytes, Found] = {}
    merged: dict[bytes, int] = {}
    for into, *row in _ask(BY_NUMBER, list(digests)):
        person = _found(row)
        found[person.digest] = person
        if into is not None:
            merged[person.digest] = into
    # A self-join would be planned for few rows; merged records are few, and mostly none.
    rows = _ask(BY_ID, sorted({*merged.values()})) if merged else ()
    kept = {person.id: person for person in map(_found, rows)}
    for digest, into in merged.items():
        if into in kept:
            found[digest] = kept[into]
        else:
            del found[digest]
    return found


def by_name(keys: Collection[str]) -> dict[str, tuple[int, list[Found]]]:
    """People of the scope by name key: how many have that name, and the first five of them."""
    return _named(BY_NAME, keys)


def alike(keys: Collection[str]) -> dict[str, tuple[int, list[Found]]]:
    """People whose names are nearly these, the most alike first."""
    return _named(BY_LIKENESS, keys)


def _named(statement: str, keys: Collection[str]) -> dict[str, tuple[int, list[Found]]]:
    found: dict[str, tuple[int, list[Found]]] = {}
    for asked, among, *row, _place in _ask(statement, list(keys)) if keys else ():
        found.setdefault(asked, (among, []))[1].append(_found(row))
    return found


def covered_elsewhere(digests: Collection[bytes], day: dt.date) -> dict[bytes, tuple[str, str]]:
    """Programme and segment of covers in other regencies on a day, by digest; nothing else."""
    function = elsewhere.function_name()
    if function is None or not digests:
        return {}
    rows = _ask(
        f"SELECT nik_digest, programme, segment FROM {function}(%s, %s, %s)",
        list(digests),
        current_regency_id(),
        day,
    )
    return {bytes(digest): (programme, segment) for digest, programme, segment in rows}


def facts_of(people: Collection[int], day: dt.date) -> Facts:
    """The records of people whom the caller has found in the scope."""
    today, ids = timezone.localdate(), sorted(people)
    facts = Facts(day, today, then=set() if day < today else None)
    if not ids:
        return facts
    for who, *cover in _ask(COVERS, ids):
        facts.covers.setdefault(who, []).append(Cover(*cover))
    facts.rows.update((who, Row(*row)) for who, *row in _ask(ROWS, ids))
    facts.bills.update(paid_months.of_month(month_of(day), ids))
    if facts.then is not None:
        over = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
        ever = [cover for (cover,) in _ask(EVER, ids)]
        # What was written while somebody was in another village is read in the whole regency.
        with tenancy.whole_regency():
            facts.then.update(who for (who,) in _ask(THEN, over, ever, day, day))
    month = month_of(day)
    on_lists = {who for (who,) in _ask(ON_LISTS, month, ids, month)}
    missing = Bpjs.NOT_LISTED if None in on_lists else Bpjs.UNKNOWN
    facts.listed.update((who, Bpjs.LISTED if who in on_lists else missing) for who in ids)
    return facts
