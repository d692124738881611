"""The product, running on a database of its own, for all journeys of one worker.

Each journey walks in a regency of its own, so that none sees what another did.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import xlsxwriter
from playwright.sync_api import Browser, Playwright, sync_playwright
from python_calamine import CalamineWorkbook

from kaderjamsos import servers
from tests.databases import clone_of_template
from tests.product import Product, launched, running, with_database

PEOPLE = 11_498
BROKER_DATABASES = {"main": 7, "gw0": 8, "gw1": 9, "gw2": 11, "gw3": 12}


@pytest.fixture(scope="package")
def product(django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Web, worker, database and broker of the journeys alone, with the demonstration logins."""
    owner, app = servers.database_urls()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    broker = servers.redis_url().rsplit("/", 1)[0] + f"/{BROKER_DATABASES[worker]}"
    files: Path = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        clone_of_template(f"journey_{worker}_{os.getpid()}") as name,
    ):
        env = {
            **os.environ,
            "DATABASE_URL": with_database(app, name),
            "DATABASE_OWNER_URL": with_database(owner, name),
            "REDIS_URL": broker,
            "KJ_PRIVATE_ROOT": str(files),
        }
        env.pop("DJANGO_SETTINGS_MODULE", None)
        with running(env) as copy:
            copy.manage("seed", "situbondo")
            yield copy


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """What drives browsers and calls of the API."""
    with sync_playwright() as driving:
        yield driving


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser; each journey opens windows of its own in it."""
    with launched(playwright) as opened:
        yield opened


def whole_roster(product: Product, regency: str, folder: Path) -> Path:
    """A roster of a whole regency, as `sample_roster` writes it."""
    path = folder / "kader.xlsx"
    product.manage(
        "sample_roster", regency, str(path), "--people", str(PEOPLE), "--posyandu", "2310"
    )
    return path


def member_list(roster: Path, target: Path) -> Path:
    """The branch's answer: every NIK of the roster with a member number of eleven digits."""
    headings, *rows = CalamineWorkbook.from_path(roster).get_sheet_by_index(0).to_python()
    column = headings.index("NIK")
    answers = [(row[column], f"26{number:09d}") for number, row in enumerate(rows)]
    with xlsxwriter.Workbook(str(target)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([("NIK", "Nomor Peserta"), *answers]):
            sheet.write_row(number, 0, row)
    return target


# Where a person is followed row by row, so that it does not matter how many rows others have.
FOLLOWED = ("%event", "audit_%", "core_%")


def tables_never_looked_at(product: Product) -> list[str]:
    """Tables that got a regency's rows without the planner being told in the same transaction.

    What PostgreSQL looks at by itself comes a minute later, and until then a page takes minutes.
    """
    with psycopg.connect(product.env["DATABASE_OWNER_URL"]) as connection:
        found = connection.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE n_tup_ins >= %s "
            "AND last_analyze IS NULL AND relname NOT LIKE ALL (%s) ORDER BY relname",
            [PEOPLE // 2, list(FOLLOWED)],
        )
        return [name for (name,) in found]
