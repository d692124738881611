"""The reported pay or income of a running cover."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.access import Actor
from audit.actions import record
from core.errors import DomainError
from enrollment import terms
from enrollment.models import Coverage, Segment


def change_income(
    *, by: Actor | None, coverage: Coverage, income_base: int | None, note: str
) -> Coverage:
    """Write down the reported pay (PU) or income (BPU) of a cover, in rupiah a month.

    The next bills follow it; what was billed stays. None is the lowest band of a BPU. Raises
    DomainError `coverage_ended`, `note_needed`, `pay_needed`, `income_unchanged`, or what
    `terms.check` refuses.
    """
    coverage = Coverage.objects.select_for_update().get(pk=coverage.pk)
    if coverage.ends_on is not None:
        raise DomainError("coverage_ended", _("Kepesertaan ini sudah berakhir."))
    note = " ".join(note.split())
    if not note:
        message = _("Tulis dasar perubahannya, misalnya nomor keputusan.")
        raise DomainError("note_needed", message, {"note": message})
    if income_base is None and coverage.segment == Segment.PU:
        message = _("Tulis upah yang dilaporkan; tanpanya iuran tidak dapat dihitung.")
        raise DomainError("pay_needed", message, {"income_base": message})
    terms.check({"income_base": income_base})
    if income_base == coverage.income_base:
        message = _("Jumlahnya sama dengan yang sudah tercatat.")
        raise DomainError("income_unchanged", message, {"income_base": message})
    coverage.income_base = income_base
    coverage.save(update_fields=["income_base"])
    with override("id"):
        facts = {"to": terms.words("income_base", income_base), "note": note}
    record("coverage.income_changed", coverage, by=by, village_id=coverage.village_id, facts=facts)
    return coverage
