"""Every page of every role in a browser: nothing bars anybody's way, nothing is too heavy.

Each address is read once on a narrow phone in Indonesian; what other roles see, and the lists of
a regency that has nothing yet, on an office PC in English. `make pages` crosses all of it.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import pages
from tests.journeys.conftest import BROKER_DATABASES
from tests.product import browser

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("pages")]


@pytest.fixture(scope="module")
def site(django_db_blocker) -> Iterator[pages.Site]:
    """A full and an empty regency, and who looks at what."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with (
        django_db_blocker.unblock(),
        pages.site(f"pages_{worker}_{os.getpid()}", BROKER_DATABASES[worker]) as found,
    ):
        yield found


@pytest.fixture(scope="module")
def chromium(site) -> Iterator[Browser]:
    """One browser for the module, closed before its site, whose end asks the database."""
    with browser() as opened:
        yield opened


def test_every_page_is_open_to_everybody_on_a_narrow_phone(site, chromium):
    seen = pages.look(chromium, site, "id", 360, [each for each in site.visits if each.first])
    assert not seen.wrong, "\n".join(seen.wrong)
    assert seen.pages > 60


def test_other_roles_and_empty_lists_in_english_at_a_desk(site, chromium):
    seen = pages.look(chromium, site, "en", 1366, [each for each in site.visits if not each.first])
    assert not seen.wrong, "\n".join(seen.wrong)
    assert seen.pages > 30


def test_every_page_of_a_regency_shows_its_object_and_not_that_it_is_missing(site):
    assert not site.missing, "tests/guards/objects.py makes nothing for these"


def test_a_barrier_and_a_wide_line_are_seen(site, chromium):
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.route("**/broken", lambda route: route.fulfill(content_type="text/html", body=BROKEN))
    found = " ".join(pages.problems(page, site.address + "/broken", 360))
    assert "image-alt" in found
    assert "target-size" in found
    assert "sideways" in found


BROKEN = """<!doctype html><html lang="id"><head><title>Rusak</title>
<link rel="icon" href="data:,"></head><body><main>
<h1>Rusak</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="900" height="9">
<button style="padding:0;height:10px;width:10px">x</button><button
style="padding:0;height:10px;width:10px">y</button></main></body></html>"""
