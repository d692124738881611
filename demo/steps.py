"""The steps of which demonstration worlds are made: each calls the apps' own actions, as people do.

Every step looks first whether its work is there already, so that seeding may be stopped anywhere
and started again. Steps open the wall themselves and commit on their own.
"""

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.access import Actor
from accounts.roles import Role
from budgets.actions import create_budget, record_payment, start_invoice_run
from budgets.models import Budget, Invoice, InvoiceRun
from cadres.actions import (
    admit,
    apply_roster,
    enlist_all,
    save_quota,
    set_norm,
    set_share,
    upload_roster,
)
from cadres.models import Quota, RosterImport, SeatNorm
from core import runs, tenancy
from core.models import Run
from core.months import last_day
from demo import logins, rosters
from enrollment.actions import create_fund_source, prepare, review, submit
from enrollment.decisions import Decision
from enrollment.models import Agreement, BatchRow, Coverage, EnrollmentBatch, FundSource
from enrollment.queries import Choice
from enrollment.terms import BatchTerms
from regions.models import Regency, Village
from regions.queries import villages_of

# PP 44/2015, lowest band, in rupiah a person a month; only ceilings are estimated with them.
JKK, JKM = 10_000, 6_800
WAIT_SECONDS = 300


class SeedFailed(RuntimeError):
    """A step ended otherwise than a demonstration world needs; the message says which."""


@dataclass(frozen=True)
class Stage:
    """One regency while it is being filled: who acts in it, and who is told of progress."""

    regency: Regency
    say: Callable[[str], None]

    @cached_property
    def officer(self) -> Actor:
        """The district officer, who prepares."""
        return logins.actor(self.regency.slug, Role.DISTRICT_OFFICER)

    @cached_property
    def approver(self) -> Actor:
        """The district approver, who submits and pays."""
        return logins.actor(self.regency.slug, Role.DISTRICT_APPROVER)

    @cached_property
    def branch(self) -> Actor:
        """The branch officer, who decides."""
        return logins.actor(self.regency.slug, Role.BRANCH_OFFICER)

    @cached_property
    def operator(self) -> Actor:
        """The operator of the first village, who sees that village only."""
        return logins.actor(self.regency.slug, Role.VILLAGE_OPERATOR)

    @cached_property
    def villages(self) -> list[Village]:
        """The villages that have sent their rosters: nine of ten."""
        every = list(villages_of(self.regency))
        missing = {village.pk for village in rosters.without_roster(every)}
        return [village for village in every if village.pk not in missing]

    @contextmanager
    def acting(self, actor: Actor) -> Iterator[Actor]:
        """The wall open for one actor, in the regency's own time zone."""
        with (
            timezone.override(self.regency.time_zone),
            tenancy.scope(self.regency.pk, villages=actor.membership.village_ids(), by=actor.id),
        ):
            yield actor

    @property
    def today(self) -> dt.date:
        """The present day in the regency."""
        with timezone.override(self.regency.time_zone):
            return timezone.localdate()

    def drive(self, run: Run | None) -> None:
        """Do a run here and now, beside any worker that has taken it up too."""
        if run is None:
            raise SeedFailed("there was nothing to do")
        runs.drive(self.regency.pk, run.pk)
        patience = time.monotonic() + WAIT_SECONDS
        while True:
            with tenancy.scope(self.regency.pk):
                run = Run.objects.get(pk=run.pk)
            if not run.is_open:
                break
            if time.monotonic() > patience:
                raise SeedFailed(f"run {run.kind} {run.pk} does not end")
            time.sleep(0.2)
        if run.status != Run.Status.DONE:
            raise SeedFailed(f"run {run.kind} {run.pk} ended as {run.status}: {run.error_code}")


def load_roster(
    stage: Stage, name: str, plan: rosters.Plan, category: str, villages: Sequence[Village]
) -> None:
    """Upload a generated list, have it checked, and confirm it; every line must be clean."""
    with stage.acting(stage.officer):
        if RosterImport.objects.filter(file_name=name, status=RosterImport.Status.APPLIED).exists():
            return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        written = rosters.write(file, rosters.lines(stage.regency, plan, villages))
        with stage.acting(stage.officer) as officer, file.open("rb") as opened:
            chunks = iter(lambda: opened.read(1 << 16), b"")
            roster = upload_roster(
                by=officer, chunks=chunks, file_name=name, category=category
            ).roster
            check = roster.run
    stage.drive(check)
    with stage.acting(stage.officer) as officer:
        roster.refresh_from_db()
        counts = roster.counts
        if counts.get("new") != written or counts.get("rejected") or counts.get("warnings"):
            raise SeedFailed(f"{name}: {roster.status} {roster.refusal_code} {counts}")
        writing = apply_roster(by=officer, roster=roster).run
    stage.drive(writing)
    stage.say(f"{written:,} people of {plan.position} in {len(villages)} villages")


def fund_source(stage: Stage, name: str, **details: str) -> FundSource:
    """The budget that pays; the same name gives the same one."""
    with stage.acting(stage.officer) as officer:
        found = FundSource.objects.filter(name=name).first()
        return found or create_fund_source(by=officer, name=name, **details)


def seats(stage: Stage, basis: str, number: int) -> None:
    """The confirmed norm of the regency: so many funded seats in every posyandu."""
    with stage.acting(stage.officer) as officer:
        if not SeatNorm.objects.exists():
            set_norm(by=officer, seats_each=number, basis=basis, confirmed=True)


