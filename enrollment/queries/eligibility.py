"""The rules of eligibility asked of the database: the same lines as `enrollment.eligibility`."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from cadres.models import Assignment, Cadre
from cadres.queries.quotas import Room
from core.tenancy import current_regency_id
from enrollment.eligibility import NOT_OF_ROWS, Ages, Answer, Facts, answer
from enrollment.eligibility_rules import Rule, Weight, default_rules
from enrollment.models import (
    BatchRow,
    Coverage,
    EligibilityOverride,
    EligibilityRule,
    EnrollmentBatch,
)
from enrollment.queries.quota_places import OPEN_BATCHES, free_places, places_of, too_late
from enrollment.queries.replacements import seat_paid_services

ELSEWHERE = "enrollment_covered_elsewhere"


def rules_of(programme: str) -> dict[str, Rule]:
    """The rules as the regency in scope follows them, by code in their order; one statement."""
    own = {each.code: each for each in EligibilityRule.objects.filter(programme=programme)}
    found = {}
    for code, rule in default_rules(programme).items():
        each = own.get(code)
        found[code] = (
            rule
            if each is None or rule.fixed
            else rule.set_to(
                weight=each.weight, value=each.value, basis=each.basis, confirmed=each.confirmed
            )
        )
    return found


def granted(programme: str, first_month: dt.date) -> QuerySet[EligibilityOverride]:
    """Exceptions that hold for a first month."""
    return EligibilityOverride.objects.filter(
        programme=programme,
        status=EligibilityOverride.Status.GRANTED,
        valid_until__gte=first_month,
    )


@dataclass(frozen=True)
class Ground:
    """What is read once before people are looked at: the rules, and free places by kind."""

    rules: Mapping[str, Rule]
    rooms: Mapping[str, Room]


def ground_of(
    programme: str,
    first_month: dt.date,
    rules: Mapping[str, Rule] | None = None,
    *,
    batch_id: int | None = None,
    lock: bool = False,
) -> Ground:
    """The rules as the regency follows them (or the given ones), and the quotas of a month.

    The rows of the given batch take no places here: they are what is looked at. With `lock` the
    quotas are held for people who are about to take their places.
    """
    rules = rules_of(programme) if rules is None else rules
    asks = rules["quota_full"].weight != Weight.OFF
    free = free_places(first_month, batch_id=batch_id, lock=lock) if asks else {}
    return Ground(rules, free)


@dataclass(frozen=True)
class Asking:
    """Whom a rule is asked about: people themselves, or the rows of a batch.

    `person` is the column with the person's id, `at` the way to the person's own columns, `kind`
    the column with the kind of service, `people` the rows whose identity numbers are looked up,
    `batch_id` the batch whose rows they are.
    """

    people: QuerySet
    person: str = "pk"
    at: str = ""
    kind: str = "row_category"
    batch_id: int | None = None

    def of(self, **conditions: object) -> Q:
        """Conditions on the person's own columns."""
        return Q(**{f"{self.at}{name}": value for name, value in conditions.items()})


def failing(
    asking: Asking,
    ground: Ground,
    *,
    first_month: dt.date,
    programme: str,
    weights: Collection[Weight] = (Weight.REFUSES, Weight.ASKS_BRANCH),
    without: Collection[str] = (),
) -> dict[str, Q]:
    """For each rule in force, who does not meet it and has no exception, in the order of rules."""
    ages = Ages.of(ground.rules, first_month)
    found: dict[str, Q] = {}
    # Last of all the quota: who is refused for another reason takes no place.
    for code, rule in sorted(ground.rules.items(), key=lambda each: each[0] == "quota_full"):
        if rule.weight not in weights or code in without:
            continue
        if code == "quota_full":
            refusing = [
                each for at, each in found.items() if ground.rules[at].weight == Weight.REFUSES
            ]
            condition = _quota_full(asking, ground, refusing, first_month, programme)
        else:
            condition = _condition(code, asking, ages, first_month, programme)
        if not rule.fixed:
            excepted = granted(programme, first_month).filter(code=code).values("cadre_id")
            condition &= ~Q(**{f"{asking.person}__in": excepted})
        found[code] = condition
    return {code: found[code] for code in ground.rules if code in found}


