"""A list is compared again after people were corrected: what is gone settles itself."""

import datetime as dt
from unittest import mock

import pytest
from django.test import Client

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from core import runs
from core.errors import DomainError
from core.models import Run
from enrollment.actions import differences as deeds
from enrollment.actions import reconciliations as actions
from enrollment.models import Coverage, Reconciliation
from enrollment.reconciliation import comparing
from tests import factories
from tests.enrollment.reconciling import MONTH, line, listed, upload

OFFICER = Role.DISTRICT_OFFICER
BORN = dt.date(1990, 5, 5)


@pytest.fixture
def found(world) -> Reconciliation:
    """One is not billed, one has another amount, two on the list are strangers."""
    with world.scope():
        world.people = [
            factories.cadre(world.villages[0], name, birth_date=dt.date(1985, 3, 12))
            for name in ("ANI", "BUDI", "CICI")
        ]
        world.covers = [
            factories.coverage(each, source=source, starts_on=dt.date(2026, 1, 1))
            for source in [factories.fund_source()]
            for each in world.people
        ]
    _ani, budi, cici = world.people
    world.strangers = [factories.nik_for(world.villages[0], BORN, serial=n) for n in (91, 92)]
    strangers = [
        line(budi, NIK=nik, NAMA=name, **{"TGL LAHIR": BORN})
        for nik, name in zip(world.strangers, ("DEWI", "EKA"), strict=True)
    ]
    return upload(world, listed(line(budi), line(cici, IURAN="8.400"), *strangers))


def state(found: Reconciliation) -> dict[tuple[str, str], str]:
    """How each difference is settled, by name and class."""
    rows = found.differences.select_related("cadre", "row")
    return {
        (each.cadre.name if each.cadre else each.row.name, each.kind): each.settlement
        for each in rows
    }


def again(world, found: Reconciliation) -> Reconciliation:
    with world.scope():
        run_id = actions.compare_again(by=world[OFFICER], reconciliation=found).run_id
    runs.drive(world.regency.pk, run_id)
    return found


def test_gone_is_settled_stays_is_kept_and_new_is_open(world, found):
    with world.scope():
        assert state(found) == {
            ("ANI", "not_billed"): "",
            ("CICI", "amount_differs"): "",
            ("DEWI", "billed_not_listed"): "",
            ("EKA", "billed_not_listed"): "",
        }
        officer = world[OFFICER]
        cici = found.differences.filter(kind="amount_differs")
        deeds.settle(
            by=officer, reconciliation=found, wanted=cici, how="accepted", reason="Dari cabang"
        )
        strangers = found.differences.filter(kind="billed_not_listed")
        deeds.ask_branch(by=officer, reconciliation=found, wanted=strangers, text="Siapa ini?")
        # Ani's cover ended before the month, Budi had died, Dewi is covered, Eka is known by now.
        ani, budi, _cici = world.people
        Coverage.objects.filter(cadre=ani).update(ends_on=dt.date(2026, 8, 31), end_reason="other")
        budi.died_on = dt.date(2026, 8, 20)
        budi.save()
        dewi, eka = (
            factories.cadre(world.villages[0], name, nik=nik, birth_date=BORN)
            for nik, name in zip(world.strangers, ("DEWI", "EKA"), strict=True)
        )
        cover = factories.coverage(dewi, source=world.covers[0].fund_source, starts_on=MONTH)
    again(world, found)
    with world.scope():
        assert state(found) == {
            ("ANI", "not_billed"): "gone",
            ("BUDI", "dead_billed"): "",
            ("CICI", "amount_differs"): "accepted",
            ("DEWI", "billed_not_listed"): "gone",
            ("EKA", "billed_not_listed"): "",
        }
        kept = found.differences.get(cadre=eka)
        assert (kept.query, kept.facts) == ("Siapa ini?", {"known": True})
        gone = found.differences.get(kind="not_billed")
        assert gone.reason == "tidak ada lagi setelah dibandingkan ulang"
        assert (gone.settled_by_id, gone.settled_at is None) == (officer.id, False)
        found.refresh_from_db()
        assert found.counts["dead_billed"]["people"] == 1
        assert found.counts["rows"] == 4
        event = Event.objects.get(kind="reconciliation.compared_again")
        assert (event.actor_id, event.facts) == (officer.id, {"matched": 1, "gone": 2, "new": 1})

        # What is gone comes back when it is there again; anything else is as before.
        before = state(found)
        cover.delete()
    again(world, again(world, found))
    with world.scope():
        assert state(found) == {**before, ("DEWI", "billed_not_listed"): ""}
        told = [each.facts for each in Event.objects.filter(kind=event.kind).order_by("pk")]
        assert [each["new"] for each in told] == [1, 1, 0]
        assert [each["gone"] for each in told] == [2, 0, 0]


def test_asked_for_twice_is_one_run_and_what_fails_changes_nothing(world, found):
    with world.scope():
        first = actions.compare_again(by=world[OFFICER], reconciliation=found)
        second = actions.compare_again(by=world[OFFICER], reconciliation=found)
        assert first.run_id == second.run_id
        before = state(found)
    fault = DomainError("spoiled", "spoiled")
    with mock.patch.object(comparing, "compare_again", side_effect=fault):
        runs.drive(world.regency.pk, first.run_id)
    client = Client()
    client.force_login(world[OFFICER].user)
    page = f"/r/{world.regency.slug}/rekonsiliasi/{found.pk}/"
    with world.scope():
        found.refresh_from_db()
        assert (found.status, state(found)) == ("open", before)
        assert found.run.status == Run.Status.FAILED
    assert "Perbandingan ulang tidak selesai" in client.get(page).content.decode()
    assert client.post(f"{page}bandingkan-lagi/").status_code == 302
    assert "Bandingkan lagi" not in client.get(page).content.decode()
    with world.scope():
        found.refresh_from_db()
        late = found.run_id
        actions.withdraw_list(by=world[OFFICER], reconciliation=found, reason="Salah bulan")
    runs.drive(world.regency.pk, late)
    with world.scope():
        assert state(found) == before
        with pytest.raises(DomainError) as refused:
            actions.compare_again(by=world[OFFICER], reconciliation=found)
    assert refused.value.code == "reconciliation_not_open"


def test_who_compares_again_by_the_api(world, elsewhere, found):
    address = f"/api/v1/r/{world.regency.slug}/reconciliations/{found.pk}/compare/"

    def caller(actor) -> Client:
        _row, text = tokens.create(actor.user, "tes")
        return Client(headers={"Authorization": f"Bearer {text}"})

    def asks(actor) -> tuple[int, dict]:
        answer = caller(actor).post(address, content_type="application/json")
        return answer.status_code, answer.json()

    assert asks(world[Role.BRANCH_OFFICER])[0] == 403
    assert asks(elsewhere[OFFICER])[0] in (403, 404)
    status, told = asks(world[OFFICER])
    assert (status, told["comparing"], told["compared_at"]) == (200, True, None)
    with world.scope():
        runs_of = Run.objects.filter(kind=actions.READ).count()
    assert asks(world[OFFICER])[0] == 200
    with world.scope():
        assert Run.objects.filter(kind=actions.READ).count() == runs_of
        found.refresh_from_db()
    runs.drive(world.regency.pk, found.run_id)
    told = caller(world[OFFICER]).get(address.removesuffix("compare/")).json()
    assert (told["comparing"], told["compared_at"] is None) == (False, False)
