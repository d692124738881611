"""What happens to other apps' rows when people move to another village of the regency.

An app offers `MOVERS = (function, ...)` and `RETURNERS = (function, ...)` in its own
`person_moving.py`; this app never imports them by name. Both are called when the people's records
name their village already: the movers with a `Move`, the returners with the number of a roster
that was taken back and the people whom it had moved.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from accounts.access import Actor
from core import offers


@dataclass(frozen=True)
class Move:
    """People (ids) who are in another village from the day `on`, and the roster that said so."""

    people: Collection[int]
    on: dt.date
    by: Actor | None = None
    roster_id: int | None = None


def follow(move: Move) -> None:
    """Let every app move what it holds about these people."""
    if move.people:
        for mover in _offered("MOVERS"):
            mover(move)


def take_back(roster_id: int, people: Collection[int]) -> None:
    """Let every app take back what it moved because a roster had moved these people."""
    if people:
        for returner in _offered("RETURNERS"):
            returner(roster_id, people)


def _offered(name: str) -> Iterator[Any]:
    for offered in offers.modules("person_moving"):
        yield from getattr(offered, name)
