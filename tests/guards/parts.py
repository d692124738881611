"""Parts of a world that the guards need several of."""

import datetime as dt

from django.db.models import Model
from django.utils import timezone

from accounts.access import Actor
from core import private_files
from core.models import Paper, Run
from enrollment.models import Agreement, BatchRow, EnrollmentBatch, FundSource
from regions.models import Village
from tests import factories

MONTH = dt.date(2026, 1, 1)


def row_in_draft(
    village: Village, source: FundSource, clerk: Actor, agreement: Agreement, name: str
) -> BatchRow:
    """Somebody in a draft of their own, under an agreement."""
    batch = EnrollmentBatch.objects.create(
        number=f"{name}/PD",
        agreement=agreement,
        fund_source=source,
        first_month=MONTH,
        prepared_by_id=clerk.id,
    )
    return BatchRow.objects.create(
        batch=batch,
        cadre=factories.cadre(village, name=name),
        village=village,
        category="posyandu_cadre",
    )


def paper(kind: str, subject: Model, number: str) -> Paper:
    """An issued paper about one object."""
    name, digest, size = private_files.save([b"%PDF-1.7 " + number.encode()], ".pdf")
    return Paper.objects.create(
        kind=kind,
        number=number,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        file=name,
        sha256=digest,
        size=size,
    )


def exported_by(actor: Actor, text: str) -> Run:
    """A list that one person has exported; nobody else may see it."""
    name, _digest, size = private_files.save([text.encode()], ".csv")
    return Run.objects.create(
        kind="export",
        status=Run.Status.DONE,
        plan={"list": "kader", "ids": {}, "format": "csv", "membership": actor.membership.pk},
        result={"file": name, "size": size, "rows": 1},
        total=1,
        done=1,
        started_by_id=actor.id,
        finished_at=timezone.now(),
    )
