"""Reading a roster: lines of a sheet become people or findings. Pure: no database, no clock.

What a line means is decided here from the line, the heading above it, what people answered about
the file (`Answers`) and `Ground` (the areas and the day); what it changes is decided in
`cadres.staging` against the people who are there.
"""

from cadres.importing.ground import (
    REJECTING,
    Answers,
    Ground,
    MappingNeeded,
    Note,
    Person,
    RosterRefused,
    Shape,
)
from cadres.importing.reader import Reader, shapes

__all__ = [
    "REJECTING",
    "Answers",
    "Ground",
    "MappingNeeded",
    "Note",
    "Person",
    "Reader",
    "RosterRefused",
    "Shape",
    "shapes",
]
