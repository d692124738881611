"""How far a programme is on its way from a baseline to a target: pure."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """People covered now, against the people meant and those who were covered before."""

    people: int
    baseline: int
    covered: int

    @property
    def missing(self) -> int:
        """People who are not covered yet; never negative."""
        return max(self.people - self.covered, 0)

    @property
    def reached(self) -> bool:
        """Whether as many people are covered as were meant."""
        return self.covered >= self.people

    @property
    def below_baseline(self) -> bool:
        """Fewer people than before the programme: their data are not all here, or covers ended."""
        return self.covered < self.baseline

    @property
    def gained(self) -> int:
        """People covered beyond the baseline; never negative."""
        return max(self.covered - self.baseline, 0)

    @property
    def to_gain(self) -> int:
        """People between the baseline and the target."""
        return self.people - self.baseline

    @property
    def parts(self) -> list[tuple[int, str]]:
        """What a bar on the scale of the target shows: the baseline, then what was gained."""
        return [
            (min(self.covered, self.baseline), "b"),
            (min(self.gained, self.to_gain), "g"),
        ]

    @property
    def whole(self) -> list[tuple[int, str]]:
        """The same as one part, where no words stand beside the bar."""
        return [(min(self.covered, self.people), "g")]


def days_left(until: dt.date, today: dt.date) -> int:
    """Days until the day of a target; zero on the day, negative after it."""
    return (until - today).days