def _condition(code: str, asking: Asking, ages: Ages, first_month: dt.date, programme: str) -> Q:
    """Who does not meet one rule."""
    of, person = asking.of, OuterRef(asking.person)
    if code == "covered":
        return Q(Exists(_covers(person, programme, first_month)))
    if code == "waiting":
        return Q(Exists(_waiting(person)))
    if code == "not_serving":
        return ~Q(Exists(Assignment.objects.filter(cadre_id=person, ended_on=None)))
    if code == "seat_paid":
        services = seat_paid_services(first_month, programme)
        return Q(**{f"{asking.person}__in": services.values("cadre_id")})
    if code == "covered_elsewhere":
        return of(nik_digest__in=covered_elsewhere(asking, first_month))
    if code == "decree_missing":
        with_decree = Assignment.objects.filter(
            cadre_id=person, ended_on=None, category=OuterRef(asking.kind)
        ).exclude(decree_number="")
        return ~Q(Exists(with_decree))
    return {
        "deceased": of(died_on__isnull=False),
        "nik_missing": of(nik_digest=b""),
        "over_age": of(birth_date__lte=ages.refused),
        "under_17": of(birth_date__gt=ages.young),
        "civil_servant": of(employment=Cadre.Employment.CIVIL_SERVANT),
        "wage_earner": of(employment=Cadre.Employment.WAGE_EARNER),
        "turns_65": of(birth_date__gt=ages.refused, birth_date__lte=ages.asked),
    }[code]


def _covers(person: OuterRef, programme: str, first_month: dt.date) -> QuerySet[Coverage]:
    return Coverage.objects.filter(cadre_id=person, programme=programme).not_over(first_month)


def _waiting(person: OuterRef) -> QuerySet[BatchRow]:
    return BatchRow.objects.filter(cadre_id=person, batch__status__in=OPEN_BATCHES).exclude(
        status=BatchRow.Status.RETURNED
    )


def _has_place(person: OuterRef, first_month: dt.date) -> Q:
    """Who is inside a quota of their kind, or covered or waiting under it: needs no other place."""
    kind = OuterRef("row_category")
    covered = Coverage.objects.filter(cadre_id=person, category=kind).not_over(first_month)
    return (
        Q(Exists(places_of(person, kind, first_month)))
        | Q(Exists(covered))
        | Q(Exists(_waiting(person).filter(category=kind)))
    )


def _quota_full(
    asking: Asking, ground: Ground, refusing: Collection[Q], first_month: dt.date, programme: str
) -> Q:
    """Whose village has no place left for them after those who come first; one statement."""
    if not ground.rooms:
        return Q(pk__in=[])
    yes, no = Value(True), Value(False)
    takes_none = [When(condition, then=no) for condition in refusing]
    if asking.batch_id is not None:
        takes_none.append(When(status=BatchRow.Status.RETURNED, then=no))
    excepted = granted(programme, first_month).filter(code="quota_full").values("cadre_id")
    meant = asking.people.filter(**{f"{asking.kind}__in": list(ground.rooms)}).annotate(
        takes_place=Case(*takes_none, default=yes),
        comes_first=Case(When(Q(**{f"{asking.person}__in": excepted}), then=yes), default=no),
    )
    late = too_late(
        meant.values(
            asking.person, f"{asking.at}village_id", asking.kind, "takes_place", "comes_first"
        ),
        ground.rooms,
        first_month,
        batch_id=asking.batch_id,
    )
    return Q(_Among(F(asking.person), Value(late, ArrayField(BigIntegerField()))))


class _Among(Func):
    """Whether an id is in an array: one parameter, however many there are.

    As a subquery it is hashed everywhere; an array in GROUP BY is gone through for each person.
    """

    arg_joiner = " IN (SELECT unnest("
    template = "%(expressions)s::bigint[]))"
    output_field = BooleanField()


def covered_elsewhere(asking: Asking, first_month: dt.date) -> list[bytes]:
    """Digests of the numbers among these people that another regency covers; one statement."""
    column = f"{asking.at}nik_digest"
    digests, parameters = asking.people.order_by().values(column).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT nik_digest FROM {ELSEWHERE}_among(ARRAY({digests}), %s, %s)",
            [*parameters, current_regency_id(), first_month],
        )
        return [bytes(digest) for (digest,) in cursor.fetchall()]


