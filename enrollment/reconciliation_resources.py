"""Lists of reconciliations and their differences to take along."""

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.roles import Perm
from audit.exporting import Asking, Listed, register
from core.exports import Cell, Column, Sheet, choice, day, month, nik
from enrollment.filters import cleaned_query
from enrollment.forms.reconciliations import DifferenceFilterForm, ReconciliationFilterForm
from enrollment.models import Reconciliation, ReconciliationDifference
from enrollment.queries import reconciliations as queries
from enrollment.reconciliation.wording import WAYS
from enrollment.reconciliation_filters import DifferenceFilter, ReconciliationFilter
from enrollment.tables.reconciliations import DifferenceTable, ReconciliationTable
from regions.queries import villages_of

Kind = ReconciliationDifference.Kind


def find_reconciliations(asking: Asking) -> tuple[QuerySet, Form]:
    """Reconciliations, newest month first, within the filters."""
    form = ReconciliationFilterForm(asking.GET)
    rows = ReconciliationFilter(cleaned_query(form), Reconciliation.objects.all()).qs
    rows = queries.with_progress(rows.select_related("fund_source"))
    return rows.order_by("-month", "-id"), form


def find_differences(asking: Asking, reconciliation_id: int, kind: str) -> tuple[QuerySet, Form]:
    """Differences of one class of one reconciliation, within the filters; Http404 for no class."""
    if kind not in Kind.values:
        raise Http404
    found = get_object_or_404(Reconciliation, pk=reconciliation_id)
    form = DifferenceFilterForm(asking.GET, villages=villages_of(asking.regency))
    rows = queries.differences().filter(reconciliation=found, kind=kind)
    return DifferenceFilter(cleaned_query(form), rows).qs.order_by("id"), form


def _nik(ours: bytes | None, theirs: bytes | None) -> Cell:
    sealed = ours or theirs
    return nik(sealed) if sealed else ""


def _name(ours: str | None, theirs: str | None) -> Cell:
    return ours or theirs or ""


class ReconciliationSheet(Sheet):
    """One row a reconciliation."""

    number = Column(_("Nomor"), "number")
    month = Column(_("Bulan iuran"), "month", show=month)
    kind = Column(_("Jenis daftar"), "kind", show=choice(Reconciliation.Kind.choices))
    fund_source = Column(_("Pembayar"), "fund_source__name")
    status = Column(_("Keadaan"), "status", show=choice(Reconciliation.Status.choices))
    all_differences = Column(_("Selisih"), "all_differences")
    open_differences = Column(_("Belum selesai"), "open_differences")
    uploaded_at = Column(_("Diunggah"), "uploaded_at", show=day)
    closed_at = Column(_("Ditutup"), "closed_at", show=day)


class DifferenceSheet(Sheet):
    """One row a person of a class."""

    name = Column(_("Nama"), "cadre__name", "row__name", show=_name)
    nik = Column("NIK", "cadre__nik_sealed", "row__nik_sealed", show=_nik)
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    sheet = Column(_("Lembar"), "row__sheet")
    line = Column(_("Baris"), "row__line")
    status = Column(_("Status di BPJS"), "row__status_text")
    payer = Column(_("Pembayar di BPJS"), "row__payer")
    expected = Column(_("Iuran kita"), "expected")
    billed = Column(_("Iuran BPJS"), "billed")
    query = Column(_("Pertanyaan"), "query")
    answer = Column(_("Jawaban cabang"), "answer")
    settlement = Column(
        _("Diselesaikan dengan"),
        "settlement",
        show=choice(WAYS.items()),
    )
    reason = Column(_("Alasan"), "reason")
    settled_at = Column(_("Diselesaikan"), "settled_at", show=day)


RECONCILIATIONS = register(
    Listed(
        "rekonsiliasi",
        _("daftar rekonsiliasi"),
        Perm.RECONCILE_VIEW,
        ReconciliationSheet,
        find_reconciliations,
        lambda rows, sort: ReconciliationTable(rows, slug="", order_by=sort),
    )
)
DIFFERENCES = register(
    Listed(
        "selisih",
        _("selisih rekonsiliasi"),
        Perm.RECONCILE_VIEW,
        DifferenceSheet,
        find_differences,
        lambda rows, sort: DifferenceTable(rows, slug="", order_by=sort),
    )
)
