"""Where the regency wants it, what a village sends is saved when an officer agrees."""

import pytest

from accounts.roles import Role
from audit.models import Event
from cadres import actions
from cadres.models import Cadre, RosterImport
from core import runs
from core.errors import DomainError
from regions.models import Regency, Village
from reports import todo
from tests.cadres import rosters

OPERATOR, OFFICER, CENTRE = (
    Role.VILLAGE_OPERATOR,
    Role.DISTRICT_OFFICER,
    Role.HEALTH_CENTRE_OFFICER,
)
Status = RosterImport.Status


@pytest.fixture
def careful(world):
    """A regency that wants approval."""
    with world.scope():
        world.regency = actions.set_roster_approval(
            by=world[OFFICER], regency=world.regency, needed=True
        )
    return world


def waiting(world, tmp_path, role=OPERATOR) -> RosterImport:
    roster = rosters.check(world, tmp_path, [rosters.line(world.villages[0])], role=role)
    with world.scope(role):
        return actions.apply_roster(by=world[role], roster=roster)


def asked(world, role) -> list[str]:
    with world.scope(role):
        villages = Village.objects.filter(pk__in=[village.pk for village in world.villages])
        items = todo.items_for(
            world[role], world.regency, villages=villages, claim_counts={}, figures=None
        )
        return [item["url"] for item in items]


def test_what_a_village_confirms_waits_and_nothing_is_saved(careful, tmp_path):
    roster = waiting(careful, tmp_path)
    assert (roster.status, roster.confirmed_by_id) == (Status.WAITING, careful[OPERATOR].id)
    with careful.scope():
        assert not Cadre.objects.exists()
        assert Event.objects.filter(kind="roster.confirmed").count() == 1


@pytest.mark.parametrize("role", [OFFICER, CENTRE])
def test_an_officer_approves_and_it_is_saved(careful, tmp_path, role):
    roster = waiting(careful, tmp_path)
    with careful.scope(role):
        roster = actions.approve_roster(by=careful[role], roster=roster)
    runs.drive(roster.regency_id, roster.run_id)
    roster = rosters.fresh(roster)
    assert (roster.status, roster.applied_by_id) == (Status.APPLIED, careful[role].id)
    with careful.scope():
        assert Cadre.objects.count() == 1
        assert Event.objects.filter(kind="roster.approved").count() == 1


def test_a_health_centre_does_not_see_lists_of_villages_that_are_not_its_own(careful, tmp_path):
    village = careful.villages[3]
    careful.actors[OPERATOR] = careful.actor(OPERATOR, "jauh@banyuwangi.test", village)
    roster = rosters.check(careful, tmp_path, [rosters.line(village)], village=village)
    with careful.scope(OPERATOR):
        roster = actions.apply_roster(by=careful[OPERATOR], roster=roster)
    with careful.scope(CENTRE), pytest.raises(RosterImport.DoesNotExist):
        actions.approve_roster(by=careful[CENTRE], roster=roster)


def test_nobody_approves_their_own(careful, tmp_path):
    roster = waiting(careful, tmp_path)
    with careful.scope():
        RosterImport.objects.filter(pk=roster.pk).update(confirmed_by_id=careful[OFFICER].id)
        with pytest.raises(DomainError) as refused:
            actions.approve_roster(by=careful[OFFICER], roster=roster)
    assert refused.value.code == "own_work"


def test_what_an_officer_sends_needs_no_approval(careful, tmp_path):
    assert waiting(careful, tmp_path, OFFICER).status == Status.APPLYING


def test_without_the_setting_nothing_waits(world, tmp_path):
    assert waiting(world, tmp_path).status == Status.APPLYING


def test_a_returned_list_is_ready_again_with_the_text(careful, tmp_path):
    roster = waiting(careful, tmp_path)
    with careful.scope(CENTRE):
        roster = actions.return_roster(
            by=careful[CENTRE], roster=roster, text="Posyandu Melati belum lengkap"
        )
    assert (roster.status, roster.returned_text) == (
        Status.READY,
        "Posyandu Melati belum lengkap",
    )
    with careful.scope(OPERATOR):
        roster = actions.apply_roster(by=careful[OPERATOR], roster=roster)
    assert (roster.status, roster.returned_text) == (Status.WAITING, "")


def test_a_list_is_not_given_back_without_words(careful, tmp_path):
    roster = waiting(careful, tmp_path)
    with careful.scope(), pytest.raises(DomainError) as refused:
        actions.return_roster(by=careful[OFFICER], roster=roster, text=" ")
    assert refused.value.code == "text_missing"


def test_only_a_waiting_list_is_approved(careful, tmp_path):
    roster = rosters.check(careful, tmp_path, [rosters.line(careful.villages[0])])
    with careful.scope(), pytest.raises(DomainError) as refused:
        actions.approve_roster(by=careful[OFFICER], roster=roster)
    assert refused.value.code == "roster_not_waiting"


def test_who_must_act_is_told(careful, tmp_path):
    roster = waiting(careful, tmp_path)
    for role in (OFFICER, CENTRE):
        assert any("status=waiting" in url for url in asked(careful, role))
    assert not any("status=waiting" in url for url in asked(careful, OPERATOR))
    with careful.scope():
        actions.return_roster(by=careful[OFFICER], roster=roster, text="Lengkapi dulu")
    assert any("status=ready" in url for url in asked(careful, OPERATOR))


def test_switching_it_twice_is_told_once(careful):
    with careful.scope():
        actions.set_roster_approval(by=careful[OFFICER], regency=careful.regency, needed=True)
        assert Event.objects.filter(kind="regency.roster_approval_on").count() == 1
    assert Regency.objects.get(pk=careful.regency.pk).rosters_need_approval