def codes(conditions: Mapping[str, Q]) -> Func:
    """An array with the code of every condition that holds, in their order."""
    cases = [
        Case(When(condition, then=Value(code)), output_field=CharField())
        for code, condition in conditions.items()
    ]
    return Func(
        *cases,
        template="array_remove(ARRAY[%(expressions)s]::varchar[], NULL)",
        output_field=ArrayField(CharField()),
    )


def findings_of(batch: EnrollmentBatch, ground: Ground | None = None) -> QuerySet:
    """The rows of a batch as `id` and `marked`: codes of the rules that speak against each."""
    ground = ground or ground_of(batch.programme, batch.first_month, batch_id=batch.pk)
    rows = BatchRow.objects.filter(batch=batch)
    conditions = failing(
        Asking(rows, person="cadre_id", at="cadre__", kind="category", batch_id=batch.pk),
        ground,
        first_month=batch.first_month,
        programme=batch.programme,
        without=NOT_OF_ROWS,
    )
    return rows.order_by().annotate(marked=codes(conditions)).values("id", "marked")


def with_exemptions(rows: QuerySet[BatchRow]) -> QuerySet[BatchRow]:
    """Adds `exempted`: codes of the rules that two people had lifted for the person of a row.

    What was lifted when the row was made stays shown after the exception has ended.
    """
    lifted = (
        EligibilityOverride.objects.filter(
            cadre_id=OuterRef("cadre_id"),
            programme=OuterRef("batch__programme"),
            valid_until__gte=OuterRef("batch__first_month"),
            answered_by_id__isnull=False,
        )
        .exclude(status=EligibilityOverride.Status.DECLINED)
        .order_by("code")
    )
    return rows.annotate(exempted=ArraySubquery(lifted.values("code")))


def facts_of(person_id: int, *, first_month: dt.date, programme: str) -> Facts:
    """What the rules look at for one person of the scope; two statements, more with quotas.

    Raises Cadre.DoesNotExist.
    """
    me = OuterRef("pk")
    service = Assignment.objects.filter(cadre_id=me, ended_on=None).order_by("started_on", "id")
    decreed = (
        Assignment.objects.filter(cadre_id=me, ended_on=None, category=OuterRef("row_category"))
        .exclude(decree_number="")
        .order_by("started_on", "id")
    )
    exempt = granted(programme, first_month).filter(cadre_id=me)
    elsewhere = Func(
        F("nik_digest"),
        Value(current_regency_id()),
        Value(first_month),
        template=f"EXISTS (SELECT FROM {ELSEWHERE}(%(expressions)s))",
        output_field=BooleanField(),
    )
    person = (
        Cadre.objects.select_related("village")
        .annotate(
            row_category=Subquery(service.values("category")[:1]),
            decree=Subquery(decreed.values("decree_number")[:1]),
            is_covered=Exists(_covers(me, programme, first_month)),
            waiting_in=Subquery(_waiting(me).order_by("id").values("batch__number")[:1]),
            elsewhere=elsewhere,
            seat=Exists(seat_paid_services(first_month, programme).filter(cadre_id=me)),
            placed=_has_place(me, first_month),
            exempt=ArraySubquery(exempt.values("code")),
        )
        .get(pk=person_id)
    )
    room = free_places(first_month, village=person.village).get(person.row_category)
    return Facts(
        birth_date=person.birth_date,
        died_on=person.died_on,
        has_nik=bool(person.nik_digest),
        employment=person.employment,
        serves=person.row_category is not None,
        decree=person.decree or "",
        covered=person.is_covered,
        covered_elsewhere=person.elsewhere,
        waiting_in=person.waiting_in or "",
        seat_paid=person.seat,
        quota_left=None if room is None else room.left(person.village_id),
        inside_quota=room is not None and person.placed,
        exempt=frozenset(person.exempt),
    )


def answer_for(person_id: int, *, first_month: dt.date, programme: str) -> Answer:
    """Whether one person of the scope may be put forward, with every rule that was looked at."""
    return answer(
        facts_of(person_id, first_month=first_month, programme=programme),
        first_month=first_month,
        rules=rules_of(programme),
    )
