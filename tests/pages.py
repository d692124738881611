"""Every page of the product as a browser meets it: barriers, sideways scroll, weight, complaints.

`python -m tests.pages` looks in both languages at three widths; the test suite at a part of that.
"""

import gzip
import logging
import os
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaderjamsos.settings")
if __name__ == "__main__":
    django.setup()

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from accounts.roles import Role, allows
from kaderjamsos import servers
from tests import databases, factories
from tests.guards import objects
from tests.guards.places import Place, places
from tests.product import browser, running, with_database

KILOBYTES = 80
NARROWEST = 320
HEIGHTS = {360: 740, 768: 1024, 1366: 768}
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# Whoever is allowed first in this order looks at a page; everybody looks at the home page.
READERS = (
    Role.DISTRICT_OFFICER,
    Role.BRANCH_OFFICER,
    Role.DISTRICT_APPROVER,
    Role.VILLAGE_OPERATOR,
    Role.HEALTH_CENTRE_OFFICER,
    Role.AUDITOR,
)
EVERYBODY = ("beranda/", "kader/<int:pk>/", "klaim/<int:claim_id>/", "pendaftaran/<int:batch_id>/")
# Answered to machines or to htmx, or leading elsewhere at once: not pages.
NO_PAGES = (
    "livez",
    "readyz",
    "kemajuan/",
    "setlang/",
    "perpanjang-sesi/",
    "ganti-peran/",
    "akun/logout/",
    "api/v1/schema/",
    "api/v1/r/",
)
# The description of the API is read by developers, in a tool whose weight and markup are not ours.
HEAVY = ("/api/v1/",)
NOT_OURS = "#swagger-ui"
RESOURCES = "performance.getEntriesByType('resource').map(each => each.name)"


@dataclass(frozen=True)
class Visit:
    """One page and who looks at it (None is a stranger); `first` once for each address."""

    path: str
    role: str | None
    first: bool = True


@dataclass
class Site:
    """The running product with one full regency and one empty one."""

    address: str
    visits: list[Visit]
    missing: list[str]  # addresses in a regency whose page was not found: an object is wanting
    sessions: dict[str, str]


@dataclass
class Seen:
    """What was looked at, and what was wrong there."""

    pages: int = 0
    wrong: list[str] = field(default_factory=list)


@contextmanager
def site(name: str, broker: int) -> Iterator[Site]:
    """A small world in a database of its own, served by web and worker."""
    owner, app = servers.database_urls()
    with databases.clone_of_template(name) as database, TemporaryDirectory() as files:
        settings.KJ_PRIVATE_ROOT = Path(files)
        world = factories.World.make()
        empty = factories.World.make(slug="jember")
        known = objects.make(world)
        clients: dict[str | None, Client] = {
            None: Client(raise_request_exception=False, SERVER_NAME="localhost")
        }
        clients |= {str(role): _client(world.actors[role].user) for role in Role}
        clients |= {f"empty {role}": _client(empty.actors[role].user) for role in READERS}
        answers = [
            (visit, clients[visit.role].get(visit.path))
            for visit in _visits(known, empty.regency.slug)
        ]
        visits = [visit for visit, answer in answers if _is_page(answer)]
        missing = [
            visit.path
            for visit, answer in answers
            if visit.path.startswith("/r/") and answer.status_code == 404
        ]
        cookie = settings.SESSION_COOKIE_NAME
        sessions = {role: each.cookies[cookie].value for role, each in clients.items() if role}
        env = {
            **os.environ,
            "DATABASE_URL": with_database(app, database),
            "DATABASE_OWNER_URL": with_database(owner, database),
            "REDIS_URL": servers.redis_url().rsplit("/", 1)[0] + f"/{broker}",
            "KJ_PRIVATE_ROOT": files,
        }
        with running(env, web_only=True) as copy:
            yield Site(copy.address, visits, missing, sessions)


def _client(user: Any = None) -> Client:
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    if user is not None:
        client.force_login(user)
    return client


def _is_page(answer: Any) -> bool:
    """Neither a file, nor the way to another page, nor a method that is not allowed."""
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    return html and answer.status_code != 405 and not 300 <= answer.status_code < 400


def _visits(known: dict[str, Any], empty: str) -> Iterator[Visit]:
    """Every page of the full regency and the lists of the empty one; KeyError: an unknown name."""
    for place in places():
        if any(part in place.route for part in NO_PAGES) or "^" in place.route:
            continue
        path = place.path(objects.values_for(place.route, known | objects.OUTSIDE))
        for number, role in enumerate(_readers(place)):
            yield Visit(path, role, first=number == 0)
            if place.in_regency and not place.objects:
                yield Visit(place.path({"regency": empty}), f"empty {role}", first=False)
    yield Visit("/ada/di/mana/", None)
    yield Visit(f"/r/{known['regency']}/jejak/?q=tidak+ada", str(Role.DISTRICT_OFFICER))
    yield Visit(f"/r/{known['regency']}/pengguna/", str(Role.AUDITOR))


