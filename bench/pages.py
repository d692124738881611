"""Pages with 50 users at once: the whole country in one database, against one regency alone.

Ours: 1,500,000 people with their services, covers and a month's bill in 514 regencies, the users
spread over 50 of them. Baseline: the same pages of one regency of 3,000 people with the same 50
users. Both are served by gunicorn with the product's own settings and asked in turns; a user asks
for the next page when the last one is there. KJ_BENCH_PEOPLE makes a smaller country.
"""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, User
from accounts.roles import Role
from bench import database, invoicing
from core.tenancy import scope
from kaderjamsos import servers
from kaderjamsos.embedded import free_port
from regions.models import Regency
from tests.product import ROOT, wait_until_up, with_database

USERS, TURNS, EACH = 50, 2, 2
ALONE = 3_000
MOST_QUERIES = 12
# Who is there, what opens, and which roles that person may switch to: the same on every page.
NOT_OF_THE_VIEW = (
    "BEGIN",
    "COMMIT",
    "SELECT set_config",
    'SELECT "django_session"',
    'SELECT "accounts_user"',
    'SELECT "accounts_membership"',
    'SELECT "regions_regency"',
)
PAGES = {
    "dashboard": "beranda/",
    "list of people": "kader/",
    "search for a name": "kader/?q=kader+2917",
    "list of covers": "kepesertaan/",
    "radar": "radar/",
}

SERVICES = """
WITH place AS (
    INSERT INTO cadres_posyandu (regency_id, village_id, name, name_key)
    SELECT %(regency)s, id, 'Melati 1', 'MELATI 1' FROM regions_village
    WHERE regency_id = %(regency)s ON CONFLICT DO NOTHING RETURNING id, village_id
)
INSERT INTO cadres_assignment (regency_id, cadre_id, village_id, posyandu_id, category,
    decree_number, started_on)
SELECT %(regency)s, p.id, p.village_id, place.id, 'posyandu_cadre', '188/2026', '2026-01-01'
FROM cadres_cadre p JOIN place ON place.village_id = p.village_id
WHERE NOT EXISTS (SELECT FROM cadres_assignment a WHERE a.cadre_id = p.id)
"""


@dataclass(frozen=True)
class Served:
    """A web server over one database: its port, and each user's regency and session."""

    port: int
    users: Sequence[tuple[str, str]]

    def ask(self, user: int, page: str) -> float:
        """Seconds until the whole page is there; SystemExit when it is not a page."""
        slug, session = self.users[user]
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
        started = time.perf_counter()
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        asking.request("GET", f"/r/{slug}/{page}", headers=headers)
        answer = asking.getresponse()
        answer.read()
        taken = time.perf_counter() - started
        asking.close()
        if answer.status != 200:
            raise SystemExit(f"{page} answered {answer.status}")
        return taken

    def all_at_once(self, page: str) -> list[float]:
        """What every user waited for a page, asking for it again and again."""
        with ThreadPoolExecutor(USERS) as pool:
            asked = [user for _turn in range(EACH) for user in range(USERS)]
            return list(pool.map(lambda user: self.ask(user, page), asked))


def rows() -> list[dict]:
    """One row for each page: the 95th percentile in milliseconds in both databases."""
    with ExitStack() as stack:
        country, queries, regencies, people = stack.enter_context(
            _world("pages_country", invoicing.PEOPLE, None)
        )
        alone, *_same = stack.enter_context(_world("pages_alone", ALONE, 1))
        found = {name: _compared(country, alone, page) for name, page in PAGES.items()}
    where = f"{people:,} people in {regencies} regencies"
    return [
        {
            "what": f"{name}, {USERS} users at once, {where}, p95",
            "ours": ours,
            "baseline": baseline,
            "ratio": ours / baseline,
            "unit": " ms",
            "goal": "<= 1.5",
            "note": f"{queries[name]} queries (goal {MOST_QUERIES})",
        }
        for name, (ours, baseline) in found.items()
    ]


def _compared(country: Served, alone: Served, page: str) -> tuple[float, float]:
    """95th percentiles in milliseconds, taken in turns after one that warms up."""
    taken: dict[Served, list[float]] = {country: [], alone: []}
    for turn in range(TURNS + 1):
        for each, waits in taken.items():
            waits += each.all_at_once(page)
            if turn == 0:
                waits.clear()
    ours, baseline = (statistics.quantiles(waits, n=20)[-1] * 1000 for waits in taken.values())
    return ours, baseline


@contextmanager
def _world(
    name: str, people: int, regencies: int | None
) -> Iterator[tuple[Served, dict[str, int], int, int]]:
    """A filled database and its server, queries by page, regencies and people."""
    with database.scratch(name) as scratch:
        filled = invoicing.fill(people, regencies)
        invoicing.bill(scratch, filled)
        _serve_all(filled)
        slugs = Regency.objects.in_bulk(filled)
        step = max(len(filled) // USERS, 1)
        homes = [slugs[filled[n * step % len(filled)]].slug for n in range(USERS)]
        clients = [_officer(slug, number) for number, slug in enumerate(homes)]
        queries = {page: _queries(clients[0], homes[0], path) for page, path in PAGES.items()}
        sessions = [client.cookies[settings.SESSION_COOKIE_NAME].value for client in clients]
        with _web(scratch) as port:
            served = Served(port, tuple(zip(homes, sessions, strict=True)))
            yield served, queries, len(filled), people // len(filled) * len(filled)


def _serve_all(regencies: Sequence[int]) -> None:
    """Everybody serves in the posyandu of their village; history triggers rest meanwhile."""
    with invoicing.unwatched("cadres_posyandu", "cadres_assignment"):
        for regency in regencies:
            with scope(regency), connection.cursor() as cursor:
                cursor.execute(SERVICES, {"regency": regency})


def _officer(slug: str, number: int) -> Client:
    """Somebody of a regency who is signed in."""
    user = User.objects.create_user(f"bench{number}@kaderjamsos.test", name=f"Bench {number}")
    regency = Regency.objects.get(slug=slug)
    Membership.objects.create(user=user, role=Role.DISTRICT_OFFICER, regency=regency)
    client = Client()
    client.force_login(user)
    return client


def _queries(client: Client, slug: str, page: str) -> int:
    """Statements of a page; SystemExit when there are too many."""
    with CaptureQueriesContext(connection) as seen:
        client.get(f"/r/{slug}/{page}")
    asked = [each["sql"] for each in seen if not each["sql"].startswith(NOT_OF_THE_VIEW)]
    if len(asked) > MOST_QUERIES:
        raise SystemExit(f"{page} takes {len(asked)} queries: {asked}")
    return len(asked)


@contextmanager
def _web(name: str) -> Iterator[int]:
    """The product's web server over a database, on a port of its own."""
    port = free_port()
    owner, application = servers.database_urls()
    env = os.environ | {
        "DATABASE_OWNER_URL": with_database(owner, name),
        "DATABASE_URL": with_database(application, name),
        "REDIS_URL": servers.redis_url(),
        "PORT": str(port),
    }
    command = ["-m", "gunicorn", "kaderjamsos.wsgi", "--config", "deploy/gunicorn.py"]
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env)
    try:
        wait_until_up(f"http://127.0.0.1:{port}")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)
