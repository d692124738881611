"""Rules that a regency sets, and exceptions: asked by one, answered by another."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from core import months
from core.errors import DomainError
from enrollment import actions, queries
from enrollment.actions.eligibility import (
    answer_override,
    ask_override,
    end_override,
    set_rule,
    withdraw_override,
)
from enrollment.eligibility_rules import Weight, default_rules
from enrollment.models import EligibilityOverride, EligibilityRule
from enrollment.queries import Choice, rules_of, standings
from tests import factories
from tests.factories import World

PROGRAMME = "JKK_JKM"


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    """Sunday, 22 November 2026, in the morning in Banyuwangi."""
    time_machine.move_to("2026-11-22T03:00:00Z", tick=True)


NEXT = dt.date(2026, 12, 1)
UNTIL = dt.date(2027, 2, 28)


def elder(world: World, village: int = 0):
    """Somebody of 71 who serves."""
    return factories.cadre(
        world.villages[village], name="Sri Fiktif", birth_date=dt.date(1955, 1, 2)
    )


def asked(world: World, **changes) -> EligibilityOverride:
    """An exception that the district officer asked for."""
    told = {"code": "over_age", "reason": "Surat cabang 12", "valid_until": UNTIL} | changes
    told.setdefault("cadre", None)
    cadre = told.pop("cadre") or elder(world)
    return ask_override(by=world[Role.DISTRICT_OFFICER], cadre=cadre, **told)


def granted(world: World, **changes) -> EligibilityOverride:
    """One that the approver granted."""
    return answer_override(
        by=world[Role.DISTRICT_APPROVER], override=asked(world, **changes), grant=True
    )


def refusal(work) -> str:
    """The code with which something is refused, undone."""
    with pytest.raises(DomainError) as refused, transaction.atomic():
        work()
    return refused.value.code


def test_a_set_rule_holds_at_once_with_its_basis_and_its_event(world):
    with world.scope():
        made = set_rule(
            by=world[Role.DISTRICT_OFFICER],
            code="over_age",
            weight="asks_branch",
            value=63,
            basis="Surat cabang 7/2026",
            confirmed=True,
        )
        rule = rules_of(PROGRAMME)["over_age"]
        assert (rule.weight, rule.value, rule.source) == (
            Weight.ASKS_BRANCH,
            63,
            "Surat cabang 7/2026",
        )
        assert not rule.needs_confirmation
        events = Event.objects.filter(kind="eligibility.rule_set", object_id=made.pk)
        assert events.count() == 1
        again = {"weight": "asks_branch", "value": 63, "basis": "Surat cabang 7/2026"}
        set_rule(by=world[Role.DISTRICT_OFFICER], code="over_age", confirmed=True, **again)
        assert (EligibilityRule.objects.count(), events.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": "deceased"}, "rule_fixed"),
        ({"code": "tidak_ada"}, "rule_unknown"),
        ({"weight": "mungkin"}, "rule_weight"),
        ({"value": 101}, "rule_value"),
        ({"code": "decree_missing", "value": 1}, "rule_value"),
        ({"basis": " "}, "rule_basis_missing"),
    ],
)
def test_a_rule_is_not_set_to_nonsense(world, changed, code):
    told = {"code": "over_age", "weight": "off", "value": None, "basis": "Surat"} | changed
    with world.scope():
        assert refusal(lambda: set_rule(by=world[Role.DISTRICT_OFFICER], **told)) == code


def test_a_granted_exception_lets_a_person_into_a_batch_and_shows_on_the_row(world):
    with world.scope():
        person = elder(world)
        assert standings(Choice(), first_month=NEXT, programme=PROGRAMME).refused["over_age"] == 1
        made = granted(world, cadre=person)
        assert standings(Choice(), first_month=NEXT, programme=PROGRAMME).eligible == 1
        batch = actions.prepare(
            by=world[Role.DISTRICT_OFFICER],
            fund_source=factories.fund_source(),
            segment="BPU",
            first_month=NEXT,
            choice=Choice(),
        )
        row = queries.with_exemptions(batch.rows.all()).get()
        assert (row.findings, row.exempted) == ([], ["over_age"])
        end_override(by=world[Role.BRANCH_OFFICER], override=made)
        assert standings(Choice(), first_month=NEXT, programme=PROGRAMME).eligible == 0


def test_an_exception_does_not_reach_beyond_its_day(world):
    with world.scope():
        granted(world)
        for month, people in ((dt.date(2027, 2, 1), 1), (dt.date(2027, 3, 1), 0)):
            counted = standings(Choice(), first_month=month, programme=PROGRAMME)
            assert counted.eligible == people


def test_who_asked_may_not_answer(world):
    with world.scope():
        made = asked(world)
        code = refusal(
            lambda: answer_override(by=world[Role.DISTRICT_OFFICER], override=made, grant=True)
        )
        assert code == "override_same_person"
        with (
            pytest.raises(IntegrityError, match="enrollment_override_two_people"),
            transaction.atomic(),
        ):
            EligibilityOverride.objects.update(answered_by_id=made.asked_by_id)


def test_declining_needs_a_note_and_leaves_the_rule_standing(world):
    with world.scope():
        made = asked(world)
        approver = world[Role.DISTRICT_APPROVER]
        assert refusal(lambda: answer_override(by=approver, override=made, grant=False)) == (
            "override_note_missing"
        )
        answer_override(by=approver, override=made, grant=False, note="Cabang menolak.")
        assert standings(Choice(), first_month=NEXT, programme=PROGRAMME).eligible == 0
        assert refusal(lambda: answer_override(by=approver, override=made, grant=True)) == (
            "override_answered"
        )


def test_nothing_is_asked_while_the_rule_does_not_refuse(world):
    with world.scope():
        young = factories.cadre(world.villages[0])
        assert refusal(lambda: asked(world, cadre=young)) == "override_not_needed"
        assert refusal(lambda: asked(world, code="under_17")) == "override_not_needed"
        young.died_on = dt.date(2026, 1, 2)
        young.save(update_fields=["died_on"])
        assert refusal(lambda: asked(world, cadre=young, code="deceased")) == "override_not_needed"
        made = asked(world)
        set_rule(by=None, code="over_age", weight="asks_branch", basis="Surat cabang")
        approver = world[Role.DISTRICT_APPROVER]
        assert refusal(lambda: answer_override(by=approver, override=made, grant=True)) == (
            "override_not_needed"
        )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": "  "}, "override_reason_missing"),
        ({"valid_until": dt.date(2026, 11, 30)}, "override_day"),
        ({"valid_until": dt.date(2028, 1, 1)}, "override_day"),
        ({"code": "tidak_ada"}, "rule_unknown"),
    ],
)
def test_an_exception_is_not_asked_for_without_reason_or_day(world, changed, code):
    with world.scope():
        assert refusal(lambda: asked(world, **changed)) == code


def test_it_is_asked_once_and_again_after_its_time(world, time_machine):
    with world.scope():
        person = elder(world)
        first = granted(world, cadre=person, valid_until=NEXT)
        assert refusal(lambda: asked(world, cadre=person)) == "override_exists"
        time_machine.move_to("2026-12-15T03:00:00Z")
        asked(world, cadre=person, valid_until=dt.date(2027, 2, 1))
        first.refresh_from_db()
        assert (first.status, first.answered_by_id is None) == ("withdrawn", False)


def test_what_was_asked_may_be_withdrawn_before_the_answer(world):
    with world.scope():
        made = asked(world)
        withdraw_override(by=world[Role.DISTRICT_OFFICER], override=made)
        assert refusal(
            lambda: answer_override(by=world[Role.DISTRICT_APPROVER], override=made, grant=True)
        ) == ("override_answered")
        assert refusal(lambda: end_override(by=world[Role.DISTRICT_APPROVER], override=made)) == (
            "override_not_granted"
        )


def together(world: World, roles: list[str], work) -> list[str]:
    """Each role's `work` at the same moment; "done" or the code of the refusal."""
    start, answers = threading.Barrier(len(roles)), []

    def run(role: str) -> None:
        try:
            start.wait(20)
            with world.scope(role):
                work(world[role])
            answers.append("done")
        except DomainError as error:
            answers.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(role,)) for role in roles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(answers)


