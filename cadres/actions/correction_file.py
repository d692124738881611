"""Asking for the correction file of a long roster, which a worker makes."""

from accounts.access import Actor
from audit import exporting
from audit.actions import record
from cadres import corrections, queries
from cadres.models import RosterImport
from core import runs
from core.models import Run


def ask_correction_file(*, by: Actor, roster: RosterImport) -> Run:
    """The run that makes the correction file of a roster for this person in this role.

    While one is being made, or is kept and still says what the last check found, it is that one.
    Raises DomainError `roster_not_checked`.
    """
    roster = RosterImport.objects.select_for_update().get(pk=roster.pk)
    corrections.need_checked(roster)
    found = queries.correction_run(by, roster)
    if found is not None and (found.is_open or exporting.file_of(found)):
        return found
    rows = roster.counts["rows"]
    asking = exporting.Asked(roster.regency, by)
    run = runs.start(
        runs.kind_named(exporting.KIND),
        [runs.PlannedPart(weight=rows)],
        plan=exporting.plan(corrections.FILE, asking, queries.correction_ids(roster), "xlsx"),
        by=by.id,
    )
    record(
        "roster.correction_asked",
        roster,
        by=by,
        village_id=roster.village_id,
        facts={"rows": rows},
    )
    return run
