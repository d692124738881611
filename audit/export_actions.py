"""Taking a list along: at once when it is short, as a run when it is long; both are events."""

from io import BytesIO
from typing import Any, BinaryIO

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record_in
from audit.exporting import DIRECT, KIND, Asking, Listed, filters_told, plan
from core import exports, runs
from core.errors import DomainError
from core.models import Run
from regions.models import Regency


def export(
    *, by: Actor, listed: Listed, asking: Asking, ids: dict[str, Any], form: str
) -> BinaryIO | Run:
    """The file itself, or the run that makes it when there are more than two thousand rows.

    Writes one event with the number of rows and the filters without what was typed. Raises
    DomainError `unknown_format`.
    """
    if form not in exports.FORMATS:
        raise DomainError("unknown_format", _("Pilih XLSX atau CSV."))
    rows, filters = listed.rows(asking, ids)
    count = exports.how_many(rows)
    if count > DIRECT:
        part = runs.PlannedPart(weight=count)
        made: BinaryIO | Run = runs.start(
            runs.kind_named(KIND), [part], plan=plan(listed, asking, ids, form), by=by.id
        )
    else:
        made = BytesIO()  # two thousand rows are small
        count = exports.write(made, form, listed.sheet(), rows, title=str(listed.title))
        made.seek(0)
    with translation.override("id"):
        told = filters_told(filters, asking.GET) or str(_("semua"))
    # About the regency as a whole, so also from a scope of some villages.
    record_in(
        kind="list.exported",
        subject=asking.regency,
        by=by,
        regency_ids=[asking.regency.pk],
        facts={"list": listed.name, "rows": count, "format": form.upper(), "filters": told},
    )
    return made


def cancel_export(*, by: Actor, run: Run) -> Run:
    """Stop an export that is being made. Raises DomainError `export_closed`."""
    held = Run.objects.select_for_update().get(pk=run.pk)
    if not held.is_open:
        raise DomainError("export_closed", _("Unduhan ini sudah selesai."))
    runs.cancel(held)
    record_in(
        kind="list.export_cancelled",
        subject=Regency.objects.get(pk=held.regency_id),
        by=by,
        regency_ids=[held.regency_id],
        facts={"list": held.plan["list"]},
    )
    return held