def test_twice_at_once_has_one_effect(own_database):
    world = World.make()
    with world.scope():
        person = elder(world)
    said = together(
        world,
        [Role.DISTRICT_OFFICER, Role.DISTRICT_OFFICER],
        lambda by: ask_override(
            by=by, cadre=person, code="over_age", reason="Surat", valid_until=UNTIL
        ),
    )
    assert said == ["done", "override_exists"]
    with world.scope():
        made = EligibilityOverride.objects.get()
    said = together(
        world,
        [Role.DISTRICT_APPROVER, Role.BRANCH_OFFICER],
        lambda by: answer_override(by=by, override=made, grant=True),
    )
    assert said == ["done", "override_answered"]
    said = together(
        world,
        [Role.DISTRICT_OFFICER, Role.DISTRICT_OFFICER],
        lambda by: set_rule(by=by, code="over_age", weight="off", basis="Surat"),
    )
    assert said == ["done", "done"]
    with world.scope():
        assert EligibilityRule.objects.count() == 1
        assert Event.objects.filter(kind="eligibility.rule_set").count() == 1
        assert Event.objects.filter(kind="override.granted").count() == 1


def browser(world: World, role: str) -> Client:
    """A signed-in browser that carries a token, too."""
    _row, text = tokens.create(world[role].user, "uji")
    client = Client(headers={"Authorization": f"Bearer {text}"})
    client.force_login(world[role].user)
    return client