def quota(
    stage: Stage,
    name: str,
    villages: Sequence[Village],
    *,
    own: Mapping[Village, int],
    **details: Any,
) -> None:
    """A quota of this year whose villages have put everybody on their lists, as far as it goes.

    `own` has villages with a number of their own.
    """
    with stage.acting(stage.officer) as officer:
        if Quota.objects.filter(name=name).exists():
            return
        starts_on = stage.today.replace(month=1, day=1)
        made = save_quota(by=officer, name=name, starts_on=starts_on, **details)
        for village, places in own.items():
            set_share(by=officer, quota=made, village=village, places=places)
        inside = 0
        for village in villages:
            if enlist_all(by=officer, quota=made, village=village):
                inside += admit(by=officer, quota=made, village=village, most=made.per_village)
        stage.say(f"{name}: {inside} inside")


def prepare_batch(
    stage: Stage,
    note: str,
    source: FundSource,
    segment: str,
    month: dt.date,
    choice: Choice,
    *,
    agreement: Agreement | None = None,
    begin_with: BatchTerms | None = None,
) -> EnrollmentBatch:
    """The batch with this note, prepared by the officer when it is not there."""
    with stage.acting(stage.officer) as officer:
        found = EnrollmentBatch.objects.filter(note=note).first()
        if found is None:
            found = prepare(
                by=officer,
                fund_source=source,
                segment=segment,
                first_month=month,
                choice=choice,
                note=note,
                agreement=agreement,
                begin_with=begin_with,
            )
            stage.say(f"batch {found.number}: {found.rows.count():,} people")
        return found


def enrol(stage: Stage, batch: EnrollmentBatch, sent_back: Sequence[str] = ()) -> None:
    """The approver submits, the branch accepts with member numbers; the last rows are sent back.

    `sent_back` has the reason of each row that is returned.
    """
    with stage.acting(stage.approver) as approver:
        if batch.status == EnrollmentBatch.Status.DRAFT:
            batch = submit(by=approver, batch=batch)
    with stage.acting(stage.branch) as branch:
        if batch.status != EnrollmentBatch.Status.SUBMITTED:
            return
        decisions = list(_decisions(stage, batch, sent_back))
        review(by=branch, batch=batch, decisions=decisions, finish_now=True)
        stage.say(f"{len(decisions) - len(sent_back):,} covered, {len(sent_back)} sent back")


def _decisions(
    stage: Stage, batch: EnrollmentBatch, sent_back: Sequence[str]
) -> Iterator[Decision]:
    """Member numbers: two digits of the year, two of the regency, seven counted up."""
    rows = list(batch.rows.order_by("id").values_list("id", flat=True))
    first = Coverage.objects.count() + 1
    head = f"{batch.first_month:%y}{stage.regency.code[2:]}"
    accepted = len(rows) - len(sent_back)
    for number, row in enumerate(rows[:accepted], first):
        yield Decision(accept=True, row=row, member_no=f"{head}{number:07d}")
    for row, reason in zip(rows[accepted:], sent_back, strict=True):
        yield Decision(accept=False, row=row, reason=reason)


def reasons(**counts: int) -> list[str]:
    """Reasons for rows that are sent back, so many of each."""
    return [BatchRow.Reason(reason).value for reason, n in counts.items() for _ in range(n)]


def for_people(people: int, months: int = 12) -> dict[str, int]:
    """Ceilings in rupiah for so many people of the lowest income band and months."""
    return {"jkk": people * months * JKK, "jkm": people * months * JKM}


def budget(
    stage: Stage,
    source: FundSource,
    year: int,
    ceilings: Mapping[str, int],
    *,
    village: Village | None = None,
    document: str,
    accounts: dict[str, str] | None = None,
) -> None:
    """A budget with ceilings in rupiah by the names `jkk`, `jkm` and `jht`."""
    with stage.acting(stage.officer) as officer:
        if not Budget.objects.filter(fund_source=source, year=year, village=village).exists():
            create_budget(
                by=officer,
                fund_source=source,
                year=year,
                village=village,
                document=document,
                accounts=accounts,
                **ceilings,
            )


def bill(stage: Stage, month: dt.date) -> None:
    """The invoice run of a month, unless it was run before."""
    with stage.acting(stage.officer) as officer:
        found = InvoiceRun.objects.select_related("run").filter(month=month).first()
        if found and found.run and found.run.status == Run.Status.DONE:
            return
        found = start_invoice_run(by=officer, month=month)
        billing = found.run
    stage.drive(billing)
    with stage.acting(stage.officer):
        issued = list(found.invoices.all())
        stage.say(
            f"{month:%Y-%m}: {len(issued)} invoices, {sum(i.people for i in issued):,} people, "
            f"Rp{sum(i.total for i in issued):,}"
        )


def pay(
    stage: Stage,
    month: dt.date,
    *,
    share: float = 1.0,
    unpaid: Sequence[int] = (),
) -> None:
    """Pay the untouched invoices of a month, all or a share of each.

    `unpaid` has the ids of villages that do not pay this month.
    """
    with stage.acting(stage.approver) as approver:
        paid_on = min(month + dt.timedelta(days=9), last_day(month), stage.today)
        for invoice in Invoice.objects.filter(month=month, paid=0).order_by("id"):
            if invoice.village_id in unpaid:
                continue
            record_payment(
                by=approver,
                invoice=invoice,
                sp2d_number=_sp2d(stage.regency, invoice),
                sp2d_date=paid_on,
                amount=invoice.total if share >= 1 else int(invoice.total * share),
            )


def _sp2d(regency: Regency, invoice: Invoice) -> str:
    """A number of the form that treasuries use, ending in a word that no real one has."""
    serial = invoice.number.partition("/")[0]
    return f"{regency.dotted}/04.0/{int(serial):06d}/LS/{invoice.month:%m/%Y}/CONTOH"
