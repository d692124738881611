"""Agreements: who writes them down, how long they hold, and what their end does."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from core import months
from core.errors import DomainError
from enrollment.actions import agreements as actions
from enrollment.legal_bases import LegalBasesError, legal_bases, read
from enrollment.models import Agreement, Coverage
from enrollment.queries import agreements as questions
from enrollment.validity import Standing, Validity, holds_in, validity
from tests import factories
from tests.enrollment.agreements import agreement, drafted

PDF = b"%PDF-1.7 fiktif"
TODAY = dt.date(2026, 11, 22)


def page(world, name, *args):
    return reverse(f"enrollment:{name}", args=[world.regency.slug, *args])


def posted(world, **fields):
    """The form of an agreement as a browser sends it."""
    paper = drafted(world)
    values = {
        name: getattr(paper, name)
        for name in (
            "number",
            "title",
            "signed_on",
            "valid_from",
            "valid_until",
            "branch_signatory",
            "party",
            "party_signatory",
            "legal_basis",
            "categories",
            "segment",
        )
    }
    return values | {"branch": world.branch.pk} | fields


def test_seven_kinds_of_legal_basis_each_with_its_source():
    bases = legal_bases()
    assert len(bases) == 7
    assert {"inpres_2_2021", "inpres_4_2022", "permendagri_15_2023", "agreement"} <= set(bases)
    assert all(each.source and each.title for each in bases.values())
    assert [each.code for each in bases.values() if each.unclear] == ["instruksi_8_2025"]
    assert [each.code for each in bases.values() if each.detail] == ["local_rule"]


@pytest.mark.parametrize(
    "text",
    [
        '[[bases]]\ncode = "a"\ntitle = "A"\nmark = "quoted"\n',
        '[[bases]]\ncode = "a"\ntitle = "A"\nsource = "s"\nmark = "perhaps"\n',
        '[[bases]]\ncode = "a"\ntitle = "A"\nsource = "s"\nmark = "own"\n' * 2,
    ],
)
def test_a_basis_without_source_or_mark_or_written_twice_is_refused(tmp_path, text):
    file = tmp_path / "bases.toml"
    file.write_text(text)
    with pytest.raises(LegalBasesError):
        read(file)


@pytest.mark.parametrize(
    ("begins", "until", "ended", "found"),
    [
        (-10, 61, None, Validity(Standing.VALID)),
        (-10, 60, None, Validity(Standing.ENDING, 60)),
        (-10, 0, None, Validity(Standing.ENDING, 0)),
        (-10, -1, None, Validity(Standing.OVER)),
        (1, 300, None, Validity(Standing.COMING)),
        (-10, 300, -1, Validity(Standing.ENDED)),
        (-10, 300, 5, Validity(Standing.ENDING, 5)),
    ],
)
def test_an_agreement_is_told_sixty_days_before_its_end(begins, until, ended, found):
    days = [TODAY + dt.timedelta(days=n) if n is not None else None for n in (begins, until, ended)]
    assert validity(*days, TODAY) == found


def test_the_list_counts_the_same_days_as_the_rule(world):
    with world.scope():
        for at, (begins, until, ended) in enumerate(
            [(-9, 61, None), (-9, 60, None), (-9, -1, None), (1, 300, None), (-9, 300, -1)]
        ):
            found = agreement(
                world,
                number=str(at),
                valid_from=TODAY + dt.timedelta(days=begins),
                valid_until=TODAY + dt.timedelta(days=until),
            )
            if ended:
                found.ended_on = TODAY + dt.timedelta(days=ended)
                found.save(update_fields=["ended_on"])
        for each in questions.agreements():
            own = validity(each.valid_from, each.valid_until, each.ended_on, TODAY).standing
            for standing in Standing:
                listed = questions.standing_in(questions.agreements(), standing, TODAY)
                assert listed.filter(pk=each.pk).exists() is (standing == own)


def test_an_agreement_holds_in_the_month_in_which_it_begins_and_in_its_last():
    span = (dt.date(2026, 3, 15), dt.date(2026, 12, 10))
    assert holds_in(*span, None, dt.date(2026, 3, 1))
    assert holds_in(*span, None, dt.date(2026, 12, 1))
    assert not holds_in(*span, None, dt.date(2026, 2, 1))
    assert not holds_in(*span, None, dt.date(2027, 1, 1))
    assert not holds_in(*span, dt.date(2026, 5, 31), dt.date(2026, 6, 1))


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("legal_basis", {"legal_basis": "perpres_1_1900"}),
        ("legal_detail", {"legal_basis": "local_rule"}),
        ("valid_until", {"valid_until": dt.date(2025, 12, 31)}),
        ("categories", {"categories": []}),
        ("quota", {"quota": 0}),
    ],
)
def test_what_no_paper_can_say_is_refused_at_its_field(world, field, fields):
    with world.scope(), pytest.raises(DomainError) as refused:
        agreement(world, **fields)
    assert field in refused.value.fields


def test_a_branch_that_does_not_serve_the_regency_and_a_foreign_village_are_refused(
    world, elsewhere
):
    for fields in ({"branch": elsewhere.branch}, {"village": elsewhere.villages[0]}):
        with world.scope(), pytest.raises(DomainError):
            agreement(world, **fields)


def test_one_number_is_written_down_once(world):
    with world.scope():
        agreement(world)
        with pytest.raises(DomainError, match="agreement_number_taken"):
            agreement(world)


def test_the_database_refuses_an_end_before_the_beginning(world):
    with world.scope():
        found = agreement(world)
        with (
            pytest.raises(IntegrityError, match="enrollment_agreement_span"),
            transaction.atomic(),
        ):
            Agreement.objects.filter(pk=found.pk).update(valid_until=dt.date(2025, 1, 1))


def covered_under(world, found, count=3, **fields):
    people = [factories.cadre(world.villages[0]) for _ in range(count)]
    return [
        factories.coverage(each, starts_on=dt.date(2026, 1, 1), agreement=found, **fields)
        for each in people
    ]


def test_covers_run_on_unless_the_officer_ends_them(world):
    with world.scope():
        found = agreement(world)
        covers = covered_under(world, found)
        _ended, people = actions.end_agreement(
            by=world[Role.DISTRICT_OFFICER],
            agreement=found,
            on=dt.date(2026, 6, 15),
            note="Diganti perjanjian baru",
        )
        assert people == 0
        assert not Coverage.objects.filter(pk__in=[c.pk for c in covers], ends_on__isnull=False)


def test_covers_end_with_the_month_and_each_says_why(world):
    with world.scope():
        found = agreement(world)
        covers = covered_under(world, found)
        other = factories.coverage(
            factories.cadre(world.villages[0]), starts_on=dt.date(2026, 1, 1)
        )
        before = covered_under(world, found, 1, ends_on=dt.date(2026, 3, 31), end_reason="stopped")[
            0
        ]
        _ended, people = actions.end_agreement(
            by=world[Role.DISTRICT_OFFICER],
            agreement=found,
            on=dt.date(2026, 6, 15),
            note="Anggaran habis",
            end_covers=True,
        )
        assert people == 3
        ended = Coverage.objects.filter(pk__in=[c.pk for c in covers])
        assert set(ended.values_list("ends_on", "end_reason")) == {
            (dt.date(2026, 6, 30), "agreement_ended")
        }
        other.refresh_from_db()
        before.refresh_from_db()
        assert (other.ends_on, before.ends_on) == (None, dt.date(2026, 3, 31))
        assert Event.objects.filter(kind="coverage.ended").count() == 3


def test_an_agreement_ends_once_and_within_its_span(world):
    with world.scope():
        found = agreement(world)
        officer = world[Role.DISTRICT_OFFICER]
        for day in (dt.date(2025, 12, 31), found.valid_until):
            with pytest.raises(DomainError, match="agreement_end_invalid"):
                actions.end_agreement(by=officer, agreement=found, on=day, note="x")
        with pytest.raises(DomainError, match="reason_missing"):
            actions.end_agreement(by=officer, agreement=found, on=TODAY, note=" ")
        actions.end_agreement(by=officer, agreement=found, on=TODAY, note="Selesai")
        with pytest.raises(DomainError, match="agreement_ended"):
            actions.end_agreement(by=officer, agreement=found, on=TODAY, note="Selesai")
        with pytest.raises(DomainError, match="agreement_ended"):
            actions.change_agreement(by=officer, agreement=found, drafted=drafted(world))


def test_the_officer_writes_an_agreement_down_and_files_its_paper(world, client):
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    answer = client.post(page(world, "agreement_new"), posted(world))
    with world.scope():
        found = Agreement.objects.get()
    assert answer.url == page(world, "agreement_upload", found.pk)
    refused = client.post(answer.url, {"file": SimpleUploadedFile("pks.pdf", b"MZ program")})
    assert "Unggah berkas PDF, JPG atau PNG." in refused.content.decode()
    client.post(answer.url, {"file": SimpleUploadedFile("pks.pdf", PDF)})
    client.force_login(world[Role.BRANCH_OFFICER].user)
    download = client.get(page(world, "agreement_file", found.pk))
    assert b"".join(download.streaming_content) == PDF
    assert download["Content-Type"] == "application/pdf"
    assert "no-store" in download["Cache-Control"]


@pytest.mark.parametrize("role", [Role.DISTRICT_APPROVER, Role.BRANCH_OFFICER, Role.AUDITOR])
def test_others_read_agreements_and_change_none(world, client, role):
    with world.scope():
        found = agreement(world)
    client.force_login(world[role].user)
    assert client.get(page(world, "agreement", found.pk)).status_code == 200
    for name in ("agreement_change", "agreement_end", "agreement_upload"):
        assert client.post(page(world, name, found.pk), {}).status_code == 403


def test_an_agreement_of_another_regency_does_not_exist(world, elsewhere, client):
    with elsewhere.scope():
        foreign = agreement(elsewhere)
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    for name in ("agreement", "agreement_file", "agreement_change", "agreement_end"):
        assert client.get(page(world, name, foreign.pk)).status_code == 404


def test_the_number_of_covers_is_shown_before_any_of_them_ends(world, client):
    with world.scope():
        found = agreement(world)
        covered_under(world, found, 2)
    client.force_login(world[Role.DISTRICT_OFFICER].user)
    sent = {"on": "2026-06-15", "note": "Anggaran habis", "end_covers": "yes"}
    shown = client.post(page(world, "agreement_end", found.pk), sent)
    assert "Kepesertaan 2 orang berakhir 30 Jun 2026" in shown.content.decode()
    with world.scope():
        assert Coverage.objects.filter(ends_on=None).count() == 2
    client.post(page(world, "agreement_end", found.pk), sent | {"counted": "2"})
    with world.scope():
        assert Coverage.objects.filter(end_reason="agreement_ended").count() == 2


def test_the_list_tells_what_ends_soon_and_how_much_of_the_quota_is_used(world, client):
    with world.scope():
        found = agreement(
            world, quota=5, valid_until=months.last_day(months.this_month()), number="SEGERA"
        )
        agreement(world, number="LAMA")
        covered_under(world, found, 2)
    client.force_login(world[Role.BRANCH_OFFICER].user)
    shown = client.get(page(world, "agreements") + "?standing=ending").content.decode()
    assert "SEGERA" in shown
    assert "LAMA" not in shown
    assert "2 / 5" in shown
    one = client.get(page(world, "agreement", found.pk)).content.decode()
    assert "Perjanjian ini segera berakhir" in one


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.BRANCH_OFFICER])
def test_officer_and_branch_are_told_at_home_sixty_days_ahead(world, client, role):
    today = timezone.localdate()
    with world.scope():
        agreement(world, number="SEGERA", valid_until=today + dt.timedelta(days=60))
        agreement(world, number="NANTI", valid_until=today + dt.timedelta(days=62))
    client.force_login(world[role].user)
    shown = client.get(f"/r/{world.regency.slug}/beranda/").content.decode()
    assert "SEGERA" in shown
    assert "NANTI" not in shown


def test_the_api_writes_reads_changes_and_ends_agreements(world, client):
    _row, token = tokens.create(world[Role.DISTRICT_OFFICER].user, "test")
    heads = {"Authorization": f"Bearer {token}"}
    base = f"/api/v1/r/{world.regency.slug}/agreements/"
    body = posted(world, quota=10) | {"village": world.villages[0].dotted}
    made = client.post(base, body, content_type="application/json", headers=heads)
    assert made.status_code == 201, made.content
    assert (made.json()["standing"], made.json()["village"]) == ("valid", world.villages[0].code)
    one = f"{base}{made.json()['id']}/"
    changed = client.put(one, body | {"quota": 12}, content_type="application/json", headers=heads)
    assert changed.json()["quota"] == 12
    filed = client.post(f"{one}file/", {"file": SimpleUploadedFile("pks.pdf", PDF)}, headers=heads)
    assert filed.json()["filed"] is True
    ended = client.post(
        f"{one}end/",
        {"on": "2026-06-30", "note": "Selesai", "end_covers": True},
        content_type="application/json",
        headers=heads,
    )
    assert (ended.status_code, ended.json()["covers_ended"]) == (200, 0)
    wrong = client.post(
        base, body | {"branch": 99999}, content_type="application/json", headers=heads
    )
    assert (wrong.status_code, wrong.json()["code"]) == (400, "branch_unknown")
