"""Events are chained as they are, whoever comes late is found, and tampering is named."""

import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from accounts.roles import Role
from audit import chain, sealing, tasks
from audit.actions import record
from audit.models import ChainHead, Event, Seal
from core import tenancy
from regions.models import Regency
from tests import factories

EVENTS = 30


def _events(world: factories.World, count: int) -> None:
    with world.scope():
        for number in range(count):
            record(
                "test.done", world.villages[0], by=world[Role.DISTRICT_OFFICER], facts={"n": number}
            )


def test_every_event_gets_one_seal_over_the_one_before(world):
    _events(world, 3)
    with world.scope():
        assert sealing.seal_waiting() == 3
        seals = list(Seal.objects.order_by("number").values())
        event = Event.objects.filter(pk=seals[0]["event_id"]).values(*chain.FIELDS).get()
    assert [seal["number"] for seal in seals] == [1, 2, 3]
    assert seals[0]["digest"] == chain.link("", 1, event)
    assert [seal["previous"] for seal in seals] == ["", seals[0]["digest"], seals[1]["digest"]]


def test_sealing_twice_seals_nothing_twice(world):
    _events(world, 3)
    with world.scope():
        sealing.seal_waiting()
        assert sealing.seal_waiting() == 0
        assert Seal.objects.count() == 3


def test_each_regency_has_its_own_chain(world, elsewhere):
    _events(world, 2)
    _events(elsewhere, 1)
    assert tasks.seal_events() == 3
    for each, count in ((world, 2), (elsewhere, 1)):
        with each.scope():
            assert ChainHead.objects.get().number == count
            assert sealing.verify().sound


def test_the_application_cannot_change_events_or_seals(world):
    _events(world, 1)
    with world.scope():
        sealing.seal_waiting()
        for table in ("audit_event", "audit_seal"):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT has_table_privilege(current_user, %s, 'UPDATE') "
                    "OR has_table_privilege(current_user, %s, 'DELETE') "
                    "OR has_table_privilege(current_user, %s, 'TRUNCATE')",
                    [table] * 3,
                )
                assert cursor.fetchone() == (False,)


# Begun before the tests whose one transaction is open for a minute: the floor waits for them.
ALONE = pytest.mark.xdist_group("sealing")


def _seal_until(world, settled) -> None:
    """Seal as the beat does until `settled()`; open transactions beside this one hold the floor."""
    end = time.monotonic() + 600
    while time.monotonic() < end:
        tasks.seal_events()
        with tenancy.scope(world.regency.pk):
            if settled():
                return
        time.sleep(0.2)


@ALONE
def test_an_event_that_commits_after_a_later_one_is_still_sealed(own_database):
    world = factories.World.make()
    recorded, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with tenancy.scope(world.regency.pk):
            record("test.late", world.regency, by=None)
            recorded.set()
            go_on.wait(10)
        connections.close_all()

    late = threading.Thread(target=slow)
    late.start()
    assert recorded.wait(10)
    with tenancy.scope(world.regency.pk):
        record("test.early", world.regency, by=None)
    for _round in range(3):
        tasks.seal_events()
    with tenancy.scope(world.regency.pk):
        assert list(Seal.objects.values_list("number", flat=True)) == [1]
        assert ChainHead.objects.get().event_id == 0, "the floor rose over an open transaction"
    go_on.set()
    late.join()
    _seal_until(
        world, lambda: ChainHead.objects.filter(event_id=Event.objects.latest("id").pk).exists()
    )
    with tenancy.scope(world.regency.pk):
        assert Seal.objects.count() == Event.objects.count() == 2
        assert ChainHead.objects.get().event_id == max(Event.objects.values_list("id", flat=True))
        assert sealing.verify().sound


@ALONE
def test_sealing_looks_only_above_the_floor(own_database):
    world = factories.World.make()
    with tenancy.scope(world.regency.pk):
        for _ in range(5):
            record("test.done", world.regency, by=None)
    _seal_until(
        world, lambda: ChainHead.objects.filter(event_id=Event.objects.latest("id").pk).exists()
    )
    with tenancy.scope(world.regency.pk):
        head = ChainHead.objects.get()
        assert head.event_id == Event.objects.order_by("-id").first().pk
        assert sealing._waiting(head.event_id) == []


