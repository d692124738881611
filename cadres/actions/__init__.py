"""Everything that changes rosters and the people in them."""

from cadres.actions.people import add_heir, record_death, reveal_nik, update_heir
from cadres.actions.quotas import admit, enlist, enlist_all, leave_quota, save_quota, set_share
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
from cadres.actions.seats import (
    NewPerson,
    change_posyandu,
    fund_seats,
    merge_posyandu,
    replace_cadre,
    set_norm,
)

__all__ = [
    "APPLY",
    "CHECK",
    "NewPerson",
    "Upload",
    "add_heir",
    "admit",
    "apply_roster",
    "change_posyandu",
    "check_roster",
    "enlist",
    "enlist_all",
    "fail_roster",
    "fund_seats",
    "leave_quota",
    "merge_posyandu",
    "recheck_roster",
    "record_death",
    "refuse_roster",
    "replace_cadre",
    "reveal_nik",
    "save_quota",
    "set_norm",
    "set_share",
    "update_heir",
    "upload_roster",
    "write_roster",
]
