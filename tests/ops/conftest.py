"""A home of its own for a test: its own servers, stopped and deleted afterwards."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Home:
    """A KJ_HOME and the command line that works on it."""

    path: Path

    @property
    def env(self) -> dict[str, str]:
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("KJ_", "DATABASE", "REDIS"))
        }
        return {**kept, "KJ_HOME": str(self.path)}

    def servers(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`python -m kaderjamsos.servers ...` in this home."""
        return subprocess.run(
            [sys.executable, "-m", "kaderjamsos.servers", *words],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def ask(self, expression: str) -> str:
        """The value of a Python expression about `servers` in this home."""
        code = f"from kaderjamsos import servers; print({expression})"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout.strip()

    @property
    def status(self) -> dict[str, bool]:
        return json.loads(self.servers("status").stdout)

    @property
    def state(self) -> Path:
        return Path(json.loads((self.path / "servers.json").read_text())["state"])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home that the tests of one file share, one after the other."""
    made = Home(tmp_path_factory.mktemp("home"))
    yield made
    done = made.servers("reset")
    assert done.returncode == 0, done.stderr


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[Home]:
    """Another copy of the product beside `home`."""
    made = Home(tmp_path / "a second home")
    yield made
    done = made.servers("reset")
    assert done.returncode == 0, done.stderr
