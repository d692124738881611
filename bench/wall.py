"""What the tenant wall costs on the list of people: the same page with policies and without."""

import datetime as dt
import statistics
import time

from django.db import connection, connections
from django.test import Client

from accounts.models import Membership, User
from accounts.roles import Role
from bench.database import scratch
from bench.people import people
from cadres.models import Assignment, Cadre, Category
from core import sealed
from core.tenancy import scope
from regions.models import Regency, Village

PEOPLE = 11_498
TURNS, PAGES = 4, 15


def rows() -> list[dict]:
    """One row: milliseconds of the list page, wall up and wall down, in turns."""
    with scratch("wall"):
        regency = Regency.objects.get(slug="banyuwangi")
        regency.active = True
        regency.save(update_fields=["active"])
        fill(regency, PEOPLE)
        client, address = _officer(regency), f"/r/{regency.slug}/kader/"
        up: list[float] = []
        down: list[float] = []
        _pages(client, address)
        for _ in range(TURNS):
            up += _pages(client, address)
            _wall("DISABLE")
            down += _pages(client, address)
            _wall("ENABLE")
    ours, baseline = statistics.median(up) * 1000, statistics.median(down) * 1000
    return [
        {
            "what": f"list page of {PEOPLE:,} people, wall up against wall down",
            "ours": ours,
            "baseline": baseline,
            "ratio": ours / baseline,
            "unit": " ms",
            "goal": "at most 1.3",
        }
    ]


def fill(regency: Regency, count: int) -> None:
    """`count` people of a regency, each with a service."""
    villages = list(Village.objects.filter(regency=regency).select_related("district"))
    place = {village.pk: village for village in villages}
    spread = list(place)
    with scope(regency.pk):
        found = Cadre.objects.bulk_create(
            (
                Cadre(
                    village_id=spread[number % len(spread)],
                    name=line[4],
                    name_key=line[4].upper(),
                    nik_sealed=sealed.seal(line[3]),
                    nik_digest=sealed.digest(f"{line[3]}{number}"),
                    birth_date=line[6],
                    sex=line[7],
                )
                for number, line in enumerate(people(villages, count))
            ),
            batch_size=2000,
        )
        Assignment.objects.bulk_create(
            (
                Assignment(
                    cadre=cadre,
                    village_id=cadre.village_id,
                    category=Category.POSYANDU_CADRE,
                    started_on=dt.date(2026, 1, 1),
                )
                for cadre in found
            ),
            batch_size=2000,
        )
    _as_owner("ANALYZE cadres_cadre, cadres_assignment")


def _officer(regency: Regency) -> Client:
    user = User.objects.create_user("bench@kaderjamsos.test", name="Bench")
    Membership.objects.create(user=user, role=Role.DISTRICT_OFFICER, regency=regency)
    client = Client()
    client.force_login(user)
    return client


def _pages(client: Client, address: str) -> list[float]:
    taken = []
    for _ in range(PAGES):
        start = time.perf_counter()
        response = client.get(address)
        taken.append(time.perf_counter() - start)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
    return taken


def _as_owner(*statements: str) -> None:
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _walled() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE p.polname = 'wall' ORDER BY relname"
        )
        return [name for (name,) in cursor.fetchall()]


def _wall(verb: str) -> None:
    """Switch row security of every walled table; the policies stay."""
    _as_owner(*(f"ALTER TABLE {table} {verb} ROW LEVEL SECURITY" for table in _walled()))
