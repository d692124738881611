"""Whatever happens to people, month after month: one cover a day, and one story about it.

The clock of the database is set with that of Python, so that row history is written on the days
on which things happen here. More and longer histories: `KJ_HISTORIES=300`.
"""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, connections, transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.roles import Role
from cadres.actions import correct_person, move_person
from cadres.actions.merging import merge_people
from cadres.actions.seats import NewPerson, replace_cadre
from cadres.models import Assignment, Cadre
from claims import actions as claims
from claims.models import Claim
from core import months
from core.errors import DomainError
from enrollment import actions
from enrollment.actions import activation, corrections
from enrollment.actions.agreements import end_agreement
from enrollment.decisions import Decision
from enrollment.models import BatchRow, Coverage, EnrollmentBatch
from enrollment.queries import Choice
from reports.proof.records import known
from tests import factories
from tests.enrollment.agreements import agreement

HISTORIES = int(os.environ.get("KJ_HISTORIES", "10"))
STEPS = 14
FIRST_DAY = dt.date(2026, 3, 10)
ZONE = ZoneInfo("Asia/Jakarta")
DAY = dt.timedelta(days=1)
AT_ONCE = 4  # people of a history at its beginning
WHO = st.integers(0, AT_ONCE + 2)
REASONS = st.sampled_from(["stopped", "moved", "unpaid", "entered_wrongly", "other"])

# `now()` of everything that runs in a transaction with this search path.
CLOCK = """
CREATE SCHEMA clock;
CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT coalesce(nullif(current_setting('kj.clock', true), '')::timestamptz,
                       pg_catalog.now()) $$;
GRANT USAGE ON SCHEMA clock TO {role};
"""


@pytest.fixture
def world(own_database) -> factories.World:
    """A regency in a database whose clock can be set."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(CLOCK.format(role=connection.ops.quote_name(django_settings.KJ_APP_ROLE)))
    return factories.World.make()


@contextmanager
def undone() -> Iterator[None]:
    """Everything inside happens in one transaction that is rolled back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = clock, pg_catalog, public")
        yield
        transaction.set_rollback(True)


@contextmanager
def attempt() -> Iterator[None]:
    """What is refused leaves nothing behind."""
    with suppress(DomainError), transaction.atomic():
        yield


