"""In which classes a person falls when our list meets that of BPJS. Pure; reference section 9.

The statements of `enrollment.reconciliation.comparing` say the same for a whole regency; a test
draws thousands of pairs and holds the two against each other.

Which class wins over which:

1. Who died before the first day of the month is `dead_billed` when billed, and nothing else.
2. Who is on our list and not on theirs is `not_billed`; who is on theirs and not on ours is
   `billed_not_listed`, unless another payer covers the person: then `twice_other_payer`.
3. A person on their list twice is `twice_same_payer`; under two payers `twice_other_payer`, and
   both with more lines than payers; once as PU and once as BPU is `active_pu`, whoever pays. What
   such a person costs in all says nothing of the rate, so `amount_differs` is for one line.
4. `active_pu`, `over_age`, `paid_not_credited` and `gap_risk` are said beside the others, of
   people on our list only.
5. Matched is on both lists and in none of the classes but `paid_not_credited` and `gap_risk`.
"""

import datetime as dt
from dataclasses import dataclass

from core import months

OLDEST = 65

DEAD = "dead_billed"
NOT_BILLED = "not_billed"
NOT_LISTED = "billed_not_listed"
TWICE_SAME = "twice_same_payer"
TWICE_OTHER = "twice_other_payer"
ACTIVE_PU = "active_pu"
OVER_AGE = "over_age"
AMOUNT = "amount_differs"
NOT_CREDITED = "paid_not_credited"
GAP = "gap_risk"
# In the order in which pages show them: who is unprotected and what must not be paid comes first.
KINDS = (
    NOT_BILLED,
    DEAD,
    TWICE_SAME,
    TWICE_OTHER,
    ACTIVE_PU,
    NOT_LISTED,
    OVER_AGE,
    AMOUNT,
    NOT_CREDITED,
    GAP,
)
BESIDE_A_MATCH = frozenset((NOT_CREDITED, GAP))


@dataclass(frozen=True)
class Ours:
    """A cover of this list's payer that holds on the first day of the month.

    `expected` is rupiah for the month, None when no rule gives an amount; `paid` that our bill
    for the month is paid in full; `unpaid` how many months before it are unpaid in a row (0 to 3).
    """

    segment: str
    expected: int | None = None
    paid: bool = False
    unpaid: int = 0


@dataclass(frozen=True)
class Theirs:
    """The lines of one person that count: not those that BPJS itself calls inactive.

    `billed` is their sum in rupiah, None without amounts; `pu` and `bpu` whether a line names
    that segment; `wage` that a status says PU, ASN, TNI or Polri; `arrears` that one says unpaid.
    `payers` is how many different payers the lines name, 1 where the list names none.
    """

    times: int = 1
    billed: int | None = None
    pu: bool = False
    bpu: bool = False
    wage: bool = False
    arrears: bool = False
    payers: int = 1


@dataclass(frozen=True)
class Pair:
    """One person on both sides, with what we know of the person.

    `other_cover`: our cover in this month has another payer than the list. `other_list`: the
    person also stands on another payer's list of the month. `elsewhere`: segments of covers in
    other regencies on the first day of the month.
    """

    ours: Ours | None = None
    theirs: Theirs | None = None
    birth_date: dt.date | None = None
    died_on: dt.date | None = None
    employment: str = ""
    other_cover: bool = False
    other_list: bool = False
    elsewhere: frozenset[str] = frozenset()


def classes(pair: Pair, month: dt.date) -> tuple[str, ...]:
    """The classes of a pair in the order of `KINDS`; empty for a plain match."""
    ours, theirs = pair.ours, pair.theirs
    if pair.died_on is not None and pair.died_on < month:
        return (DEAD,) if theirs else ()
    mixed = theirs is not None and theirs.pu and theirs.bpu
    other = theirs is not None and (
        (ours is None and pair.other_cover) or pair.other_list or "BPU" in pair.elsewhere
    )
    found = {
        NOT_BILLED: ours is not None and theirs is None,
        NOT_LISTED: theirs is not None and ours is None and not other,
        TWICE_SAME: theirs is not None and theirs.times > theirs.payers and not mixed,
        TWICE_OTHER: other or (theirs is not None and theirs.payers > 1 and not mixed),
        GAP: ours is not None and ours.unpaid > 0,
        NOT_CREDITED: ours is not None and ours.paid and (theirs is None or theirs.arrears),
    }
    if ours is not None and theirs is not None:
        elsewhere = bool(pair.employment) or "PU" in pair.elsewhere
        found[ACTIVE_PU] = (
            mixed or theirs.wage or elsewhere or (theirs.pu and ours.segment == "BPU")
        )
        found[OVER_AGE] = pair.birth_date is not None and is_over_age(pair.birth_date, month)
        found[AMOUNT] = theirs.times == 1 and differs(ours, theirs)
    return tuple(kind for kind in KINDS if found.get(kind))


def is_matched(pair: Pair, month: dt.date) -> bool:
    """On both lists, with the same segment and amount, and nothing against it."""
    both = pair.ours is not None and pair.theirs is not None
    return both and set(classes(pair, month)) <= BESIDE_A_MATCH


def is_over_age(birth_date: dt.date, month: dt.date) -> bool:
    """Whether somebody has completed 65 years on the first day of the month.

    Who is born on 29 February has a birthday on 28 February in other years.
    """
    year = birth_date.year + OLDEST
    last = months.last_day(dt.date(year, birth_date.month, 1)).day
    return dt.date(year, birth_date.month, min(birth_date.day, last)) <= month


def differs(ours: Ours, theirs: Theirs) -> bool:
    """Whether rate, relief or segment differ; without an amount on one side only the segment."""
    if theirs.bpu and ours.segment == "PU":
        return True
    return None not in (theirs.billed, ours.expected) and theirs.billed != ours.expected


def cause(expected: int | None, billed: int | None) -> str:
    """Why an amount differs: `relief` when one is half of the other, else `rate`."""
    if not expected or not billed:
        return "rate"
    return "relief" if 2 * min(expected, billed) == max(expected, billed) else "rate"


def at_stake(kind: str, expected: int | None, billed: int | None) -> int:
    """Rupiah that a difference is about: what is billed too much, or what is not insured.

    For a wrong amount and for a person billed twice it is what lies between the two sides.
    """
    if kind in (NOT_BILLED, NOT_CREDITED, GAP):
        return expected or 0
    if kind in (AMOUNT, TWICE_SAME) and billed is not None:
        return abs(billed - (expected or 0))
    return billed if billed is not None else expected or 0