def test_from_the_persons_page_to_the_answer(world):
    with world.scope():
        person = elder(world)
    slug = world.regency.slug
    officer, approver = (
        browser(world, Role.DISTRICT_OFFICER),
        browser(world, Role.DISTRICT_APPROVER),
    )
    about = f"/r/{slug}/kader/{person.pk}/kelayakan/"
    place = officer.get(f"/r/{slug}/kader/{person.pk}/").content.decode()
    assert f'hx-get="{about}?bagian=1"' in place
    page = officer.get(about).content.decode()
    part = officer.get(f"{about}?bagian=1").content.decode()
    assert part.strip() in page
    assert "<html" not in part
    ask = f"/r/{slug}/pendaftaran/pengecualian/baru/{person.pk}/over_age/"
    assert "Tidak dapat didaftarkan" in page
    assert "Berusia 65 tahun atau lebih" in page
    assert ask in page
    assert ask not in approver.get(about).content.decode()
    told = {"reason": "Surat cabang 12", "valid_until": "28-02-2027"}
    assert "71 tahun" in officer.get(ask).content.decode()
    assert officer.post(ask, {**told, "reason": ""}).status_code == 422
    made = officer.post(ask, told)
    assert made.status_code == 302
    assert officer.post(ask, told).status_code == 422
    home = approver.get(f"/r/{slug}/beranda/").content.decode()
    assert "1 permintaan pengecualian menunggu jawaban Anda" in home
    assert "menunggu jawaban Anda" not in officer.get(f"/r/{slug}/beranda/").content.decode()
    assert "Jawab permintaan" in approver.get(made.url).content.decode()
    assert "Jawab permintaan" not in officer.get(made.url).content.decode()
    assert officer.post(f"{made.url}jawab/", {"answer": "grant"}).status_code == 403
    assert approver.post(f"{made.url}jawab/", {"answer": "grant"}).status_code == 302
    assert "disetujui" in approver.get(made.url).content.decode()
    page = officer.get(about).content.decode()
    assert "Dapat didaftarkan" in page
    assert "dikecualikan" in page
    assert "Sri Fiktif" in officer.get(f"/r/{slug}/pendaftaran/pengecualian/").content.decode()
    people = officer.get(f"/r/{slug}/pendaftaran/baru/orang/").content.decode()
    assert "Dikecualikan: Belum berusia 65 tahun" in people


def test_the_settings_page_is_read_by_many_and_changed_by_the_officer(world):
    slug = world.regency.slug
    address = f"/r/{slug}/pendaftaran/syarat/"
    for role in (Role.DISTRICT_APPROVER, Role.BRANCH_OFFICER, Role.AUDITOR):
        client = browser(world, role)
        assert "perlu konfirmasi cabang" in client.get(address).content.decode()
        assert client.post(f"{address}over_age/", {"weight": "off"}).status_code == 403
    assert browser(world, Role.VILLAGE_OPERATOR).get(address).status_code == 403
    officer = browser(world, Role.DISTRICT_OFFICER)
    assert officer.post(f"{address}over_age/", {"weight": "off", "value": "65"}).status_code == 422
    told = {"weight": "off", "value": "65", "basis": "Surat cabang 9", "confirmed": "on"}
    assert officer.post(f"{address}over_age/", told).status_code == 302
    page = officer.get(f"{address}over_age/").content.decode()
    assert "Surat cabang 9" in page
    assert "menetapkan aturan" in page
    assert officer.post(f"{address}deceased/", told).status_code == 403
    assert officer.get(f"{address}tidak-ada/").status_code == 404


