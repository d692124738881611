"""A scratch database for a benchmark."""

from contextlib import AbstractContextManager

from tests.databases import clone_of_template, execute


def scratch(name: str) -> AbstractContextManager[str]:
    """A database of this benchmark's own, areas and rules loaded; dropped afterwards."""
    return clone_of_template(f"bench_{name}")


def checkpoint() -> None:
    """Write everything out; dropping a database does it, and the owner may not ask for it."""
    execute("DROP DATABASE IF EXISTS kj_bench_checkpoint")
    execute("CREATE DATABASE kj_bench_checkpoint")
    execute("DROP DATABASE kj_bench_checkpoint")
