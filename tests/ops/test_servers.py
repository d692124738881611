"""The embedded servers survive crashes, stay apart from each other and stop when told."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from kaderjamsos import servers
from tests.ops.conftest import ROOT, Home

pytestmark = pytest.mark.xdist_group("servers")


def _write(home: Home, word: str) -> None:
    owner = home.ask("servers.database_urls()[0]")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (word text)")
        connection.execute("INSERT INTO note VALUES (%s)", [word])
    with redis.Redis.from_url(home.ask("servers.redis_url()")) as broker:
        broker.set("note", word)


def _read(home: Home) -> tuple[list[str], str]:
    with psycopg.connect(home.ask("servers.database_urls()[0]")) as connection:
        words = [row[0] for row in connection.execute("SELECT word FROM note")]
    with redis.Redis.from_url(home.ask("servers.redis_url()"), decode_responses=True) as broker:
        return words, broker.get("note")


def _postmaster(home: Home) -> int:
    return int((home.state / "postgres" / "postmaster.pid").read_text().split()[0])


def test_a_group_of_tests_stays_in_one_process(request: pytest.FixtureRequest):
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@servers")


def test_start_is_idempotent_and_a_restart_loses_nothing(home: Home):
    assert home.servers("start").returncode == 0
    _write(home, "kept")
    before = _postmaster(home)
    assert home.servers("start").returncode == 0
    assert _postmaster(home) == before
    time.sleep(1.2)  # the broker writes to disk once a second
    assert home.servers("stop").returncode == 0
    assert home.status == {"postgresql": False, "valkey": False}
    assert home.servers("start").returncode == 0
    assert _read(home) == (["kept"], "kept")


def test_a_crashed_server_is_started_again(home: Home):
    home.servers("start")
    _write(home, "before the crash")
    for pid in (_postmaster(home), int((home.state / "valkey" / "valkey.pid").read_text())):
        os.kill(pid, signal.SIGKILL)
    done = home.servers("start")
    assert done.returncode == 0, done.stderr
    assert home.status == {"postgresql": True, "valkey": True}
    assert "before the crash" in _read(home)[0]


def test_a_pid_file_that_names_another_program_is_no_obstacle(home: Home):
    home.servers("stop")
    pid_file = home.state / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{home.state / 'postgres'}\n")
    done = home.servers("start")
    assert done.returncode == 0, done.stderr
    assert _postmaster(home) != os.getpid()


def test_a_second_home_has_servers_of_its_own(home: Home, neighbour: Home):
    home.servers("start")
    _write(home, "here")
    done = neighbour.servers("start")
    assert done.returncode == 0, done.stderr
    _write(neighbour, "next door")
    assert _read(neighbour) == (["next door"], "next door")
    assert "next door" not in _read(home)[0]
    neighbour.servers("stop")
    assert neighbour.status == {"postgresql": False, "valkey": False}
    assert home.status == {"postgresql": True, "valkey": True}


def test_a_copy_of_a_home_does_not_use_the_servers_of_the_original(home: Home, neighbour: Home):
    home.servers("start")
    neighbour.path.mkdir()
    shutil.copy2(home.path / "servers.json", neighbour.path)
    shutil.copy2(home.path / "secret.json", neighbour.path)
    assert neighbour.ask("servers.database_urls()[0]") != home.ask("servers.database_urls()[0]")
    assert neighbour.ask("servers.redis_url()") != home.ask("servers.redis_url()")


def test_the_database_listens_on_no_network_and_its_files_are_private(home: Home):
    home.servers("start")
    with psycopg.connect(home.ask("servers.database_urls()[0]")) as connection:
        row = connection.execute("SHOW listen_addresses").fetchone()
        powers = connection.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == ("",)
    assert powers == (False, False)
    for path in (home.state / "postgres", home.state / "valkey"):
        assert path.stat().st_mode & 0o077 == 0


def test_the_last_user_out_stops_what_users_started(neighbour: Home):
    hold = [sys.executable, "-m", "kaderjamsos.servers", "with", "sh", "-c", "echo up; read line"]
    users = []
    for _ in range(2):
        user = subprocess.Popen(
            hold,
            cwd=ROOT,
            env=neighbour.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert user.stdout is not None
        assert user.stdout.readline() == "up\n"
        users.append(user)
    users[0].communicate("\n", timeout=60)
    assert neighbour.status == {"postgresql": True, "valkey": True}
    refused = neighbour.servers("reset")
    assert refused.returncode == 1
    assert "in use" in refused.stderr
    users[1].communicate("\n", timeout=60)
    assert neighbour.status == {"postgresql": False, "valkey": False}


def test_a_home_made_anew_at_the_same_path_starts_empty(neighbour: Home):
    neighbour.servers("start")
    _write(neighbour, "old")
    neighbour.servers("stop")
    state = neighbour.state
    shutil.rmtree(neighbour.path)
    done = neighbour.servers("start")
    assert done.returncode == 0, done.stderr
    _write(neighbour, "new")
    assert _read(neighbour)[0] == ["new"]
    assert neighbour.state == state
    shutil.rmtree(state.with_name(state.name + ".old"), ignore_errors=True)


def test_reset_leaves_neither_data_nor_keys(tmp_path: Path):
    home = Home(tmp_path / "home")
    home.servers("start")
    state = home.state
    assert home.servers("reset").returncode == 0
    assert not (state / "postgres").exists()
    left = {path.name for path in home.path.iterdir() if not path.name.endswith(".lock")}
    assert left == set()


def test_a_long_home_still_gets_a_short_socket(tmp_path: Path):
    home = Home(tmp_path.joinpath(*["a-directory-with-quite-a-long-name"] * 3))
    try:
        assert home.servers("start").returncode == 0
        sockets = json.loads((home.path / "servers.json").read_text())["sockets"]
        assert len(sockets) < 80
        assert home.status["postgresql"]
    finally:
        home.servers("reset")


def test_this_session_kept_its_own_servers():
    assert all(servers.status().values())
