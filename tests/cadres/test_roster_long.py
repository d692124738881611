"""Long lists: the correction file and taking back are made by a worker; twice does no harm."""

import io
import threading

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from cadres import actions, correction_file, corrections
from cadres.correction_words import SUMMARY
from cadres.models import Cadre, RosterImport
from core import private_files, runs, sheets, tenancy
from core.models import Run
from tests import factories
from tests.cadres import rosters
from tests.cadres.test_roster_desk import BAD_NIK, at, checked_again

OPERATOR = Role.VILLAGE_OPERATOR


@pytest.fixture
def all_long(monkeypatch):
    """Two lines are a long list."""
    monkeypatch.setattr(corrections, "DIRECT", 1)
    monkeypatch.setattr("cadres.actions.applying.AT_ONCE", 1)
    monkeypatch.setattr(runs, "wake", lambda run: None)


@pytest.fixture
def as_village(world, client):
    client.force_login(world[OPERATOR].user)
    return client


@pytest.fixture
def api(world):
    _row, text = tokens.create(world[OPERATOR].user, "uji")
    return Client(headers={"Authorization": f"Bearer {text}"})


@pytest.fixture
def damaged(world, all_long, tmp_path):
    village = world.villages[0]
    lines = [rosters.line(village), rosters.line(village, NIK=BAD_NIK), rosters.line(village)]
    return rosters.check(world, tmp_path, lines)


def exported(world) -> Run:
    with world.scope():
        return Run.objects.filter(kind="export").order_by("-id").first()


def test_a_long_correction_file_is_asked_for_and_then_kept_for_who_asked(
    world, as_village, damaged
):
    address = at(world, "correction_file", damaged.pk)
    assert f'action="{address}"' in as_village.get(at(world, "roster", damaged.pk)).content.decode()
    assert as_village.get(address)["Location"] == at(world, "roster", damaged.pk)
    page = as_village.post(address)["Location"]
    assert as_village.post(address)["Location"] == page
    with world.scope():
        assert Run.objects.filter(kind="export").count() == 1
        assert Event.objects.get(kind="roster.correction_asked").facts == {"rows": 3}
    run = exported(world)
    assert page == reverse("audit:export", args=[world.regency.slug, run.pk])
    runs.drive(world.regency.pk, run.pk)
    runs.drive(world.regency.pk, run.pk)
    assert as_village.post(address)["Location"] == page
    assert at(world, "roster", damaged.pk) in as_village.get(page).content.decode()
    answer = as_village.get(f"{page}berkas/")
    assert f"perbaikan-{damaged.pk}.xlsx" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["Kader", SUMMARY]
    assert book["Kader"]["D3"].comment is not None
    client = Client()
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    assert client.get(page).status_code == client.get(f"{page}berkas/").status_code == 404


def test_after_another_check_the_file_is_made_anew(world, as_village, damaged):
    address = at(world, "correction_file", damaged.pk)
    first = as_village.post(address)["Location"]
    runs.drive(world.regency.pk, exported(world).pk)
    as_village.post(at(world, "skip", damaged.pk), {"skip": "3:Kader"})
    assert as_village.post(address).status_code == 409
    checked_again(world, damaged)
    assert as_village.post(address)["Location"] != first


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_one_makes_the_file(
    world, as_village, damaged, monkeypatch, settings
):
    as_village.post(at(world, "correction_file", damaged.pk))
    run = exported(world)
    before = set(settings.KJ_PRIVATE_ROOT.rglob("*"))

    def killed(*_args, **_kwargs):
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(private_files, "save", killed)
        with pytest.raises(RuntimeError):
            runs.drive(world.regency.pk, run.pk)
    assert set(settings.KJ_PRIVATE_ROOT.rglob("*")) == before
    runs.drive(world.regency.pk, run.pk)
    with world.scope():
        run.refresh_from_db()
    assert (run.status, run.result["rows"]) == ("done", 3)