def _readers(place: Place) -> list[str | None]:
    if not place.in_regency:
        if place.route.startswith("pengelola/"):
            return [str(Role.PLATFORM_OPERATOR)]
        stranger = ("akun/login", "akun/password/reset", "akun/inactive", "b/", "k/")
        stranger += ("keluarga/", "undangan/")
        return [None if place.route.startswith(stranger) else str(Role.DISTRICT_OFFICER)]
    perm = place.door
    if perm is None:
        return []
    allowed = [str(role) for role in READERS if allows(role, perm)]
    return list(allowed if place.route.endswith(EVERYBODY) else allowed[:1])


def look(
    opened: Browser, where: Site, language: str, width: int, visits: Iterable[Visit] | None = None
) -> Seen:
    """Visit pages (all of them) in one language at one width, and note what is wrong."""
    seen = Seen()
    contexts: dict[str | None, Page] = {}
    for visit in where.visits if visits is None else visits:
        page = contexts.get(visit.role)
        if page is None:
            page = contexts[visit.role] = _context(opened, where, visit.role, language, width)
        found = problems(page, where.address + visit.path, width)
        seen.pages += 1
        seen.wrong += [f"{language} {width} {visit.role} {visit.path}: {each}" for each in found]
    for page in contexts.values():
        page.context.close()
    return seen


def _context(opened: Browser, where: Site, role: str | None, language: str, width: int) -> Page:
    size: ViewportSize = {"width": width, "height": HEIGHTS[width]}
    context: BrowserContext = opened.new_context(viewport=size, locale=language)
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if role is not None:
        cookies[settings.SESSION_COOKIE_NAME] = where.sessions[role]
    context.add_init_script(AXE_SCRIPT)  # sent once, not for every page
    context.add_cookies([{"name": n, "value": v, "url": where.address} for n, v in cookies.items()])
    return context.new_page()


def problems(page: Page, address: str, width: int) -> list[str]:
    """What is wrong with one page."""
    complaints: list[str] = []

    def note(message: Any) -> None:
        if message.type in ("error", "warning") and "status of 40" not in message.text:
            complaints.append(f"console: {message.text}")

    page.on("console", note)
    page.once("pageerror", lambda error: complaints.append(f"script: {error}"))
    answer = page.goto(address)
    page.remove_listener("console", note)
    if answer is None or answer.status >= 500:
        complaints.append(f"answered {answer and answer.status}")
    weight = len(gzip.compress(answer.body())) if answer else 0
    weight += sum(_weight(each) for each in page.evaluate(RESOURCES))
    if weight > KILOBYTES * 1000 and not address.endswith(HEAVY):
        complaints.append(f"{weight / 1000:.0f} KB")
    complaints += _barriers(page)
    if width == min(HEIGHTS):
        page.set_viewport_size({"width": NARROWEST, "height": HEIGHTS[width]})
        excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if excess > 0:
            complaints.append(f"scrolls {excess} px sideways at {NARROWEST}")
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    return complaints


@cache
def _weight(address: str) -> int:
    """Bytes of a file of ours as it travels: compressed where that is worth it."""
    with urllib.request.urlopen(address) as answer:
        body = answer.read()
    return min(len(body), len(gzip.compress(body)))


def _barriers(page: Page) -> list[str]:
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT + "; 0")
    found = page.evaluate(
        "([exclude, rules]) => axe.run({exclude}, rules).then(r => r.violations.map("
        "v => [v.id, v.nodes.length, v.nodes[0].html, v.nodes[0].failureSummary]))",
        [[NOT_OURS], RULES],
    )
    return [f"{rule} x{count}: {html[:160]} {why[:300]!r}" for rule, count, html, why in found]


def main(words: list[str]) -> int:
    """Both languages at three widths; prints what is wrong and returns 1 when something is."""
    logging.disable(logging.WARNING)
    wanted = [(each, width) for each in ("id", "en") for width in HEIGHTS]
    wrong: list[str] = []
    with site("pages", 10) as where, browser() as opened:
        for language, width in wanted:
            if words and f"{language}-{width}" not in words:
                continue
            seen = look(opened, where, language, width)
            print(f"{language} {width}: {seen.pages} pages, {len(seen.wrong)} wrong", flush=True)
            wrong += seen.wrong
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
