"""The bulk question: any list of numbers and names, answered line by line."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from core.months import this_month
from core.tenancy import scope
from reports.proof.answer import judge
from reports.proof.records import look_up
from tests import factories
from tests.reports.bulk import NIK, address, asked, client_of, people

__all__ = ["people"]
SCOPE_STATEMENTS = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT set_config")
db = pytest.mark.django_db


@db
def test_every_kind_of_answer_in_the_order_of_the_list(world, people):
    kinds = [kind for kind in people if "twin" not in kind]
    text = (
        "\n".join(people[kind].nik for kind in kinds)
        + "\nSRI KEMBAR\nSITI CONTO\nORANG ASING\n1,5E+15"
    )
    told = asked(world, text)
    wanted = [*kinds, "several", "similar", "not_found", "unreadable"]
    assert [each.kind.code for each in told] == wanted
    by_kind = {each.kind.code: each for each in told}
    assert by_kind["covered"].since == this_month()
    assert by_kind["covered"].fund_source == "APBD 2026"
    assert "•" in by_kind["covered"].member_no
    assert "berhenti" in by_kind["ended"].because
    assert "Lihat KTP" in by_kind["returned"].because
    assert len(by_kind["several"].others) == 2
    assert by_kind["similar"].others[0].name == "SITI CONTOH"
    assert all(each.steps for each in told if each.kind.code != "deceased")


@db
@pytest.mark.parametrize("back", [0, 20, 45, -40])
def test_a_line_and_the_proof_of_its_person_agree(world, people, back):
    day = timezone.localdate() - dt.timedelta(days=back)
    told = asked(world, "\n".join(each.nik for each in people.values()), day=day)
    with scope(world.regency.pk):
        for answer, person in zip(told, people.values(), strict=True):
            assert answer.kind.covered == judge(look_up(person, day).evidence).answer, person.name


@db
def test_names_find_one_person_and_say_that_the_number_is_missing(world, people):
    (one,) = asked(world, "Siti  Contoh, S.Pd")
    assert one.person.id == people["covered"].pk
    assert any("NIK" in note for note in one.notes)


@db
def test_a_number_that_nobody_has_does_not_become_its_namesake(world, people):
    (one,) = asked(world, f"{NIK[:-4]}9999 SITI CONTOH")
    assert one.kind.code == "not_found"
    assert one.person is None
    assert [each.name for each in one.others] == ["SITI CONTOH"]


@db
def test_the_number_of_a_merged_record_leads_to_the_kept_one(world, people):
    with world.scope():
        people["not_enrolled"].merged_into = people["covered"]
        people["not_enrolled"].save(update_fields=["merged_into"])
    (one,) = asked(world, people["not_enrolled"].nik)
    assert (one.kind.code, one.person.id) == ("covered", people["covered"].pk)
    assert asked(world, "NUR BARU")[0].kind.code == "not_found"


@db
def test_another_name_beside_the_number_is_told(world, people):
    (one,) = asked(world, f"{people['covered'].nik} JOKO LAIN")
    assert one.kind.code == "covered"
    assert any("berbeda" in note for note in one.notes)


@db
def test_who_stands_twice_is_told(world, people):
    told = asked(
        world, f"{people['covered'].nik}\nDEWI SELESAI\nSITI CONTOH\n{people['covered'].nik}"
    )
    assert [any("baris 1" in note for note in each.notes) for each in told] == [
        False,
        False,
        True,
        True,
    ]


@db
def test_a_village_sees_its_own_people_only(world, people):
    text = "\n".join([people["covered"].nik, people["not_enrolled"].nik, "SRI KEMBAR", "NUR BARU"])
    told = asked(world, text, Role.VILLAGE_OPERATOR)
    assert [each.kind.code for each in told] == [
        "covered",
        "not_found",
        "not_enrolled",
        "not_found",
    ]
    assert told[2].person.id == people["twin"].pk


@db
def test_cover_in_another_regency_is_told_to_officers_and_nothing_else(world, elsewhere, people):
    with scope(elsewhere.regency.pk):
        theirs = factories.cadre(elsewhere.villages[0], name="RAHASIA LAIN")
        factories.coverage(theirs, starts_on=this_month(), source=factories.fund_source("RAHASIA"))
    for role, kind in (
        (Role.DISTRICT_OFFICER, "elsewhere"),
        (Role.BRANCH_OFFICER, "elsewhere"),
        (Role.AUDITOR, "not_found"),
        (Role.VILLAGE_OPERATOR, "not_found"),
    ):
        (one,) = asked(world, theirs.nik, role)
        assert one.kind.code == kind, role
        assert (one.person, one.fund_source, one.since) == (None, "", None)
    page = client_of(world[Role.DISTRICT_OFFICER]).post(
        address(world), {"text": theirs.nik, "day": timezone.localdate().isoformat()}
    )
    text = page.content.decode()
    assert "JKK, JKM" in text
    assert "RAHASIA" not in text
    assert elsewhere.regency.name not in text


@db
def test_the_number_of_statements_does_not_grow(world, people):
    def statements(text):
        with CaptureQueriesContext(connection) as captured:
            asked(world, text, day=timezone.localdate() - dt.timedelta(days=1))
        return [q["sql"] for q in captured if not q["sql"].startswith(SCOPE_STATEMENTS)]

    niks = "\n".join(each.nik for each in people.values())
    with world.scope():
        many = factories.many_cadres(world.villages[0], 150)
    few = statements(f"{niks}\nSITI CONTO\nSITI CONTOH")
    more = "\n".join(f"{each.nik} {each.name}" for each in many)
    names = "\n".join(f"ORANG {'ABCDEFGHIJ'[n % 10] * (1 + n // 10)}" for n in range(250))
    assert len(statements(f"{niks}\n{more}\n{names}\nSITI CONTOH")) == len(few) <= 11
