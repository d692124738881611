"""Long lists taken along: a run that writes them, kept a day for who asked."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.roles import Role
from audit import exporting, tasks
from core import private_files, runs
from core.models import Run, RunPart
from tests import factories
from tests.audit import taking


@pytest.fixture
def long_list(world, monkeypatch):
    """Some people, whose list counts as long, and the address of the run that writes it."""
    monkeypatch.setattr("audit.export_actions.DIRECT", 0)
    return written_by_a_run(world, monkeypatch, 3, 2)


def written_by_a_run(world, monkeypatch, *people: int):
    """People of villages, and the address of the run that writes their list."""
    monkeypatch.setattr(runs, "wake", lambda run: None)
    with world.scope():
        for village, count in zip(world.villages, people, strict=False):
            factories.many_cadres(village, count)
    answer = taking.post(world, "kader", format="xlsx")
    assert answer.status_code == 302
    with world.scope():
        return world, answer["Location"], Run.objects.get(kind="export")


def test_five_thousand_rows_are_a_run_whose_file_only_the_asker_gets(world, monkeypatch):
    world, address, run = written_by_a_run(world, monkeypatch, 3000, 2000)
    page = taking.client(world).get(address)
    assert page.context["progress"]["total"] == 5000
    listed = taking.client(world).get(f"/r/{world.regency.slug}/kader/").content.decode()
    assert "5.000 baris" in listed
    assert f"/r/{world.regency.slug}/unduhan/" in listed
    runs.drive(world.regency.pk, run.pk)
    page = taking.client(world).get(address)
    assert address in taking.client(world).get(f"/r/{world.regency.slug}/unduhan/").content.decode()
    other = taking.client(world, Role.AUDITOR).get(f"/r/{world.regency.slug}/unduhan/")
    assert address not in other.content.decode()
    assert page.context["run"].status == "done"
    assert page.context["run"].result["rows"] == 5000
    answer = taking.client(world).get(f"{address}berkas/")
    sheet = taking.sheet(answer)
    assert sheet.max_row == 5001
    names = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert names == sorted(names)
    for role in (Role.AUDITOR, Role.DISTRICT_APPROVER, Role.VILLAGE_OPERATOR):
        for part in ("", "kemajuan/", "berkas/"):
            assert taking.client(world, role).get(address + part).status_code == 404


def test_the_plan_of_a_run_does_not_say_who_was_searched_for(world, monkeypatch):
    monkeypatch.setattr(runs, "wake", lambda run: None)
    monkeypatch.setattr("audit.export_actions.DIRECT", 0)
    with world.scope():
        factories.cadre(world.villages[0], name="Ani Rahasia")
        factories.cadre(world.villages[0], name="Budi")
    taking.post(world, "kader", q="rahasia")
    with world.scope():
        run = Run.objects.get(kind="export")
    assert "rahasia" not in str(run.plan).lower()
    runs.drive(world.regency.pk, run.pk)
    with world.scope():
        run.refresh_from_db()
        content = private_files.path_of(run.result["file"]).read_text("utf-8-sig")
    assert run.result["rows"] == 1
    assert "Ani Rahasia" in content


def test_a_run_sees_only_the_villages_of_who_asked(world, monkeypatch):
    monkeypatch.setattr(runs, "wake", lambda run: None)
    monkeypatch.setattr("audit.export_actions.DIRECT", 0)
    with world.scope():
        factories.cadre(world.villages[0], name="Ani")
        factories.cadre(world.villages[1], name="Budi")
    taking.post(world, "kader", role=Role.VILLAGE_OPERATOR)
    with world.scope():
        run = Run.objects.get(kind="export")
    runs.drive(world.regency.pk, run.pk)
    with world.scope():
        run.refresh_from_db()
        content = private_files.path_of(run.result["file"]).read_text("utf-8-sig")
    assert "Ani" in content
    assert "Budi" not in content


def test_who_lost_the_membership_gets_no_file(long_list):
    world, address, run = long_list
    membership = world[Role.DISTRICT_OFFICER].membership
    membership.revoked_at = timezone.now()
    membership.save()
    runs.drive(world.regency.pk, run.pk)
    with world.scope():
        run.refresh_from_db()
    assert (run.status, run.error_code) == ("failed", "export_not_allowed")
    assert taking.client(world).get(address).status_code == 404


def test_a_cancelled_export_leaves_no_file(long_list, settings):
    world, address, run = long_list
    before = set(settings.KJ_PRIVATE_ROOT.rglob("*.xlsx"))
    assert taking.client(world).post(f"{address}hentikan/").status_code == 302
    with world.scope():
        part = RunPart.objects.get(run=run)
        with pytest.raises(Exception, match="export_cancelled"):
            exporting.write_part(run, part)
    assert set(settings.KJ_PRIVATE_ROOT.rglob("*.xlsx")) == before
    assert b"tidak jadi" in taking.client(world).get(address).content


def test_after_a_day_the_file_is_gone(long_list):
    world, address, run = long_list
    runs.drive(world.regency.pk, run.pk)
    with world.scope():
        run.refresh_from_db()
        path = private_files.path_of(run.result["file"])
    assert tasks.forget_exports() == 0
    assert path.exists()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25), tick=True):
        assert tasks.forget_exports() == 1
        assert tasks.forget_exports() == 0
        assert not path.exists()
        client = taking.client(world)
        assert client.get(f"{address}berkas/").status_code == 404
        assert "24 jam" in client.get(address).content.decode()
