"""Everything that changes rosters and the people in them."""

from cadres.actions.people import add_heir, record_death, reveal_nik, update_heir
from cadres.actions.rosters import (
    APPLY,
    CHECK,
    Upload,
    apply_roster,
    check_roster,
    fail_roster,
    recheck_roster,
    refuse_roster,
    upload_roster,
    write_roster,
)

__all__ = [
    "APPLY",
    "CHECK",
    "Upload",
    "add_heir",
    "apply_roster",
    "check_roster",
    "fail_roster",
    "recheck_roster",
    "record_death",
    "refuse_roster",
    "reveal_nik",
    "update_heir",
    "upload_roster",
    "write_roster",
]
