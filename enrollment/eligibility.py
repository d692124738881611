"""Who may be put forward to BPJS: pure, over plain values, with each rule and its source.

A rule refuses (the branch would, too), asks the branch where the sources are silent, or is off.
`enrollment.queries.eligibility` asks the same questions of the database with the same boundaries.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.months import add_months
from enrollment.eligibility_rules import Rule, Weight, default_rules

RULES = default_rules("JKK_JKM")
CIVIL_SERVANT, WAGE_EARNER = "civil_servant", "wage_earner"
# What only the choice of people asks: a row of a batch is itself what waits.
NOT_OF_ROWS = frozenset({"not_serving", "waiting", "seat_paid"})
Data = dict[str, Any]


class Outcome(StrEnum):
    """The answer about a person."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_BRANCH = "needs_branch"


@dataclass(frozen=True)
class Facts:
    """What is known about a person for one first month and one programme.

    `quota_left` is the number of places in the village that are left for the person's kind of
    service once whoever is put forward along and comes first has one, None where no quota holds;
    `inside_quota` says that the person has a place already. `exempt` are codes of rules that two
    people lifted for the person.
    """

    birth_date: dt.date
    died_on: dt.date | None = None
    has_nik: bool = True
    employment: str = ""
    serves: bool = True
    decree: str = ""
    covered: bool = False
    covered_elsewhere: bool = False
    waiting_in: str = ""
    seat_paid: bool = False
    quota_left: int | None = None
    inside_quota: bool = False
    exempt: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Looked:
    """One rule that was looked at: whether it is met, lifted, and the data it looked at."""

    rule: Rule
    met: bool
    exempt: bool
    data: Data

    @property
    def stands(self) -> bool:
        """Whether it speaks against the person."""
        return not self.met and not self.exempt


@dataclass(frozen=True)
class Answer:
    """What the rules say about a person, with every rule that was looked at, in their order."""

    outcome: Outcome
    looked: tuple[Looked, ...]

    @property
    def refusals(self) -> list[str]:
        """Codes of the rules that refuse."""
        return self._standing(Weight.REFUSES)

    @property
    def questions(self) -> list[str]:
        """Codes of the rules that ask the branch."""
        return self._standing(Weight.ASKS_BRANCH)

    @property
    def findings(self) -> list[str]:
        """Codes that a row of a batch carries: refusals and questions in the order of rules."""
        return [
            each.rule.code
            for each in self.looked
            if each.stands and each.rule.code not in NOT_OF_ROWS
        ]

    def _standing(self, weight: Weight) -> list[str]:
        return [
            each.rule.code for each in self.looked if each.stands and each.rule.weight == weight
        ]


@dataclass(frozen=True)
class Ages:
    """The birth dates at which the rules of a regency draw their lines for one first month.

    Born on `refused` or before: as old as the age limit on the first day of the month, or older.
    Born on `asked` or before: reaches the limit within the months of notice. Born after `young`:
    below the lower age.
    """

    refused: dt.date
    asked: dt.date
    young: dt.date

    @classmethod
    def of(cls, rules: Mapping[str, Rule], first_month: dt.date) -> "Ages":
        """The lines for a first day of a month."""
        upper, lower = rules["over_age"].value or 0, rules["under_17"].value or 0
        notice = add_months(first_month, rules["turns_65"].value or 0)
        return cls(
            years_before(first_month, upper),
            years_before(notice, upper),
            years_before(first_month, lower),
        )


def years_before(first_day: dt.date, years: int) -> dt.date:
    """The birth date of somebody who turns `years` on the first day of a month."""
    return first_day.replace(year=first_day.year - years)


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Whole years on a day; who is born on 29 February turns on 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def answer(facts: Facts, *, first_month: dt.date, rules: Mapping[str, Rule] = RULES) -> Answer:
    """Whether somebody may be put forward for cover from the first day of a month."""
    ages = Ages.of(rules, first_month)
    looked = []
    for code, rule in rules.items():
        if rule.weight == Weight.OFF:
            continue
        met, data = CHECKS[code](facts, ages, first_month)
        lifted = not rule.fixed and not met and code in facts.exempt
        looked.append(Looked(rule, met, lifted, data))
    weights = {each.rule.weight for each in looked if each.stands}
    outcome = Outcome.ELIGIBLE
    if Weight.REFUSES in weights:
        outcome = Outcome.NOT_ELIGIBLE
    elif weights:
        outcome = Outcome.NEEDS_BRANCH
    return Answer(outcome, tuple(looked))


Check = Callable[[Facts, Ages, dt.date], tuple[bool, Data]]


def _aged(facts: Facts, first_month: dt.date) -> Data:
    return {"birth_date": facts.birth_date, "age": age_on(facts.birth_date, first_month)}


CHECKS: dict[str, Check] = {
    "not_serving": lambda f, a, m: (f.serves, {"serves": f.serves}),
    "deceased": lambda f, a, m: (f.died_on is None, {"died_on": f.died_on}),
    "covered": lambda f, a, m: (not f.covered, {"covered": f.covered}),
    "waiting": lambda f, a, m: (not f.waiting_in, {"waiting_in": f.waiting_in}),
    "nik_missing": lambda f, a, m: (f.has_nik, {"has_nik": f.has_nik}),
    "over_age": lambda f, a, m: (f.birth_date > a.refused, _aged(f, m)),
    "under_17": lambda f, a, m: (f.birth_date <= a.young, _aged(f, m)),
    "civil_servant": lambda f, a, m: (
        f.employment != CIVIL_SERVANT,
        {"employment": f.employment},
    ),
    "wage_earner": lambda f, a, m: (
        f.employment != WAGE_EARNER,
        {"employment": f.employment},
    ),
    "covered_elsewhere": lambda f, a, m: (
        not f.covered_elsewhere,
        {"covered_elsewhere": f.covered_elsewhere},
    ),
    "decree_missing": lambda f, a, m: (bool(f.decree), {"decree": f.decree}),
    "quota_full": lambda f, a, m: (
        f.inside_quota or f.quota_left is None or f.quota_left > 0,
        {"quota_left": f.quota_left, "inside_quota": f.inside_quota},
    ),
    "seat_paid": lambda f, a, m: (not f.seat_paid, {"seat_paid": f.seat_paid}),
    "turns_65": lambda f, a, m: (
        f.birth_date <= a.refused or f.birth_date > a.asked,
        _aged(f, m),
    ),
}
