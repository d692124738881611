"""Pages and API of rules, answers about people, and exceptions."""

import datetime as dt

import pytest
from django.test import Client

from accounts import tokens
from accounts.roles import Role
from core import months
from enrollment.eligibility_rules import default_rules
from enrollment.models import EligibilityOverride
from tests import factories
from tests.enrollment.exceptions import asked, elder
from tests.factories import World

PROGRAMME = "JKK_JKM"


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    """Sunday, 22 November 2026, in the morning in Banyuwangi."""
    time_machine.move_to("2026-11-22T03:00:00Z", tick=True)


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


def test_odd_numbers_in_an_address_are_no_errors(world):
    officer = browser(world, Role.DISTRICT_OFFICER)
    slug = world.regency.slug
    for query in ("district=²", "district=99999999999999999999", "posyandu=99999999999999999999"):
        assert officer.get(f"/r/{slug}/pendaftaran/baru/orang/?{query}").status_code == 200
    for query in ("cadre=²", "cadre=99999999999999999999", "status=x"):
        answer = officer.get(f"/api/v1/r/{slug}/eligibility-overrides/?{query}")
        assert answer.status_code == 200
    for query in ("category=x", "standing=x"):
        answer = officer.get(f"/api/v1/r/{slug}/enrollment-candidates/?{query}")
        assert (answer.status_code, answer.json()["count"]) == (200, 0)
