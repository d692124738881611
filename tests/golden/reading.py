"""What reading one file of the corpus gives, in a form that a person can look through."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

from cadres.importing import Ground, MappingNeeded, Reader, RosterRefused
from core import sheets

VILLAGES = {
    ("SRONO", "KEBAMAN"): (1,),
    ("", "KEBAMAN"): (1,),
    ("SRONO", "WONOSOBO"): (2,),
    ("", "WONOSOBO"): (2,),
}


def ground(village_id: int | None) -> Ground:
    """A regency of two villages on the day of the corpus."""
    return Ground(
        today=dt.date(2026, 11, 22),
        regency_code="3510",
        districts=frozenset(("351006", "351001", "350901")),
        villages=VILLAGES,
        village_id=village_id,
        category="posyandu_cadre",
    )


def outcome(path: Path) -> dict[str, Any]:
    """The code of a refusal, the questions, or people and findings of a file.

    Files called `kabupaten-...` are a regency's list, all others are for the village Kebaman.
    """
    reader = Reader(ground(None if path.name.startswith("kabupaten") else 1))
    try:
        with sheets.opened(path) as book:
            people = list(reader.people(book.rows()))
            hidden = list(book.hidden)
    except (sheets.SheetRefused, RosterRefused) as refused:
        return {"refused": refused.code}
    except MappingNeeded as needed:
        return {
            "asks": [
                [shape.sheet, shape.number, shape.first, shape.guesses] for shape in needed.shapes
            ]
        }
    told = {
        "people": len(people),
        "rejected": sum(person.rejected for person in people),
        "posyandu": dict(Counter(person.posyandu for person in people)),
        "findings": [[note.sheet, note.number, note.column, note.code] for note in reader.notes],
    }
    return told | ({"hidden": hidden} if hidden else {})
