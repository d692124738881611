"""Who may be put forward out of the people who are meant, and why the others may not."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
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
from enrollment.queries.eligibility import (
    Asking,
    Ground,
    codes,
    failing,
    granted,
    ground_of,
    rules_of,
)

ELIGIBLE = "eligible"
CHOSEN = ("not_serving",)  # `chosen` takes only people who serve


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
    people = Cadre.objects.filter(Exists(service)).annotate(row_category=_category(service))
    if choice.district_id:
        people = people.filter(village__district_id=choice.district_id)
    if choice.village_id:
        people = people.filter(village_id=choice.village_id)
    if choice.cadre_ids is not None:
        people = people.filter(pk__in=list(choice.cadre_ids))
    return people


def _category(service: QuerySet[Assignment]) -> Subquery:
    """The kind of the oldest of these services."""
    return Subquery(service.order_by("started_on", "id").values("category")[:1])


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
    ground: Ground | None = None,
) -> QuerySet:
    """Annotate `standing`: `eligible`, or the first rule that leaves a person out.

    People without a `row_category` are looked at in the service that they have had the longest.
    """
    if "row_category" not in people.query.annotations:
        service = Assignment.objects.filter(cadre_id=OuterRef("pk"), ended_on=None)
        people = people.annotate(row_category=_category(service))
    refusing = failing(
        Asking(people),
        ground or ground_of(programme, first_month, rules),
        first_month=first_month,
        programme=programme,
        weights=(Weight.REFUSES,),
        without=CHOSEN,
    )
    return people.annotate(standing=_first(refusing))


def with_reasons(
    people: QuerySet[Cadre], rules: Mapping[str, Rule], *, first_month: dt.date, programme: str
) -> QuerySet:
    """Annotate `standing`, and codes: all `refusals` and `questions`, and what is `exempted`."""
    conditions = failing(
        Asking(people),
        ground_of(programme, first_month, rules),
        first_month=first_month,
        programme=programme,
        without=CHOSEN,
    )
    refusing, asking = (
        {code: each for code, each in conditions.items() if rules[code].weight == weight}
        for weight in (Weight.REFUSES, Weight.ASKS_BRANCH)
    )
    nothing = {"": Q(pk__in=[])}
    lifted = granted(programme, first_month).filter(cadre_id=OuterRef("pk")).order_by("code")
    return people.annotate(
        exempted=ArraySubquery(lifted.values("code")),
        standing=_first(refusing),
        refusals=codes(refusing or nothing),
        questions=codes(asking or nothing),
    )


def standings(choice: Choice, *, first_month: dt.date, programme: str) -> Standings:
    """Count the chosen people by what the rules say, in one grouped statement."""
    rules = rules_of(programme)
    people = with_reasons(chosen(choice), rules, first_month=first_month, programme=programme)
    groups = people.order_by().values_list("standing", "questions").annotate(people=Count("pk"))
    going, to_ask = 0, 0
    refused = {code: 0 for code, rule in rules.items() if rule.weight == Weight.REFUSES}
    del refused["not_serving"]
    asked = {code: 0 for code, rule in rules.items() if rule.weight == Weight.ASKS_BRANCH}
    for standing, questions, count in groups:
        if standing != ELIGIBLE:
            refused[standing] += count
            continue
        going += count
        to_ask += count if questions else 0
        for code in questions:
            asked[code] += count
    return Standings(eligible=going, refused=refused, asked=asked, to_ask=to_ask, rules=rules)


def eligible(
    choice: Choice, *, first_month: dt.date, programme: str, ground: Ground | None = None
) -> QuerySet:
    """The chosen people who can be put forward."""
    people = with_standing(
        chosen(choice), first_month=first_month, programme=programme, ground=ground
    )
    return people.filter(standing=ELIGIBLE)
