"""A seat that changes hands is paid once a month: who is put forward, and whose cover ends."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from cadres.actions import replace_cadre
from cadres.models import Assignment
from core.errors import DomainError
from core.months import add_months, this_month
from enrollment import actions, queries
from enrollment.decisions import Decision
from enrollment.models import Coverage
from enrollment.queries import Choice, standings
from tests import factories

OFFICER = Role.DISTRICT_OFFICER
JKK_JKM = "JKK_JKM"


class Seat:
    """A covered cadre, and somebody of the same village who will take over."""

    def __init__(self, world, day: dt.date) -> None:
        self.world, self.day = world, day
        self.old = factories.cadre(world.villages[0], "LAMA")
        self.new = factories.cadre(world.villages[0], "BARU")
        self.new.assignments.all().delete()
        self.cover = factories.coverage(self.old, starts_on=add_months(this_month(), -6))
        self.service = replace_cadre(
            by=world[OFFICER],
            service=self.old.assignments.get(),
            takes_over=day,
            person=self.new,
        )

    def enrol(self, month: dt.date) -> None:
        """The new person is put forward, submitted and accepted."""
        batch = actions.prepare(
            by=self.world[OFFICER],
            fund_source=factories.fund_source(),
            segment="BPU",
            first_month=month,
            choice=Choice(),
        )
        actions.submit(by=self.world[Role.DISTRICT_APPROVER], batch=batch)
        decisions = [
            Decision(accept=True, row=row.pk, member_no=f"2408123{row.pk % 10_000:04d}")
            for row in batch.rows.all()
        ]
        actions.review(
            by=self.world[Role.BRANCH_OFFICER], batch=batch, decisions=decisions, finish_now=True
        )


@pytest.fixture
def mid_month(world):
    """The seat changes in the middle of this month."""
    with world.scope():
        yield Seat(world, this_month() + dt.timedelta(days=14))


def test_the_old_cover_ends_the_day_before_the_new_one_begins(mid_month):
    following = add_months(this_month(), 1)
    mid_month.enrol(following)
    mid_month.cover.refresh_from_db()
    assert mid_month.cover.ends_on == following - dt.timedelta(days=1)
    assert mid_month.cover.end_reason == Coverage.EndReason.REPLACED
    new = Coverage.objects.get(cadre=mid_month.new)
    assert new.starts_on == following
    assert Event.objects.get(kind="coverage.ended").object_id == mid_month.cover.pk


def test_both_are_never_insured_in_the_same_month(mid_month):
    following = add_months(this_month(), 1)
    mid_month.enrol(following)
    for place in range(-2, 4):
        month = add_months(this_month(), place)
        assert Coverage.objects.active_in(month).count() == 1


def test_a_month_that_is_paid_for_the_old_person_is_refused_with_its_reason(mid_month):
    counted = standings(Choice(), first_month=this_month(), programme=JKK_JKM)
    assert (counted.eligible, counted.refused["seat_paid"], counted.total) == (0, 1, 1)
    with pytest.raises(DomainError) as refused:
        mid_month.enrol(this_month())
    assert "masih dibayar pada bulan pertama" in str(refused.value.message)


def test_a_seat_that_changes_on_the_first_day_is_the_new_persons_from_then(world):
    with world.scope():
        seat = Seat(world, this_month())
        assert standings(Choice(), first_month=this_month(), programme=JKK_JKM).eligible == 1
        seat.enrol(this_month())
        seat.cover.refresh_from_db()
        assert seat.cover.ends_on == this_month() - dt.timedelta(days=1)


def test_who_still_serves_elsewhere_stays_covered(mid_month):
    Assignment.objects.create(
        cadre=mid_month.old,
        village=mid_month.old.village,
        category="pkk_cadre",
        started_on=dt.date(2025, 1, 1),
    )
    mid_month.enrol(add_months(this_month(), 1))
    mid_month.cover.refresh_from_db()
    assert mid_month.cover.ends_on is None
    assert not queries.still_covered(timezone.localdate()).exists()


def test_the_list_names_who_was_replaced_and_is_still_covered(mid_month):
    [found] = queries.still_covered(timezone.localdate())
    assert (found.cadre_id, found.successor_name) == (mid_month.old.pk, "BARU")
    mid_month.enrol(add_months(this_month(), 1))
    last = add_months(this_month(), 1) - dt.timedelta(days=1)
    assert not queries.still_covered(last).exists()


def test_the_preview_says_how_many_covers_end(mid_month, client):
    client.force_login(mid_month.world[OFFICER].user)
    source = factories.fund_source()
    following = add_months(this_month(), 1)
    page = client.get(
        f"/r/{mid_month.world.regency.slug}/pendaftaran/baru/",
        {"first_month": f"{following:%Y-%m}", "fund_source": source.pk, "segment": "BPU"},
    ).content.decode()
    assert "Perlindungan 1 orang yang digantikan berakhir" in page


def test_the_batch_names_whom_a_person_replaces(mid_month, client):
    batch = actions.prepare(
        by=mid_month.world[OFFICER],
        fund_source=factories.fund_source(),
        segment="BPU",
        first_month=add_months(this_month(), 1),
        choice=Choice(),
    )
    client.force_login(mid_month.world[OFFICER].user)
    address = f"/r/{mid_month.world.regency.slug}/pendaftaran/{batch.pk}/"
    assert "menggantikan LAMA" in client.get(address).content.decode()


def test_the_list_is_for_who_may_see_covers(mid_month, client):
    address = f"/r/{mid_month.world.regency.slug}/kepesertaan/digantikan/"
    client.force_login(mid_month.world[OFFICER].user)
    page = client.get(address).content.decode()
    assert "LAMA" in page
    assert "BARU" in page
    home = client.get(f"/r/{mid_month.world.regency.slug}/beranda/").content.decode()
    assert "1 orang sudah digantikan dan masih terlindungi" in home
