"""The risk radar: each list, its figure, its file and its place on the home page."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from budgets.models import Invoice, InvoiceLine, InvoiceRun
from cadres.models import Cadre
from core.months import add_months, last_day, this_month
from core.tenancy import scope
from enrollment.models import BatchRow, Coverage, EnrollmentBatch
from regions.models import Village
from reports.queries.radar import BY_CODE, RISKS, counts, places
from reports.todo.item import tally
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(world):
    """The regency's scope, with its villages."""
    with scope(world.regency.pk):
        yield world


def villages(world):
    """The villages that the lists look at."""
    return Village.objects.filter(regency=world.regency, valid_to=None).select_related("district")


def found(world, code):
    """Names of the people in one list today."""
    return [row.cadre.name for row in BY_CODE[code].find(timezone.localdate(), villages(world))]


def covered(world, name, *, since=-12, village=None, **fields):
    """Somebody covered since some months ago, in the first village unless told otherwise."""
    person = factories.cadre(village or world.villages[0], name=name, **fields)
    return factories.coverage(person, starts_on=add_months(this_month(), since))


def bill(cover, back, *, paid):
    """A bill of some months ago for one cover, due on its 15th."""
    month = add_months(this_month(), -back)
    run, _ = InvoiceRun.objects.get_or_create(month=month)
    invoice = Invoice.objects.create(
        number=f"T-{cover.pk}-{back}",
        month=month,
        invoice_run=run,
        fund_source=cover.fund_source,
        people=1,
        jkk=10_000,
        jkm=6_800,
        paid=16_800 if paid else 0,
        payer_name="Dinas",
        due_on=month.replace(day=15),
    )
    InvoiceLine.objects.create(
        regency=cover.regency,
        month=month,
        coverage=cover,
        invoice=invoice,
        cadre=cover.cadre,
        village=cover.village,
        jkk=10_000,
        jkm=6_800,
    )


def test_the_third_unpaid_month_gives_the_date(opened):
    late = covered(opened, "Telat Dua")
    bill(late, 4, paid=True)
    bill(late, 2, paid=False)
    bill(late, 1, paid=False)
    fine = covered(opened, "Lunas")
    bill(fine, 1, paid=True)
    skipped = covered(opened, "Terlewat Lalu Lunas")
    bill(skipped, 2, paid=False)
    bill(skipped, 1, paid=True)
    [row] = BY_CODE["iuran"].find(timezone.localdate(), villages(opened))
    assert row.cadre.name == "Telat Dua"
    assert row.number == 2
    assert row.due == last_day(this_month())


def test_a_village_is_told_of_its_own_people_whom_the_regency_does_not_pay_for(world):
    """The regency's bill lies outside a village's scope; whose month it is does not."""
    with scope(world.regency.pk):
        for village in world.villages[:2]:
            bill(covered(world, f"Telat {village.name}", village=village), 2, paid=False)
    here = world.villages[0]
    today, every = timezone.localdate(), villages(world)
    with scope(world.regency.pk, villages=[here.pk]):
        for seen in (every, every.filter(pk=here.pk)):
            assert [row.cadre.name for row in BY_CODE["iuran"].find(today, seen)] == [
                f"Telat {here.name}"
            ]
        assert BY_CODE["iuran"].find(today, every.exclude(pk=here.pk)) == []
        assert counts(today, every)["iuran"] == {here.pk: 1}
        assert tally({"late": BY_CODE["iuran"].find(today, every)}) == {"late": 1}


def test_people_in_their_first_months_have_the_reduced_benefit(opened):
    covered(opened, "Lama")
    new = covered(opened, "Baru", since=-1)
    gap = covered(opened, "Terputus", since=-12)
    Coverage.objects.filter(pk=gap.pk).update(
        ends_on=add_months(this_month(), -2) - dt.timedelta(days=1)
    )
    factories.coverage(gap.cadre, starts_on=add_months(this_month(), -1))
    assert found(opened, "manfaat") == ["Baru", "Terputus"]
    row = BY_CODE["manfaat"].find(timezone.localdate(), villages(opened)).get(pk=new.pk)
    assert row.due == last_day(add_months(this_month(), 1))


