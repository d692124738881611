"""Reads about the correction file of a long roster, which a worker makes."""

from typing import Any

from django.utils import translation

from accounts.access import Actor
from audit import exporting
from cadres import corrections
from cadres.models import RosterImport
from core.models import Run


def correction_ids(roster: RosterImport) -> dict[str, Any]:
    """What names the file: the roster and the check that it tells of."""
    checked = roster.checked_at.isoformat() if roster.checked_at else ""
    return {"roster": roster.pk, "checked": checked}


def correction_run(by: Actor, roster: RosterImport) -> Run | None:
    """The latest run that this person asked for about a roster as it is now, in this language."""
    return (
        exporting.own_runs(by)
        .filter(
            plan__list=corrections.FILE.name,
            plan__ids=correction_ids(roster),
            plan__language=translation.get_language() or "id",
        )
        .first()
    )
