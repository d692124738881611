"""Figures of a regency (or of the villages in scope), each with its date and denominator."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, Sum, Value

from budgets.models import Invoice
from cadres.models import Cadre
from claims.models import Claim
from core.months import add_months
from enrollment.models import BatchRow, Coverage
from regions.models import District, Village


@dataclass(frozen=True)
class Place:
    """One district or village: people, how many of them are covered, how many wait."""

    id: int
    code: str
    name: str
    people: int
    covered: int
    waiting: int

    @property
    def parts(self) -> list[tuple[int, str]]:
        """What the bar shows."""
        return [(self.covered, "g"), (self.waiting, "y")]


@dataclass(frozen=True)
class MonthFigure:
    """One month's bills: people, rupiah billed and rupiah paid."""

    month: dt.date
    people: int
    total: int
    paid: int
    due_on: dt.date | None


def places(day: dt.date, *, by_village: bool) -> list[Place]:
    """Living people and how many of them are covered on a day, by district or by village.

    Both numbers count the same people, so that a share never exceeds the whole.
    """
    key = "village_id" if by_village else "village__district_id"
    active = Q(starts_on__lte=day, cadre__died_on=None) & (Q(ends_on=None) | Q(ends_on__gte=day))

    def counted(name: str, rows: QuerySet, what: Count) -> QuerySet:
        return rows.order_by().values(place=F(key)).annotate(n=what, name=Value(name))

    people: dict[int, int] = {}
    covered: dict[int, int] = {}
    waiting: dict[int, int] = {}
    numbers = {"people": people, "covered": covered, "waiting": waiting}
    living = Cadre.objects.filter(died_on=None, merged_into=None)
    queued = BatchRow.objects.filter(status=BatchRow.Status.WAITING)
    for row in counted("people", living, Count("id")).union(
        counted("covered", Coverage.objects.filter(active), Count("cadre_id", distinct=True)),
        counted("waiting", queued, Count("id")),
        all=True,
    ):
        numbers[row["name"]][row["place"]] = row["n"]
    model = Village if by_village else District
    rows = model.objects.filter(id__in=people.keys() | covered.keys()).order_by("code")
    return [
        Place(
            row.id,
            row.code,
            row.name,
            people.get(row.id, 0),
            covered.get(row.id, 0),
            waiting.get(row.id, 0),
        )
        for row in rows
    ]


def bills(last: dt.date, months: int = 12) -> list[MonthFigure]:
    """Bills of the months up to `last`, oldest first; months without a bill are zero."""
    found = {
        row["month"]: row
        for row in Invoice.objects.filter(month__lte=last, month__gt=add_months(last, -months))
        .order_by()
        .values("month")
        .annotate(
            heads=Sum("people"),
            billed=Sum("total"),
            settled=Sum("paid"),
            due=Min("due_on", filter=Q(month=last, paid__lt=F("total"))),
        )
    }
    figures = []
    for back in range(months - 1, -1, -1):
        month = add_months(last, -back)
        row: Mapping[str, Any] = found.get(month, {})
        figures.append(
            MonthFigure(
                month,
                row.get("heads") or 0,
                row.get("billed") or 0,
                row.get("settled") or 0,
                row.get("due"),
            )
        )
    return figures


@dataclass(frozen=True)
class ClaimFigures:
    """Claims by status, and the benefits paid in a year: families and rupiah."""

    by_status: Mapping[str, int]
    families: int
    paid: int


def claims(year: int) -> ClaimFigures:
    """All claims in scope by status, and what was paid in `year`; one statement."""
    in_year = Q(paid_on__year=year)
    rows = list(
        Claim.objects.order_by()
        .values("status")
        .annotate(
            n=Count("id"),
            families=Count("id", filter=in_year),
            rupiah=Sum("total", filter=in_year),
        )
    )
    return ClaimFigures(
        {row["status"]: row["n"] for row in rows},
        sum(row["families"] for row in rows),
        sum(row["rupiah"] or 0 for row in rows),
    )
