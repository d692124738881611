"""Batches with returned rows, for tests of their way back."""

from django.urls import reverse

from accounts.roles import Role
from core import months
from enrollment import actions
from enrollment.actions import corrections
from enrollment.decisions import Decision
from enrollment.models import EnrollmentBatch
from enrollment.queries import Choice
from tests import factories

Status = EnrollmentBatch.Status
NOTE = "Nama sudah sesuai KTP"


def number(at: int) -> str:
    """A member number."""
    return f"2408123460{at}"


def submitted(world, people, **fields) -> EnrollmentBatch:
    """A batch of these people that waits for the branch; inside a scope."""
    batch = actions.prepare(
        **{
            "by": world[Role.DISTRICT_OFFICER],
            "fund_source": factories.fund_source(),
            "segment": "BPU",
            "first_month": months.this_month(),
            "choice": Choice(cadre_ids=[each.pk for each in people]),
        }
        | fields
    )
    return actions.submit(by=world[Role.DISTRICT_APPROVER], batch=batch)


def returned(world, batch, rows, reason="name_mismatch", finish=True) -> None:
    """The branch returns these rows and accepts the others; inside a scope."""
    back = {row.pk for row in rows}
    decisions = [
        Decision(accept=False, row=row.pk, reason=reason, reason_text="Lihat KTP")
        if row.pk in back
        else Decision(accept=True, row=row.pk, member_no=number(at))
        for at, row in enumerate(batch.rows.order_by("pk"))
    ]
    actions.review(
        by=world[Role.BRANCH_OFFICER], batch=batch, decisions=decisions, finish_now=finish
    )


def with_one_returned(world):
    """Two people: one accepted, one returned to the first village."""
    with world.scope():
        world.people = [factories.cadre(world.villages[0], name=f"Siti {n}") for n in "AB"]
        world.batch = submitted(world, world.people)
        world.rows = list(world.batch.rows.order_by("cadre_id"))
        returned(world, world.batch, world.rows[:1])
    world.row = world.rows[0]
    return world


def page(world, name, *args):
    return reverse(f"enrollment:{name}", args=[world.regency.slug, *args])


def the_batch(world) -> EnrollmentBatch:
    return EnrollmentBatch.objects.get(pk=world.batch.pk)


def resubmit(world, role=Role.VILLAGE_OPERATOR, **fields):
    """By somebody in a role, inside that role's scope."""
    with world.scope(role):
        return corrections.resubmit(**{"by": world[role], "row": world.row, "note": NOTE} | fields)