def test_the_preview_counts_and_leads_to_who_and_why(world):
    with world.scope():
        elder(world)
        factories.cadre(world.villages[0], name="Tini Fiktif")
        factories.cadre(world.villages[0], name="Wati Fiktif", employment="wage_earner")
        source = factories.fund_source()
    slug = world.regency.slug
    officer = browser(world, Role.DISTRICT_OFFICER)
    query = {"first_month": "2026-12", "fund_source": source.pk, "segment": "BPU"}
    page = officer.get(f"/r/{slug}/pendaftaran/baru/", query).content.decode()
    assert "1 orang berusia 65 tahun atau lebih pada bulan pertama" in page
    assert "1 orang Penerima Upah aktif di tempat lain" in page
    listed = f"/r/{slug}/pendaftaran/baru/orang/?first_month=2026-12&amp;result=left_out"
    assert listed in page
    out = officer.get(listed.replace("&amp;", "&")).content.decode()
    assert "Sri Fiktif" in out
    assert "Tini Fiktif" not in out
    ask = officer.get(f"/r/{slug}/pendaftaran/baru/orang/?result=to_ask").content.decode()
    assert "Wati Fiktif" in ask
    assert "Sri Fiktif" not in ask
    file = officer.post(
        f"/r/{slug}/pendaftaran/baru/orang/ekspor/", {"result": "left_out", "format": "csv"}
    )
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert "Sri Fiktif" in text
    assert "Berusia 65 tahun atau lebih pada bulan pertama." in text


def test_the_api_answers_asks_and_sets(world, elsewhere):
    with world.scope():
        person = elder(world)
    with elsewhere.scope():
        foreign = factories.cadre(elsewhere.villages[0])
    root = f"/api/v1/r/{world.regency.slug}"
    officer, approver = (
        browser(world, Role.DISTRICT_OFFICER),
        browser(world, Role.DISTRICT_APPROVER),
    )
    said = officer.get(f"{root}/cadres/{person.pk}/eligibility/?month=2026-12").json()
    assert (said["outcome"], said["refusals"]) == ("not_eligible", ["over_age"])
    [looked] = [each for each in said["rules"] if each["code"] == "over_age"]
    assert "71 tahun" in looked["looked_at"]
    assert looked["needs_confirmation"] is True
    assert officer.get(f"{root}/cadres/{foreign.pk}/eligibility/").status_code == 404
    assert officer.get(f"{root}/cadres/{person.pk}/eligibility/?month=x").status_code == 400
    told = {"cadre": person.pk, "rule": "over_age", "reason": "Surat", "valid_until": "2027-02-28"}
    key = {"headers": {"Idempotency-Key": "satu"}, "content_type": "application/json"}
    first = officer.post(f"{root}/eligibility-overrides/", told, **key)
    again = officer.post(f"{root}/eligibility-overrides/", told, **key)
    assert (first.status_code, again.json()) == (201, first.json())
    one = f"{root}/eligibility-overrides/{first.json()['id']}/"
    assert officer.post(f"{one}answer/", {"grant": True}).status_code == 403
    answered = approver.post(f"{one}answer/", {"grant": True}, content_type="application/json")
    assert answered.json()["status"] == "granted"
    assert officer.get(f"{root}/cadres/{person.pk}/eligibility/").json()["outcome"] == "eligible"
    rules = officer.get(f"{root}/eligibility-rules/?page_size=100").json()
    assert rules["count"] == len(default_rules(PROGRAMME))
    put = officer.put(
        f"{root}/eligibility-rules/over_age/",
        {"weight": "refuses", "value": 60, "basis": "Surat cabang"},
        content_type="application/json",
    )
    assert (put.status_code, put.json()["value"], put.json()["fixed"]) == (200, 60, False)
    people = officer.get(f"{root}/enrollment-candidates/").json()
    assert [each["standing"] for each in people["results"]] == ["eligible"]


def test_a_village_sees_the_answer_and_may_not_ask(world):
    with world.scope():
        own, other = elder(world), elder(world, village=2)
        made = asked(world, cadre=other)
    slug = world.regency.slug
    client = browser(world, Role.VILLAGE_OPERATOR)
    page = client.get(f"/r/{slug}/kader/{own.pk}/kelayakan/").content.decode()
    assert client.get(f"/r/{slug}/kader/{other.pk}/kelayakan/").status_code == 404
    assert "Tidak dapat didaftarkan" in page
    assert "Minta pengecualian" not in page
    assert client.get(f"/r/{slug}/pendaftaran/pengecualian/{made.pk}/").status_code == 403
    with world.scope(Role.VILLAGE_OPERATOR):
        assert not EligibilityOverride.objects.exists()


def test_months_ahead_are_asked_for_the_next_month_without_an_answer(world):
    with world.scope():
        person = factories.cadre(world.villages[0], birth_date=dt.date(1961, 12, 2))
    root = f"/api/v1/r/{world.regency.slug}/cadres/{person.pk}/eligibility/"
    officer = browser(world, Role.DISTRICT_OFFICER)
    assert (
        officer.get(root).json()["first_month"]
        == months.add_months(months.this_month(), 1).isoformat()[:7]
    )
    assert officer.get(root).json()["outcome"] == "needs_branch"
    assert officer.get(f"{root}?month=2027-01").json()["outcome"] == "not_eligible"