TAMPERING = {
    "fact": "UPDATE audit_event SET facts = '{\"n\": 999}' WHERE id = {event}",
    "actor": "UPDATE audit_event SET actor_name = 'Orang Lain' WHERE id = {event}",
    "time": "UPDATE audit_event SET at = at - interval '1 day' WHERE id = {event}",
    "event removed": "DELETE FROM audit_event WHERE id = {event}",
    "event and seal removed": (
        "DELETE FROM audit_seal WHERE event_id = {event};DELETE FROM audit_event WHERE id = {event}"
    ),
    "seal changed": "UPDATE audit_seal SET digest = repeat('0', 64) WHERE event_id = {event}",
    "changed and sealed anew": (
        "UPDATE audit_event SET kind = 'test.other' WHERE id = {event};"
        "UPDATE audit_seal SET digest = '{resealed}' WHERE event_id = {event}"
    ),
    "order swapped": (
        "UPDATE audit_seal SET event_id = CASE event_id WHEN {event} THEN {other} ELSE {event} END "
        "WHERE event_id IN ({event}, {other})"
    ),
}


@pytest.fixture
def sealed_chain(own_database):
    """A sealed chain of thirty events, and an owner who has taken the rules away."""
    world = factories.World.make()
    _events(world, EVENTS)
    for _round in range(3):
        tasks.seal_events()
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_event")
        cursor.execute("ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_event_id_wall")
        for table in ("audit_event", "audit_seal", "audit_chainhead"):
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
    yield world, owner
    owner.close()


def test_every_kind_of_tampering_is_found_at_every_position(sealed_chain):
    world, owner = sealed_chain
    for kind in TAMPERING:
        _tamper_at_every_position(world, owner, kind)


def _tamper_at_every_position(world, owner, kind):
    with tenancy.scope(world.regency.pk):
        seals = list(Seal.objects.order_by("number").values())
        rows = {row["id"]: row for row in Event.objects.values(*chain.FIELDS)}
        assert sealing.verify() == sealing.Verdict(EVENTS, seals[-1]["digest"], 0)
    for place in range(25):
        seal, other = seals[place], seals[place + 1]
        changed = rows[seal["event_id"]] | {"kind": "test.other"}
        words = {
            "{event}": seal["event_id"],
            "{other}": other["event_id"],
            "{resealed}": chain.link(seal["previous"], seal["number"], changed),
        }
        text = TAMPERING[kind]
        for hole, value in words.items():
            text = text.replace(hole, str(value))
        with owner.cursor() as cursor:
            cursor.execute(text)
        with tenancy.scope(world.regency.pk):
            verdict = sealing.verify()
        # A resealed event is itself in order; it is the next seal that no longer follows.
        wanted = seal["number"] + (kind == "changed and sealed anew")
        if kind == "seal changed":
            assert verdict.reason == "event_changed"
        assert verdict.bad_seal == wanted, (kind, place, verdict)
        with owner.cursor() as cursor:
            cursor.execute("DELETE FROM audit_seal; DELETE FROM audit_event")
            cursor.execute("INSERT INTO audit_event SELECT * FROM kept_audit_event")
            cursor.execute("INSERT INTO audit_seal SELECT * FROM kept_audit_seal")
    with tenancy.scope(world.regency.pk):
        assert sealing.verify().sound


def test_a_cut_tail_a_forged_event_and_a_rewritten_chain_are_found(sealed_chain, capsys):
    world, owner = sealed_chain
    with tenancy.scope(world.regency.pk):
        head = ChainHead.objects.get()
        noted = (head.number, head.digest)
    call_command("verify_audit", "banyuwangi")
    assert "30 seals hold" in capsys.readouterr().out
    with owner.cursor() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE number > 27")
    with pytest.raises(CommandError):
        call_command("verify_audit")
    assert "first bad seal 28" in capsys.readouterr().out
    with owner.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE id NOT IN (SELECT event_id FROM audit_seal)")
        cursor.execute(
            "UPDATE audit_chainhead SET number = 27, digest = "
            "(SELECT digest FROM audit_seal WHERE number = 27)"
        )
    with tenancy.scope(world.regency.pk):
        assert sealing.verify().sound, "a chain cut with its head is sound in itself"
        assert sealing.verify(expected=noted).bad_seal == 28
        assert sealing.verify(expected=(5, "0" * 64)).bad_seal == 5
    with owner.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (regency_id, at, actor_name, actor_role, kind, object_type, "
            "object_id, facts, id) OVERRIDING SYSTEM VALUE SELECT regency_id, at, '', '', 'x.y', "
            "'a.b', 1, '{}', 0 FROM audit_event LIMIT 1"
        )
    with tenancy.scope(world.regency.pk):
        assert sealing.verify().reason == "event_without_seal"
    assert Regency.objects.filter(slug="banyuwangi").exists()
