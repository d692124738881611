"""The running product for journeys and screenshots: web and worker on a database of their own."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from kaderjamsos.embedded import free_port

ROOT = Path(__file__).resolve().parent.parent
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Every page is new to the browser: what it compiles or clears away beside it is not used again.
    "--js-flags=--no-opt --no-maglev --single-threaded-gc --min-semi-space-size=64"
    " --max-semi-space-size=64",
]


@dataclass(frozen=True)
class Product:
    """A running copy: its address and its environment."""

    address: str
    env: dict[str, str]

    @cached_property
    def logins(self) -> list[dict[str, Any]]:
        """Who may sign in, asked for once the worlds are there."""
        found: list[dict[str, Any]] = json.loads(self.manage("logins"))
        return found

    def login(self, role: str, regency: str | None = None, *, place: int = 0) -> dict[str, Any]:
        """The login of a role in a regency; `place` picks among several."""
        found = [
            each
            for each in self.logins
            if each["role"] == role and regency in (None, each["regency"])
        ]
        return found[place]

    def manage(self, *words: str) -> str:
        """Run a management command against this copy and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout


def with_database(url: str, name: str) -> str:
    """The same address with another database."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path="/" + quote(name)))


def wait_until_up(address: str, seconds: float = 180) -> None:
    """Return when the web process answers; raises TimeoutError when it does not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address + "/livez", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (OSError, urllib.error.HTTPError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")


@contextmanager
def running(env: dict[str, str], *, web_only: bool = False) -> Iterator[Product]:
    """Start web and worker with `env`, and stop exactly these two; `web_only` has no worker."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = {**env, "KJ_BASE_URL": address, "PYTHONWARNINGS": "ignore"}
    queue = f"q{port}"
    commands = (
        ["-m", "gunicorn", "kaderjamsos.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
        + ["--threads", "4", "--worker-class", "gthread", "--timeout", "120"]
        + ["--log-level", "warning"],
        ["-m", "celery", "--quiet", "--app", "kaderjamsos", "worker", "--concurrency", "2"]
        + ["--queues", "urgent,default,papers", "--loglevel", "WARNING"]
        + ["--without-gossip", "--without-mingle", "--hostname", f"{queue}@journey"],
    )
    started = [
        subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env)
        for command in (commands[:1] if web_only else commands)
    ]
    try:
        wait_until_up(address)
        yield Product(address, env)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=30)


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Debian's chromium, headless."""
    opened = playwright.chromium.launch(
        executable_path=os.environ.get("KJ_CHROMIUM", "/usr/bin/chromium"), args=FLAGS
    )
    yield opened
    opened.close()


@contextmanager
def browser() -> Iterator[Browser]:
    """A chromium with a driver of its own."""
    with sync_playwright() as playwright, launched(playwright) as opened:
        yield opened


def sign_in(page: Page, product: Product, login: dict[str, Any]) -> None:
    """Through the sign-in page, as a person does."""
    page.goto(product.address + "/akun/login/")
    page.fill("input[name=login]", login["email"])
    page.fill("input[name=password]", login["password"])
    page.click("form[action*=login] button[type=submit]")
    page.wait_for_load_state()
