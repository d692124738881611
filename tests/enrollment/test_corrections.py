"""A returned row goes back to its village, is corrected, and comes back into the same batch."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from cadres.actions import correct_person
from cadres.models import Cadre
from core import months, tenancy
from core.errors import DomainError
from enrollment import actions, correction_words
from enrollment.actions import activation, corrections
from enrollment.actions.terms import change_terms
from enrollment.decisions import Decision
from enrollment.models import BatchRow, Coverage, EnrollmentBatch
from enrollment.queries import Choice, returned_rows
from enrollment.queries.corrections import changes_since_return
from enrollment.tasks import begin_batches
from tests import factories
from tests.enrollment.agreements import agreement

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


@pytest.fixture
def desk(world):
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


def test_the_village_sends_the_row_back_into_the_same_batch(desk):
    resubmit(desk)
    with desk.scope():
        row = BatchRow.objects.get(pk=desk.row.pk)
        assert (row.status, row.batch_id, row.times_returned) == ("waiting", desk.batch.pk, 1)
        assert (row.correction_note, row.corrected_by_id) == (
            NOTE,
            desk[Role.VILLAGE_OPERATOR].id,
        )
        assert the_batch(desk).status == Status.IN_REVIEW
        event = Event.objects.get(kind="batch.row_resubmitted")
        assert (event.village_id, event.object_id) == (desk.villages[0].pk, desk.row.pk)
        assert not returned_rows().exists()


def test_the_second_finish_makes_only_the_new_cover(desk):
    with desk.scope():
        first = Coverage.objects.get()
    resubmit(desk)
    with desk.scope():
        branch = desk[Role.BRANCH_OFFICER]
        with pytest.raises(DomainError, match="rows_waiting"):
            actions.finish(by=branch, batch=desk.batch)
        actions.review(
            by=branch,
            batch=desk.batch,
            decisions=[Decision(accept=True, row=desk.row.pk, member_no=number(7))],
            finish_now=True,
        )
        assert Coverage.objects.count() == 2
        assert Coverage.objects.get(pk=first.pk).created_at == first.created_at
        assert the_batch(desk).status == Status.ACTIVE
        row = BatchRow.objects.get(pk=desk.row.pk)
        assert (row.reason, row.times_returned) == ("", 1)


def test_a_row_that_became_cover_is_not_answered_anew(desk):
    resubmit(desk)
    with desk.scope():
        report = actions.decide(
            by=desk[Role.BRANCH_OFFICER],
            batch=desk.batch,
            decisions=[Decision(accept=False, row=desk.rows[1].pk, reason="other", line=3)],
        )
        assert [(each.line, each.code) for each in report.problems] == [(3, "row_covered")]
        same = [Decision(accept=True, row=desk.rows[1].pk, member_no=number(1), line=4)]
        report = actions.decide(by=desk[Role.BRANCH_OFFICER], batch=desk.batch, decisions=same)
        assert (report.accepted, report.problems) == (0, [])
        assert BatchRow.objects.get(pk=desk.rows[1].pk).status == "accepted"


def test_a_row_returned_again_counts_twice_and_the_others_stay_covered(desk):
    resubmit(desk)
    with desk.scope():
        actions.review(
            by=desk[Role.BRANCH_OFFICER],
            batch=desk.batch,
            decisions=[Decision(accept=False, row=desk.row.pk, reason="nik_mismatch")],
            finish_now=True,
        )
        assert BatchRow.objects.get(pk=desk.row.pk).times_returned == 2
        assert the_batch(desk).status == Status.ACTIVE
        assert Coverage.objects.active_on(months.this_month()).count() == 1
        assert returned_rows().count() == 1


def test_a_row_is_with_the_village_while_the_branch_still_answers_others(world):
    with world.scope():
        people = [factories.cadre(world.villages[0]) for _ in range(2)]
        batch = submitted(world, people)
        row = batch.rows.first()
        actions.decide(
            by=world[Role.BRANCH_OFFICER],
            batch=batch,
            decisions=[Decision(accept=False, row=row.pk, reason="incomplete")],
        )
        batch.refresh_from_db()
        assert batch.status == Status.IN_REVIEW
        assert returned_rows().get() == row


def test_nothing_corrected_and_nothing_said_is_not_sent(desk):
    with pytest.raises(DomainError, match="nothing_corrected"):
        resubmit(desk, note=" ok ")


def test_who_died_or_was_put_forward_anew_does_not_come_back(desk):
    with desk.scope():
        anew = actions.prepare(
            by=desk[Role.DISTRICT_OFFICER],
            fund_source=factories.fund_source(),
            segment="BPU",
            first_month=months.this_month(),
            choice=Choice(),
        )
        assert not returned_rows().exists()
    with pytest.raises(DomainError, match="still_refused"):
        resubmit(desk)
    with desk.scope():
        actions.delete(by=desk[Role.DISTRICT_OFFICER], batch=anew)
        Cadre.objects.filter(pk=desk.people[0].pk).update(died_on=months.this_month())
    with pytest.raises(DomainError, match="still_refused") as refused:
        resubmit(desk)
    assert "meninggal" in str(refused.value.message)


def test_a_full_agreement_holds_the_row_back_from_the_village_too(world):
    with world.scope():
        people = [factories.cadre(world.villages[0]) for _ in range(2)]
        paper = agreement(world, quota=2)
        world.batch = submitted(world, people, agreement=paper)
        world.rows = list(world.batch.rows.order_by("pk"))
        returned(world, world.batch, world.rows[:1])
        world.row = world.rows[0]
        later = factories.cadre(world.villages[0])
        submitted(world, [later], agreement=paper)
    with pytest.raises(DomainError, match="agreement_quota"):
        resubmit(world)


def test_a_village_sends_back_only_its_own_rows(desk, client):
    stranger = desk.actor(Role.VILLAGE_OPERATOR, "lain@desa.test", desk.villages[1])
    client.force_login(stranger.user)
    for name in ("returned_row", "returned_send", "returned_terms"):
        assert client.get(page(desk, name, desk.row.pk)).status_code == 404
    assert client.post(page(desk, "returned_send", desk.row.pk), {"note": NOTE}).status_code == 404
    assert "Siti A" not in client.get(page(desk, "returned")).content.decode()


@pytest.mark.parametrize(
    ("role", "reads", "sends", "takes_out"),
    [
        (Role.VILLAGE_OPERATOR, 200, 302, 403),
        (Role.DISTRICT_OFFICER, 200, 302, 302),
        (Role.HEALTH_CENTRE_OFFICER, 200, 403, 403),
        (Role.BRANCH_OFFICER, 200, 403, 403),
        (Role.AUDITOR, 200, 403, 403),
    ],
)
def test_who_reads_who_sends_and_who_takes_out(desk, client, role, reads, sends, takes_out):
    client.force_login(desk[role].user)
    assert client.get(page(desk, "returned")).status_code == reads
    shown = client.get(page(desk, "returned_row", desk.row.pk))
    assert shown.status_code == reads
    assert ("Kirim kembali ke cabang" in shown.content.decode()) is (sends == 302)
    out = client.post(page(desk, "returned_take_out", desk.row.pk), {"reason": ""})
    assert out.status_code == (200 if takes_out == 302 else 403)
    sent = client.post(page(desk, "returned_send", desk.row.pk), {"note": NOTE})
    assert sent.status_code == sends


def test_the_page_says_why_and_what_to_do(desk, client):
    client.force_login(desk[Role.VILLAGE_OPERATOR].user)
    shown = client.get(page(desk, "returned_row", desk.row.pk)).content.decode()
    assert "Nama berbeda dengan data kependudukan" in shown
    assert "Lihat KTP" in shown
    assert str(correction_words.TODO["name_mismatch"].text) in shown
    assert reverse("cadres:correct", args=[desk.regency.slug, desk.people[0].pk]) in shown
    refused = client.post(page(desk, "returned_send", desk.row.pk), {"note": ""})
    assert "Belum ada yang diperbaiki" in refused.content.decode()


def test_every_reason_of_the_branch_has_something_to_do():
    assert set(correction_words.TODO) == set(BatchRow.Reason.values)


def test_the_text_for_whatsapp_names_nobody(desk, client):
    client.force_login(desk[Role.DISTRICT_OFFICER].user)
    code = desk.villages[0].code
    shown = client.get(page(desk, "returned") + f"?village={code}").content.decode()
    text = shown.split('id="pesan"')[-1].split("</textarea>")[0]
    assert desk.villages[0].name in text
    assert "mengembalikan 1 orang" in text
    assert "Siti A" not in text
    assert "/kepesertaan/dikembalikan/" in text


def test_the_home_page_leads_the_village_to_its_returned_people(desk, client):
    home = f"/r/{desk.regency.slug}/beranda/"
    address = page(desk, "returned")
    client.force_login(desk[Role.VILLAGE_OPERATOR].user)
    shown = client.get(home).content.decode()
    assert "Cabang mengembalikan 1 orang" in shown
    assert address in shown
    client.force_login(desk.actor(Role.VILLAGE_OPERATOR, "b@desa.test", desk.villages[1]).user)
    assert "Cabang mengembalikan" not in client.get(home).content.decode()


def test_a_row_taken_out_leaves_its_reason_and_frees_the_person(desk):
    with desk.scope():
        with pytest.raises(DomainError, match="reason_missing"):
            corrections.take_out(by=desk[Role.DISTRICT_OFFICER], row=desk.row, reason=" ")
        corrections.take_out(
            by=desk[Role.DISTRICT_OFFICER], row=desk.row, reason="Sudah dibayar perusahaan"
        )
        assert not BatchRow.objects.filter(pk=desk.row.pk).exists()
        event = Event.objects.get(kind="batch.row_taken_out")
        assert event.facts["reason"] == "Sudah dibayar perusahaan"
        with pytest.raises(DomainError, match="row_not_returned"):
            corrections.take_out(by=desk[Role.DISTRICT_OFFICER], row=desk.row, reason="Lagi")
        submitted(desk, desk.people[:1])


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


@pytest.fixture
def committed(own_database):
    """As `desk`, but every step is committed, as it is in life."""
    world = factories.World.make()
    with world.scope():
        world.people = [factories.cadre(world.villages[0], name=f"Siti {n}") for n in "AB"]
    with world.scope():
        world.batch = submitted(world, world.people)
        world.rows = list(world.batch.rows.order_by("cadre_id"))
    with world.scope():
        returned(world, world.batch, world.rows[:1])
    world.row = world.rows[0]
    return world


def test_the_branch_sees_what_was_changed_since_the_return(committed, client):
    world = committed
    village = world[Role.VILLAGE_OPERATOR]
    with world.scope(Role.VILLAGE_OPERATOR):
        person = world.people[0]
        correct_person(
            by=village,
            cadre=person,
            name="Siti Aminah",
            birth_date=person.birth_date,
            birth_place="Banyuwangi",
            sex=person.sex,
            phone="",
            mother_name="",
        )
    with world.scope(Role.VILLAGE_OPERATOR):
        change_terms(
            by=village,
            batch=world.batch,
            row_ids=[world.row.pk],
            changes={"occupation": "kader posyandu"},
        )
    resubmit(world, note="")
    with world.scope():
        row = BatchRow.objects.select_related("cadre").get(pk=world.row.pk)
        changes = {
            str(each.label): (each.before, each.after)
            for each in changes_since_return([row])[row.pk]
        }
    assert changes["Nama"] == ("Siti A", "Siti Aminah")
    assert changes["Tempat lahir"] == ("–", "Banyuwangi")
    assert changes["Pekerjaan"] == ("–", "kader posyandu")
    client.force_login(world[Role.BRANCH_OFFICER].user)
    shown = client.get(page(world, "batch", world.batch.pk)).content.decode()
    assert "Nama: Siti A → Siti Aminah" in shown


def test_of_two_who_send_a_row_back_at_once_one_counts(committed):
    world = committed
    outcomes, start = [], threading.Barrier(2)

    def send(role):
        actor = world[role]
        try:
            start.wait(30)
            with tenancy.scope(
                world.regency.pk, villages=actor.membership.village_ids(), by=actor.id
            ):
                corrections.resubmit(by=actor, row=world.row, note=NOTE)
            outcomes.append("sent")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=send, args=(role,))
        for role in (Role.VILLAGE_OPERATOR, Role.DISTRICT_OFFICER)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["row_not_returned", "sent"]
    with world.scope():
        assert Event.objects.filter(kind="batch.row_resubmitted").count() == 1


def test_a_resubmission_killed_half_way_leaves_everything_as_it_was(committed, monkeypatch):
    world = committed

    def dies(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(corrections, "record", dies)
    with pytest.raises(KeyboardInterrupt):
        resubmit(world)
    with world.scope():
        row = BatchRow.objects.get(pk=world.row.pk)
        assert (row.status, row.correction_note) == ("returned", "")
        assert the_batch(world).status == Status.ACTIVE


def test_the_api_lists_corrects_and_sends_back(desk, client):
    _row, token = tokens.create(desk[Role.VILLAGE_OPERATOR].user, "test")
    heads = {"Authorization": f"Bearer {token}"}
    base = f"/api/v1/r/{desk.regency.slug}/returned-rows/"
    listed = client.get(base + "?reason=name_mismatch", headers=heads).json()
    assert [each["id"] for each in listed["results"]] == [desk.row.pk]
    one = f"{base}{desk.row.pk}/"
    body = {"work_place": "Posyandu Mawar", "works_from": "08:00", "works_until": "11:00"}
    changed = client.patch(f"{one}terms/", body, content_type="application/json", headers=heads)
    assert changed.json()["work_place"] == "Posyandu Mawar"
    refused = client.patch(
        f"{one}terms/", {"segment": "PU"}, content_type="application/json", headers=heads
    )
    assert refused.json()["code"] == "terms_of_department"
    keyed = heads | {"Idempotency-Key": "kirim-1"}
    answers = [
        client.post(
            f"{one}resubmit/", {"note": NOTE}, content_type="application/json", headers=keyed
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["status"] == "waiting"
    again = client.post(
        f"{one}resubmit/", {"note": NOTE}, content_type="application/json", headers=heads
    )
    assert (again.status_code, again.json()["code"]) == (409, "row_not_returned")
    out = client.post(
        f"{one}take-out/", {"reason": "x"}, content_type="application/json", headers=heads
    )
    assert out.status_code == 403
