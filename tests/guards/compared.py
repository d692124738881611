"""A list of BPJS and one difference in it, for the objects of a world."""

import datetime as dt

from django.utils import timezone

from accounts.access import Actor
from core import private_files
from core.models import Run
from enrollment.models import Coverage, Reconciliation, ReconciliationDifference


def compared(
    mark: str, month: dt.date, clerk: Actor, coverage: Coverage
) -> tuple[Reconciliation, ReconciliationDifference]:
    """A compared list whose one difference waits for the branch; its texts carry the mark."""
    run = Run.objects.create(
        kind="reconciliation.read", status=Run.Status.DONE, total=1, done=1, started_by_id=clerk.id
    )
    listed = Reconciliation.objects.create(
        number=f"{mark}/REK",
        month=month,
        kind=Reconciliation.Kind.BILL,
        status=Reconciliation.Status.OPEN,
        file=private_files.save([b"NIK;NAMA;IURAN\n"], ".bpjs")[0],
        file_name=f"{mark}.csv",
        file_sha256="0" * 64,
        counts={"rows": 1, "not_billed": {"people": 1, "rupiah": 16800}},
        run=run,
        uploaded_by_id=clerk.id,
    )
    difference = ReconciliationDifference.objects.create(
        reconciliation=listed,
        kind=ReconciliationDifference.Kind.NOT_BILLED,
        cadre=coverage.cadre,
        coverage=coverage,
        village=coverage.village,
        expected=16800,
        query=f"{mark} tanya",
        asked_by_id=clerk.id,
        asked_at=timezone.now(),
    )
    return listed, difference
