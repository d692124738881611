"""Every address declares who may enter, or stands in the list of public ones with a reason."""

import re

from django.http import HttpResponse
from django.urls import path

from tests.guards.places import ARGUMENT, Place, _walk, places, regency_places

# Routes without a door, and why. Patterns of allauth and of public pages.
PUBLIC = {
    "": "home sends signed-in people on and asks everybody else to sign in",
    "livez": "a load balancer asks; says only that the process lives",
    "readyz": "a load balancer asks; counts and states, nothing personal",
    "bahasa/setlang/": "Django's language switch",
    "akun/": "allauth: sign-in, passwords, MFA; it guards its own pages",
    "profil/": "a person's own page; needs only a session",
    "profil/token/": "one's own tokens; needs only a session",
    "profil/token/<int:token_id>/cabut/": "one's own tokens; another's is 404",
    "ganti-peran/": "one's own memberships; another's is 404",
    "perpanjang-sesi/": "one's own session",
    "undangan/<str:text>/": "whoever holds the e-mailed secret",
    "b/": "the public check of a proof: genuine or not, initials only",
    "k/": "the public card check: valid or not, initials only",
    "keluarga/": "whoever holds an address sent to them; it opens once and shows a first name",
    "api/v1/schema/": "the description of the API holds no data",
    "api/v1/": "the page that shows that description",
    "komponen/": "sample texts, only in development",
}
PREFIXES = ("akun/", "b/", "k/", "keluarga/")


def undeclared(found: list[Place]) -> list[str]:
    """Routes that neither declare a door nor are public."""
    return [
        each.route
        for each in found
        if each.door is None
        and not (each.api and each.api.perms)
        and each.route not in PUBLIC
        and not each.route.startswith(PREFIXES)
    ]


def test_every_address_declares_its_door():
    assert undeclared(places()) == []


def test_addresses_in_a_regency_are_never_public():
    assert len(regency_places()) > 15
    open_ones = [each.route for each in regency_places() if not each.methods()]
    assert open_ones == []


def test_every_page_and_call_of_a_regency_lies_under_its_prefix():
    wrong = [
        each.route
        for each in places()
        if (each.door or each.api)
        and not re.match(
            r"(api/v1/)?r/<slug:regency>/|pengelola/|antrean/|api/v1/branch/", each.route
        )
    ]
    assert wrong == []


def test_no_public_entry_is_stale():
    routes = {each.route for each in places()} | {"komponen/"}
    assert [
        route
        for route in PUBLIC
        if route not in routes and not any(each.startswith(route) for each in routes if route)
    ] == []


def test_no_argument_is_a_number_that_people_are_known_by():
    names = {name for each in places() for name in ARGUMENT.findall(each.route)}
    assert not names & {"nik", "name", "email", "member_no", "phone"}


def test_the_guard_sees_a_view_without_a_door():
    naked = list(_walk([path("r/<slug:regency>/x/", lambda request, regency: HttpResponse())], ""))
    assert undeclared(naked) == ["r/<slug:regency>/x/"]
