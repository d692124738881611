"""What happens to other apps' rows when two records of one person become one.

An app offers `MERGERS = (function, ...)` in its own `person_merging.py`; this app never imports
them by name. A function takes the kept and the other record, both held, and points the other's
rows to the kept one; it raises DomainError, in words that say what to do first, where it cannot.
"""

from collections.abc import Callable

from cadres.models import Cadre
from core import offers

Merger = Callable[[Cadre, Cadre], None]


def follow(kept: Cadre, other: Cadre) -> None:
    """Let every app point its rows of `other` to `kept`."""
    mergers: list[Merger] = [
        each for offered in offers.modules("person_merging") for each in offered.MERGERS
    ]
    for merger in mergers:
        merger(kept, other)
