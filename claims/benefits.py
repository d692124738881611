"""What a death pays to the heirs, and why: pure, over plain values.

Sources: PP 82/2019 (20 + 12 + 10 million), Permenaker 1/2025 (10 million for short BPU
memberships), with the amounts and thresholds in `claims/rules/death_benefit.toml`. Where the law
is unclear the answer is `needs_confirmation` with every possible total, never a guess.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

from claims.rulebook import Component, DeathBenefitRules, Period, death_benefit_rules
from core.months import add_months, month_of

FULL, REDUCED = "full", "reduced"
NEEDS_CONFIRMATION, NOT_COVERED = "needs_confirmation", "not_covered"
BRANCH_RULE = "keputusan cabang"


@dataclass(frozen=True)
class Reason:
    """Why the answer is what it is: a code, and plain facts for its sentence."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    """One answer that the branch may confirm: `full`, `reduced` or `alternative`."""

    code: str
    total: int
    components: tuple[Component, ...]
    rule: str
    source: str


@dataclass(frozen=True)
class Benefit:
    """The answer: outcome, total in rupiah, its components, reasons, and what may be confirmed.

    With `needs_confirmation` the total and components are those of the first option: what it
    would be if the branch confirmed the membership.
    """

    outcome: str
    total: int
    components: tuple[Component, ...]
    reasons: tuple[Reason, ...]
    options: tuple[Option, ...]
    rule: str
    source: str
    months_before: int

    def snapshot(self) -> dict[str, Any]:
        """Plain values to store with a claim."""
        return {
            **asdict(self),
            "possible_totals": [option.total for option in self.options],
        }


def death_benefit(
    *,
    died_on: dt.date,
    segment: str,
    cover_start: dt.date | None,
    cover_end: dt.date | None,
    months_covered: Collection[dt.date],
    months_paid: Collection[dt.date],
    months_billed: Collection[dt.date] | None = None,
    rules: DeathBenefitRules | None = None,
) -> Benefit:
    """The death benefit (JKM) of one person.

    `cover_start` to `cover_end` (both days included, None = still running) is the cover that
    holds the day of death, None when there is none. Months are first days: those wholly
    covered, billed and paid. Without `months_billed` a paid month is taken as billed.
    """
    rules = rules or death_benefit_rules()
    period = rules.period_on(died_on)
    months_billed = months_paid if months_billed is None else months_billed
    if cover_start is None or cover_start > died_on or (cover_end and cover_end < died_on):
        return _answer(NOT_COVERED, (), [Reason("not_covered_on_day")], period, 0)

    before = _months_in_a_row(died_on, months_covered)
    owed = _owed(died_on, before, months_paid, months_billed, rules)
    full = _option(FULL, period.components, period)
    if not period.settled:
        options = (full, _option("alternative", period.alternative, period))
        return _answer(NEEDS_CONFIRMATION, options, [Reason("amounts_conflict")], period, before)

    less = rules.reduction
    if died_on < less.start or segment not in less.segments:
        why = Reason("before_reduction", {"from": less.start.isoformat()})
        if died_on >= less.start:
            why = Reason("segment_not_reduced", {"segment": segment})
        outcome = NEEDS_CONFIRMATION if owed else FULL
        return _answer(outcome, (full,), [why, *owed], period, before)

    reduced = Option(REDUCED, less.total, less.components, less.rule, less.source)
    if before >= less.full_after_months:
        why = Reason("months_enough", {"months": before, "needed": less.full_after_months})
        if owed:
            return _answer(NEEDS_CONFIRMATION, (full, reduced), owed, period, before)
        return _answer(FULL, (full,), [why], period, before)
    earlier = len([month for month in months_covered if month < month_of(died_on)])
    if before in less.unclear_months:
        why = Reason("months_unclear", {"months": before, "needed": less.full_after_months})
        return _answer(NEEDS_CONFIRMATION, (full, reduced), [why, *owed], period, before)
    if earlier >= less.full_after_months:
        why = Reason("gap", {"months": before, "earlier": earlier})
        return _answer(NEEDS_CONFIRMATION, (full, reduced), [why, *owed], period, before)
    why = Reason("months_few", {"months": before, "needed": less.full_after_months})
    return _answer(REDUCED, (reduced,), [why, *owed], period, before)


def scholarship_possible(months_covered: Collection[dt.date], died_on: dt.date) -> bool:
    """Whether the contribution period reaches the scholarship's condition (36 months).

    Information only: whether months before a gap count is not settled by any source found.
    """
    passed = [month for month in months_covered if month <= died_on]
    return len(passed) >= death_benefit_rules().scholarship.months


MET, NOT_YET, UNCLEAR = "met", "not_yet", "unclear"


@dataclass(frozen=True)
class Outlook:
    """Whether a condition in contribution months is met, and the month from which it would be.

    `state` is `met`, `not_yet` or `unclear`; `months` are those in a row, `needed` those asked
    for. `from_month` is None when it is met, or when no running cover leads there.
    """

    state: str
    months: int
    needed: int
    from_month: dt.date | None
    total: int
    rule: str
    source: str


def scholarship_outlook(
    *,
    day: dt.date,
    cover_end: dt.date | None,
    covered_now: bool,
    months_covered: Collection[dt.date],
    months_paid: Collection[dt.date],
) -> Outlook:
    """How far the children's scholarship is for a death on a day, if cover goes on as it is.

    Unclear where only months with a gap between them, or months that were not paid, reach the
    condition: no source settles either.
    """
    rule = death_benefit_rules().scholarship
    row, have = _months_in_a_row(day, months_covered), set(months_covered)
    in_a_row = {add_months(month_of(day), -back) for back in range(1, row + 1)}
    state, reached = NOT_YET, None
    if scholarship_possible(in_a_row & set(months_paid), day):
        state = MET
    elif scholarship_possible(have, day):
        state = UNCLEAR
    if state != MET and covered_now and row < rule.months:
        reached = add_months(month_of(day), rule.months - row)
        if cover_end is not None and cover_end < reached:
            reached = None
    return Outlook(state, row, rule.months, reached, rule.total, rule.rule, rule.source)


def full_from(benefit: Benefit, day: dt.date) -> dt.date | None:
    """The first month in which a death would pay in full for having enough months in a row.

    None when it does already, or when nobody is covered.
    """
    needed = death_benefit_rules().reduction.full_after_months
    if benefit.outcome in (FULL, NOT_COVERED) or benefit.months_before >= needed:
        return None
    return add_months(month_of(day), needed - benefit.months_before)


def _months_in_a_row(died_on: dt.date, covered: Collection[dt.date]) -> int:
    """How many wholly covered months directly precede the month of death."""
    have, count = set(covered), 0
    while add_months(month_of(died_on), -count - 1) in have:
        count += 1
    return count


def _owed(
    died_on: dt.date,
    before: int,
    paid: Collection[dt.date],
    billed: Collection[dt.date],
    rules: DeathBenefitRules,
) -> list[Reason]:
    """Arrears and unbilled months among the covered ones that the threshold looks at."""
    seen = min(before, rules.reduction.full_after_months)
    months = [add_months(month_of(died_on), -back) for back in range(seen, 0, -1)]
    unbilled = [month for month in months if month not in set(billed) | set(paid)]
    unpaid = [month for month in months if month not in set(paid) and month not in unbilled]
    return [
        Reason(code, {"months": [month.isoformat() for month in found]})
        for code, found in (("arrears", unpaid), ("unbilled", unbilled))
        if found
    ]


def _option(code: str, components: tuple[Component, ...], period: Period) -> Option:
    total = sum(component.amount for component in components)
    return Option(code, total, components, period.rule, period.source)


def _answer(
    outcome: str,
    options: tuple[Option, ...],
    reasons: list[Reason],
    period: Period,
    before: int,
) -> Benefit:
    first = options[0] if options else Option("", 0, (), period.rule, period.source)
    return Benefit(
        outcome,
        first.total,
        first.components,
        tuple(reasons),
        options,
        first.rule,
        first.source,
        before,
    )
