"""Questions about claims, and what a death claim needs to know about a person's cover."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from cadres.models import Cadre
from cadres.queries import searched
from claims.benefits import Benefit, death_benefit, scholarship_possible
from claims.models import Claim, ClaimDocument
from claims.rulebook import death_benefit_rules
from core import offers
from core.months import add_months, last_day, month_of
from enrollment.models import Coverage, Segment


@dataclass(frozen=True)
class CoverFacts:
    """A person's cover around a day of death; months are first days."""

    coverage: Coverage | None
    covered: frozenset[dt.date]
    billed: frozenset[dt.date]
    paid: frozenset[dt.date]

    def billed_after(self, died_on: dt.date) -> list[dt.date]:
        """Months after the month of death that were billed nevertheless."""
        return sorted(month for month in self.billed if month > month_of(died_on))


def cover_facts(cadre: Cadre, died_on: dt.date) -> CoverFacts:
    """The cover that holds the day of death, and the months before it."""
    coverages = list(cadre.coverages.order_by("starts_on"))
    on_the_day = [
        each
        for each in coverages
        if each.starts_on <= died_on and (each.ends_on is None or each.ends_on >= died_on)
    ]
    billed = _billed_months(cadre.pk)
    return CoverFacts(
        on_the_day[-1] if on_the_day else None,
        frozenset(month for each in coverages for month in _whole_months(each, died_on)),
        frozenset(billed),
        frozenset(month for month, paid in billed.items() if paid),
    )


def benefit_of(facts: CoverFacts, died_on: dt.date) -> Benefit:
    """What the death pays under the rules in force on its day."""
    cover = facts.coverage
    return death_benefit(
        died_on=died_on,
        segment=cover.segment if cover else Segment.BPU,
        cover_start=cover.starts_on if cover else None,
        cover_end=cover.ends_on if cover else None,
        months_covered=facts.covered,
        months_paid=facts.paid,
        months_billed=facts.billed,
    )


def scholarship_of(facts: CoverFacts, died_on: dt.date) -> dict[str, Any]:
    """What the scholarship asks for and whether the covered months reach it; information only."""
    rule = death_benefit_rules().scholarship
    return {
        "months": rule.months,
        "total": rule.total,
        "rule": rule.rule,
        "found": len(facts.covered),
        "possible": scholarship_possible(facts.covered, died_on),
    }


def open_claim_of(cadre_id: int) -> Claim | None:
    """The person's claim, unless it was rejected."""
    return Claim.objects.filter(cadre_id=cadre_id).exclude(status=Claim.Status.REJECTED).first()


def listed() -> QuerySet[Claim]:
    """Claims in scope with what a list shows, newest first."""
    missing = Count(
        "documents",
        filter=Q(documents__need="required", documents__received_at=None),
    )
    return (
        Claim.objects.select_related("cadre", "village__district", "heir")
        .annotate(missing=missing)
        .order_by("-id")
    )


def missing_documents(claim: Claim) -> list[ClaimDocument]:
    """Required documents that were not received."""
    return list(claim.documents.filter(need="required", received_at=None).order_by("position"))


def unreported_deaths() -> QuerySet[Cadre]:
    """People who died while they were covered and for whom nobody has reported a claim yet."""
    covered = Coverage.objects.filter(
        cadre=OuterRef("pk"), starts_on__lte=OuterRef("died_on")
    ).filter(Q(ends_on=None) | Q(ends_on__gte=OuterRef("died_on")))
    return (
        Cadre.objects.exclude(died_on=None)
        .filter(Exists(covered), ~Exists(Claim.objects.filter(cadre=OuterRef("pk"))))
        .order_by("died_on", "id")
    )


def people_like(words: str, limit: int = 30) -> list[Cadre]:
    """People in scope by name or NIK, the living first, at most `limit`."""
    people = Cadre.objects.filter(merged_into=None).select_related("village__district")
    found = searched(people, words)
    return list(found.order_by(F("died_on").asc(nulls_first=True), "name_key", "id")[:limit])


def _whole_months(coverage: Coverage, until: dt.date) -> list[dt.date]:
    """The months before the month of `until` that the coverage holds from first to last day."""
    months, month = [], month_of(coverage.starts_on)
    while month < month_of(until) and (
        coverage.ends_on is None or last_day(month) <= coverage.ends_on
    ):
        months.append(month)
        month = add_months(month, 1)
    return months


def _billed_months(cadre_id: int) -> dict[dt.date, bool]:
    """Month -> paid in full, asked of whichever app bills: it offers `<app>.paid_months`."""
    found: dict[dt.date, bool] = {}
    for offered in offers.modules("paid_months"):
        found |= offered.months_of(cadre_id)
    return found


def may_take_back(claim: Claim, cadre: Cadre) -> bool:
    """Whether a closed report may be undone: nobody decided on it, and the death is only its own.

    `decided_by_id` is empty for a report that the district closed itself.
    """
    return (
        claim.status == Claim.Status.REJECTED
        and claim.decided_by_id is None
        and cadre.died_on == claim.died_on
        and open_claim_of(cadre.pk) is None
    )
