"""Covers follow a person who moves to another village, and come back with a roster taken back."""

from collections.abc import Collection

from cadres.moving import Move
from enrollment.actions.moves import follow, take_back


def covers_follow(move: Move) -> None:
    """Every cover, open row, card and exception of these people goes where they are."""
    follow(people=move.people, on=move.on, by=move.by, roster_id=move.roster_id)


def covers_return(roster_id: int, people: Collection[int]) -> None:
    """They are where they were before the roster."""
    take_back(by=None, people=people, roster_id=roster_id)


MOVERS = (covers_follow,)
RETURNERS = (covers_return,)
