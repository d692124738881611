"""Pages of villages, posyandu, replacements and quotas, with the stranger beside the owner."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cadres import actions, queries
from cadres.models import Assignment, Category, Quota, QuotaPlace, RosterImport
from cadres.queries import places
from cadres.reminders import reminder, reminder_for_all
from tests import factories

OFFICER = Role.DISTRICT_OFFICER


def _at(world, name, *args):
    return reverse(f"cadres:{name}", args=[world.regency.slug, *args])


@pytest.fixture
def office(world, client):
    client.force_login(world[OFFICER].user)
    return client


def _roster(world, village, status="applied", days=0):
    return RosterImport.objects.create(
        village=village,
        status=status,
        file="x",
        file_name="daftar.xlsx",
        sha256="0" * 64,
        size=1,
        uploaded_by_id=world[OFFICER].id,
        applied_by_id=world[OFFICER].id,
        applied_at=timezone.now() - dt.timedelta(days=days) if status == "applied" else None,
        number="DK-2026-0001",
        counts={"rows": 3},
    )


def test_a_village_is_never_old_waiting_or_fresh(world):
    first, second, third, fourth = world.villages
    with world.scope():
        _roster(world, first, days=91)
        _roster(world, second, days=89)
        _roster(world, third, days=200)
        _roster(world, third, status="ready")
        states = places.village_states(world.villages)
        assert [state.status for state in states] == ["old", "fresh", "waiting", "never"]
        assert states[0].days == 91
        assert places.by_status(states) == {"never": 1, "old": 1, "waiting": 1, "fresh": 1}
        assert sum(sum(row) for _name, row in places.by_district(states)) == 4


def test_people_without_a_roster_in_sight_give_the_age(world):
    with world.scope():
        factories.cadre(world.villages[0])
        [state] = places.village_states(world.villages[:1])
        assert (state.status, state.people) == ("fresh", 1)


def test_the_list_counts_every_village_and_narrows(world, office):
    with world.scope():
        _roster(world, world.villages[0])
    page = office.get(_at(world, "villages"))
    total = page.context["total"]
    assert sum(each["value"] for each in page.context["counts"]) == total
    assert page.context["silent"] == total - 1
    assert (
        world.villages[0].full_name
        in office.get(_at(world, "villages"), {"status": "fresh"}).content.decode()
    )
    fresh = office.get(_at(world, "villages"), {"status": "fresh"})
    assert fresh.context["table"].page.paginator.count == 1
    named = office.get(_at(world, "villages"), {"q": world.villages[0].name.lower()})
    assert named.context["table"].page.paginator.count >= 1
    nothing = office.get(_at(world, "villages"), {"q": "tidak ada desa ini"})
    assert nothing.context["table"].page.paginator.count == 0


def test_the_reminder_names_villages_and_nobody(world, office):
    with world.scope():
        person = factories.cadre(world.villages[0], "SITI RAHASIA")
    page = office.get(_at(world, "villages"))
    assert "/unggah/baru/" in page.context["reminder"]
    assert person.name not in page.context["reminder"]
    village = world.villages[1]
    one = office.get(_at(world, "village", village.code)).context["reminder"]
    assert village.full_name in one
    text = reminder(village, timezone.now(), "https://kj.test/", "Dinas Kesehatan")
    assert "terakhir kami terima" in text
    many = reminder_for_all([village] * 41, "https://kj.test/", "Dinas")
    assert "dan 1 desa lain" in many


def test_a_village_sees_its_own_village_only(world, client):
    client.force_login(world[Role.VILLAGE_OPERATOR].user)
    assert client.get(_at(world, "villages")).context["total"] == 1
    assert client.get(_at(world, "village", world.villages[0].code)).status_code == 200
    assert client.get(_at(world, "village", world.villages[1].code)).status_code == 404


def test_the_village_page_says_what_is_missing_and_what_is_next(world, office):
    with world.scope():
        factories.cadre(world.villages[0], mother_name="IBU", phone="+62811")
        post = factories.cadre(world.villages[0]).assignments.get().posyandu
        actions.fund_seats(by=world[OFFICER], posyandu=post, seats_each=1)
    page = office.get(_at(world, "village", world.villages[0].code))
    found = {each.label: each.people for each in page.context["missing"]}
    assert (found["ahli waris"], found["nomor SK"], found["nama ibu kandung"]) == (2, 2, 1)
    assert "1 orang bertugas di luar kursi yang dibiayai" in page.content.decode()


def test_pages_of_places_take_few_queries(world, office, django_assert_max_num_queries):
    with world.scope():
        for number in range(12):
            person = factories.cadre(world.villages[0], f"KADER {number}")
        post = person.assignments.get().posyandu
        quota = actions.save_quota(
            by=world[OFFICER],
            name="Kuota",
            category="posyandu_cadre",
            per_village=5,
            starts_on=dt.date(2026, 1, 1),
        )
        actions.enlist_all(by=world[OFFICER], quota=quota, village=world.villages[0])
        actions.admit(by=world[OFFICER], quota=quota, village=world.villages[0], most=5)
    code = world.villages[0].code
    for page in (
        _at(world, "villages"),
        _at(world, "quotas"),
        _at(world, "quota", quota.pk),
    ):
        with django_assert_max_num_queries(12 + 4):  # session, user, membership, scope
            assert office.get(page).status_code == 200
    for page in (
        _at(world, "village", code),
        _at(world, "posyandu", post.pk),
        _at(world, "quota_village", quota.pk, code),
    ):
        with django_assert_max_num_queries(22):
            assert office.get(page).status_code == 200


def test_a_posyandu_shows_seats_people_and_what_may_be_done(world, office, client):
    with world.scope():
        person = factories.cadre(world.villages[0], "SITI BERTUGAS")
        service = person.assignments.get()
        post = service.posyandu
    page = office.get(_at(world, "posyandu", post.pk)).content.decode()
    assert "1 dari 5 kursi" in page
    assert "Perlu konfirmasi cabang atau dinas" in page
    assert _at(world, "replace", person.pk, service.pk) in page
    client.force_login(world[Role.AUDITOR].user)
    page = client.get(_at(world, "posyandu", post.pk)).content.decode()
    assert "Ganti kader" not in page
    assert client.get(_at(world, "posyandu_edit", post.pk)).status_code == 403
    client.force_login(world[Role.VILLAGE_OPERATOR].user)
    assert client.get(_at(world, "posyandu_edit", post.pk)).status_code == 200
    assert client.get(_at(world, "posyandu_seats", post.pk)).status_code == 403
    assert client.get(_at(world, "posyandu_merge", post.pk)).status_code == 403
    assert client.get(_at(world, "seat_norm")).status_code == 403


def test_names_seats_and_norm_are_changed_on_their_pages(world, office):
    with world.scope():
        post = factories.posyandu(world.villages[0])
        factories.posyandu(world.villages[0], "Mawar 1")
    office.post(
        _at(world, "posyandu_edit", post.pk), {"name": "Melati Satu", "decree_number": "12/2026"}
    )
    taken = office.post(_at(world, "posyandu_edit", post.pk), {"name": "Mawar 1"})
    assert taken.status_code == 422
    office.post(_at(world, "posyandu_seats", post.pk), {"seats": "7"})
    refused = office.post(_at(world, "posyandu_seats", post.pk), {"seats": "700"})
    assert refused.status_code == 422
    office.post(_at(world, "seat_norm"), {"seats": "15", "basis": "Perbup", "confirmed": "on"})
    with world.scope():
        post.refresh_from_db()
        assert (post.name, post.decree_number, post.seats) == ("Melati Satu", "12/2026", 7)
        assert queries.seat_norm().seats == 15
    office.post(_at(world, "posyandu_seats", post.pk), {"seats": ""})
    with world.scope():
        post.refresh_from_db()
        assert post.seats is None


def test_merging_shows_its_effects_first(world, office):
    with world.scope():
        kept = factories.cadre(world.villages[0]).assignments.get().posyandu
        gone = factories.posyandu(world.villages[0], "Melati I")
        factories.cadre(world.villages[0]).assignments.update(posyandu=gone)
    address = _at(world, "posyandu_merge", gone.pk)
    asked = office.post(address, {"into": kept.pk})
    assert "1 orang pindah ke posyandu Melati 1" in asked.content.decode()
    done = office.post(address, {"into": kept.pk, "sure": "1"})
    assert done["Location"] == _at(world, "posyandu", kept.pk)
    assert office.get(address).status_code == 404


def test_a_cadre_is_replaced_on_the_page(world, office):
    with world.scope():
        person = factories.cadre(world.villages[0], "LAMA")
        service = person.assignments.get()
        nik = factories.nik_for(world.villages[0], dt.date(1990, 5, 6))
    address = _at(world, "replace", person.pk, service.pk)
    told = {"takes_over": "2026-11-01", "reason": "pindah rumah"}
    empty = office.post(address, told)
    assert empty.status_code == 422
    assert "isi NIK pengganti" in empty.content.decode()
    wrong = office.post(
        address,
        told | {"nik": nik[:12] + "0000", "name": "B", "birth_date": "1990-05-06", "sex": "P"},
    )
    assert "Empat angka terakhir NIK" in wrong.content.decode()
    done = office.post(
        address, told | {"nik": nik, "name": "BARU", "birth_date": "1991-05-06", "sex": "P"}
    )
    with world.scope():
        successor = Assignment.objects.get(replaces=service)
    assert done["Location"] == _at(world, "replacement", successor.pk)
    page = office.get(done["Location"]).content.decode()
    assert "BARU menggantikan LAMA mulai 1 Nov 2026" in page
    assert "Tanggal lahir berbeda dengan NIK" in page
    assert office.get(_at(world, "replacement", service.pk)).status_code == 404


def test_strangers_replace_nobody(world, elsewhere, client):
    with world.scope():
        person = factories.cadre(world.villages[0])
        service = person.assignments.get()
    client.force_login(elsewhere[OFFICER].user)
    assert client.get(_at(elsewhere, "replace", person.pk, service.pk)).status_code == 404
    client.force_login(world[Role.HEALTH_CENTRE_OFFICER].user)
    assert client.get(_at(world, "replace", person.pk, service.pk)).status_code == 403
    other = world.actor(Role.VILLAGE_OPERATOR, "lain@desa.test", village=world.villages[1])
    client.force_login(other.user)
    assert client.get(_at(world, "replace", person.pk, service.pk)).status_code == 404


def test_a_quota_is_run_from_its_pages(world, office):
    village = world.villages[0]
    with world.scope():
        people = [
            factories.cadre(village, f"PEKERJA {n}", category=Category.VULNERABLE_WORKER)
            for n in range(3)
        ]
    made = office.post(
        _at(world, "quota_new"),
        {
            "name": "1 Desa 2 Pekerja",
            "category": "vulnerable_worker",
            "per_village": "2",
            "starts_on": "2026-01-01",
        },
    )
    with world.scope():
        quota = Quota.objects.get()
    assert made["Location"] == _at(world, "quota", quota.pk)
    page = _at(world, "quota_village", quota.pk, village.code)
    office.post(f"{page}daftar/", {"cadre": people[1].pk})
    office.post(f"{page}daftar/", {"all": "1"})
    office.post(f"{page}masuk/", {})
    office.post(f"{page}masuk/", {"all": "1"})
    with world.scope():
        inside = QuotaPlace.objects.filter(status="inside").order_by("id")
        assert [place.cadre_id for place in inside] == [people[1].pk, people[0].pk]
    full = office.post(f"{page}masuk/", {}, HTTP_REFERER=f"http://testserver{page}", follow=True)
    assert "Kuota desa ini sudah penuh." in full.content.decode()
    gone = _at(world, "quota_leave", inside[0].pk)
    assert office.post(gone, {"reason": ""}).status_code == 422
    office.post(gone, {"reason": "sudah bekerja"})
    office.post(f"{page}jumlah/", {"places": "9"})
    shown = office.get(page)
    assert (shown.context["state"].places, shown.context["state"].free) == (9, 8)
    assert office.get(_at(world, "quota", quota.pk)).status_code == 200


def test_who_may_not_leaves_quotas_alone(world, elsewhere, client):
    with world.scope():
        quota = actions.save_quota(
            by=world[OFFICER],
            name="Kuota",
            category="vulnerable_worker",
            per_village=1,
            starts_on=dt.date(2026, 1, 1),
        )
    own, other = world.villages[0].code, world.villages[1].code
    client.force_login(elsewhere[OFFICER].user)
    assert client.get(_at(elsewhere, "quota", quota.pk)).status_code == 404
    client.force_login(world[Role.AUDITOR].user)
    assert client.get(_at(world, "quota", quota.pk)).status_code == 200
    assert client.post(_at(world, "quota_admit", quota.pk, own)).status_code == 403
    client.force_login(world[Role.VILLAGE_OPERATOR].user)
    assert client.get(_at(world, "quota_village", quota.pk, own)).status_code == 200
    assert client.get(_at(world, "quota_village", quota.pk, other)).status_code == 404
    assert client.post(_at(world, "quota_share", quota.pk, own)).status_code == 403
    assert client.get(_at(world, "quota_new")).status_code == 403