def machine(world: factories.World) -> type[RuleBasedStateMachine]:
    """Everything that begins, changes or ends cover in one regency."""
    officer, branch = world[Role.DISTRICT_OFFICER], world[Role.BRANCH_OFFICER]
    approver, operator = world[Role.DISTRICT_APPROVER], world[Role.VILLAGE_OPERATOR]

    class Histories(RuleBasedStateMachine):
        """People, their covers, and what the screens said on the evenings that have passed."""

        @initialize()
        def open(self) -> None:
            self.held = ExitStack()
            self.clock = self.held.enter_context(time_machine.travel(0, tick=False))
            self.held.enter_context(undone())
            self.go_to(FIRST_DAY)
            self.held.enter_context(world.scope())
            self.people = [factories.cadre(world.villages[at % 2]) for at in range(AT_ONCE)]
            self.sources = [
                factories.fund_source("APBD"),
                factories.fund_source("APBDes", kind="village_budget", billed_to="village"),
            ]
            self.paper = agreement(world)
            self.evenings: list[tuple[dt.date, dict[dt.date, set]]] = []
            self.put_forward(who={0, 1, 2}, month=0, source=0, with_paper=True)
            self.answer(which=0, returned={2}, finish=True)
            assert Coverage.objects.count() == 2

        # -- time

        def go_to(self, day: dt.date) -> None:
            self.today = day
            noon = dt.datetime.combine(day, dt.time(12), tzinfo=ZONE)
            self.clock.move_to(noon)
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('kj.clock', %s, true)", [noon.isoformat()])

        @rule(days=st.integers(20, 45))
        def time_passes(self, days: int) -> None:
            self.evenings.append((self.today, self.said()))
            self.go_to(self.today + days * DAY)
            activation.begin(by=None)

        def said(self) -> dict[dt.date, set]:
            """Whose covers hold, for this day and the first of this month and of the next."""
            month = months.month_of(self.today)
            days = {self.today, month, months.add_months(month, 1)}
            return {day: covers_on(day) for day in days}

        # -- people are put forward and answered

        @rule(
            who=st.sets(WHO, min_size=1),
            month=st.integers(-2, 2),
            source=st.integers(0, 1),
            with_paper=st.booleans(),
        )
        def put_forward(self, who: set[int], month: int, source: int, with_paper: bool) -> None:
            with attempt():
                batch = actions.prepare(
                    by=officer,
                    fund_source=self.sources[source],
                    segment="BPU",
                    first_month=months.add_months(months.month_of(self.today), month),
                    choice=Choice(cadre_ids=[self.person(at).pk for at in who]),
                    agreement=self.paper if with_paper else None,
                )
                actions.submit(by=approver, batch=batch)

        @rule(which=st.integers(0, 3), returned=st.sets(st.integers(0, 5)), finish=st.booleans())
        def answer(self, which: int, returned: set[int], finish: bool) -> None:
            batch = self.one_of(
                EnrollmentBatch.objects.filter(status__in=EnrollmentBatch.AT_BRANCH), which
            )
            if batch is None:
                return
            waiting = batch.rows.filter(status=BatchRow.Status.WAITING).order_by("pk")
            decisions = [
                Decision(accept=False, row=row.pk, reason="incomplete")
                if at in returned
                else Decision(accept=True, row=row.pk, member_no=f"26{row.cadre_id:09d}")
                for at, row in enumerate(waiting)
            ]
            with attempt():
                actions.review(by=branch, batch=batch, decisions=decisions, finish_now=finish)

        @rule(which=st.integers(0, 3), in_village=st.booleans())
        def correct_and_send_again(self, which: int, in_village: bool) -> None:
            row = self.one_of(BatchRow.objects.filter(status=BatchRow.Status.RETURNED), which)
            if row is None:
                return
            role = Role.VILLAGE_OPERATOR if in_village else Role.DISTRICT_OFFICER
            by = operator if in_village else officer
            with suppress(Cadre.DoesNotExist), attempt(), world.scope(role):
                correct_person(
                    by=by,
                    cadre=row.cadre,
                    name=row.cadre.name,
                    birth_date=row.cadre.birth_date,
                    birth_place="Jember",
                    sex=row.cadre.sex,
                    phone="",
                    mother_name="",
                )
                corrections.resubmit(by=by, row=row, note="Data sudah sesuai KTP")

        @rule(which=st.integers(0, 3))
        def take_out(self, which: int) -> None:
            row = self.one_of(BatchRow.objects.filter(status=BatchRow.Status.RETURNED), which)
            if row is not None:
                with attempt():
                    corrections.take_out(by=officer, row=row, reason="Tidak bersedia")

        # -- what ends cover, and what lets it go on

        @rule(which=st.integers(0, 5), days=st.integers(-40, 70), reason=REASONS)
        def end(self, which: int, days: int, reason: str) -> None:
            cover = self.one_of(Coverage.objects.filter(ends_on=None), which)
            if cover is not None:
                on = self.today + days * DAY
                with attempt():
                    actions.end_coverage(by=officer, coverage=cover, on=on, reason=reason)

        @rule(days=st.integers(-20, 70), covers=st.booleans())
        def end_the_agreement(self, days: int, covers: bool) -> None:
            on = self.today + days * DAY
            with attempt():
                end_agreement(
                    by=officer, agreement=self.paper, on=on, note="Anggaran", end_covers=covers
                )

        @rule(who=WHO, to=st.integers(0, 2), days=st.integers(0, 20))
        def move(self, who: int, to: int, days: int) -> None:
            with attempt():
                move_person(
                    by=officer,
                    cadre=self.person(who),
                    village=world.villages[to],
                    on=self.today - days * DAY,
                )

        @rule(who=WHO, days=st.integers(0, 75), in_village=st.booleans())
        def die(self, who: int, days: int, in_village: bool) -> None:
            role = Role.VILLAGE_OPERATOR if in_village else Role.DISTRICT_OFFICER
            pk, died_on = self.person(who).pk, self.today - days * DAY
            with suppress(Cadre.DoesNotExist), attempt(), world.scope(role):
                claims.report_death(cadre_id=pk, died_on=died_on, by=world[role])

        @rule(which=st.integers(0, 3))
        def mistaken_death(self, which: int) -> None:
            claim = self.one_of(Claim.objects.filter(status=Claim.Status.REPORTED), which)
            if claim is None:
                return
            with attempt():
                claims.close_report(claim_id=claim.pk, note="Orangnya masih hidup", by=officer)
                claims.take_back_death(claim_id=claim.pk, by=officer)

        @precondition(lambda self: len(self.people) < AT_ONCE + 3)
        @rule(who=WHO, days=st.integers(-20, 40))
        def replaced(self, who: int, days: int) -> None:
            service = Assignment.objects.filter(cadre=self.person(who)).order_by("-pk").first()
            if service is None:
                return
            birth = dt.date(1990, 1, 1)
            new = NewPerson(
                nik=factories.nik_for(world.villages[0], birth),
                name="Pengganti",
                birth_date=birth,
                sex="P",
            )
            with attempt():
                successor = replace_cadre(
                    by=officer, service=service, takes_over=self.today + days * DAY, person=new
                )
                self.people.append(successor.cadre)

        @rule(kept=WHO, other=WHO)
        def one_person_twice(self, kept: int, other: int) -> None:
            with attempt():
                merge_people(
                    by=officer,
                    kept=self.person(kept),
                    other=self.person(other),
                    reason="Orang yang sama",
                )

        def person(self, at: int) -> Cadre:
            return Cadre.objects.get(pk=self.people[at % len(self.people)].pk)

        @staticmethod
        def one_of(found, at: int):
            rows = list(found.order_by("pk"))
            return rows[at % len(rows)] if rows else None

        # -- what always holds

        @invariant()
        def nobody_is_covered_twice_or_after_death(self) -> None:
            last: dict[tuple[int, str], dt.date] = {}
            for cover in Coverage.objects.select_related("cadre").order_by("starts_on"):
                whose = (cover.cadre_id, cover.programme)
                until = cover.ends_on or dt.date.max
                assert cover.starts_on > last.get(whose, dt.date.min)
                last[whose] = until
                died_on = cover.cadre.died_on
                if died_on is not None and not named_by_a_claim(cover):
                    assert until <= died_on

        @invariant()
        def cover_is_where_the_person_is(self) -> None:
            covers = Coverage.objects.exclude(village_id=F("cadre__village_id"))
            assert not covers.exists()
            # A row that stays with a merged record, whose batch names both, stays where it was.
            theirs = Coverage.objects.filter(batch_row__cadre_id=F("cadre_id"))
            assert not theirs.exclude(village_id=F("batch_row__village_id")).exists()

        @invariant()
        def rows_and_their_history_say_the_same(self) -> None:
            told = newest(None)
            days = {self.today}
            for cover in Coverage.objects.all():
                days |= {cover.starts_on - DAY, cover.starts_on}
                days |= {cover.ends_on, cover.ends_on + DAY} if cover.ends_on else set()
            for day in days:
                assert covers_on(day) == {each for each in told if holds(each, day)}

        def teardown(self) -> None:
            if not hasattr(self, "held"):
                return
            try:
                self.what_was_known_stays_known()
                self.each_person_has_one_answer_for_today()
            finally:
                self.held.close()

        def what_was_known_stays_known(self) -> None:
            """What screens said on an evening is what is read later of that evening."""
            for evening, said in self.evenings:
                ended = dt.datetime.combine(evening + DAY, dt.time(), tzinfo=ZONE)
                told = newest(ended)
                for day, covers in said.items():
                    assert {each for each in told if holds(each, day)} == covers
                for person in self.people:
                    mine = {each[1:] for each in said[evening] if each[0] == person.pk}
                    assert set(known(person, evening, before=ended)) == mine

        def each_person_has_one_answer_for_today(self) -> None:
            tomorrow = dt.datetime.combine(self.today + DAY, dt.time(), tzinfo=ZONE)
            covers = covers_on(self.today)
            for person in self.people:
                mine = {each[1:] for each in covers if each[0] == person.pk}
                assert set(known(person, self.today, before=tomorrow)) == mine

    return Histories


