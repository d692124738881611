"""Batches become active with their first month, where the regency is."""

import datetime as dt

import time_machine

from accounts.roles import Role
from audit.models import Event
from core import months
from enrollment.actions import activation, corrections
from enrollment.models import EnrollmentBatch
from enrollment.tasks import begin_batches
from tests import factories
from tests.enrollment.corrections import (
    Status,
    returned,
    submitted,
)


def test_a_future_batch_without_returned_rows_is_accepted_as_a_whole(world):
    with world.scope():
        people = [factories.cadre(world.villages[0]) for _ in range(2)]
        month = months.add_months(months.this_month(), 1)
        batch = submitted(world, people, first_month=month)
        row = batch.rows.first()
        returned(world, batch, [row])
        batch.refresh_from_db()
        assert batch.status == Status.PARTLY_ACCEPTED
        corrections.take_out(by=world[Role.DISTRICT_OFFICER], row=row, reason="Pindah kerja")
        batch.refresh_from_db()
        assert batch.status == Status.ACCEPTED


def test_accepted_batches_begin_with_their_month_and_only_once(world):
    with world.scope():
        batch = submitted(world, [factories.cadre(world.villages[0])])
        EnrollmentBatch.objects.filter(pk=batch.pk).update(
            status=Status.ACCEPTED, first_month=months.add_months(months.this_month(), 1)
        )
        assert activation.begin() == 0
        EnrollmentBatch.objects.filter(pk=batch.pk).update(first_month=months.this_month())
    begin_batches()
    begin_batches()
    with world.scope():
        batch.refresh_from_db()
        assert batch.status == Status.ACTIVE
        assert Event.objects.filter(kind="batch.begun").count() == 1


def test_the_month_begins_where_the_regency_is(world):
    regency = world.regency
    with world.scope():
        batch = submitted(world, [factories.cadre(world.villages[0])])
        EnrollmentBatch.objects.filter(pk=batch.pk).update(
            status=Status.ACCEPTED, first_month=dt.date(2027, 2, 1)
        )
    for zone, moment, status in (
        ("Asia/Jakarta", "2027-01-31T16:59:00+00:00", Status.ACCEPTED),
        ("Asia/Jakarta", "2027-01-31T17:01:00+00:00", Status.ACTIVE),
    ):
        regency.time_zone = zone
        regency.save(update_fields=["time_zone"])
        with time_machine.travel(dt.datetime.fromisoformat(moment), tick=False):
            begin_batches()
        with world.scope():
            batch.refresh_from_db()
            assert batch.status == status
