"""What every address of one's own regency answers: to whom it opens, and what reading may cost.

All of it is asked once, and looked at here from several sides. A view's queries are those asked
while its scope is open. The session, the user, the door and the scope itself come before; the
roles that the person may switch to are asked of accounts, once a page. Neither is counted.
"""

import pytest
from django.test import Client

from accounts.roles import Perm, Role, allows
from tests.guards import walk

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("own regency")]
# POSTs by which nobody changes a fact: the search keeps what is searched for out of the address;
# taking a list along writes that it was taken, and may be stopped; a proof is a paper about facts;
# a question about a list of people writes how many were asked about.
READING_POSTS = {
    "cari",
    "ekspor",
    "hentikan",
    "terbitkan",
    "proof",
    "daftar",
    "coverage-questions",
}
MOST = 12
# A page about one object also tells its history.
OF_ONE = 15
NOT_OF_THE_VIEW = (
    "SAVEPOINT",
    "RELEASE SAVEPOINT",
    "ROLLBACK TO SAVEPOINT",
    'SELECT "accounts_membership"',
    'SELECT ("regions_branch_regencies"',
)
READERS = {Role.VILLAGE_OPERATOR, Role.DISTRICT_OFFICER, Role.BRANCH_OFFICER, Role.AUDITOR}


def test_each_role_gets_what_its_permissions_say(answers):
    wrong = [
        _line(each)
        for each in answers
        if not _as_declared(each.role, each.perm, each.method, each.status)
    ]
    assert not wrong, "\n".join(wrong)


def _line(each: walk.Answer) -> str:
    return f"{each.role} {each.method} {each.place.route} {each.perm} {each.status}"


def _as_declared(role: Role, perm: Perm, method: str, status: int) -> bool:
    if status == 405:
        return True
    if role == Role.PLATFORM_OPERATOR:
        return status == 404
    if not allows(role, perm):
        return status == 403
    if method == "GET":
        return status in (200, 302, 404 if role in NARROW else 200)
    return status < 500 and status != 401


# Roles that see some villages only; what belongs to the regency as a whole is not theirs.
NARROW = {Role.VILLAGE_OPERATOR, Role.HEALTH_CENTRE_OFFICER}


def test_reading_never_writes(answers):
    """Where reading and who is refused may not write, what does is a server error."""
    wrong = [_line(each) for each in answers if each.method == "GET" and each.status >= 500]
    assert not wrong, "\n".join(wrong)


def test_an_auditor_reads_everything_and_changes_nothing(answers):
    asked = [each for each in answers if each.role == Role.AUDITOR]
    unread = [
        _line(each)
        for each in asked
        if each.method == "GET"
        and each.perm.value.endswith(".view")
        and each.status not in (200, 302, 405)
    ]
    assert not unread, "\n".join(unread)
    written = [
        _line(each)
        for each in asked
        if each.method != "GET"
        and each.status not in (403, 405)
        and not set(each.path.split("/")) & READING_POSTS
    ]
    assert not written, "\n".join(written)


def test_no_page_takes_many_queries_and_none_shows_a_number(answers):
    read = [
        each
        for each in answers
        if each.method == "GET" and each.role in READERS and allows(each.role, each.perm)
    ]
    assert len(read) > 100
    assert sum(len(each.queries) > 3 for each in read) > 100
    costly = []
    for each in read:
        queries = [sql for sql in each.queries if not sql.startswith(NOT_OF_THE_VIEW)]
        if len(queries) > (OF_ONE if each.place.objects else MOST):
            costly.append(f"{len(queries)} {_line(each)}")
    assert not costly, "\n".join(costly)
    shown = [_line(each) for each in read if each.number]
    assert not shown, "\n".join(shown)


def test_the_matrix_sees_an_address_that_answers_everybody(worlds):
    _world, own, _elsewhere, _foreign = worlds
    stranger = Client(raise_request_exception=False)
    assert stranger.get(f"/r/{own['regency']}/jejak/").status_code == 302
    assert _as_declared(Role.AUDITOR, Perm.CLAIM_DECIDE, "POST", 200) is False
    assert _as_declared(Role.AUDITOR, Perm.CLAIM_VIEW, "GET", 500) is False


def test_the_matrix_sees_a_write_where_none_may_be(worlds):
    world, own, _elsewhere, _foreign = worlds
    client = walk.clients(world)[Role.DISTRICT_OFFICER]
    export = f"/r/{own['regency']}/tagihan/ekspor/"
    assert walk.ask(client, "POST", export).status_code == 200
    assert walk.ask(client, "POST", export, may_write=False).status_code == 500
