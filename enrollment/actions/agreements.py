"""Agreements between a branch and a department or village: made, changed, filed, ended early."""

import datetime as dt
from dataclasses import dataclass, fields

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.access import Actor
from audit.actions import record, record_many
from core import months, plans, private_files, scans
from core.errors import DomainError
from core.tenancy import current_regency_id
from enrollment.legal_bases import legal_bases
from enrollment.models import Agreement, Coverage, Segment
from regions.models import Branch, Village

END_COVERS = """
UPDATE enrollment_coverage SET ends_on = %(last)s, end_reason = 'agreement_ended'
WHERE agreement_id = %(agreement)s AND starts_on <= %(last)s
  AND (ends_on IS NULL OR ends_on > %(last)s)
RETURNING id
"""


@dataclass(frozen=True)
class Drafted:
    """What an agreement says, as somebody writes it down from the paper."""

    number: str
    title: str
    signed_on: dt.date
    valid_from: dt.date
    valid_until: dt.date
    branch: Branch | None
    branch_signatory: str
    party: str
    party_signatory: str
    legal_basis: str
    categories: list[str]
    legal_detail: str = ""
    village: Village | None = None
    segment: str = Segment.BPU
    with_jht: bool = False
    quota: int | None = None


def create_agreement(*, by: Actor | None, drafted: Drafted) -> Agreement:
    """Write down a signed agreement.

    Raises DomainError with the field that does not fit, or `agreement_number_taken`.
    """
    _check(drafted)
    agreement = Agreement(**_values(drafted))
    _save(agreement)
    record("agreement.created", agreement, by=by, facts={"number": agreement.number})
    return agreement


def change_agreement(*, by: Actor | None, agreement: Agreement, drafted: Drafted) -> Agreement:
    """Correct or extend an agreement; covers and batches keep the terms that they began with.

    Raises DomainError `agreement_ended`, or what `create_agreement` raises.
    """
    agreement = _locked_open(agreement)
    _check(drafted)
    for name, value in _values(drafted).items():
        setattr(agreement, name, value)
    _save(agreement)
    record("agreement.changed", agreement, by=by, facts={"number": agreement.number})
    return agreement


def file_agreement(
    *, by: Actor | None, agreement: Agreement, file: scans.Upload, name: str
) -> Agreement:
    """Keep the signed paper (PDF, JPG or PNG); the one before stays in the history.

    Raises DomainError `scan_too_large` or `scan_kind_refused`.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    blocks, suffix = scans.accept(file)
    agreement.file, agreement.file_sha256, _size = private_files.save(blocks, suffix)
    agreement.file_name = name.strip()[-200:]
    agreement.save(update_fields=["file", "file_name", "file_sha256"])
    record("agreement.filed", agreement, by=by, facts={"number": agreement.number})
    return agreement


def end_agreement(
    *, by: Actor | None, agreement: Agreement, on: dt.date, note: str, end_covers: bool = False
) -> tuple[Agreement, int]:
    """End an agreement before its time; `on` is its last day. Returns it and how many covers ended.

    With `end_covers` the covers under it end on the last day of that month; otherwise they run
    on. Raises DomainError `agreement_ended`, `agreement_end_invalid` or `reason_missing`.
    """
    agreement = _locked_open(agreement)
    if not agreement.valid_from <= on < agreement.valid_until:
        message = _("Hari terakhir harus di antara mulai berlaku dan akhir perjanjian.")
        raise DomainError("agreement_end_invalid", message, {"on": message})
    note = note.strip()
    if not note:
        message = _("Tulis alasannya.")
        raise DomainError("reason_missing", message, {"note": message})
    agreement.ended_on, agreement.end_note = on, note[:200]
    agreement.save(update_fields=["ended_on", "end_note"])
    ended = _end_covers(by, agreement, months.last_day(months.month_of(on))) if end_covers else 0
    record(
        "agreement.ended",
        agreement,
        by=by,
        facts={"number": agreement.number, "on": on.isoformat(), "people": ended},
    )
    return agreement, ended


def _end_covers(by: Actor | None, agreement: Agreement, last: dt.date) -> int:
    with plans.for_many() as cursor:
        cursor.execute(END_COVERS, {"agreement": agreement.pk, "last": last})
        ids = [pk for (pk,) in cursor.fetchall()]
    with override("id"):
        reason = str(Coverage.EndReason.AGREEMENT_ENDED.label)
    facts = {"on": last.isoformat(), "reason": reason}
    ended = Coverage.objects.filter(pk__in=ids).order_by("pk")
    record_many("coverage.ended", [(each, facts) for each in ended], by=by)
    return len(ids)


def _locked_open(agreement: Agreement) -> Agreement:
    """The agreement, locked: of two who end it at once, the second is refused."""
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if locked.ended_on is not None:
        raise DomainError("agreement_ended", _("Perjanjian ini sudah diakhiri."))
    return locked


def _values(drafted: Drafted) -> dict[str, object]:
    found = {each.name: getattr(drafted, each.name) for each in fields(drafted)}
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in found.items()
    }


def _check(drafted: Drafted) -> None:
    """Refuse what the paper cannot say; the field that is wrong is named."""
    basis = legal_bases().get(drafted.legal_basis)
    if basis is None:
        raise _refusal("legal_basis", _("Pilih dasar hukumnya."))
    if basis.detail and not drafted.legal_detail.strip():
        raise _refusal("legal_detail", _("Tulis nomor peraturan daerah atau desa itu."))
    if drafted.valid_until < drafted.valid_from:
        raise _refusal("valid_until", _("Akhir perjanjian tidak boleh sebelum mulainya."))
    if not drafted.categories:
        raise _refusal("categories", _("Pilih sedikitnya satu jenis kader."))
    if drafted.quota is not None and drafted.quota < 1:
        raise _refusal("quota", _("Kuota sedikitnya satu orang. Kosongkan bila tidak dibatasi."))
    regency = current_regency_id()
    if drafted.branch and not drafted.branch.regencies.filter(pk=regency).exists():
        raise _refusal("branch", _("Cabang ini tidak melayani kabupaten ini."))
    if drafted.village and drafted.village.regency_id != regency:
        raise _refusal("village", _("Tidak dikenal di kabupaten ini."))


def _refusal(field: str, message: str | Promise) -> DomainError:
    return DomainError(f"agreement_{field}_invalid", message, {field: message})


def _save(agreement: Agreement) -> None:
    try:
        with transaction.atomic():
            agreement.save()
    except IntegrityError as error:
        if "enrollment_agreement_number" not in str(error):
            raise
        message = _("Sudah ada perjanjian dengan nomor ini.")
        raise DomainError("agreement_number_taken", message, {"number": message}) from error
