"""Questions about reconciliations that pages, the API and the home page ask."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from core import private_files, sheets
from enrollment.models import (
    Reconciliation,
    ReconciliationColumns,
    ReconciliationDifference,
    ReconciliationRow,
)
from enrollment.reconciliation.classes import KINDS
from enrollment.reconciliation.reading import ColumnsNeeded, ListRefused, Question, Reader

# The heading under which a list keeps that every table has to be pointed out.
ASK_ALL = ""
Status = Reconciliation.Status


def earlier_list(month: dt.date, sha256: str) -> Reconciliation | None:
    """The list that the same file for the same month became, unless it was given up."""
    found = Reconciliation.objects.filter(month=month, file_sha256=sha256)
    return found.exclude(status__in=[Status.REFUSED, Status.WITHDRAWN]).first()


def known_columns(reconciliation: Reconciliation) -> tuple[dict[str, Mapping[str, int]], bool]:
    """The columns by heading that people pointed out, and whether every table is to be asked.

    What was said of this very list wins over what the regency said of others before.
    """
    own = {key: places for key, places in reconciliation.columns.items() if key != ASK_ALL}
    if ASK_ALL in reconciliation.columns:
        return own, True
    remembered = dict(ReconciliationColumns.objects.values_list("shape", "columns"))
    return {**remembered, **own}, False


def question_of(reconciliation: Reconciliation) -> Question | None:
    """The table whose columns have to be pointed out next; None when nothing is open."""
    answers, asking = known_columns(reconciliation)
    reader = Reader(timezone.localdate(), answers, asking)
    try:
        with sheets.opened(private_files.path_of(reconciliation.file)) as book:
            for _line in reader.lines(book.rows()):
                continue
    except ColumnsNeeded as needed:
        return needed.question
    except (ListRefused, sheets.SheetRefused):
        return None
    return None


def problems_of(reconciliation: Reconciliation) -> dict[str, int]:
    """Lines that could not be read whole, by what is wrong with them."""
    rows = reconciliation.rows.exclude(problem="").order_by()
    return dict(rows.values_list("problem").annotate(n=Count("id")))


def with_progress(rows: QuerySet[Reconciliation]) -> QuerySet[Reconciliation]:
    """Annotate `open_differences` and `all_differences`."""
    return rows.annotate(
        all_differences=Count("differences"),
        open_differences=Count("differences", filter=Q(differences__settlement="")),
    )


def states(reconciliation: Reconciliation) -> dict[str, dict[str, int]]:
    """For each class: all differences, those still open, and those that wait for the branch."""
    rows = (
        reconciliation.differences.order_by()
        .values("kind")
        .annotate(
            all=Count("id"),
            open=Count("id", filter=Q(settlement="")),
            asked=Count("id", filter=ASKED),
            answered=Count("id", filter=ANSWERED),
        )
    )
    found = {row.pop("kind"): row for row in rows}
    nothing = {"all": 0, "open": 0, "asked": 0, "answered": 0}
    return {kind: found.get(kind, nothing) for kind in KINDS}


# A question that the branch has not answered; one that it has, and nobody has settled.
ASKED = Q(settlement="") & ~Q(query="") & Q(answer="")
ANSWERED = Q(settlement="") & ~Q(answer="")


def differences() -> QuerySet[ReconciliationDifference]:
    """Differences with what lists and pages show of them."""
    return ReconciliationDifference.objects.select_related(
        "cadre", "coverage__fund_source", "row", "village__district", "reconciliation"
    )


def waiting_for_branch() -> QuerySet[ReconciliationDifference]:
    """Questions that the branch has not answered, oldest first, of lists that are open."""
    return (
        differences().filter(ASKED, reconciliation__status=Status.OPEN).order_by("asked_at", "id")
    )


def rows_of(difference: ReconciliationDifference) -> QuerySet[ReconciliationRow]:
    """The lines of the list that speak of the person of a difference."""
    rows = ReconciliationRow.objects.filter(reconciliation=difference.reconciliation_id)
    if difference.cadre_id:
        return rows.filter(cadre=difference.cadre_id).order_by("sheet", "line")
    if difference.row is None:
        return rows.none()
    same = Q(pk=difference.row_id)
    if difference.row.nik_digest:
        same |= Q(nik_digest=difference.row.nik_digest)
    return rows.filter(same).order_by("sheet", "line")


def alike(difference: ReconciliationDifference) -> ReconciliationRow | None:
    """A line with the same name and birth date as somebody who seems to be missing, or None.

    Mostly the same person, whose NIK one of the two sides wrote down wrongly.
    """
    person = difference.cadre
    if person is None or difference.row_id:
        return None
    return ReconciliationRow.objects.filter(
        reconciliation=difference.reconciliation_id,
        cadre=None,
        name_key=person.name_key,
        birth_date=person.birth_date,
    ).first()


def settled_groups(reconciliation: Reconciliation) -> list[dict[str, Any]]:
    """Settled differences together by class, settlement, reason and who settled them."""
    return list(
        reconciliation.differences.exclude(settlement="")
        .order_by()
        .values("kind", "settlement", "reason", "settled_by_id")
        .annotate(people=Count("id"), on=Max("settled_at"))
        .order_by("kind", "settlement", "-people", "reason")
    )


def newest_open() -> Reconciliation | None:
    """The open reconciliation of the newest month, with `open_differences`."""
    return (
        with_progress(Reconciliation.objects.filter(status=Status.OPEN))
        .order_by("-month", "-id")
        .first()
    )
