"""Reconciliations by API, and two people who do the same at once."""

import datetime as dt
import json
import threading

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from accounts import tokens
from accounts.access import Actor
from accounts.roles import Role
from core import runs
from core.errors import DomainError
from core.models import Paper
from enrollment.actions import differences as deeds
from enrollment.actions import reconciliation_closing as closing
from enrollment.actions import reconciliations as actions
from enrollment.models import Reconciliation
from tests import factories
from tests.enrollment.reconciling import MONTH, line, listed, upload

START = dt.date(2026, 1, 1)


def caller(world, role: str) -> Client:
    _row, text = tokens.create(world[role].user, "tes")
    return Client(headers={"Authorization": f"Bearer {text}"})


def people(world, count: int = 3) -> list:
    found = [factories.cadre(world.villages[0], f"Orang {n}") for n in range(count)]
    for person in found:
        factories.coverage(person, starts_on=START)
    return found


def send(client: Client, address: str, **body):
    return client.post(address, json.dumps(body), content_type="application/json")


def test_a_month_from_upload_to_paper(world):
    root = f"/api/v1/r/{world.regency.slug}"
    with world.scope():
        covered = people(world)
        data = listed(*[line(each) for each in covered[:1]])
    officer, approver = caller(world, Role.DISTRICT_OFFICER), caller(world, Role.DISTRICT_APPROVER)
    branch = caller(world, Role.BRANCH_OFFICER)
    made = officer.post(
        f"{root}/reconciliations/",
        {"file": SimpleUploadedFile("a.csv", data), "month": "2026-09", "kind": "bill"},
    )
    assert made.status_code == 201, made.content
    one = f"{root}/reconciliations/{made.json()['id']}/"
    with world.scope():
        run_id = Reconciliation.objects.get().run_id
    runs.drive(world.regency.pk, run_id)
    state = officer.get(one).json()
    assert state["status"] == "open"
    classes = {each["kind"]: each for each in state["classes"]}
    assert classes["matched"]["people"] == 1
    assert classes["not_billed"] == {
        "kind": "not_billed", "people": 2, "rupiah": 33600, "open": 2,
    }  # fmt: skip
    rows = officer.get(f"{one}differences/?kind=not_billed&state=open").json()["results"]
    assert [each["name"] for each in rows] == ["Orang 1", "Orang 2"]
    assert rows[0]["nik_masked"].count("•") == 8
    asked = send(officer, f"{one}ask/", kind="not_billed", query="Mengapa?")
    assert asked.json() == {"asked": 2}
    waiting = branch.get(f"{root}/reconciliation-queries/").json()["results"]
    assert len(waiting) == 2
    difference = f"{root}/reconciliation-differences/{rows[0]['id']}/"
    answered = send(branch, f"{difference}answer/", answer="Masuk Oktober")
    assert answered.json()["answer"] == "Masuk Oktober"
    settled = send(officer, f"{one}settle/", kind="not_billed", how="query", reason="Kata cabang")
    assert settled.json() == {
        "settled": 1, "left_out": [{"code": "not_answered", "count": 1}],
    }  # fmt: skip
    early = send(approver, f"{one}close/")
    assert (early.status_code, early.json()["code"]) == (409, "differences_open")
    reopened = send(officer, f"{difference}reopen/", reason="Belum juga masuk")
    assert reopened.json()["settlement"] == ""
    assert send(officer, f"{one}settle/", how="accepted", reason="Semua").status_code == 400
    send(officer, f"{one}settle/", kind="not_billed", how="accepted", reason="Diterima semua")
    assert send(officer, f"{one}close/").json()["code"] == "same_person"
    closed = send(approver, f"{one}close/", note="Lengkap").json()
    assert closed["status"] == "closed"
    assert len(closed["paper_sha256"]) == 64
    paper = officer.get(f"{one}paper/")
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")


def test_columns_are_asked_and_answered(world):
    root = f"/api/v1/r/{world.regency.slug}"
    with world.scope():
        person = people(world, 1)[0]
    found = upload(world, f"A;B\n{person.nik};{person.name}\n".encode())
    officer = caller(world, Role.DISTRICT_OFFICER)
    question = officer.get(f"{root}/reconciliations/{found.pk}/").json()["question"]
    assert question["words"] == ["A", "B"]
    assert person.nik not in json.dumps(question)
    answer = send(
        officer,
        f"{root}/reconciliations/{found.pk}/columns/",
        shape=question["shape"],
        places={"nik": 0, "name": 1},
    )
    assert answer.json()["status"] == "reading"
    withdrawn = send(officer, f"{root}/reconciliations/{found.pk}/withdraw/", reason="Salah bulan")
    assert withdrawn.json()["code"] == "still_reading"


def _together(*work) -> list:
    """Results of functions that begin at the same moment, each in a thread of its own."""
    found: list = []
    gate = threading.Barrier(len(work))

    def run(each) -> None:
        gate.wait(30)
        try:
            found.append(each())
        except DomainError as error:
            found.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[each]) for each in work]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


def test_the_same_file_sent_twice_at_once_is_one_list(own_database):
    world = factories.World.make()
    with world.scope():
        data = listed(line(people(world, 1)[0]))
    officer = world[Role.DISTRICT_OFFICER]

    def send_it() -> int:
        with world.scope():
            return actions.upload_list(
                by=officer, chunks=[data], file_name="a.csv", month=MONTH, kind="bill"
            ).reconciliation.pk

    assert len(set(_together(*[send_it] * 4))) == 1


def test_two_who_close_at_once_issue_one_record(own_database):
    world = factories.World.make()
    with world.scope():
        data = listed(*[line(each) for each in people(world, 1)])
    found = upload(world, data)

    def close(by: Actor):
        def work() -> str:
            with world.scope():
                return closing.close_reconciliation(by=by, reconciliation=found).paper.number

        return work

    other = world.actor(Role.DISTRICT_OFFICER, "lain@banyuwangi.test")
    told = _together(close(world[Role.DISTRICT_APPROVER]), close(other))
    assert told.count("reconciliation_not_open") == 1
    with world.scope():
        assert Paper.objects.filter(kind="reconciliation_record").count() == 1


def test_two_who_settle_at_once_settle_once(own_database):
    world = factories.World.make()
    with world.scope():
        data = listed(line(people(world, 3)[0]))
    found = upload(world, data)

    def settle() -> int:
        with world.scope():
            return deeds.settle(
                by=world[Role.DISTRICT_OFFICER],
                reconciliation=found,
                wanted=found.differences.all(),
                how="accepted",
                reason="Diterima cabang",
            ).done

    told = _together(settle, settle)
    assert sorted(map(str, told)) == ["2", "nothing_to_settle"]
