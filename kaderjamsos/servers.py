"""Where the database and the broker are, and starting the embedded ones when nobody names any.

Standard library only: settings import this, and `bin/run` uses it before Django exists.
With DATABASE_URL and REDIS_URL set nothing is started here. Otherwise PostgreSQL and Valkey
come from their wheels and live under KJ_HOME; as root, which PostgreSQL refuses, under
/var/lib/kaderjamsos/<digest of KJ_HOME>, owned by a system user of their own.

    python -m kaderjamsos.servers start|stop|status|reset
    python -m kaderjamsos.servers with COMMAND ...   servers for as long as COMMAND runs
"""

import base64
import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from kaderjamsos import embedded, embedded_valkey
from kaderjamsos.embedded import Place, Progress, ServerError, write_private

PROJECT = Path(__file__).resolve().parent.parent
SECRET_NAMES = {"secret_key": "KJ_SECRET_KEY", "field_key": "KJ_FIELD_KEY"}
SECRET_NAMES |= {"digest_key": "KJ_DIGEST_KEY"}


def home() -> Path:
    """The directory of everything this copy keeps: KJ_HOME, or `var` in the project."""
    return Path(os.environ.get("KJ_HOME") or PROJECT / "var").expanduser().resolve()


# --- secrets ------------------------------------------------------------------------------


def secret(name: str) -> str:
    """A secret from the environment, or the one generated once into KJ_HOME/secret.json.

    Names: `secret_key` (Django), `field_key` (base64 of 32 bytes, seals identity numbers),
    `digest_key` (base64 of 32 bytes, keyed digests). Raises ServerError in production when
    the environment lacks one: a key generated in a container would be lost with it.
    """
    variable = SECRET_NAMES[name]
    given = os.environ.get(variable)
    if given:
        return given
    if os.environ.get("KJ_ENV") == "production":
        raise ServerError(f"{variable} must be set in production; see .env.example")
    path = home() / "secret.json"
    with _locked("secret.lock"):
        kept = json.loads(path.read_text()) if path.exists() else {}
        if name not in kept:
            raw = secrets.token_bytes(64 if name == "secret_key" else 32)
            kept[name] = base64.b64encode(raw).decode()
            write_private(path, kept)
    return str(kept[name])


def derived_password(purpose: str) -> str:
    """A password that follows from the secret key, so that no second secret has to be kept."""
    key = secret("secret_key").encode()
    return hmac.new(key, f"kaderjamsos:{purpose}".encode(), hashlib.sha256).hexdigest()


# --- addresses ----------------------------------------------------------------------------


def database_urls() -> tuple[str, str]:
    """(owner's URL, application's URL); the owner migrates, the application owns nothing.

    Both from DATABASE_OWNER_URL and DATABASE_URL; or DATABASE_URL alone is the owner's and the
    application's role is `<database>_app` with a derived password; or the embedded server.
    """
    given, owner = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if given and owner:
        return owner, given
    if owner:
        raise ServerError("DATABASE_OWNER_URL is set without DATABASE_URL; see .env.example")
    if given:
        return given, application_url(given)
    owner = "postgresql://{}:{}@{}:5432/{}".format(
        embedded.OWNER,
        derived_password(embedded.OWNER),
        quote(str(_place().sockets), safe=""),
        embedded.DATABASE,
    )
    return owner, application_url(owner)


def application_url(owner_url: str) -> str:
    """The owner's URL with the application's role and its derived password instead."""
    parts = urlsplit(owner_url)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ServerError("DATABASE_URL names no database")
    role = f"{name}_app"
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{quote(role, safe='')}:{derived_password(role)}@{host}"
    return urlunsplit(parts._replace(netloc=netloc))


def redis_url() -> str:
    """The broker's URL: REDIS_URL, or the embedded Valkey on 127.0.0.1 with its password."""
    given = os.environ.get("REDIS_URL")
    if given:
        return given
    return f"redis://:{derived_password('valkey')}@127.0.0.1:{_place().port}/0"


def embedded_parts() -> tuple[bool, bool]:
    """(PostgreSQL is embedded, Valkey is embedded)."""
    return not os.environ.get("DATABASE_URL"), not os.environ.get("REDIS_URL")


# --- the place ----------------------------------------------------------------------------


