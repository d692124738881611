"""The database says about people and rows what the pure rules say."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from cadres.models import Assignment, Cadre, Category, Quota, QuotaPlace
from cadres.queries.quotas import quota_left, rooms
from core import months, tenancy
from enrollment import actions, queries
from enrollment.eligibility import NOT_OF_ROWS, Answer, Facts, answer
from enrollment.eligibility_rules import Weight
from enrollment.models import (
    BatchRow,
    EligibilityOverride,
    EligibilityRule,
    EnrollmentBatch,
)
from enrollment.queries import Choice
from enrollment.queries.eligibility import facts_of
from tests import factories

PROGRAMME = EnrollmentBatch.Programme.JKK_JKM
MONTH = dt.date(2026, 12, 1)
NUMBERED = {"over_age": (60, 70), "under_17": (15, 21), "turns_65": (0, 24)}
SETTABLE = (
    *NUMBERED,
    "civil_servant",
    "wage_earner",
    "covered_elsewhere",
    "decree_missing",
    "quota_full",
)
BIRTHS = [
    dt.date(1961, 12, 1) + dt.timedelta(days=days) for days in (-1, 0, 1, 364, 365, 366, 731)
] + [dt.date(1960, 2, 29), dt.date(1985, 3, 12), dt.date(2009, 12, 1), dt.date(2009, 12, 2)]


@dataclass(frozen=True)
class Person:
    """One person as the database will hold them."""

    birth: dt.date
    dead: bool
    employment: str
    decree: bool
    serves: bool
    cover: str
    elsewhere: bool
    waiting: bool
    worker: bool
    place: str
    since: int
    began: int
    lifted: frozenset[str]


PEOPLE = st.builds(
    Person,
    birth=st.sampled_from(BIRTHS) | st.dates(dt.date(1940, 1, 1), dt.date(2015, 1, 1)),
    dead=st.integers(0, 9).map(lambda n: n == 0),
    employment=st.sampled_from(["", "", *Cadre.Employment.values]),
    decree=st.booleans(),
    serves=st.integers(0, 9).map(lambda n: n > 0),
    cover=st.sampled_from(["", "", "", "runs", "over", "later"]),
    elsewhere=st.integers(0, 4).map(lambda n: n == 0),
    waiting=st.integers(0, 6).map(lambda n: n == 0),
    worker=st.booleans(),
    place=st.sampled_from(["", "", "waiting", "inside", "left"]),
    since=st.integers(1, 3),
    began=st.integers(1, 3),
    lifted=st.sets(st.sampled_from(SETTABLE), max_size=2).map(frozenset),
)
SETTINGS = st.dictionaries(
    st.sampled_from(SETTABLE), st.tuples(st.sampled_from(list(Weight)), st.floats(0, 1)), max_size=6
)


def _numbered(code: str, share: float) -> int | None:
    if code not in NUMBERED:
        return None
    low, high = NUMBERED[code]
    return low + round(share * (high - low))


def _build(person: Person, world, elsewhere, quota: Quota) -> tuple[Cadre, Facts]:
    """The person in the database, and what a reader of the form would know about them."""
    village = world.villages[0]
    kind = Category.VULNERABLE_WORKER if person.worker else Category.POSYANDU_CADRE
    died = dt.date(2026, 5, 4) if person.dead else None
    if died and died < person.birth:
        died = None
    made = factories.cadre(
        village,
        birth_date=person.birth,
        died_on=died,
        employment=person.employment,
        category=kind,
    )
    service = Assignment.objects.filter(cadre=made)
    service.update(
        decree_number="188/7" if person.decree else "", started_on=dt.date(2024, 1, person.began)
    )
    if not person.serves:
        service.update(ended_on=dt.date(2026, 6, 1), end_reason="stopped")
    if person.cover:
        begin = {"runs": dt.date(2026, 1, 1), "over": dt.date(2025, 1, 1)}.get(
            person.cover, dt.date(2027, 2, 1)
        )
        over = person.cover == "over"
        factories.coverage(
            made,
            category=kind,
            starts_on=begin,
            ends_on=dt.date(2026, 11, 30) if over else None,
            end_reason="stopped" if over else "",
        )
    if person.waiting:
        batch = EnrollmentBatch.objects.create(
            number=f"W-{made.pk}",
            fund_source=factories.fund_source(),
            first_month=MONTH,
            prepared_by_id=1,
        )
        BatchRow.objects.create(batch=batch, cadre=made, village=village, category=kind)
    if person.worker and person.place:
        left = person.place == "left"
        QuotaPlace.objects.create(
            quota=quota,
            village=village,
            cadre=made,
            status=person.place,
            since=dt.date(2026, 1, person.since),
            entered_on=dt.date(2026, 1, 2) if person.place == "inside" else None,
            left_on=dt.date(2026, 2, 2) if left else None,
            reason="pindah" if left else "",
        )
    for code in person.lifted:
        EligibilityOverride.objects.create(
            cadre=made,
            village=village,
            programme=PROGRAMME,
            code=code,
            reason="Alasan",
            status="granted",
            valid_until=MONTH,
            asked_by_id=1,
            answered_by_id=2,
            answered_at=timezone.now(),
        )
    if person.elsewhere:
        with tenancy.scope(elsewhere.regency.pk):
            other = factories.cadre(elsewhere.villages[0], nik=made.nik, birth_date=person.birth)
            factories.coverage(other, starts_on=dt.date(2026, 3, 1))
    facts = Facts(
        birth_date=person.birth,
        died_on=died,
        employment=person.employment,
        serves=person.serves,
        decree="188/7" if person.decree and person.serves else "",
        covered=person.cover in ("runs", "later"),
        covered_elsewhere=person.elsewhere,
        waiting_in=f"W-{made.pk}" if person.waiting else "",
        inside_quota=person.worker and person.serves and _has_place(person),
        exempt=person.lifted,
    )
    return made, facts


def _has_place(person: Person) -> bool:
    """Inside the quota, or covered or waiting under its kind of service."""
    return person.place == "inside" or person.cover in ("runs", "later") or person.waiting


def _first_come(each: tuple[Person, Cadre]) -> tuple:
    """The order in which the free places of a village are taken."""
    person, cadre = each
    queue = (0, person.since, cadre.pk) if person.place == "waiting" else (1, 0, 0)
    began = (0, person.began) if person.serves else (1, 0)
    return "quota_full" not in person.lifted, queue, began, cadre.pk


def _left_for_each(
    asked: list[tuple[Person, Cadre]], free: int, takes: Callable[[Cadre], bool]
) -> dict[int, int]:
    """Places left for each of these people when whoever comes first has taken theirs."""
    found = {}
    for person, cadre in sorted(asked, key=_first_come):
        if not person.worker or _has_place(person):
            continue
        found[cadre.pk] = free
        free = max(free - takes(cadre), 0)
    return found


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(people=st.lists(PEOPLE, min_size=1, max_size=12), told=SETTINGS, places=st.integers(0, 6))
def test_pure_answer_standing_and_marks_agree(world, elsewhere, people, told, places):
    with transaction.atomic(), world.scope():
        quota = Quota.objects.create(
            name="Kuota",
            category=Category.VULNERABLE_WORKER,
            per_village=places,
            starts_on=dt.date(2026, 1, 1),
        )
        for code, (weight, share) in told.items():
            EligibilityRule.objects.create(
                programme=PROGRAMME,
                code=code,
                weight=weight,
                value=_numbered(code, share),
                basis="Surat",
            )
        made = [_build(person, world, elsewhere, quota) for person in people]
        rules = queries.rules_of(PROGRAMME)
        left = quota_left(Category.VULNERABLE_WORKER, world.villages[0], day=MONTH)
        assert rooms(MONTH)[Category.VULNERABLE_WORKER].left(world.villages[0].pk) == left
        outside = sum(p.worker and p.place != "inside" and _has_place(p) for p in people)
        free = max(left - outside, 0)
        listed = queries.with_reasons(
            queries.chosen(Choice()), rules, first_month=MONTH, programme=PROGRAMME
        )
        shown = {each.pk: each for each in listed}

        def say(facts: Facts) -> Answer:
            return answer(facts, first_month=MONTH, rules=rules)

        # What one person is told, who is asked about alone.
        known = {}
        for person, (cadre, facts) in zip(people, made, strict=True):
            if person.worker and person.serves:
                facts = replace(facts, quota_left=free)
            assert facts_of(cadre.pk, first_month=MONTH, programme=PROGRAMME) == facts
            known[cadre.pk] = facts

        # What they are told together: each takes a place that the next ones do not have.
        alone = {pk: say(replace(facts, quota_left=None)) for pk, facts in known.items()}
        asked = [(person, made[at][0]) for at, person in enumerate(people)]
        serve = [each for each in asked if each[0].serves]
        places_left = _left_for_each(serve, free, lambda cadre: not alone[cadre.pk].refusals)
        said, kinds = {}, {}
        for person, cadre in asked:
            facts = known[cadre.pk]
            if cadre.pk in places_left:
                facts = replace(facts, quota_left=places_left[cadre.pk])
            said[cadre.pk] = mine = say(facts)
            assert (cadre.pk in shown) == person.serves
            if person.serves:
                each = shown[cadre.pk]
                assert each.refusals == mine.refusals
                assert each.questions == mine.questions
                assert each.standing == (mine.refusals or ["eligible"])[0]
            if not person.waiting:
                kinds[cadre] = cadre.assignments.get().category
        if not told.get("quota_full"):
            taking = [pk for pk in places_left if not said[pk].refusals]
            exempt = [pk for pk in taking if "quota_full" in known[pk].exempt]
            assert len(taking) <= max(free, len(exempt))
        counted = queries.standings(Choice(), first_month=MONTH, programme=PROGRAMME)
        serving = [said[pk] for pk in shown]
        assert counted.total == len(serving)
        assert counted.eligible == sum(not each.refusals for each in serving)
        assert counted.to_ask == sum(bool(each.questions) and not each.refusals for each in serving)
        batch = EnrollmentBatch.objects.create(
            number="B", fund_source=factories.fund_source(), first_month=MONTH, prepared_by_id=1
        )
        BatchRow.objects.bulk_create(
            BatchRow(batch=batch, cadre=cadre, village=cadre.village, category=kind)
            for cadre, kind in kinds.items()
        )
        in_batch = [each for each in asked if not each[0].waiting]
        row_left = _left_for_each(
            in_batch, free, lambda cadre: not set(alone[cadre.pk].refusals) - NOT_OF_ROWS
        )
        for row in queries.findings_of(batch):
            cadre_id = BatchRow.objects.get(pk=row["id"]).cadre_id
            if cadre_id in shown:
                facts = known[cadre_id]
                if cadre_id in row_left:
                    facts = replace(facts, quota_left=row_left[cadre_id])
                assert row["marked"] == say(facts).findings
        transaction.set_rollback(True)


def test_a_draft_takes_what_the_rules_let_through_and_marks_the_rest(world):
    month = months.this_month()
    with world.scope():
        births = [month.replace(year=month.year - years) for years in (16, 17, 40, 64, 63)]
        births += [birth + dt.timedelta(days=1) for birth in births]
        for birth in births:
            factories.cadre(world.villages[0], birth_date=birth)
        batch = actions.prepare(
            by=world[Role.DISTRICT_OFFICER],
            fund_source=factories.fund_source(),
            segment="BPU",
            first_month=month,
            choice=Choice(),
        )
        for row in batch.rows.select_related("cadre"):
            said = answer(Facts(birth_date=row.cadre.birth_date), first_month=month)
            assert row.findings == said.findings


def test_a_regency_sets_its_own_weight_and_value(world):
    month = months.add_months(months.this_month(), 1)
    with world.scope():
        old = factories.cadre(world.villages[0], birth_date=month.replace(year=month.year - 62))
        assert queries.standings(Choice(), first_month=month, programme=PROGRAMME).eligible == 1
        EligibilityRule.objects.create(
            programme=PROGRAMME, code="over_age", weight="refuses", value=60, basis="Surat cabang"
        )
        counted = queries.standings(Choice(), first_month=month, programme=PROGRAMME)
        assert counted.refused["over_age"] == 1
        assert counted.exclusions() == ["1 orang berusia 60 tahun atau lebih pada bulan pertama"]
        EligibilityRule.objects.update(weight="asks_branch")
        counted = queries.standings(Choice(), first_month=month, programme=PROGRAMME)
        assert (counted.eligible, counted.to_ask, counted.asked["over_age"]) == (1, 1, 1)
        said = queries.answer_for(old.pk, first_month=month, programme=PROGRAMME)
        assert said.questions == ["over_age"]


def test_a_setting_of_one_regency_is_not_the_rule_of_another(world, elsewhere):
    with world.scope():
        EligibilityRule.objects.create(
            programme=PROGRAMME, code="over_age", weight="off", basis="Surat cabang"
        )
    with elsewhere.scope():
        assert queries.rules_of(PROGRAMME)["over_age"].weight == Weight.REFUSES


@pytest.mark.parametrize("code", ["deceased", "covered", "waiting", "nik_missing", "seat_paid"])
def test_a_row_in_the_table_changes_no_fixed_rule(world, code):
    with world.scope():
        EligibilityRule.objects.create(programme=PROGRAMME, code=code, weight="off", basis="x")
        assert queries.rules_of(PROGRAMME)[code].weight == Weight.REFUSES


def test_people_without_a_chosen_service_are_looked_at_in_their_own(world):
    with world.scope():
        person = factories.cadre(world.villages[0], category=Category.VULNERABLE_WORKER)
        Quota.objects.create(
            name="Kuota",
            category=Category.VULNERABLE_WORKER,
            per_village=0,
            starts_on=dt.date(2026, 1, 1),
        )
        found = queries.with_standing(
            Cadre.objects.filter(pk=person.pk), first_month=MONTH, programme=PROGRAMME
        )
        assert found.values_list("standing", flat=True).get() == "quota_full"
