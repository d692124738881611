"""People of every kind of answer, and how lists are asked about."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from core.months import add_months, this_month
from core.tenancy import scope
from enrollment.models import BatchRow, EnrollmentBatch
from reports.bulk import reading
from reports.bulk.answering import answers_to
from reports.bulk.keeping import Question
from tests import factories

NIK = "3510014303850012"


@pytest.fixture
def people(world):
    """One of each: covered, ended, waiting, returned, not enrolled, dead, and two of one name."""
    first, second = world.villages[:2]
    today = timezone.localdate()
    with scope(world.regency.pk):
        made = {
            "covered": factories.cadre(first, name="SITI CONTOH"),
            "ended": factories.cadre(first, name="DEWI SELESAI"),
            "waiting": factories.cadre(first, name="RINA TUNGGU"),
            "prepared": factories.cadre(first, name="RARA SUSUN"),
            "returned": factories.cadre(first, name="WATI KEMBALI"),
            "not_enrolled": factories.cadre(second, name="NUR BARU"),
            "deceased": factories.cadre(
                second, name="ALM TUTI", died_on=today - dt.timedelta(days=40)
            ),
            "not_yet": factories.cadre(second, name="YANI NANTI"),
            "twin": factories.cadre(first, name="SRI KEMBAR"),
            "other_twin": factories.cadre(second, name="SRI KEMBAR"),
        }
        month = this_month()
        factories.coverage(made["covered"], starts_on=month)
        factories.coverage(
            made["ended"],
            starts_on=add_months(month, -3),
            ends_on=month - dt.timedelta(days=1),
            end_reason="stopped",
        )
        factories.coverage(made["not_yet"], starts_on=add_months(month, 1))
        for kind, status, batch in (
            ("waiting", "waiting", "submitted"),
            ("prepared", "waiting", "draft"),
            ("returned", "returned", "returned"),
        ):
            put_forward(made[kind], status, batch)
    return made


def put_forward(person, status, batch):
    """A row in a batch of its own."""
    made = EnrollmentBatch.objects.create(
        number=f"PD-{person.pk}",
        status=batch,
        fund_source=factories.fund_source(),
        first_month=this_month(),
        prepared_by_id=1,
        submitted_at=timezone.now() if batch != "draft" else None,
    )
    return BatchRow.objects.create(
        batch=made,
        cadre=person,
        village=person.village,
        category="posyandu_cadre",
        status=status,
        reason="name_mismatch" if status == "returned" else "",
        reason_text="Lihat KTP" if status == "returned" else "",
        decided_at=timezone.now() if status == "returned" else None,
    )


def client_of(actor) -> Client:
    """A browser that is signed in."""
    client = Client()
    client.force_login(actor.user)
    return client


def asked(world, text, role=Role.DISTRICT_OFFICER, day=None):
    """The answers to a pasted text, as somebody in a role."""
    actor = world[role]
    villages = actor.membership.village_ids() or ()
    question = Question(reading.pasted(text), day or timezone.localdate())
    with scope(world.regency.pk, villages=villages, by=actor.id):
        return answers_to(question, actor, world.regency.slug)


def address(world, tail=""):
    """Where lists are asked about."""
    return f"/r/{world.regency.slug}/bukti/daftar/{tail}"