def test_the_api_asks_waits_and_gets_the_file(world, api, damaged):
    address = f"/api/v1/r/{world.regency.slug}/roster-imports/{damaged.pk}/correction-file/"
    refused = api.get(address)
    assert (refused.status_code, refused.json()["code"]) == (409, "correction_file_not_asked")
    asked = api.post(address, headers={"Idempotency-Key": "a"})
    assert (asked.status_code, asked["Location"]) == (202, address)
    state = {"status": "queued", "done": 0, "total": 3, "address": address}
    assert asked.json() == api.post(address, headers={"Idempotency-Key": "a"}).json() == state
    cache.set(f"kj:export:{exported(world).pk}", 2, 60)
    waiting = api.get(address)
    assert (waiting.status_code, waiting["Retry-After"]) == (202, "5")
    assert waiting.json() == state | {"done": 2}
    runs.drive(world.regency.pk, exported(world).pk)
    answer = api.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert api.post(address).status_code == 200


def test_a_short_correction_file_is_there_at_once(world, api, tmp_path):
    village = world.villages[0]
    roster = rosters.check(world, tmp_path, [rosters.line(village, NIK=BAD_NIK)])
    address = f"/api/v1/r/{world.regency.slug}/roster-imports/{roster.pk}/correction-file/"
    assert api.post(address).json()["status"] == "done"
    assert api.get(address).content[:2] == b"PK"


def test_the_problems_of_a_long_file_are_read_as_it_is_written(world, tmp_path, monkeypatch):
    village = world.villages[0]
    lines = [rosters.line(village, NIK=BAD_NIK, **{"L/P": "L"}) for _ in range(40)]
    data = rosters.as_csv(lines)
    roster = rosters.checked(world[OPERATOR], world.regency.pk, data, village)
    monkeypatch.setattr(correction_file, "TOLD_EVERY", 10)
    told: list[int] = []
    out = io.BytesIO()
    with world.scope():
        assert corrections.write(out, roster, told.append) == 41
    assert told == [10, 20, 30, 40]
    book = openpyxl.load_workbook(out)
    listed = [row[1] for row in book[SUMMARY].iter_rows(min_row=3, values_only=True)]
    assert listed == [str(number) for number in range(2, 42)]
    assert all("16 angka" in cell.value for cell in book.worksheets[0]["N"][1:])


def test_sheets_keep_names_that_a_workbook_takes():
    names = ["", "A/B", "a_b", "Baris bermasalah", "x" * 40, "x" * 41]
    titles = correction_file.titles(names)
    assert titles == ["Daftar", "A_B", "a_b 2", "Baris bermasalah 2", "x" * 31, "x" * 27 + " 2"]


def _saved(world, tmp_path) -> RosterImport:
    village = world.villages[0]
    lines = [rosters.line(village) for _ in range(3)]
    return rosters.applied(world[OPERATOR], rosters.check(world, tmp_path, lines))


def test_a_long_list_is_taken_back_by_a_worker(world, as_village, all_long, tmp_path):
    roster = _saved(world, tmp_path)
    as_village.post(at(world, "undo", roster.pk))
    as_village.post(at(world, "undo", roster.pk))
    roster = rosters.fresh(roster)
    assert roster.status == RosterImport.Status.UNDOING
    with world.scope():
        assert Run.objects.filter(kind="roster.undo").count() == 1
        assert Cadre.objects.count() == 3
    assert "Membatalkan daftar" in as_village.get(at(world, "roster", roster.pk)).content.decode()
    runs.drive(world.regency.pk, roster.run_id)
    runs.drive(world.regency.pk, roster.run_id)
    with world.scope(), connection.cursor() as cursor:
        actions.take_back_roster(roster_id=roster.pk, by=world[OPERATOR])
        assert Cadre.objects.count() == 0
        event = Event.objects.get(kind="roster.undone")
        assert (event.facts["removed"], event.actor_id) == (3, world[OPERATOR].id)
        cursor.execute("SELECT DISTINCT pgh_context->>'by' FROM cadres_cadreevent")
        assert cursor.fetchall() == [(str(world[OPERATOR].id),)]
    assert rosters.fresh(roster).status == RosterImport.Status.UNDONE


