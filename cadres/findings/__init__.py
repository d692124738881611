"""Findings in words: for each code what was found, and how to put it right.

The database keeps code and facts; the sentence is made when it is shown, in the reader's
language. `title` names the whole group on the check page.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cadres.findings import of_cells, of_people
from cadres.findings.kind import INFO, REJECT, WARNING, Kind
from cadres.findings.refusals import REFUSALS
from core import formats

__all__ = [
    "INFO",
    "KINDS",
    "NOT_OF_LINES",
    "REFUSALS",
    "REJECT",
    "WARNING",
    "Kind",
    "fix",
    "level_of",
    "message",
    "refusal",
    "title",
]

KINDS: dict[str, Kind] = {**of_cells.KINDS, **of_people.KINDS}
ROWS = _("%(count)s baris: %(title)s")
# About a table, a sheet or a posyandu, so that no line of the list can be left out for it.
NOT_OF_LINES = frozenset(
    code
    for code in KINDS
    if code.startswith(("dates_", "columns_", "posyandu_", "sheet_", "title_", "decree_column_"))
)


def level_of(code: str) -> str:
    """`reject`, `warning` or `info`."""
    return KINDS[code].level


def title(code: str, count: int) -> str:
    """The heading of a group: `23 baris: tanggal lahir kosong`; of what is no line its title."""
    words = str(KINDS[code].title)
    if code in NOT_OF_LINES:
        return words
    if len(words) > 1 and words[1].islower():
        words = words[0].lower() + words[1:]
    return str(ROWS) % {"count": formats.thousands(count), "title": words}


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they are shown; a finding kept before its sentence changed may lack one."""
    shown: dict[str, Any] = defaultdict(lambda: "\N{HORIZONTAL ELLIPSIS}", facts)
    for name in ("date", "other_date"):
        if shown.get(name):
            day = dt.date.fromisoformat(shown[name])
            shown[name] = formats.day(day, get_language())
    return shown


def message(code: str, facts: Mapping[str, Any]) -> str:
    """What was found, as a sentence."""
    return str(KINDS[code].message) % _facts(facts)


def fix(code: str, facts: Mapping[str, Any]) -> str:
    """How to put it right, as a sentence."""
    return str(KINDS[code].fix) % _facts(facts)


def refusal(code: str, facts: Mapping[str, Any]) -> str:
    """Why the whole file was refused and what to do."""
    return str(REFUSALS.get(code, REFUSALS["internal_error"])) % dict(facts)
