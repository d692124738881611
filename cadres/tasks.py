"""Long work on rosters: checking a file, writing a confirmed one and taking one back."""

from django.db import transaction

from accounts.acting import who_started
from cadres import actions
from cadres.importing import MappingNeeded, RosterRefused
from cadres.models import RosterImport
from core import runs
from core.errors import DomainError
from core.models import Run, RunPart
from core.sheets import SheetRefused


def _check(_run: Run, part: RunPart) -> None:
    roster_id = part.payload["roster"]
    try:
        with transaction.atomic():
            actions.check_roster(roster_id=roster_id)
    except MappingNeeded:
        actions.ask_for_columns(roster_id=roster_id)
    except (SheetRefused, RosterRefused) as error:
        actions.refuse_roster(roster_id=roster_id, error=error)


def _apply(run: Run, part: RunPart) -> None:
    actions.write_roster(roster_id=part.payload["roster"], by=who_started(run))


def _undo(run: Run, part: RunPart) -> None:
    actions.take_back_roster(roster_id=part.payload["roster"], by=who_started(run))


def _failed(run: Run, error: DomainError) -> None:
    roster = RosterImport.objects.filter(run_id=run.pk).first()
    if roster is not None:
        actions.fail_roster(roster_id=roster.pk, code=error.code)


runs.register(runs.Kind(actions.CHECK, _check, failed=_failed, queue="default"))
runs.register(runs.Kind(actions.APPLY, _apply, failed=_failed, queue="default"))
runs.register(runs.Kind(actions.UNDO, _undo, failed=_failed, queue="default"))
