"""Changing the terms of rows while they are with those who put people forward."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.roles import Perm
from audit.actions import record
from core.errors import DomainError
from enrollment import terms, under_agreement
from enrollment.models import Agreement, BatchRow, EnrollmentBatch


def change_terms(
    *, by: Actor, batch: EnrollmentBatch, row_ids: Collection[int], changes: Mapping[str, Any]
) -> int:
    """Change the named terms of rows of a draft, or of rows that the branch returned.

    One statement whatever the number of rows; returns how many. Segment and JHT are the
    department's to change. Raises DomainError `row_not_open`, `nothing_changed`,
    `terms_of_department`, or the field that does not fit.
    """
    unknown = set(changes) - set(terms.NAMES)
    if unknown:
        raise ValueError(f"no terms: {sorted(unknown)}")
    if not changes:
        raise DomainError("nothing_changed", _("Tidak ada yang diubah."))
    if {"segment", "with_jht"} & set(changes) and not by.may(Perm.BATCH_PREPARE):
        raise DomainError("terms_of_department", _("Segmen dan JHT ditentukan oleh dinas."))
    batch = EnrollmentBatch.objects.select_for_update().get(pk=batch.pk)
    rows = BatchRow.objects.filter(batch=batch, pk__in=list(row_ids))
    if batch.status != EnrollmentBatch.Status.DRAFT:
        rows = rows.filter(status=BatchRow.Status.RETURNED)
    found = list(rows.select_for_update())
    if not found or len(found) < len(set(row_ids)):
        raise DomainError(
            "row_not_open",
            _("Ketentuan hanya dapat diubah pada rancangan atau pada orang yang dikembalikan."),
        )
    values = {k: v.strip() if isinstance(v, str) else v for k, v in changes.items()}
    for row in found:
        terms.check({name: getattr(row, name) for name in terms.NAMES} | values)
    # A village does not see an agreement of the whole regency.
    seen = Agreement.objects.filter(pk=batch.agreement_id) if batch.agreement_id else None
    under_agreement.check_against(seen.first() if seen is not None else None, values)
    rows.update(**values)
    record(
        "batch.terms_changed",
        batch,
        by=by,
        village_id=found[0].village_id if len({row.village_id for row in found}) == 1 else None,
        facts={"number": batch.number, "people": len(found)},
    )
    return len(found)
