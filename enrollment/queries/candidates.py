"""Who may be put forward out of the people who are meant, and why the others may not."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext as _

from cadres.models import Assignment, Cadre
from core import formats
from enrollment.eligibility_rules import Rule, Weight
from enrollment.queries.eligibility import Asking, codes, failing, rules_of

ELIGIBLE = "eligible"


@dataclass(frozen=True)
class Choice:
    """Which people are meant: every field narrows; empty means everybody who serves."""

    category: str = ""
    district_id: int | None = None
    village_id: int | None = None
    posyandu_id: int | None = None
    cadre_ids: Collection[int] | None = field(default=None)


@dataclass(frozen=True)
class Standings:
    """How many of the chosen people can be put forward, and why the others cannot.

    `refused` counts people by the first rule that refuses them, `asked` those who go along by
    each rule that asks the branch; `to_ask` is the number of people with such a rule.
    """

    eligible: int
    refused: Mapping[str, int]
    asked: Mapping[str, int]
    to_ask: int
    rules: Mapping[str, Rule]

    @property
    def total(self) -> int:
        """Everybody who was meant."""
        return self.eligible + self.left_out

    @property
    def left_out(self) -> int:
        """Everybody who cannot be put forward."""
        return sum(self.refused.values())

    def exclusions(self) -> list[str]:
        """One sentence for each rule that leaves people out, with its count."""
        return [self._sentence(code, people) for code, people in self.refused.items() if people]

    def questions(self) -> list[str]:
        """One sentence for each rule that the branch will be asked about, with its count."""
        return [self._sentence(code, people) for code, people in self.asked.items() if people]

    def _sentence(self, code: str, people: int) -> str:
        shown = {"people": formats.thousands(people), "reason": self.rules[code].reason}
        return _("%(people)s orang %(reason)s") % shown


def chosen(choice: Choice) -> QuerySet[Cadre]:
    """People who serve at present and fit the choice, with their `row_category`."""
    service = Assignment.objects.filter(cadre_id=OuterRef("pk"), ended_on=None)
    if choice.category:
        service = service.filter(category=choice.category)
    if choice.posyandu_id:
        service = service.filter(posyandu_id=choice.posyandu_id)
    people = Cadre.objects.filter(Exists(service)).annotate(
        row_category=Subquery(service.order_by("started_on", "id").values("category")[:1])
    )
    if choice.district_id:
        people = people.filter(village__district_id=choice.district_id)
    if choice.village_id:
        people = people.filter(village_id=choice.village_id)
    if choice.cadre_ids is not None:
        people = people.filter(pk__in=list(choice.cadre_ids))
    return people


def _refusing(
    people: QuerySet[Cadre], rules: Mapping[str, Rule], first_month: dt.date, programme: str
) -> dict[str, Q]:
    return failing(
        Asking(people),
        rules,
        first_month=first_month,
        programme=programme,
        weights=(Weight.REFUSES,),
        without=("not_serving",),  # `chosen` takes only people who serve
    )


def _first(refusing: Mapping[str, Q]) -> Case:
    """The first rule that refuses, or `eligible`."""
    whens = [When(condition, then=Value(code)) for code, condition in refusing.items()]
    return Case(*whens, default=Value(ELIGIBLE), output_field=CharField())


def with_standing(
    people: QuerySet[Cadre],
    *,
    first_month: dt.date,
    programme: str,
    rules: Mapping[str, Rule] | None = None,
) -> QuerySet[Cadre]:
    """Annotate `standing`: `eligible`, or the first rule that leaves a person out."""
    rules = rules_of(programme) if rules is None else rules
    return people.annotate(standing=_first(_refusing(people, rules, first_month, programme)))


def with_reasons(
    people: QuerySet[Cadre], *, first_month: dt.date, programme: str
) -> tuple[QuerySet[Cadre], Mapping[str, Rule]]:
    """Annotate `standing`, `refusals` and `questions` (codes); with the rules that were asked."""
    rules = rules_of(programme)
    refusing = _refusing(people, rules, first_month, programme)
    asking = _questions(people, rules, first_month, programme)
    nothing = {"": Q(pk__in=[])}
    return (
        people.annotate(
            standing=_first(refusing),
            refusals=codes(refusing or nothing),
            questions=codes(asking or nothing),
        ),
        rules,
    )


def _questions(
    people: QuerySet[Cadre], rules: Mapping[str, Rule], first_month: dt.date, programme: str
) -> dict[str, Q]:
    return failing(
        Asking(people),
        rules,
        first_month=first_month,
        programme=programme,
        weights=(Weight.ASKS_BRANCH,),
    )


def standings(choice: Choice, *, first_month: dt.date, programme: str) -> Standings:
    """Count the chosen people by what the rules say; two statements of each kind of question."""
    rules, people = rules_of(programme), chosen(choice)
    refusing = _refusing(people, rules, first_month, programme)
    asking = _questions(people, rules, first_month, programme)
    flags = {
        f"asks_{code}": Case(
            When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for code, condition in asking.items()
    }
    going = Q(standing=ELIGIBLE)
    some = Q(pk__in=[])
    for name in flags:
        some |= Q(**{name: True})
    counts = {f"n_{code}": Count("pk", filter=Q(standing=code)) for code in refusing}
    counts |= {f"n_{name}": Count("pk", filter=going & Q(**{name: True})) for name in flags}
    counted = people.annotate(standing=_first(refusing), **flags).aggregate(
        n_eligible=Count("pk", filter=going),
        n_to_ask=Count("pk", filter=going & some),
        **counts,
    )
    return Standings(
        eligible=counted["n_eligible"],
        refused={code: counted[f"n_{code}"] for code in refusing},
        asked={code: counted[f"n_asks_{code}"] for code in asking},
        to_ask=counted["n_to_ask"],
        rules=rules,
    )


def eligible(choice: Choice, *, first_month: dt.date, programme: str) -> QuerySet[Cadre]:
    """The chosen people who can be put forward."""
    people = with_standing(chosen(choice), first_month=first_month, programme=programme)
    return people.filter(standing=ELIGIBLE)
