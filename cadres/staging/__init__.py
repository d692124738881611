"""A roster against the people who are there, with a handful of SQL statements.

`tables` brings lines into the database, `classify` judges them, `notes` writes what only the
people who are there can tell, `writing` saves, `undo` takes back. Everything runs inside the scope;
the policies add the regency to every statement.
"""

from cadres.staging.classify import classify_again, lock_people
from cadres.staging.notes import elsewhere_notes, note_known, note_similar, posyandu_notes
from cadres.staging.tables import forget, keep_notes, keep_rows, stage
from cadres.staging.undo import take_back, was_built_upon
from cadres.staging.writing import apply, deaths, marked, moved

__all__ = [
    "apply",
    "classify_again",
    "deaths",
    "elsewhere_notes",
    "forget",
    "keep_notes",
    "keep_rows",
    "lock_people",
    "marked",
    "moved",
    "note_known",
    "note_similar",
    "posyandu_notes",
    "stage",
    "take_back",
    "was_built_upon",
]
