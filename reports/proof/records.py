"""What the records say about one person and one day: today, and at the end of that day.

Rows of history are kept by the database with the moment of each change, so that the state of any
past evening can be read again.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from budgets import paid_months
from budgets.paid_months import BilledMonth
from cadres.models import Assignment, Cadre, ImportRow
from cadres.queries.rosters import lines_naming
from core import tenancy
from core.months import month_of
from enrollment.models import Coverage, Reconciliation, ReconciliationRow
from reports.proof.answer import Bpjs, Evidence


@dataclass(frozen=True)
class Listed:
    """A line of a list of BPJS for the month, or a closed comparison that misses the person."""

    reconciliation: Reconciliation
    row: ReconciliationRow | None


@dataclass(frozen=True)
class Records:
    """Everything found for one person and day.

    `cover` is the one that holds on the day by today's records, or None; `earlier` are the covers
    that held by the records of that evening as `(starts_on, ends_on)`.
    """

    cadre: Cadre
    day: dt.date
    evidence: Evidence
    cover: Coverage | None
    earlier: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)
    roster_row: ImportRow | None = None
    service: Assignment | None = None
    bill: BilledMonth | None = None
    listed: Listed | None = None


def look_up(cadre: Cadre, day: dt.date) -> Records:
    """All records of a person whom the caller has already seen."""
    today = timezone.localdate()
    cover = _cover(cadre, day)
    earlier = known(cadre, day, before=_end_of(day)) if day < today else []
    bill = paid_months.bill_of(cadre_id=cadre.pk, month=month_of(day))
    listed = _listed(cadre, day)
    bpjs = Bpjs.UNKNOWN
    if listed is not None:
        bpjs = Bpjs.LISTED if listed.row else Bpjs.NOT_LISTED
    evidence = Evidence(
        day=day,
        today=today,
        covered_now=cover is not None,
        covered_then=bool(earlier) if day < today else None,
        died_on=cadre.died_on,
        billed=bill is not None,
        paid=bill is not None and bill.paid,
        due_on=bill.due_on if bill else None,
        bpjs=bpjs,
    )
    return Records(
        cadre,
        day,
        evidence,
        cover,
        earlier,
        _roster_row(cadre, cover),
        _service(cadre, day),
        bill,
        listed,
    )


def _cover(cadre: Cadre, day: dt.date) -> Coverage | None:
    return (
        Coverage.objects.active_on(day)
        .filter(cadre=cadre)
        .select_related("batch_row__batch", "agreement", "fund_source")
        .order_by("starts_on")
        .first()
    )


def _end_of(day: dt.date) -> dt.datetime:
    """The midnight that ends a day, in the time zone in force."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def known(
    cadre: Cadre, day: dt.date, *, before: dt.datetime
) -> list[tuple[dt.date, dt.date | None]]:
    """The covers that hold on a day, as the records stood just before a moment.

    Each is `(starts_on, ends_on)`; the history of rows is read in the order in which it was
    written. A cover follows its person when two records become one, and to another village: what
    was written while the person was elsewhere is read in the whole regency.
    """
    events = apps.get_model("enrollment", "CoverageEvent")._default_manager
    mine = events.filter(cadre_id=cadre.pk).values("pgh_obj_id")
    last: dict[int, tuple] = {}
    with tenancy.whole_regency():
        for pk, *told in (
            events.filter(pgh_obj_id__in=mine, pgh_created_at__lt=before)
            .order_by("pgh_id")
            .values_list("pgh_obj_id", "pgh_label", "cadre_id", "starts_on", "ends_on")
        ):
            last[pk] = tuple(told)
    return [
        (starts_on, ends_on)
        for label, whose, starts_on, ends_on in last.values()
        if label != "delete"
        and whose == cadre.pk
        and starts_on <= day
        and (ends_on is None or ends_on >= day)
    ]


def _roster_row(cadre: Cadre, cover: Coverage | None) -> ImportRow | None:
    """The line of an applied list that last named the person before the cover was made."""
    rows = lines_naming(cadre.pk).exclude(
        effect__in=[ImportRow.Effect.REJECTED, ImportRow.Effect.SKIPPED]
    )
    before = rows.filter(roster__applied_at__lte=cover.created_at).first() if cover else None
    return before or rows.last()


def _service(cadre: Cadre, day: dt.date) -> Assignment | None:
    """The service of that day, one with a decree first."""
    return (
        Assignment.objects.filter(cadre=cadre, started_on__lte=day)
        .filter(Q(ended_on=None) | Q(ended_on__gte=day))
        .select_related("posyandu", "village")
        .order_by("-decree_number", "started_on")
        .first()
    )


def _listed(cadre: Cadre, day: dt.date) -> Listed | None:
    """The newest list of BPJS for the month of the day that was compared, and the person's line."""
    month = month_of(day)
    compared = Reconciliation.objects.filter(
        month=month, status__in=[Reconciliation.Status.OPEN, Reconciliation.Status.CLOSED]
    ).order_by("-id")
    row = (
        ReconciliationRow.objects.filter(reconciliation__in=compared, cadre=cadre)
        .select_related("reconciliation")
        .order_by("-id")
        .first()
    )
    if row is not None:
        return Listed(row.reconciliation, row)
    closed = compared.filter(status=Reconciliation.Status.CLOSED, fund_source=None).first()
    return Listed(closed, None) if closed else None
