"""Places of quotas that people take who are not inside: other apps know who these are.

An app offers `TAKERS = (Takers(...), ...)` in its own `quota_takers.py`; this app never imports
them by name.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from core import offers


@dataclass(frozen=True)
class Takers:
    """People of a kind of service who have a place on a day without being inside a quota.

    `counted(kind, day, village_id)` numbers them by village (id), of one village or, without
    one, of all in one statement; `people(kind, day, village_id)` are their ids in one village.
    """

    counted: Callable[[str, dt.date, int | None], Mapping[int, int]]
    people: Callable[[str, dt.date, int], Collection[int]]


TAKERS: tuple[Takers, ...] = ()


def counted(kind: str, day: dt.date, village_id: int | None = None) -> Mapping[int, int]:
    """How many people of each village (id) take a place from outside."""
    found: Counter[int] = Counter()
    for takers in _offered():
        found.update(takers.counted(kind, day, village_id))
    return found


def people(kind: str, day: dt.date, village_id: int) -> set[int]:
    """Ids of the people of a village who take a place from outside."""
    return {pk for takers in _offered() for pk in takers.people(kind, day, village_id)}


def _offered() -> Iterator[Takers]:
    for offered in offers.modules("quota_takers"):
        yield from offered.TAKERS
