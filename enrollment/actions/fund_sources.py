"""The budgets that pay contributions."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record
from core.errors import DomainError
from enrollment.models import FundSource


def create_fund_source(
    *,
    by: Actor | None,
    name: str,
    kind: str,
    billed_to: str = FundSource.BilledTo.REGENCY,
    department: str = "",
) -> FundSource:
    """A new source; raises DomainError `fund_source_name_taken`."""
    source = FundSource(
        name=name.strip(), kind=kind, billed_to=billed_to, department=department.strip()
    )
    _save(source)
    record("fund_source.created", source, by=by, facts={"name": source.name})
    return source


def change_fund_source(
    *,
    by: Actor | None,
    source: FundSource,
    name: str,
    kind: str,
    billed_to: str,
    department: str = "",
    active: bool = True,
) -> FundSource:
    """Change a source; invoices that exist keep what they said.

    Raises DomainError `fund_source_name_taken`.
    """
    source = FundSource.objects.select_for_update().get(pk=source.pk)
    source.name, source.kind, source.billed_to = name.strip(), kind, billed_to
    source.department, source.active = department.strip(), active
    _save(source)
    record("fund_source.changed", source, by=by, facts={"name": source.name})
    return source


def _save(source: FundSource) -> None:
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as error:
        if "enrollment_fundsource_name" not in str(error):
            raise
        message = _("Sudah ada sumber dana dengan nama ini.")
        raise DomainError("fund_source_name_taken", message, {"name": message}) from error
