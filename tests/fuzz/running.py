"""Reading mutilated files as the worker does, and counting how they end."""

import faulthandler
import os
import resource
import signal
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from cadres import findings
from cadres.importing import MappingNeeded, Person, Reader, RosterRefused
from core import sheet_child, sheets
from tests.golden.reading import ground

SEED = 20261122
PEOPLE, QUESTION = "people", "question"
ROOM = {"sheet": 60, "name": 120, "posyandu": 100, "birth_place": 80, "sex": 1, "phone": 20}
ROOM |= {"mother_name": 120, "category": 24, "decree_number": 80}


@dataclass
class Figures:
    """How many files ended how; `errors` names those that ended in neither a code nor people."""

    ends: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    slowest: float = 0.0  # seconds on the clock, which other work on the machine makes longer
    busiest: float = 0.0  # seconds of the processor
    memory: int = 0  # megabytes, of the reading process
    child_memory: int = 0  # megabytes, of the process that opens the file

    def add(self, other: "Figures") -> None:
        """Take in the figures of another part of the run."""
        self.ends += other.ends
        self.errors += other.errors
        self.slowest = max(self.slowest, other.slowest)
        self.busiest = max(self.busiest, other.busiest)
        self.memory = max(self.memory, other.memory)
        self.child_memory = max(self.child_memory, other.child_memory)

    def count(self, name: str, path: Path) -> None:
        """Read one file and count how it ends."""
        begun, worked = time.monotonic(), sum(os.times()[:4])
        try:
            end = ending(path)
        except Exception:  # noqa: BLE001 - whatever escapes is what this run looks for
            self.errors.append(f"{name}\n{traceback.format_exc(limit=-4)}")
            end = "unhandled"
        self.ends[end] += 1
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.busiest = max(self.busiest, sum(os.times()[:4]) - worked)
        self.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.child_memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def ending(path: Path) -> str:
    """The code of a refusal, `question`, or `people`; anything else is an error."""
    reader = Reader(ground(1))
    try:
        with sheets.opened(path) as book:
            seen: set[tuple[str, int]] = set()
            for person in reader.people(book.rows()):
                _fits(person, seen)
    except (sheets.SheetRefused, RosterRefused) as refused:
        code, facts = refused.code, refused.facts
    except MappingNeeded:
        return QUESTION
    else:
        code, facts = PEOPLE, {}
    if code != PEOPLE:
        assert code in findings.REFUSALS
        assert findings.refusal(code, facts)
    for note in reader.notes:
        assert findings.message(note.code, note.facts)
        assert findings.fix(note.code, note.facts)
    return code


def _fits(person: Person, seen: set[tuple[str, int]]) -> None:
    """Whether the database would take this line: lengths, letters, and each line once."""
    for name, room in ROOM.items():
        value = getattr(person, name)
        assert len(value) <= room, (name, len(value))
        assert "\0" not in value
        value.encode()
    assert (person.sheet, person.number) not in seen
    assert person.number < 2**31
    assert person.rejected or (person.nik and person.name and person.birth_date)
    seen.add((person.sheet, person.number))


def forked(kind: str, path: Path, out: IO[str]) -> int:
    """The child's work in a copy of this process: its limits and its end, not its start."""
    out.flush()
    child = os.fork()
    if not child:
        code = 1
        try:
            faulthandler.disable()  # a library that gives up is an end like others here
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            sheet_child.limit(sheets.MEMORY, sheets.SECONDS)
            with os.fdopen(os.dup(out.fileno()), "w", encoding="utf-8") as told:
                sheet_child.read(kind, str(path), told)
            code = 0
        finally:
            os._exit(code)
    ended = time.monotonic() + sheets.PATIENCE
    while time.monotonic() < ended:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise sheets.SheetRefused("too_slow")
