"""`make run` as a person meets it: it serves, and whatever ends it leaves nothing behind."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kaderjamsos import servers
from kaderjamsos.embedded import free_port
from tests.ops.conftest import ROOT, Home

pytestmark = pytest.mark.xdist_group("run")
SECONDS = 300  # a loaded machine takes its time; a quick one does not wait


def _below(pid: int) -> set[int]:
    """Every process below one, whatever its group or session."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.parent.name)] = int(fields[1])
    found: set[int] = set()
    edge = {pid}
    while edge := {child for child, parent in parents.items() if parent in edge} - found:
        found |= edge
    return found


def _alive(pids: set[int]) -> set[int]:
    alive = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            alive.add(pid)
    return alive


def _named(pids: set[int], word: str) -> list[int]:
    return sorted(
        pid for pid in pids if word in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    )


class MakeRun:
    """One `make run` in a home whose first data counts as loaded."""

    def __init__(self, home: Home) -> None:
        self.home, self.port = home, free_port()
        self.log = home.path / "make-run.log"
        owner = home.ask("servers.database_urls()[0]")
        mark = {"database": hashlib.sha256(owner.encode()).hexdigest()}
        (home.path / "loaded.json").write_text(json.dumps(mark))
        with self.log.open("w") as log:
            self.make = subprocess.Popen(
                ["make", "run"],
                cwd=ROOT,
                env={**home.env, "PORT": str(self.port)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )

    def until(self, text: str) -> str:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            if text in self.log.read_text():
                return self.log.read_text()
            assert self.make.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"{text!r} did not appear:\n{self.log.read_text()}")

    def until_gone(self, pids: set[int]) -> None:
        end = time.monotonic() + SECONDS
        while left := _alive(pids):
            assert time.monotonic() < end, [
                Path(f"/proc/{pid}/cmdline").read_text() for pid in left
            ]
            time.sleep(0.1)
        self.make.wait(timeout=SECONDS)


@pytest.fixture
def run(home: Home) -> Iterator[MakeRun]:
    started = MakeRun(home)
    try:
        started.until("Ctrl-C stops everything")
        yield started
    finally:
        left = _below(started.make.pid)
        started.make.kill()
        started.until_gone(left)


def test_term_to_make_stops_everything_it_started_and_nothing_else(run, home, neighbour):
    neighbour.servers("start")
    with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/livez", timeout=5) as answer:
        assert answer.status == 200

    worker = _named(_below(run.make.pid), "celery --quiet --app kaderjamsos")
    os.kill(worker[0], signal.SIGKILL)
    run.until("starting it again")

    started = _below(run.make.pid)
    assert len(started) >= 6, "bin/run, web with two processes, worker, beat"
    run.make.terminate()
    run.until_gone(started)
    assert home.status == {"postgresql": False, "valkey": False}
    assert neighbour.status == {"postgresql": True, "valkey": True}
    assert all(servers.status().values()), "the servers of this test session went down too"


def test_a_killed_make_leaves_nothing_behind(run, home):
    started = _below(run.make.pid)
    run.make.kill()
    run.until_gone(started)
    assert home.status == {"postgresql": False, "valkey": False}


def test_ctrl_c_stops_everything_and_a_readiness_check_was_green_before(run, home):
    end = time.monotonic() + SECONDS
    facts: dict = {}
    while facts.get("status") != "ok":
        assert time.monotonic() < end, facts
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/readyz", timeout=5) as answer:
                facts = json.load(answer)
        except urllib.error.HTTPError as error:
            facts = json.load(error)
            time.sleep(0.5)
    started = _below(run.make.pid)
    os.killpg(run.make.pid, signal.SIGINT)
    run.until_gone(started)
    assert home.status == {"postgresql": False, "valkey": False}


def test_a_port_of_somebody_else_is_named_at_once(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            ["make", "run"],
            cwd=ROOT,
            env={**home.env, "PORT": str(taken.getsockname()[1])},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    assert done.returncode != 0
    assert "cannot be used" in done.stderr
    assert "PORT=8001 make run" in done.stderr
