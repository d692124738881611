"""The product, running on a database of its own, for the journeys of one module."""

import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from kaderjamsos import servers
from tests.databases import clone_of_template
from tests.product import Product, running, with_database

REGENCY = "situbondo"
PEOPLE = 11_498
BROKER_DATABASES = {"main": 7, "gw0": 8, "gw1": 9}


@pytest.fixture(scope="module")
def product(django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Web, worker, database and broker of this module alone, with the demonstration logins."""
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


@pytest.fixture(scope="module")
def roster(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A roster of the whole regency, as `sample_roster` writes it."""
    path = tmp_path_factory.mktemp("roster") / "kader.xlsx"
    product.manage(
        "sample_roster", REGENCY, str(path), "--people", str(PEOPLE), "--posyandu", "2310"
    )
    return path


def member_list(roster: Path, target: Path) -> Path:
    """The branch's answer: every NIK of the roster with a member number of eleven digits."""
    sheet = openpyxl.load_workbook(roster, read_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    headings = [str(cell) for cell in next(rows)]
    column = headings.index("NIK")
    book = openpyxl.Workbook(write_only=True)
    out = book.create_sheet()
    out.append(["NIK", "Nomor Peserta"])
    for number, row in enumerate(rows):
        out.append([row[column], f"26{number:09d}"])
    book.save(target)
    return target
