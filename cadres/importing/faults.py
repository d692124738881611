"""Faults that a whole table has are one finding, judged by its first hundred people."""

import datetime as dt
from dataclasses import dataclass

from cadres.importing.cells import swapped
from cadres.importing.ground import Note
from cadres.importing.tables import Table

JUDGED = 100
FEWEST = 3
SHARE = 0.8
# The finding of one line, and the finding of the table that it becomes.
WHOLE = {"birth_date_swapped": "dates_swapped_all", "row_shifted": "columns_shifted"}


@dataclass
class Sample:
    """The first hundred people of a table: how many, how many days of birth were right although
    they would be days when swapped too, and the last one's line."""

    people: int = 0
    right_dates: int = 0
    last: int = 0


def folded(notes: list[Note], table: Table, sample: Sample, people: int) -> list[Note]:
    """The notes of one table, with what nearly every line has said once, at the heading.

    `people` is how many the whole table has.
    """
    for code, whole in WHOLE.items():
        found = [note for note in notes if note.code == code]
        judged = sum(1 for note in found if note.number <= sample.last)
        of = judged + sample.right_dates if code == "birth_date_swapped" else sample.people
        if judged < FEWEST or judged < SHARE * of:
            continue
        first = found[0]
        facts = first.facts | {"count": len(found), "total": people, "first_row": first.number}
        facts["shape"] = table.key
        if code == "birth_date_swapped":
            other = swapped(dt.date.fromisoformat(first.facts["date"]))
            facts["other_date"] = other.isoformat() if other else ""
        one = Note(table.sheet, table.number or first.number, first.column, whole, facts)
        notes = [one, *(note for note in notes if note.code != code)]
    return notes
