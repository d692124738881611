"""`python -m tests.fuzz [--files N] [--seed N]`: mutilate rosters, read them, print the figures."""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import django

PART = 100


def _part(first: int, count: int, seed: int) -> "Figures":  # noqa: F821
    """Read some of the files in this process; one in a hundred through the real child."""
    from core import sheets
    from tests.fuzz import mutations, running

    figures, real = running.Figures(), sheets.parse
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster"
        for number in range(first, first + count):
            way, data = mutations.mutilated(number, seed)
            path.write_bytes(data)
            sheets.parse = real if number % PART == 0 else running.forked
            figures.count(f"{number} {way}", path)
    sheets.parse = real
    return figures


def _bomb(number: int) -> "Figures":  # noqa: F821
    """Make one bomb in a process of its own, and read it in this one with the real child."""
    from tests.fuzz import bombs, running

    make = bombs.BOMBS[number]
    figures = running.Figures()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / make.__name__
        maker = multiprocessing.get_context("fork").Process(target=lambda: path.write_bytes(make()))
        maker.start()
        maker.join()
        figures.count(make.__name__, path)
    return figures


def _told(mutilated: "Figures", bombs: "list[tuple[str, Figures]]") -> Iterator[str]:  # noqa: F821
    from tests.fuzz.running import PEOPLE, QUESTION

    ends = mutilated.ends
    errors = len(mutilated.errors) + sum(len(figures.errors) for _name, figures in bombs)
    yield f"files             {ends.total()} mutilated, {len(bombs)} bombs"
    yield f"unhandled errors  {errors}"
    yield f"ended in people   {ends[PEOPLE]}"
    yield f"ended in question {ends[QUESTION]}"
    for code, count in ends.most_common():
        if code not in (PEOPLE, QUESTION):
            yield f"refused           {count:5} {code}"
    yield f"slowest           {mutilated.slowest:.1f} s, {mutilated.busiest:.1f} s of processor"
    yield f"peak memory       {mutilated.memory} MB"
    for name, figures in bombs:
        (code,) = figures.ends
        spent = f"{figures.slowest:.1f} s ({figures.busiest:.1f} s of processor)"
        yield f"bomb              {name}: {code} in {spent}, {figures.memory} MB"


def main() -> int:
    """Run and print; 1 when a file ended in an error or a bomb was read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaderjamsos.settings")
    django.setup()
    from tests.fuzz import bombs, running

    asked = argparse.ArgumentParser(prog="make fuzz")
    asked.add_argument("--files", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=running.SEED)
    told = asked.parse_args()
    begun, figures = time.monotonic(), running.Figures()
    with ProcessPoolExecutor(2) as pool:  # a worker that dies breaks the pool, and the run
        parts = [
            pool.submit(_part, first, min(PART, told.files - first), told.seed)
            for first in range(0, told.files, PART)
        ]
        for number, part in enumerate(parts, 1):
            figures.add(part.result())
            if number % 10 == 0:
                sys.stderr.write(f"  {number * PART} of {told.files}\n")
    blown = []
    for number, make in enumerate(bombs.BOMBS):
        with ProcessPoolExecutor(1) as pool:
            blown.append((make.__name__, pool.submit(_bomb, number).result()))
    print("\n".join(_told(figures, blown)))
    print(f"took              {time.monotonic() - begun:.0f} s, seed {told.seed}")
    errors = [*figures.errors, *(error for _name, each in blown for error in each.errors)]
    sys.stderr.write("\n".join(errors[:20]))
    read = any(each.ends[running.PEOPLE] for _name, each in blown)
    return 1 if errors or read else 0


if __name__ == "__main__":
    sys.exit(main())