def test_a_long_list_with_something_built_upon_it_stays_and_says_why(
    own_database, django_db_blocker, all_long, tmp_path
):
    with django_db_blocker.unblock():
        world = factories.World.make()
        roster = _saved(world, tmp_path)
        with world.scope():
            Cadre.objects.filter(pk=Cadre.objects.first().pk).update(phone="+62800000000")
        _row, text = tokens.create(world[OPERATOR].user, "uji")
        api = Client(headers={"Authorization": f"Bearer {text}"})
        address = f"/api/v1/r/{world.regency.slug}/roster-imports/{roster.pk}/"
        answer = api.post(f"{address}undo/")
        assert (answer.status_code, answer.json()["status"]) == (202, "undoing")
        with world.scope():
            run_id = RosterImport.objects.get().run_id
        runs.drive(world.regency.pk, run_id)
        told = api.get(address).json()
        assert (told["status"], told["refusal"]["code"]) == ("applied", "roster_built_upon")
        client = Client()
        client.force_login(world[OPERATOR].user)
        assert "sudah diubah" in client.get(at(world, "roster", roster.pk)).content.decode()
        with world.scope():
            assert Cadre.objects.count() == 3
            assert not Event.objects.filter(kind="roster.undone").exists()
        connection.close()


def test_a_fault_of_the_system_leaves_the_list_saved(world, as_village, all_long, tmp_path):
    roster = _saved(world, tmp_path)
    as_village.post(at(world, "undo", roster.pk))
    with world.scope():
        actions.fail_roster(roster_id=roster.pk, code="internal_error")
    page = as_village.get(at(world, "roster", roster.pk)).content.decode()
    assert "tidak ada yang berubah" in page
    assert at(world, "undo", roster.pk) in page


def test_a_short_list_that_cannot_be_taken_back_says_why(own_database, django_db_blocker, tmp_path):
    with django_db_blocker.unblock():
        world = factories.World.make()
        roster = _saved(world, tmp_path)
        with world.scope():
            Cadre.objects.filter(pk=Cadre.objects.first().pk).update(phone="+62800000000")
        client = Client()
        client.force_login(world[OPERATOR].user)
        answer = client.post(at(world, "undo", roster.pk))
        assert answer.status_code == 409
        assert "sudah diubah" in answer.content.decode()
        connection.close()


def test_two_workers_at_one_taking_back_have_one_effect(
    own_database, django_db_blocker, all_long, tmp_path
):
    with django_db_blocker.unblock():
        world = factories.World.make()
        roster = _saved(world, tmp_path)
        gate = threading.Barrier(2)

        def at_once() -> None:
            with django_db_blocker.unblock():
                try:
                    gate.wait(10)
                    with world.scope(OPERATOR):
                        asked = actions.undo_roster(by=world[OPERATOR], roster=roster)
                    runs.drive(world.regency.pk, asked.run_id)
                finally:
                    connection.close()

        threads = [threading.Thread(target=at_once) for _ in range(2)]
        [thread.start() for thread in threads]
        [thread.join(60) for thread in threads]
        with tenancy.scope(world.regency.pk):
            assert Cadre.objects.count() == 0
            assert Run.objects.filter(kind="roster.undo").count() == 1
            assert Event.objects.filter(kind="roster.undone").count() == 1
        connection.close()


def test_a_file_that_can_no_longer_be_read_ends_its_run(world, as_village, damaged, monkeypatch):
    as_village.post(at(world, "correction_file", damaged.pk))

    def refused(_path):
        raise sheets.SheetRefused("damaged")

    monkeypatch.setattr(sheets, "opened", refused)
    run = exported(world)
    runs.drive(world.regency.pk, run.pk)
    with world.scope():
        run.refresh_from_db()
    assert (run.status, run.error_code) == ("failed", "damaged")
