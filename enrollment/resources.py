"""Lists of batches, their rows and covers to take along."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Perm
from audit.exporting import Asking, Listed, register
from cadres.models import Category
from core.exports import Cell, Column, Sheet, choice, day, member_no, nik
from enrollment import queries
from enrollment.candidate_lists import CANDIDATES as CANDIDATES
from enrollment.candidate_lists import OVERRIDES as OVERRIDES
from enrollment.filters import (
    AgreementFilter,
    BatchFilter,
    CoverageFilter,
    ReturnedFilter,
    RowFilter,
    cleaned_query,
)
from enrollment.forms import BatchFilterForm, CoverageFilterForm, RowFilterForm
from enrollment.forms.agreements import AgreementFilterForm
from enrollment.forms.corrections import ReturnedFilterForm
from enrollment.legal_bases import title_of
from enrollment.models import BatchRow, Coverage, EnrollmentBatch, Segment
from enrollment.queries import agreements as agreement_queries
from enrollment.reconciliation_resources import DIFFERENCES as DIFFERENCES
from enrollment.reconciliation_resources import RECONCILIATIONS as RECONCILIATIONS
from enrollment.tables import BatchTable, CoverageTable, RowTable
from enrollment.tables.agreements import AgreementTable
from enrollment.tables.corrections import ReturnedTable
from regions.models import Village


def villages_in_sight(asking: Asking) -> QuerySet[Village]:
    """The villages that the membership may see."""
    found = Village.objects.filter(regency=asking.regency, valid_to=None)
    only = asking.membership.village_ids()
    return found.filter(pk__in=only) if only else found


def find_batches(asking: Asking) -> tuple[QuerySet, Form]:
    """Batches that the role sees, newest first, within the filters."""
    form = BatchFilterForm(asking.GET)
    rows = BatchFilter(cleaned_query(form), queries.visible_batches(asking.actor)).qs
    return rows.with_counts().order_by("-created_at", "-id"), form


def find_rows(asking: Asking, batch_id: int) -> tuple[QuerySet, Form]:
    """People of one batch, within the filters; Http404 for a batch that the role does not see."""
    return rows_of(get_object_or_404(queries.visible_batches(asking.actor), pk=batch_id), asking)


def rows_of(batch: EnrollmentBatch, asking: Asking) -> tuple[QuerySet, Form]:
    """People of one batch, within the filters."""
    form = RowFilterForm(asking.GET)
    rows = queries.with_predecessor(
        batch.rows.select_related("cadre", "village__district").order_by("id")
    )
    rows = queries.with_exemptions(rows)
    return RowFilter(cleaned_query(form), rows).qs, form


def find_coverages(asking: Asking) -> tuple[QuerySet, Form]:
    """Covers by name, within the filters."""
    form = CoverageFilterForm(asking.GET, villages=villages_in_sight(asking))
    rows = CoverageFilter(cleaned_query(form), Coverage.objects.all()).qs
    rows = rows.select_related("cadre", "village__district", "fund_source")
    return rows.order_by("cadre__name_key", "id"), form


def find_agreements(asking: Asking) -> tuple[QuerySet, Form]:
    """Agreements, the newest first, within the filters."""
    form = AgreementFilterForm(asking.GET)
    rows = AgreementFilter(cleaned_query(form), agreement_queries.agreements()).qs
    return rows.order_by("-signed_on", "-id"), form


def find_returned(asking: Asking) -> tuple[QuerySet, Form]:
    """People whom the branch sent back, the newest first, within the filters."""
    form = ReturnedFilterForm(asking.GET, villages=villages_in_sight(asking))
    return ReturnedFilter(cleaned_query(form), queries.returned_rows()).qs, form


def _categories(codes: list[str]) -> Cell:
    labels: dict[str, Any] = dict(Category.choices)
    return "; ".join(str(labels.get(code, code)) for code in codes)


def _yes(value: bool) -> Cell:
    return str(_("ya")) if value else str(_("tidak"))


def _hour(value: dt.time | None) -> Cell:
    return f"{value:%H:%M}" if value else ""


def _findings(codes: list[str]) -> Cell:
    labels: dict[str, Any] = dict(BatchRow.Finding.choices)
    return "; ".join(str(labels[code]) for code in codes)


class BatchSheet(Sheet):
    """One row a batch, with how far the branch is."""

    number = Column(_("Nomor"), "number")
    status = Column(_("Status"), "status", show=choice(EnrollmentBatch.Status.choices))
    people = Column(_("Orang"), "people")
    accepted = Column(_("Diterima"), "accepted")
    returned = Column(_("Dikembalikan"), "returned")
    first_month = Column(_("Mulai"), "first_month")
    fund_source = Column(_("Sumber dana"), "fund_source__name")
    created_at = Column(_("Disusun"), "created_at", show=day)


class RowSheet(Sheet):
    """One row a person of a batch, with what the branch answered."""

    name = Column(_("Nama"), "cadre__name")
    replaces = Column(_("Menggantikan"), "replaces_name")
    nik = Column("NIK", "cadre__nik_sealed", show=nik)
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    category = Column(_("Jenis kader"), "category", show=choice(Category.choices))
    status = Column(_("Status"), "status", show=choice(BatchRow.Status.choices))
    member_no = Column(_("Nomor peserta"), "member_no_sealed", show=member_no)
    findings = Column(_("Catatan"), "findings", show=_findings)
    exempted = Column(_("Dikecualikan"), "exempted", show=_findings)
    reason = Column(_("Alasan"), "reason", show=choice(BatchRow.Reason.choices))
    reason_text = Column(_("Penjelasan"), "reason_text")
    times_returned = Column(_("Kali dikembalikan"), "times_returned")
    segment = Column(_("Segmen"), "segment")
    with_jht = Column(_("Dengan JHT"), "with_jht", show=_yes)
    income_base = Column(_("Dasar upah atau penghasilan"), "income_base")
    occupation = Column(_("Pekerjaan"), "occupation")
    second_occupation = Column(_("Pekerjaan kedua"), "second_occupation")
    work_place = Column(_("Lokasi kerja"), "work_place")
    works_from = Column(_("Jam mulai"), "works_from", show=_hour)
    works_until = Column(_("Jam selesai"), "works_until", show=_hour)


class CoverageSheet(Sheet):
    """One row a cover."""

    name = Column(_("Nama"), "cadre__name")
    member_no = Column(_("Nomor peserta"), "member_no_sealed", show=member_no)
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    category = Column(_("Jenis kader"), "category", show=choice(Category.choices))
    fund_source = Column(_("Sumber dana"), "fund_source__name")
    agreement = Column(pgettext_lazy("satu", "Perjanjian"), "agreement__number")
    segment = Column(_("Segmen"), "segment")
    with_jht = Column(_("Dengan JHT"), "with_jht", show=_yes)
    occupation = Column(_("Pekerjaan"), "occupation")
    work_place = Column(_("Lokasi kerja"), "work_place")
    starts_on = Column(_("Mulai"), "starts_on")
    ends_on = Column(_("Berakhir"), "ends_on")
    end_reason = Column(_("Alasan berakhir"), "end_reason", show=choice(Coverage.EndReason.choices))


class AgreementSheet(Sheet):
    """One row an agreement."""

    number = Column(_("Nomor"), "number")
    title = Column(_("Tentang"), "title")
    party = Column(_("Pihak"), "party")
    village = Column(_("Desa"), "village__name")
    branch = Column(_("Cabang"), "branch__name")
    signed_on = Column(_("Ditandatangani"), "signed_on")
    valid_from = Column(_("Berlaku mulai"), "valid_from")
    last_day = Column(_("Berlaku sampai"), "last_day")
    legal_basis = Column(_("Dasar hukum"), "legal_basis", show=title_of)
    legal_detail = Column(_("Nomor dasar hukum"), "legal_detail")
    categories = Column(_("Jenis kader"), "categories", show=_categories)
    segment = Column(_("Segmen"), "segment", show=choice(Segment.choices))
    with_jht = Column(_("Dengan JHT"), "with_jht", show=_yes)
    quota = Column(_("Kuota"), "quota")
    end_note = Column(_("Alasan diakhiri"), "end_note")


AGREEMENTS = register(
    Listed(
        "perjanjian",
        _("daftar perjanjian"),
        Perm.BATCH_VIEW,
        AgreementSheet,
        find_agreements,
        lambda rows, sort: AgreementTable(rows, slug="", today=timezone.localdate(), order_by=sort),
    )
)


class ReturnedSheet(Sheet):
    """One row a person whom the branch sent back."""

    name = Column(_("Nama"), "cadre__name")
    nik = Column("NIK", "cadre__nik_sealed", show=nik)
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    batch = Column(_("Pendaftaran"), "batch__number")
    reason = Column(_("Alasan"), "reason", show=choice(BatchRow.Reason.choices))
    reason_text = Column(_("Penjelasan"), "reason_text")
    decided_at = Column(_("Dikembalikan"), "decided_at", show=day)
    times_returned = Column(_("Kali dikembalikan"), "times_returned")


RETURNED = register(
    Listed(
        "dikembalikan",
        _("daftar yang dikembalikan cabang"),
        Perm.COVERAGE_VIEW,
        ReturnedSheet,
        find_returned,
        lambda rows, sort: ReturnedTable(rows, slug="", order_by=sort),
    )
)
BATCHES = register(
    Listed(
        "pendaftaran",
        _("daftar pendaftaran"),
        Perm.BATCH_VIEW,
        BatchSheet,
        find_batches,
        lambda rows, sort: BatchTable(rows, slug="", order_by=sort),
    )
)
ROWS = register(
    Listed(
        "isi-pendaftaran",
        _("isi pendaftaran"),
        Perm.BATCH_VIEW,
        RowSheet,
        find_rows,
        lambda rows, sort: RowTable(rows, slug="", order_by=sort),
    )
)
COVERAGES = register(
    Listed(
        "kepesertaan",
        _("daftar kepesertaan"),
        Perm.COVERAGE_VIEW,
        CoverageSheet,
        find_coverages,
        lambda rows, sort: CoverageTable(rows, slug="", order_by=sort),
    )
)
