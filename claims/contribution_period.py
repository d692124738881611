"""What later money depends on: one person's contribution months, and what a death today would pay.

The rules are those of `claims.benefits`; nothing here decides anything.
"""

import datetime as dt
from dataclasses import dataclass

from cadres.models import Cadre
from claims.benefits import Benefit, Outlook, full_from, scholarship_outlook
from claims.queries import CoverFacts, benefit_of, cover_facts
from core.months import add_months, month_of


@dataclass(frozen=True)
class ContributionPeriod:
    """The contribution period of one person on a day; months are first days, in order.

    `covered` are whole months before the month of the day. `gaps` are months without cover
    between covered ones, or between the last one and the day while cover runs again; `unpaid`
    were billed and are not paid. `in_a_row` counts the covered months directly before the month
    of the day. `full_from` is the month from which a death would pay in full if cover goes on.
    """

    day: dt.date
    covered: tuple[dt.date, ...]
    billed: tuple[dt.date, ...]
    paid: tuple[dt.date, ...]
    unpaid: tuple[dt.date, ...]
    gaps: tuple[dt.date, ...]
    in_a_row: int
    benefit: Benefit
    full_from: dt.date | None
    scholarship: Outlook


def contribution_period_of(cadre: Cadre, day: dt.date) -> ContributionPeriod | None:
    """That of a living person on a day; None for who never was covered, or has died."""
    if cadre.died_on is not None:
        return None
    facts = cover_facts(cadre, day)
    if not facts.covered and facts.coverage is None:
        return None
    return of_facts(facts, day)


def of_facts(facts: CoverFacts, day: dt.date) -> ContributionPeriod:
    """The same from the facts of a person's cover; pure."""
    benefit = benefit_of(facts, day)
    cover = facts.coverage
    return ContributionPeriod(
        day=day,
        covered=tuple(sorted(facts.covered)),
        billed=tuple(sorted(facts.billed)),
        paid=tuple(sorted(facts.paid)),
        unpaid=tuple(sorted(facts.billed - facts.paid)),
        gaps=tuple(_gaps(facts, day)),
        in_a_row=benefit.months_before,
        benefit=benefit,
        full_from=full_from(benefit, day),
        scholarship=scholarship_outlook(
            day=day,
            cover_end=cover.ends_on if cover else None,
            covered_now=cover is not None,
            months_covered=facts.covered,
            months_paid=facts.paid,
        ),
    )


def _gaps(facts: CoverFacts, day: dt.date) -> list[dt.date]:
    """Months without cover after the first covered month."""
    if not facts.covered:
        return []
    month, found = min(facts.covered), []
    end = month_of(day) if facts.coverage else max(facts.covered)
    while month < end:
        if month not in facts.covered:
            found.append(month)
        month = add_months(month, 1)
    return found
