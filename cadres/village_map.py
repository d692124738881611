"""The schematic map of villages: districts as blocks, one square a village, in code order.

Nothing here knows where a village lies; the code stands for the place, since a district's
villages were numbered one beside the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from cadres.queries.places import FRESH, NEVER, OLD, STATUS, TONES, WAITING, VillageState
from regions.models import District

# What a square carries beside its colour; each is told apart without it.
MARKS = {NEVER: "×", OLD: "!", WAITING: "…", FRESH: "✓"}


@dataclass(frozen=True)
class Square:
    """One village on the map."""

    state: VillageState

    @property
    def mark(self) -> str:
        """The sign of the status."""
        return MARKS[self.state.status]

    @property
    def words(self) -> str:
        """Name and status, for those who hear the map and those who point at a square."""
        return f"{self.state.village.full_name}: {self.state.label}"


@dataclass(frozen=True)
class Block:
    """One district: the squares that are shown, and how many of its villages are up to date."""

    district: District
    squares: list[Square]
    fresh: int
    villages: int


@dataclass(frozen=True)
class Sign:
    """One line of the legend."""

    mark: str
    tone: str
    label: str
    villages: int


def blocks(shown: Sequence[VillageState], known: Iterable[VillageState]) -> list[Block]:
    """The districts of the villages that are shown, both in code order.

    `known` are all villages in sight: of them a block tells how many are up to date, also where
    a filter leaves out some squares.
    """
    totals: dict[int, list[bool]] = {}
    for state in known:
        totals.setdefault(state.village.district_id, []).append(state.status == FRESH)
    found = []
    for district, states in groupby(
        sorted(shown, key=lambda state: state.village.code), key=lambda s: s.village.district
    ):
        whole = totals[district.pk]
        found.append(Block(district, [Square(each) for each in states], sum(whole), len(whole)))
    return found


def legend(shown: Iterable[VillageState]) -> list[Sign]:
    """Every status with its sign and how many of the villages that are shown have it."""
    statuses = [state.status for state in shown]
    return [
        Sign(MARKS[status], TONES[status], str(label), statuses.count(status))
        for status, label in STATUS.items()
    ]
