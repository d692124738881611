"""What is done about one person: revealing a NIK, a death, an heir."""

import datetime as dt

import pytest

from accounts.roles import Role
from audit.models import Event
from cadres import actions
from cadres.models import Assignment
from core import sealed
from core.errors import DomainError
from tests import factories


def test_revealing_a_nik_needs_a_reason_and_leaves_one(world):
    with world.scope():
        person = factories.cadre(world.villages[0])
        with pytest.raises(DomainError):
            actions.reveal_nik(by=world[Role.DISTRICT_OFFICER], cadre=person, reason=" - ")
        shown = actions.reveal_nik(
            by=world[Role.DISTRICT_OFFICER], cadre=person, reason="mencocokkan KTP"
        )
        assert shown == person.nik
        event = Event.objects.get(kind="cadre.nik_revealed")
        assert event.facts == {"reason": "mencocokkan KTP"}


def test_a_death_ends_the_services(world):
    with world.scope():
        person = factories.cadre(world.villages[0])
        actions.record_death(
            by=world[Role.DISTRICT_OFFICER], cadre=person, died_on=dt.date(2026, 9, 1)
        )
        assert Assignment.objects.get(cadre=person).ended_on == dt.date(2026, 9, 1)


def test_an_heir_keeps_numbers_sealed(world):
    with world.scope():
        heir = actions.add_heir(
            by=world[Role.DISTRICT_OFFICER],
            cadre=factories.cadre(world.villages[0]),
            name="Budi Contoh",
            relation="spouse",
            nik="3510061203850013",
            account="1234-567",
        )
        heir = actions.update_heir(by=world[Role.DISTRICT_OFFICER], heir=heir, phone="0812")
        assert sealed.unseal(heir.account_sealed) == "1234567"
        assert b"3510061203850013" not in bytes(heir.nik_sealed)