def covers_on(day: dt.date) -> set[tuple[int, dt.date, dt.date | None]]:
    """Whose covers hold on a day: person, first day, last day."""
    return set(Coverage.objects.active_on(day).values_list("cadre_id", "starts_on", "ends_on"))


def holds(cover: tuple[int, dt.date, dt.date | None], day: dt.date) -> bool:
    _person, starts_on, ends_on = cover
    return starts_on <= day and (ends_on is None or ends_on >= day)


def newest(before: dt.datetime | None) -> list[tuple[int, dt.date, dt.date | None]]:
    """All covers as row history has them, or had them before a moment."""
    events = apps.get_model("enrollment", "CoverageEvent")._default_manager.order_by("pgh_id")
    if before is not None:
        events = events.filter(pgh_created_at__lt=before)
    last = {
        pk: (label, whose)
        for pk, label, *whose in events.values_list(
            "pgh_obj_id", "pgh_label", "cadre_id", "starts_on", "ends_on"
        )
    }
    return [tuple(whose) for label, whose in last.values() if label != "delete"]


def named_by_a_claim(cover: Coverage) -> bool:
    """A cover that a paper names is never withdrawn: it keeps its first day, as `died`."""
    ended = (cover.ends_on, cover.end_reason) == (cover.starts_on, Coverage.EndReason.DIED)
    return ended and Claim.objects.filter(coverage=cover).exists()


@pytest.mark.timeout(600)
def test_one_cover_a_day_and_one_story_about_it(world):
    run_state_machine_as_test(
        machine(world),
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_clock_of_the_database_follows_that_of_the_test(world):
    person_made = dt.datetime(2026, 3, 10, 12, tzinfo=ZONE)
    with undone(), world.scope():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('kj.clock', %s, true)", [person_made.isoformat()])
        factories.coverage(factories.cadre(world.villages[0]), starts_on=dt.date(2026, 3, 1))
        events = apps.get_model("enrollment", "CoverageEvent")._default_manager
        assert list(events.values_list("pgh_created_at", flat=True)) == [person_made]
