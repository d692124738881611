"""Covers and pending rows follow a person whose two records become one."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadres.models import Cadre
from core.errors import DomainError
from core.formats import day
from enrollment.actions import moves
from enrollment.actions.coverages import end_for_death
from enrollment.models import (
    BatchRow,
    Coverage,
    Reconciliation,
    ReconciliationDifference,
    ReconciliationRow,
)


def rows_follow(kept: Cadre, other: Cadre) -> None:
    """Rows of batches follow, except where the kept record stands in the same batch.

    Raises DomainError where both wait for the branch: one of the two has to be taken out first.
    """
    rows = BatchRow.objects.select_for_update()
    waiting = [
        list(rows.filter(cadre=each, status=BatchRow.Status.WAITING).select_related("batch"))
        for each in (kept, other)
    ]
    if all(waiting):
        raise DomainError(
            "merge_both_waiting",
            _(
                "Kedua catatan sedang diajukan ke cabang (%(first)s dan %(second)s). Keluarkan "
                "salah satunya dari pendaftaran, atau tunggu keputusan cabang."
            )
            % {"first": waiting[0][0].batch.number, "second": waiting[1][0].batch.number},
        )
    batches = BatchRow.objects.filter(cadre=kept).values("batch_id")
    BatchRow.objects.filter(cadre=other).exclude(batch_id__in=batches).update(cadre=kept)


def covers_follow(kept: Cadre, other: Cadre) -> None:
    """Covers follow; one that is over and overlaps a cover of the kept record stays as it was.

    Invoices name covers, and nothing that was billed changes. Raises DomainError while a cover
    that still runs would be double.
    """
    today = timezone.localdate()
    held = Coverage.objects.select_for_update()
    mine = list(held.filter(cadre=kept).order_by("id"))
    moving = []
    for cover in held.filter(cadre=other).order_by("id"):
        twin = next((each for each in mine if _overlap(each, cover)), None)
        if twin is None:
            moving.append(cover.pk)
        elif cover.ends_on is None or cover.ends_on >= today:
            raise _double(twin, cover, both=twin.ends_on is None or twin.ends_on >= today)
    Coverage.objects.filter(pk__in=moving).update(cadre=kept)


def covers_are_with_the_person(kept: Cadre, _other: Cadre) -> None:
    """The two may have stood in two villages; the kept record says which one it is."""
    moves.follow(people=[kept.pk], on=timezone.localdate())


def covers_end_with_death(kept: Cadre, other: Cadre) -> None:
    """A death that only one of the two records knew ends the covers of the one that is kept."""
    if kept.died_on is not None:
        end_for_death(by=None, cadre=kept, died_on=kept.died_on)


def _overlap(one: Coverage, other: Coverage) -> bool:
    """The same programme with days in common; the last day counts."""
    starts = max(one.starts_on, other.starts_on)
    return one.programme == other.programme and all(
        each.ends_on is None or each.ends_on >= starts for each in (one, other)
    )


def _double(twin: Coverage, cover: Coverage, *, both: bool) -> DomainError:
    facts = {
        "first": twin.member_no_masked,
        "first_day": day(twin.starts_on),
        "second": cover.member_no_masked,
        "second_day": day(cover.starts_on),
    }
    if both:
        message = _(
            "Orang ini terlindungi dua kali: nomor peserta %(first)s sejak %(first_day)s dan "
            "%(second)s sejak %(second_day)s. Akhiri salah satu kepesertaan dahulu."
        )
    else:
        message = _(
            "Kepesertaan %(second)s sejak %(second_day)s masih berjalan dan bertumpuk dengan "
            "%(first)s yang sudah berakhir. Pertahankan catatan yang kepesertaannya berjalan."
        )
    return DomainError("merge_covered_twice", message % facts)


def differences_follow(kept: Cadre, other: Cadre) -> None:
    """Lines of BPJS lists follow, and differences that are still open; what is closed is frozen."""
    ReconciliationRow.objects.filter(cadre=other).update(cadre=kept)
    found = ReconciliationDifference.objects.select_for_update(of=("self",)).filter(
        cadre=other, reconciliation__status=Reconciliation.Status.OPEN
    )
    for difference in found.order_by("pk"):
        twins = ReconciliationDifference.objects.filter(
            reconciliation=difference.reconciliation_id,
            kind=difference.kind,
            cadre=kept,
            row=difference.row_id,
        )
        if not twins.exists():
            difference.cadre = kept
            difference.save(update_fields=["cadre"])


MERGERS = (
    rows_follow,
    covers_follow,
    covers_are_with_the_person,
    covers_end_with_death,
    differences_follow,
)
