"""Reading and comparing a list of BPJS as a run of two steps, each one transaction."""

from django.db import transaction

from accounts.acting import who_started
from core import runs
from core.errors import DomainError
from core.models import Run, RunPart
from core.sheets import SheetRefused
from enrollment.actions import reconciliations as actions
from enrollment.models import Reconciliation
from enrollment.reconciliation.reading import ColumnsNeeded, ListRefused


def _step(run: Run, part: RunPart) -> None:
    pk = part.payload["reconciliation"]
    if part.payload["step"] == "compare":
        actions.compare_list(by=None, reconciliation_id=pk)
        return
    if part.payload["step"] == "again":
        actions.write_again(
            by=who_started(run), reconciliation_id=pk, asked_by_id=run.started_by_id
        )
        return
    try:
        with transaction.atomic():
            actions.read_list(by=None, reconciliation_id=pk)
    except ColumnsNeeded:
        actions.ask_for_columns(by=None, reconciliation_id=pk)
    except (SheetRefused, ListRefused) as error:
        actions.refuse_list(by=None, reconciliation_id=pk, error=error)


def _failed(run: Run, _error: DomainError) -> None:
    found = Reconciliation.objects.filter(run_id=run.pk).first()
    if found is not None:
        actions.fail_list(by=None, reconciliation_id=found.pk)


runs.register(runs.Kind(actions.READ, _step, failed=_failed, queue="default"))
