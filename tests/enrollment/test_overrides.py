"""Rules that a regency sets, and exceptions: asked by one, answered by another."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction

from accounts.roles import Role
from audit.models import Event
from core.errors import DomainError
from enrollment import actions, queries
from enrollment.actions.eligibility import (
    answer_override,
    ask_override,
    end_override,
    set_rule,
    withdraw_override,
)
from enrollment.eligibility_rules import Weight
from enrollment.models import EligibilityOverride, EligibilityRule
from enrollment.queries import Choice, rules_of, standings
from tests import factories
from tests.enrollment.exceptions import UNTIL, asked, elder, granted
from tests.factories import World

PROGRAMME = "JKK_JKM"


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    """Sunday, 22 November 2026, in the morning in Banyuwangi."""
    time_machine.move_to("2026-11-22T03:00:00Z", tick=True)


NEXT = dt.date(2026, 12, 1)


def refusal(work) -> str:
    """The code with which something is refused, undone."""
    with pytest.raises(DomainError) as refused, transaction.atomic():
        work()
    return refused.value.code


def test_a_set_rule_holds_at_once_with_its_basis_and_its_event(world):
    with world.scope():
        made = set_rule(
            by=world[Role.DISTRICT_OFFICER],
            code="over_age",
            weight="asks_branch",
            value=63,
            basis="Surat cabang 7/2026",
            confirmed=True,
        )
        rule = rules_of(PROGRAMME)["over_age"]
        assert (rule.weight, rule.value, rule.source) == (
            Weight.ASKS_BRANCH,
            63,
            "Surat cabang 7/2026",
        )
        assert not rule.needs_confirmation
        events = Event.objects.filter(kind="eligibility.rule_set", object_id=made.pk)
        assert events.count() == 1
        again = {"weight": "asks_branch", "value": 63, "basis": "Surat cabang 7/2026"}
        set_rule(by=world[Role.DISTRICT_OFFICER], code="over_age", confirmed=True, **again)
        assert (EligibilityRule.objects.count(), events.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": "deceased"}, "rule_fixed"),
        ({"code": "tidak_ada"}, "rule_unknown"),
        ({"weight": "mungkin"}, "rule_weight"),
        ({"value": 101}, "rule_value"),
        ({"code": "decree_missing", "value": 1}, "rule_value"),
        ({"basis": " "}, "rule_basis_missing"),
    ],
)
def test_a_rule_is_not_set_to_nonsense(world, changed, code):
    told = {"code": "over_age", "weight": "off", "value": None, "basis": "Surat"} | changed
    with world.scope():
        assert refusal(lambda: set_rule(by=world[Role.DISTRICT_OFFICER], **told)) == code


def test_a_granted_exception_lets_a_person_into_a_batch_and_shows_on_the_row(world):
    with world.scope():
        person = elder(world)
        assert standings(Choice(), first_month=NEXT, programme=PROGRAMME).refused["over_age"] == 1
        made = granted(world, cadre=person)
        assert standings(Choice(), first_month=NEXT, programme=PROGRAMME).eligible == 1
        batch = actions.prepare(
            by=world[Role.DISTRICT_OFFICER],
            fund_source=factories.fund_source(),
            segment="BPU",
            first_month=NEXT,
            choice=Choice(),
        )
        row = queries.with_exemptions(batch.rows.all()).get()
        assert (row.findings, row.exempted) == ([], ["over_age"])
        end_override(by=world[Role.BRANCH_OFFICER], override=made)
        assert standings(Choice(), first_month=NEXT, programme=PROGRAMME).eligible == 0


def test_an_exception_does_not_reach_beyond_its_day(world):
    with world.scope():
        granted(world)
        for month, people in ((dt.date(2027, 2, 1), 1), (dt.date(2027, 3, 1), 0)):
            counted = standings(Choice(), first_month=month, programme=PROGRAMME)
            assert counted.eligible == people


def test_who_asked_may_not_answer(world):
    with world.scope():
        made = asked(world)
        code = refusal(
            lambda: answer_override(by=world[Role.DISTRICT_OFFICER], override=made, grant=True)
        )
        assert code == "override_same_person"
        with (
            pytest.raises(IntegrityError, match="enrollment_override_two_people"),
            transaction.atomic(),
        ):
            EligibilityOverride.objects.update(answered_by_id=made.asked_by_id)


def test_declining_needs_a_note_and_leaves_the_rule_standing(world):
    with world.scope():
        made = asked(world)
        approver = world[Role.DISTRICT_APPROVER]
        assert refusal(lambda: answer_override(by=approver, override=made, grant=False)) == (
            "override_note_missing"
        )
        answer_override(by=approver, override=made, grant=False, note="Cabang menolak.")
        assert standings(Choice(), first_month=NEXT, programme=PROGRAMME).eligible == 0
        assert refusal(lambda: answer_override(by=approver, override=made, grant=True)) == (
            "override_answered"
        )


def test_nothing_is_asked_while_the_rule_does_not_refuse(world):
    with world.scope():
        young = factories.cadre(world.villages[0])
        assert refusal(lambda: asked(world, cadre=young)) == "override_not_needed"
        assert refusal(lambda: asked(world, code="under_17")) == "override_not_needed"
        young.died_on = dt.date(2026, 1, 2)
        young.save(update_fields=["died_on"])
        assert refusal(lambda: asked(world, cadre=young, code="deceased")) == "override_not_needed"
        made = asked(world)
        set_rule(by=None, code="over_age", weight="asks_branch", basis="Surat cabang")
        approver = world[Role.DISTRICT_APPROVER]
        assert refusal(lambda: answer_override(by=approver, override=made, grant=True)) == (
            "override_not_needed"
        )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": "  "}, "override_reason_missing"),
        ({"valid_until": dt.date(2026, 11, 30)}, "override_day"),
        ({"valid_until": dt.date(2028, 1, 1)}, "override_day"),
        ({"code": "tidak_ada"}, "rule_unknown"),
    ],
)
def test_an_exception_is_not_asked_for_without_reason_or_day(world, changed, code):
    with world.scope():
        assert refusal(lambda: asked(world, **changed)) == code


def test_it_is_asked_once_and_again_after_its_time(world, time_machine):
    with world.scope():
        person = elder(world)
        first = granted(world, cadre=person, valid_until=NEXT)
        assert refusal(lambda: asked(world, cadre=person)) == "override_exists"
        time_machine.move_to("2026-12-15T03:00:00Z")
        asked(world, cadre=person, valid_until=dt.date(2027, 2, 1))
        first.refresh_from_db()
        assert (first.status, first.answered_by_id is None) == ("withdrawn", False)


def test_what_was_asked_may_be_withdrawn_before_the_answer(world):
    with world.scope():
        made = asked(world)
        withdraw_override(by=world[Role.DISTRICT_OFFICER], override=made)
        assert refusal(
            lambda: answer_override(by=world[Role.DISTRICT_APPROVER], override=made, grant=True)
        ) == ("override_answered")
        assert refusal(lambda: end_override(by=world[Role.DISTRICT_APPROVER], override=made)) == (
            "override_not_granted"
        )


def together(world: World, roles: list[str], work) -> list[str]:
    """Each role's `work` at the same moment; "done" or the code of the refusal."""
    start, answers = threading.Barrier(len(roles)), []

    def run(role: str) -> None:
        try:
            start.wait(20)
            with world.scope(role):
                work(world[role])
            answers.append("done")
        except DomainError as error:
            answers.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(role,)) for role in roles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(answers)


def test_twice_at_once_has_one_effect(own_database):
    world = World.make()
    with world.scope():
        person = elder(world)
    said = together(
        world,
        [Role.DISTRICT_OFFICER, Role.DISTRICT_OFFICER],
        lambda by: ask_override(
            by=by, cadre=person, code="over_age", reason="Surat", valid_until=UNTIL
        ),
    )
    assert said == ["done", "override_exists"]
    with world.scope():
        made = EligibilityOverride.objects.get()
    said = together(
        world,
        [Role.DISTRICT_APPROVER, Role.BRANCH_OFFICER],
        lambda by: answer_override(by=by, override=made, grant=True),
    )
    assert said == ["done", "override_answered"]
    said = together(
        world,
        [Role.DISTRICT_OFFICER, Role.DISTRICT_OFFICER],
        lambda by: set_rule(by=by, code="over_age", weight="off", basis="Surat"),
    )
    assert said == ["done", "done"]
    with world.scope():
        assert EligibilityRule.objects.count() == 1
        assert Event.objects.filter(kind="eligibility.rule_set").count() == 1
        assert Event.objects.filter(kind="override.granted").count() == 1
