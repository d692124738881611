"""One thing to do, and how everything that waits is counted: in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils.functional import Promise

Waiting = dict[str, QuerySet | Sequence[Any]]  # what may wait, by name
Numbers = Mapping[str, int]

NAMED = 4  # how many a sentence names


@dataclass(frozen=True)
class Item:
    """One thing to do: a sentence, what it means, and where it is done."""

    tone: str
    title: str | Promise
    text: str
    url: str
    action: str | Promise


def tally(waiting: Waiting) -> dict[str, int]:
    """How many there are of each; what is asked of the database is asked together."""
    asked, found = [], {}
    for name, rows in waiting.items():
        if isinstance(rows, QuerySet):
            asked.append(rows.order_by().values(what=Value(name)).annotate(how_many=Count("pk")))
        else:
            found[name] = len(rows)
    if asked:
        found |= {row["what"]: row["how_many"] for row in asked[0].union(*asked[1:], all=True)}
    return found
