"""Everything that changes rosters and the people in them."""

from cadres.actions.desk import (
    Leaving,
    answer_row,
    choose_posyandu,
    fix_cells,
    map_columns,
    note_departures,
    skip_rows,
)
from cadres.actions.family import (
    Child,
    add_heir,
    answer_family_link,
    confirm_family,
    make_family_link,
    remove_heir,
    set_school_children,
    update_heir,
)
from cadres.actions.merging import merge_people
from cadres.actions.people import (
    correct_nik,
    correct_person,
    move_person,
    record_death,
    reveal_nik,
)
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
from cadres.actions.services import add_service, change_service, stop_service
from cadres.actions.training import record_training, set_competences
from cadres.actions.template import take_template

__all__ = [
    "APPLY",
    "CHECK",
    "Child",
    "Leaving",
    "NewPerson",
    "Upload",
    "add_heir",
    "add_service",
    "admit",
    "answer_family_link",
    "answer_row",
    "apply_roster",
    "change_service",
    "change_posyandu",
    "check_roster",
    "choose_posyandu",
    "confirm_family",
    "correct_nik",
    "correct_person",
    "enlist",
    "enlist_all",
    "fail_roster",
    "fix_cells",
    "fund_seats",
    "leave_quota",
    "make_family_link",
    "map_columns",
    "merge_people",
    "merge_posyandu",
    "move_person",
    "note_departures",
    "recheck_roster",
    "record_death",
    "record_training",
    "refuse_roster",
    "remove_heir",
    "replace_cadre",
    "reveal_nik",
    "save_quota",
    "set_competences",
    "set_norm",
    "set_school_children",
    "set_share",
    "skip_rows",
    "stop_service",
    "update_heir",
    "upload_roster",
    "write_roster",
]
