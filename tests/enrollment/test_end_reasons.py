"""Why a cover may end: every reason has its meaning, and none ends a cover by itself."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.roles import Role
from core import months
from core.errors import DomainError
from enrollment import actions
from enrollment.end_reasons import MEANINGS, check, offered
from enrollment.models import Coverage
from tests import factories

Reason = Coverage.EndReason
BORN = dt.date(1961, 11, 22)


def test_every_reason_has_a_meaning_and_unclear_law_asks_the_branch():
    assert set(MEANINGS) == set(Reason.values)
    assert {code for code, each in MEANINGS.items() if each.ask_branch} == {"over_age", "unpaid"}


def test_a_death_is_offered_once_it_is_recorded():
    assert "died" not in offered(None)
    assert set(offered(dt.date(2026, 3, 5))) == set(Reason.values)


@pytest.mark.parametrize(
    ("reason", "on", "died_on", "code"),
    [
        ("over_age", dt.date(2026, 11, 21), None, "not_65"),
        ("over_age", dt.date(2026, 11, 22), None, None),
        ("died", dt.date(2026, 3, 5), None, "death_unrecorded"),
        ("died", dt.date(2026, 3, 6), dt.date(2026, 3, 5), "death_on_another_day"),
        ("died", dt.date(2026, 3, 5), dt.date(2026, 3, 5), None),
        ("unpaid", dt.date(2026, 3, 5), None, None),
    ],
)
def test_a_reason_must_not_contradict_the_persons_own_dates(reason, on, died_on, code):
    if code is None:
        check(reason, on, BORN, died_on)
        return
    with pytest.raises(DomainError, match=code):
        check(reason, on, BORN, died_on)


def test_who_turns_65_or_is_not_paid_for_stays_covered_until_somebody_ends_it(world):
    with world.scope():
        old = factories.cadre(world.villages[0], birth_date=BORN)
        cover = factories.coverage(old, starts_on=dt.date(2026, 1, 1))
        assert Coverage.objects.active_in(dt.date(2027, 6, 1)).filter(pk=cover.pk).exists()
        with pytest.raises(DomainError, match="not_65"):
            actions.end_coverage(
                by=world[Role.DISTRICT_OFFICER],
                coverage=cover,
                on=dt.date(2026, 10, 31),
                reason="over_age",
            )
        ended = actions.end_coverage(
            by=world[Role.DISTRICT_OFFICER],
            coverage=cover,
            on=dt.date(2026, 11, 30),
            reason="over_age",
        )
        assert (ended.ends_on, ended.end_reason) == (dt.date(2026, 11, 30), "over_age")


def test_the_page_offers_the_reasons_with_what_each_means(world, client):
    with world.scope():
        cover = factories.coverage(
            factories.cadre(world.villages[0]), starts_on=months.this_month()
        )
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    address = reverse("enrollment:coverage_end", args=[world.regency.slug, cover.pk])
    shown = client.get(address).content.decode()
    for code in offered(None):
        assert f'value="{code}"' in shown
    assert 'value="died"' not in shown
    assert shown.count("perlu konfirmasi cabang") >= 2
    last = months.last_day(months.this_month()).isoformat()
    refused = client.post(address, {"on": last, "reason": "over_age"}).content.decode()
    assert "belum berusia 65 tahun" in refused
    client.post(address, {"on": last, "reason": "agreement_ended"})
    with world.scope():
        assert Coverage.objects.get().end_reason == "agreement_ended"
