"""One thing to do, and how everything that waits is counted: in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Value
from django.utils.functional import Promise

Waiting = dict[str, QuerySet]  # what may wait, by name
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
    """How many rows each query has, asked together; those with none are left out."""
    asked = [
        rows.order_by().values(what=Value(name)).annotate(how_many=Count("pk"))
        for name, rows in waiting.items()
    ]
    if not asked:
        return {}
    return {row["what"]: row["how_many"] for row in asked[0].union(*asked[1:], all=True)}
