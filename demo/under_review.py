"""A batch in the middle of its review, and exceptions."""

import datetime as dt
from collections.abc import Sequence

from cadres.actions import correct_person
from cadres.models import Cadre, Category, QuotaPlace
from core.months import add_months, month_of
from demo.steps import Stage, prepare_batch
from enrollment.actions import decide, submit
from enrollment.actions.corrections import resubmit
from enrollment.actions.eligibility import answer_override, ask_override
from enrollment.decisions import Decision
from enrollment.models import (
    BatchRow,
    EligibilityOverride,
    EnrollmentBatch,
    FundSource,
    Segment,
)
from enrollment.queries import Choice
from enrollment.terms import BatchTerms

Reason = BatchRow.Reason
Status = EnrollmentBatch.Status
RETURNED = (
    (Reason.INCOMPLETE, "Nama ibu kandung tidak sama dengan kartu keluarga."),
    (Reason.NAME_MISMATCH, "Di KTP tertulis nama yang lebih panjang. Mohon foto KTP dilihat."),
    (Reason.NIK_MISMATCH, "Dua angka terakhir NIK berbeda dengan data kependudukan."),
)
ACCEPTED = 4
QUOTA_FULL = "quota_full"


def exceptions(stage: Stage) -> None:
    """Two people wait outside the quota of the first village: one exception holds, one is asked."""
    with stage.acting(stage.officer) as officer:
        if EligibilityOverride.objects.exists():
            return
        waiting = QuotaPlace.objects.filter(
            village=stage.villages[0], status=QuotaPlace.Status.WAITING
        )
        people = list(Cadre.objects.filter(pk__in=waiting.values("cadre")).order_by("id")[:2])
        asked = [
            ask_override(
                by=officer,
                cadre=cadre,
                code=QUOTA_FULL,
                reason=reason,
                valid_until=add_months(month_of(stage.today), 6),
            )
            for cadre, reason in zip(
                people,
                (
                    "Satu-satunya pencari nafkah; usul musyawarah desa (contoh)",
                    "Bekerja di laut setiap hari; kepala desa mohon didahulukan (contoh)",
                ),
                strict=False,
            )
        ]
    with stage.acting(stage.approver) as approver:
        if asked:
            note = "Disetujui; dibayar dari sisa anggaran desa (contoh)."
            answer_override(by=approver, override=asked[0], grant=True, note=note)
    stage.say(f"{len(asked)} exceptions asked, the first one granted")


def workers_in_review(stage: Stage, source: FundSource) -> None:
    """The branch has answered a part; the village has corrected one of those sent back."""
    batch = prepare_batch(
        stage,
        "1 Desa 100 Pekerja Rentan, gelombang pertama",
        source,
        Segment.BPU,
        add_months(month_of(stage.today), 1),
        Choice(category=Category.VULNERABLE_WORKER),
        begin_with=BatchTerms(
            occupation="nelayan dan buruh harian",
            works_from=dt.time(5),
            works_until=dt.time(15),
        ),
    )
    with stage.acting(stage.approver) as approver:
        if batch.status == Status.DRAFT:
            batch = submit(by=approver, batch=batch)
    with stage.acting(stage.branch) as branch:
        if batch.status == Status.SUBMITTED:
            decide(by=branch, batch=batch, decisions=_answers(stage, batch))
    with stage.acting(stage.operator) as operator:
        row = (
            BatchRow.objects.filter(batch=batch, status=BatchRow.Status.RETURNED)
            .select_related("cadre")
            .order_by("id")
            .first()
        )
        if row is None or BatchRow.objects.filter(batch=batch, corrected_at__isnull=False).exists():
            return
        mother = f"{row.cadre.mother_name} Wati"
        correct_person(by=operator, cadre=row.cadre, mother_name=mother)
        resubmit(by=operator, row=row, note="Nama ibu sudah disesuaikan dengan kartu keluarga.")
    stage.say(f"batch {batch.number}: in review, one row corrected and sent again")


def _answers(stage: Stage, batch: EnrollmentBatch) -> Sequence[Decision]:
    """The first rows of the first village go back; a few of the others are accepted."""
    rows = batch.rows.order_by("id")
    home = list(rows.filter(village=stage.villages[0])[: len(RETURNED)])
    away = list(rows.exclude(village=stage.villages[0])[:ACCEPTED])
    head = f"{batch.first_month:%y}{stage.regency.code[2:]}"
    return [
        *(
            Decision(accept=False, row=row.pk, reason=reason, reason_text=text)
            for row, (reason, text) in zip(home, RETURNED, strict=False)
        ),
        *(
            Decision(accept=True, row=row.pk, member_no=f"{head}9{number:06d}")
            for number, row in enumerate(away, 1)
        ),
    ]