def test_a_renewed_cover_without_a_gap_keeps_its_months(opened):
    first = covered(opened, "Sambung", since=-12)
    Coverage.objects.filter(pk=first.pk).update(
        ends_on=add_months(this_month(), -1) - dt.timedelta(days=1)
    )
    factories.coverage(first.cadre, starts_on=add_months(this_month(), -1))
    assert found(opened, "manfaat") == []


def test_turning_65_within_ninety_days(opened):
    today = timezone.localdate()

    def born(days):
        day = today + dt.timedelta(days=days)
        return day.replace(year=day.year - 65, day=min(day.day, 28))

    for name, days in (("Kemarin", -40), ("Segera", 30), ("Jauh", 130)):
        cover = covered(opened, name)
        Cadre.objects.filter(pk=cover.cadre_id).update(birth_date=born(days))
    assert found(opened, "usia") == ["Segera"]


def test_the_dead_who_are_still_covered(opened):
    dead = covered(opened, "Almarhumah")
    Cadre.objects.filter(pk=dead.cadre_id).update(
        died_on=timezone.localdate() - dt.timedelta(days=9)
    )
    ended = covered(opened, "Sudah Diakhiri")
    died = timezone.localdate() - dt.timedelta(days=9)
    Cadre.objects.filter(pk=ended.cadre_id).update(died_on=died)
    Coverage.objects.filter(pk=ended.pk).update(ends_on=died)
    assert found(opened, "meninggal") == ["Almarhumah"]


def test_who_waits_at_the_branch_for_over_fourteen_days(opened):
    for name, days in (("Lama Menunggu", 20), ("Baru Diajukan", 3)):
        batch = EnrollmentBatch.objects.create(
            number=name,
            status=EnrollmentBatch.Status.SUBMITTED,
            fund_source=factories.fund_source(),
            first_month=this_month(),
            prepared_by_id=1,
            submitted_by_id=2,
            submitted_at=timezone.now() - dt.timedelta(days=days),
        )
        person = factories.cadre(opened.villages[0], name=name)
        BatchRow.objects.create(batch=batch, cadre=person, village=person.village)
    assert found(opened, "menunggu") == ["Lama Menunggu"]


def test_figures_and_lists_agree_in_every_place(opened):
    covered(opened, "Baru", since=-1)
    today = timezone.localdate()
    counted = counts(today, villages(opened))
    for risk in RISKS:
        assert counted[risk.code].total() == len(list(risk.find(today, villages(opened))))
    by_district = places(counted, villages(opened), each_village=False)
    by_village = places(counted, villages(opened), each_village=True)
    assert sum(sum(each.figures) for each in by_district) == sum(
        sum(each.figures) for each in by_village
    )


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.VILLAGE_OPERATOR, Role.AUDITOR])
def test_pages_lists_and_files_open_within_the_query_budget(
    world, role, django_assert_max_num_queries
):
    with scope(world.regency.pk):
        covered(world, "Baru", since=-1)
    client = Client()
    client.force_login(world[role].user)
    root = f"/r/{world.regency.slug}/radar/"
    widened = 4 if role == Role.VILLAGE_OPERATOR else 0  # a savepoint, the scope and back
    with django_assert_max_num_queries(16 + widened):  # session, door and scope included
        assert client.get(root).status_code == 200
    for risk in RISKS:
        assert client.get(f"{root}{risk.code}/").status_code == 200
        taken = client.post(f"{root}{risk.code}/ekspor/", {"format": "csv"})
        assert taken.status_code == 200
    assert client.get(f"{root}tidak-ada/").status_code == 404