@contextmanager
def _locked(name: str, *, shared: bool = False) -> Iterator[None]:
    """Hold a file lock in KJ_HOME; it ends with the process, so a crash leaves none behind."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / name).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield


def _digest() -> str:
    return hashlib.sha256(os.fsencode(home())).hexdigest()[:16]


def _record() -> dict:
    """KJ_HOME/servers.json, made on first use and renewed where the machine no longer fits it."""
    path = home() / "servers.json"
    user = embedded.owner_of_servers()
    with _locked("record.lock"):
        record = json.loads(path.read_text()) if path.exists() else {}
        before = dict(record)
        if record.get("home") != str(home()) or record.get("user") != user:
            # New, or copied or moved from elsewhere: never share servers with the original.
            state = embedded.SYSTEM_ROOT / _digest() if user else home()
            record = {"home": str(home()), "user": user, "state": str(state)}
            record["instance"] = secrets.token_hex(8)
        sockets = Path(record.get("sockets", "/nonexistent"))
        if user is None and not _is_ours(sockets):
            home().chmod(home().stat().st_mode & ~0o077)
            sockets = embedded.socket_directory(home() / "run")
            sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
            record["sockets"] = str(sockets)
        elif user is not None:
            record["sockets"] = str(Path(record["state"]) / "run")
        record.setdefault("port", embedded.free_port())
        if record != before:
            write_private(path, record)
    return record


def _is_ours(directory: Path) -> bool:
    """Whether a directory (perhaps under /tmp) is real, ours and private."""
    try:
        facts = directory.lstat()
    except OSError:
        return False
    return directory.is_dir() and facts.st_uid == os.geteuid() and not facts.st_mode & 0o077


def _place() -> Place:
    record = _record()
    return Place(
        state=Path(record["state"]),
        sockets=Path(record["sockets"]),
        port=int(record["port"]),
        user=record["user"],
    )


def _claim_state(place: Place, progress: Progress) -> None:
    """Set aside data that an earlier home at the same path left behind.

    As root the data lives outside KJ_HOME. When KJ_HOME was deleted and made again, its keys
    are gone and the old data could not be read; it is kept as `.old` until the next time.
    """
    mark = place.state / "instance"
    instance = _record()["instance"]
    if place.user is not None and place.state.exists():
        kept = mark.read_text().strip() if mark.exists() else ""
        if kept != instance:
            progress(f"Setting aside the data of an earlier {home()} ...")
            _stop_strays(place, progress)
            old = place.state.with_name(place.state.name + ".old")
            shutil.rmtree(old, ignore_errors=True)
            place.state.rename(old)
    embedded.make_directories(place)
    mark.write_text(instance)
    (place.state / "home").write_text(f"{home()}\n")  # for whoever cleans up the machine


def _stop_strays(place: Place, progress: Progress) -> None:
    """Stop servers that run in a state directory whose password we no longer know."""
    embedded.stop_postgres(place, progress)
    embedded.end_processes_in(place.valkey_dir)


# --- start and stop -----------------------------------------------------------------------


def ensure_running(progress: Progress = print) -> bool:
    """Start what is embedded and down, creating it on first use; True if anything was started."""
    want_postgres, want_valkey = embedded_parts()
    if not (want_postgres or want_valkey):
        return False
    started = False
    with _locked("servers.lock"):
        _claim_state(_place(), progress)
        if want_postgres:
            password = derived_password(embedded.OWNER)
            started |= embedded.start_postgres(_place(), password, progress)
        if want_valkey:
            started |= _start_valkey(progress)
    return started


def _start_valkey(progress: Progress) -> bool:
    password = derived_password("valkey")
    for _ in range(3):
        try:
            return embedded_valkey.start_valkey(_place(), password, progress)
        except embedded_valkey.PortTaken:
            with _locked("record.lock"):
                path = home() / "servers.json"
                write_private(path, json.loads(path.read_text()) | {"port": embedded.free_port()})
    raise ServerError("found no free port for Valkey")


def stop(progress: Progress = print) -> None:
    """Stop the embedded servers of this home, data safe on disk; quiet when they are down."""
    if not (home() / "servers.json").exists():
        return
    with _locked("servers.lock"):
        place = _place()
        if place.state.exists():
            embedded_valkey.stop_valkey(place, derived_password("valkey"), progress)
            embedded.stop_postgres(place, progress)


def status() -> dict[str, bool]:
    """Which of the embedded servers of this home answer; empty when none is embedded."""
    want_postgres, want_valkey = embedded_parts()
    known = (home() / "servers.json").exists()
    found = {}
    if want_postgres:
        found["postgresql"] = known and embedded.postgres_running(_place())
    if want_valkey:
        password = derived_password("valkey")
        found["valkey"] = known and embedded_valkey.valkey_running(_place(), password)
    return found


@contextmanager
def in_use(progress: Progress = print) -> Iterator[None]:
    """Servers for the length of a block; the last user out stops them, if a user started them.

    Servers started by hand (`servers start`) stay until `servers stop`. Users are counted with
    a shared file lock, so a killed one does not count.
    """
    if not any(embedded_parts()):
        yield
        return
    by_users = home() / "started-by-users"
    home().mkdir(parents=True, exist_ok=True)
    with (home() / "in-use.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        if ensure_running(progress):
            by_users.touch()
        try:
            yield
        finally:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                progress("Others still use the database server; it stays up.")
            else:
                if by_users.exists():
                    stop(progress)
                    by_users.unlink()


def reset(progress: Progress = print) -> None:
    """Delete the embedded servers' data, the files and the generated keys of this home."""
    if not any(embedded_parts()):
        raise ServerError("reset works on the embedded servers only; DATABASE_URL is set")
    if not (home() / "servers.json").exists():
        return
    with (home() / "in-use.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerError(f"{home()} is in use; stop `make run` and try again") from None
    stop(progress)
    place = _place()
    if place.user is not None:
        shutil.rmtree(place.state, ignore_errors=True)
    for name in ("postgres", "valkey", "files", "mail", "run", "static"):
        shutil.rmtree(home() / name, ignore_errors=True)
    for name in ("servers.json", "secret.json", "postgres.log", "instance", "home", "loaded.json"):
        (home() / name).unlink(missing_ok=True)


def main(words: list[str]) -> int:
    """The command line described at the top of this file."""
    start = time.monotonic()
    try:
        match words:
            case ["start"]:
                ensure_running()
                (home() / "started-by-users").unlink(missing_ok=True)
                print(f"PostgreSQL and Valkey are up ({time.monotonic() - start:.1f} s).")
            case ["stop"]:
                stop()
            case ["status"]:
                print(json.dumps(status()))
                return 0 if all(status().values()) else 1
            case ["reset"]:
                reset()
            case ["with", *command] if command:
                with in_use(lambda text: print(text, file=sys.stderr)):
                    return subprocess.run(command, check=False).returncode
            case _:
                print(__doc__)
                return 2
    except ServerError as error:
        print(re.sub(r"(?m)^", "  ", str(error)).strip(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
