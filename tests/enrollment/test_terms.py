"""What is insured: the terms with which rows begin, and who may change them until when."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import tokens
from accounts.roles import Role
from core import months
from core.errors import DomainError
from enrollment import actions, terms
from enrollment.actions.terms import change_terms
from enrollment.decisions import Decision
from enrollment.models import BatchRow, Coverage, EnrollmentBatch
from enrollment.queries import Choice
from enrollment.terms import BatchTerms
from tests import factories
from tests.enrollment.agreements import agreement

TERMS = BatchTerms(
    with_jht=True,
    income_base=1_500_000,
    occupation=" kader posyandu ",
    second_occupation="pedagang",
    works_from=dt.time(8),
    works_until=dt.time(12),
)


def prepare(world, **fields) -> EnrollmentBatch:
    """A draft by the district officer from this month."""
    return actions.prepare(
        **{
            "by": world[Role.DISTRICT_OFFICER],
            "fund_source": factories.fund_source(),
            "segment": "BPU",
            "first_month": months.this_month(),
            "choice": Choice(),
        }
        | fields
    )


def page(world, name, *args):
    return reverse(f"enrollment:{name}", args=[world.regency.slug, *args])


def test_rows_begin_with_the_terms_and_cover_takes_them(world):
    with world.scope():
        factories.cadre(world.villages[0])
        batch = prepare(world, begin_with=TERMS)
        row = batch.rows.get()
        assert (row.with_jht, row.income_base, row.occupation) == (
            True,
            1_500_000,
            "kader posyandu",
        )
        actions.submit(by=world[Role.DISTRICT_APPROVER], batch=batch)
        actions.review(
            by=world[Role.BRANCH_OFFICER],
            batch=batch,
            decisions=[Decision(accept=True, row=row.pk, member_no="24081234501")],
            finish_now=True,
        )
        cover = Coverage.objects.get()
        for name in terms.NAMES:
            assert getattr(cover, name) == getattr(row, name)


def test_an_empty_work_place_is_the_posyandu_and_village_of_each_person(world):
    village = world.villages[0]
    with world.scope():
        first = factories.cadre(village)
        second = factories.cadre(village)
        second.assignments.update(posyandu=None)
        places = dict(prepare(world).rows.values_list("cadre_id", "work_place"))
        own = f"{village.get_kind_display()} {village.name}"
        assert places == {first.pk: f"Posyandu Melati 1, {own}", second.pk: own}


def test_a_work_place_that_was_written_stays(world):
    with world.scope():
        factories.cadre(world.villages[0])
        batch = prepare(world, begin_with=BatchTerms(work_place="Balai desa"))
        assert batch.rows.get().work_place == "Balai desa"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"works_from": dt.time(8)}, "works_until"),
        ({"works_until": dt.time(8)}, "works_from"),
        ({"works_from": dt.time(8), "works_until": dt.time(8)}, "works_until"),
        ({"income_base": 0}, "income_base"),
        ({"income_base": terms.LARGEST + 1}, "income_base"),
    ],
)
def test_terms_that_no_form_could_carry_are_refused(values, field):
    with pytest.raises(DomainError) as refused:
        terms.check(values)
    assert field in refused.value.fields
    terms.check({"works_from": dt.time(22), "works_until": dt.time(5)})


@pytest.mark.parametrize(
    ("fields", "paper", "code"),
    [
        ({"segment": "PU"}, {}, "agreement_segment"),
        ({"begin_with": BatchTerms(with_jht=True)}, {}, "agreement_without_jht"),
        ({}, {"categories": ["village_official"]}, "agreement_category"),
        ({}, {"valid_until": dt.date(2026, 1, 31)}, "agreement_not_in_force"),
        ({}, {"quota": 1}, "agreement_quota"),
    ],
)
def test_a_batch_keeps_to_its_agreement(world, fields, paper, code):
    with world.scope():
        for _ in range(2):
            factories.cadre(world.villages[0])
        found = agreement(world, **paper)
        with pytest.raises(DomainError, match=code) as refused:
            prepare(world, agreement=found, **fields)
        assert found.number in str(refused.value.message)


def test_an_agreement_with_a_village_is_for_its_people_alone(world):
    with world.scope():
        factories.cadre(world.villages[0])
        factories.cadre(world.villages[1])
        found = agreement(world, village=world.villages[0])
        with pytest.raises(DomainError, match="agreement_village"):
            prepare(world, agreement=found)
        batch = prepare(world, agreement=found, choice=Choice(village_id=world.villages[0].pk))
        assert batch.rows.get().village_id == world.villages[0].pk


def test_places_of_the_quota_are_taken_by_those_put_forward_before(world):
    with world.scope():
        people = [factories.cadre(world.villages[0]) for _ in range(3)]
        found = agreement(world, quota=2)
        prepare(world, agreement=found, choice=Choice(cadre_ids=[people[0].pk]))
        prepare(world, agreement=found, choice=Choice(cadre_ids=[people[1].pk]))
        with pytest.raises(DomainError, match="agreement_quota"):
            prepare(world, agreement=found, choice=Choice(cadre_ids=[people[2].pk]))
        assert EnrollmentBatch.objects.count() == 2 or BatchRow.objects.count() == 3


def test_an_agreement_that_ended_since_holds_the_submission_back(world):
    with world.scope():
        factories.cadre(world.villages[0])
        found = agreement(world)
        batch = prepare(world, agreement=found)
        found.ended_on = dt.date(2026, 2, 1)
        found.save(update_fields=["ended_on"])
        with pytest.raises(DomainError, match="agreement_not_in_force"):
            actions.submit(by=world[Role.DISTRICT_APPROVER], batch=batch)


def test_terms_of_many_rows_change_in_few_statements(world):
    with world.scope():
        factories.many_cadres(world.villages[0], 40)
        batch = prepare(world)
        ids = list(batch.rows.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as asked:
            changed = change_terms(
                by=world[Role.DISTRICT_OFFICER],
                batch=batch,
                row_ids=ids,
                changes={
                    "occupation": "kader",
                    "works_from": dt.time(8),
                    "works_until": dt.time(9),
                },
            )
        assert changed == 40
        assert len(asked) <= 6
        assert set(batch.rows.values_list("occupation", flat=True)) == {"kader"}


def test_terms_do_not_change_once_the_branch_has_the_row(world):
    with world.scope():
        factories.cadre(world.villages[0])
        batch = prepare(world)
        actions.submit(by=world[Role.DISTRICT_APPROVER], batch=batch)
        row = batch.rows.get()
        officer = world[Role.DISTRICT_OFFICER]
        with pytest.raises(DomainError, match="row_not_open"):
            change_terms(by=officer, batch=batch, row_ids=[row.pk], changes={"occupation": "x"})
        actions.decide(
            by=world[Role.BRANCH_OFFICER],
            batch=batch,
            decisions=[Decision(accept=False, row=row.pk, reason="incomplete")],
        )
        change_terms(by=officer, batch=batch, row_ids=[row.pk], changes={"occupation": "x"})
        with pytest.raises(DomainError, match="terms_of_department"):
            change_terms(
                by=world[Role.VILLAGE_OPERATOR],
                batch=batch,
                row_ids=[row.pk],
                changes={"segment": "PU"},
            )


def test_rows_of_another_batch_are_not_changed_along(world):
    with world.scope():
        people = [factories.cadre(world.villages[0]) for _ in range(2)]
        first = prepare(world, choice=Choice(cadre_ids=[people[0].pk]))
        other = prepare(world, choice=Choice(cadre_ids=[people[1].pk]))
        with pytest.raises(DomainError, match="row_not_open"):
            change_terms(
                by=world[Role.DISTRICT_OFFICER],
                batch=first,
                row_ids=[first.rows.get().pk, other.rows.get().pk],
                changes={"occupation": "x"},
            )


def test_the_form_shows_refusals_of_the_agreement_before_anything_is_kept(world, client):
    with world.scope():
        factories.cadre(world.villages[0])
        source = factories.fund_source()
        found = agreement(world, categories=["village_official"])
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    query = {
        "first_month": months.this_month().isoformat()[:7],
        "fund_source": source.pk,
        "segment": "BPU",
        "agreement": found.pk,
        "income_base": "1.500.000",
        "works_from": "08:00",
        "works_until": "12:00",
    }
    shown = client.get(page(world, "batch_new"), query).content.decode()
    assert "hanya untuk: Perangkat desa" in shown
    assert "Simpan rancangan" not in shown
    client.post(page(world, "batch_new"), query)
    with world.scope():
        assert not EnrollmentBatch.objects.exists()
    shown = client.get(page(world, "batch_new"), query | {"agreement": ""}).content.decode()
    assert "Iuran Rp22.800 sebulan untuk 1 orang" in shown
    assert "dasar golongan itu belum dipastikan" in shown
    without_pay = query | {"agreement": "", "segment": "PU", "income_base": ""}
    shown = client.get(page(world, "batch_new"), without_pay).content.decode()
    assert "Iuran 1 orang belum dapat dihitung" in shown
    client.post(page(world, "batch_new"), query | {"agreement": ""})
    with world.scope():
        row = BatchRow.objects.get()
        assert (row.income_base, row.works_from) == (1_500_000, dt.time(8))
    shown = client.get(page(world, "batch", row.batch_id)).content.decode()
    assert "08.00–12.00" in shown
    assert "Rp1.500.000" in shown


def test_the_officer_changes_one_person_and_several_chosen_ones(world, client):
    with world.scope():
        for _ in range(3):
            factories.cadre(world.villages[0])
        batch = prepare(world)
        ids = list(batch.rows.order_by("pk").values_list("pk", flat=True))
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    one = page(world, "row_terms", batch.pk, ids[0])
    assert "Melati 1" in client.get(one).content.decode()
    client.post(one, {"segment": "PU", "occupation": "perangkat desa", "income_base": "2.000.000"})
    many = page(world, "rows_terms", batch.pk)
    form = client.post(many, {"pilih": ids[1:]}).content.decode()
    assert "2 orang" in form
    client.post(many, {"pilih": ids[1:], "ubah": "1", "occupation": "kader"})
    with world.scope():
        rows = {row.pk: row for row in batch.rows.all()}
    assert (rows[ids[0]].segment, rows[ids[0]].income_base) == ("PU", 2_000_000)
    assert [rows[pk].occupation for pk in ids] == ["perangkat desa", "kader", "kader"]
    assert [rows[pk].segment for pk in ids[1:]] == ["BPU", "BPU"]
    shown = client.get(page(world, "batch", batch.pk)).content.decode()
    assert "perangkat desa" in shown
    client.force_login(world[Role.DISTRICT_APPROVER].user)
    shown = client.get(page(world, "batch_submit", batch.pk)).content.decode()
    assert "Iuran Rp44.400 sebulan untuk 3 orang" in shown  # 10,800 and twice 16,800


def test_the_api_prepares_with_terms_and_changes_them(world, client):
    with world.scope():
        factories.cadre(world.villages[0])
        source = factories.fund_source()
        found = agreement(world)
    _row, token = tokens.create(world[Role.DISTRICT_OFFICER].user, "test")
    heads = {"Authorization": f"Bearer {token}"}
    base = f"/api/v1/r/{world.regency.slug}/enrollment-batches/"
    body = {
        "fund_source": source.pk,
        "first_month": months.this_month().isoformat()[:7],
        "agreement": found.pk,
        "occupation": "kader",
        "works_from": "08:00",
        "works_until": "12:00",
    }
    made = client.post(base, body, content_type="application/json", headers=heads)
    assert made.status_code == 201, made.content
    assert (made.json()["agreement_number"], made.json()["waiting_days"]) == (found.number, None)
    one = f"{base}{made.json()['id']}/"
    rows = client.get(f"{one}rows/", headers=heads).json()["results"]
    assert (rows[0]["occupation"], rows[0]["works_from"]) == ("kader", "08:00:00")
    changed = client.post(
        f"{one}terms/",
        {"rows": [rows[0]["id"]], "income_base": 1_200_000},
        content_type="application/json",
        headers=heads,
    )
    assert changed.json() == {"changed": 1}
    refused = client.post(
        base, body | {"agreement": 999999}, content_type="application/json", headers=heads
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "agreement_unknown")
