"""Roles and permissions: what each role may do, in one table."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The kinds of membership."""

    VILLAGE_OPERATOR = "village_operator", _("operator desa")
    HEALTH_CENTRE_OFFICER = "health_centre_officer", _("petugas puskesmas")
    DISTRICT_OFFICER = "district_officer", _("petugas dinas")
    DISTRICT_APPROVER = "district_approver", _("penyetuju dinas")
    BRANCH_OFFICER = "branch_officer", _("petugas cabang BPJS")
    AUDITOR = "auditor", _("auditor")
    PLATFORM_OPERATOR = "platform_operator", _("pengelola sistem")


class Perm(StrEnum):
    """What a person may be allowed to do inside a regency, or on the platform."""

    PEOPLE_VIEW = "people.view"
    PEOPLE_REVEAL = "people.reveal"
    PEOPLE_EDIT = "people.edit"
    PEOPLE_MANAGE = "people.manage"
    TRAINING_RECORD = "training.record"
    ROSTER_VIEW = "roster.view"
    ROSTER_UPLOAD = "roster.upload"
    ROSTER_APPROVE = "roster.approve"
    BATCH_VIEW = "batch.view"
    BATCH_PREPARE = "batch.prepare"
    BATCH_SUBMIT = "batch.submit"
    BATCH_REVIEW = "batch.review"
    ELIGIBILITY_EDIT = "eligibility.edit"
    ELIGIBILITY_DECIDE = "eligibility.decide"
    COVERAGE_VIEW = "coverage.view"
    RECONCILE_VIEW = "reconcile.view"
    RECONCILE_UPLOAD = "reconcile.upload"
    RECONCILE_EDIT = "reconcile.edit"
    RECONCILE_ANSWER = "reconcile.answer"
    RECONCILE_CLOSE = "reconcile.close"
    CARD_PRINT = "card.print"
    BUDGET_VIEW = "budget.view"
    BUDGET_EDIT = "budget.edit"
    INVOICE_VIEW = "invoice.view"
    INVOICE_RUN = "invoice.run"
    PAYMENT_RECORD = "payment.record"
    CLAIM_VIEW = "claim.view"
    CLAIM_REPORT = "claim.report"
    CLAIM_PREPARE = "claim.prepare"
    CLAIM_DECIDE = "claim.decide"
    CLAIM_HAND_OVER = "claim.hand_over"
    AUDIT_VIEW = "audit.view"
    MEMBERS_MANAGE = "members.manage"
    PLATFORM_MANAGE = "platform.manage"


_VILLAGE = {
    Perm.PEOPLE_VIEW,
    Perm.PEOPLE_REVEAL,
    Perm.PEOPLE_EDIT,
    Perm.TRAINING_RECORD,
    Perm.ROSTER_VIEW,
    Perm.ROSTER_UPLOAD,
    Perm.COVERAGE_VIEW,
    Perm.CARD_PRINT,
    Perm.CLAIM_VIEW,
    Perm.CLAIM_REPORT,
}
_READ = {
    Perm.PEOPLE_VIEW,
    Perm.ROSTER_VIEW,
    Perm.BATCH_VIEW,
    Perm.COVERAGE_VIEW,
    Perm.RECONCILE_VIEW,
    Perm.BUDGET_VIEW,
    Perm.INVOICE_VIEW,
    Perm.CLAIM_VIEW,
}

ALLOWED: dict[Role, frozenset[Perm]] = {
    Role.VILLAGE_OPERATOR: frozenset(_VILLAGE),
    Role.HEALTH_CENTRE_OFFICER: frozenset(
        {
            Perm.PEOPLE_VIEW,
            Perm.TRAINING_RECORD,
            Perm.ROSTER_VIEW,
            Perm.ROSTER_APPROVE,
            Perm.COVERAGE_VIEW,
        }
    ),
    Role.DISTRICT_OFFICER: frozenset(
        _VILLAGE
        | _READ
        | {
            Perm.PEOPLE_MANAGE,
            Perm.ROSTER_APPROVE,
            Perm.BATCH_PREPARE,
            Perm.ELIGIBILITY_EDIT,
            Perm.RECONCILE_UPLOAD,
            Perm.RECONCILE_EDIT,
            Perm.RECONCILE_CLOSE,
            Perm.BUDGET_EDIT,
            Perm.INVOICE_RUN,
            Perm.PAYMENT_RECORD,
            Perm.CLAIM_PREPARE,
            Perm.CLAIM_HAND_OVER,
            Perm.AUDIT_VIEW,
            Perm.MEMBERS_MANAGE,
        }
    ),
    Role.DISTRICT_APPROVER: frozenset(
        _READ
        | {
            Perm.PEOPLE_REVEAL,
            Perm.BATCH_SUBMIT,
            Perm.ELIGIBILITY_DECIDE,
            Perm.RECONCILE_CLOSE,
            Perm.BUDGET_EDIT,
            Perm.PAYMENT_RECORD,
            Perm.CARD_PRINT,
            Perm.AUDIT_VIEW,
        }
    ),
    Role.BRANCH_OFFICER: frozenset(
        _READ
        | {
            Perm.PEOPLE_REVEAL,
            Perm.BATCH_REVIEW,
            Perm.ELIGIBILITY_DECIDE,
            Perm.RECONCILE_UPLOAD,
            Perm.RECONCILE_ANSWER,
            Perm.CLAIM_DECIDE,
            Perm.CARD_PRINT,
        }
    ),
    Role.AUDITOR: frozenset(_READ | {Perm.AUDIT_VIEW}),
    Role.PLATFORM_OPERATOR: frozenset({Perm.PLATFORM_MANAGE}),
}

# Who may give which roles: a department its own field staff, the platform everybody. Whoever
# prepares must not be able to make their own second pair of eyes, or their own auditor.
INVITABLE: dict[Role, frozenset[Role]] = {
    Role.DISTRICT_OFFICER: frozenset(
        {Role.VILLAGE_OPERATOR, Role.HEALTH_CENTRE_OFFICER, Role.DISTRICT_OFFICER}
    ),
    Role.PLATFORM_OPERATOR: frozenset(Role),
}


def allows(role: str, perm: Perm) -> bool:
    """Whether a role holds a permission; an unknown role holds none."""
    return perm in ALLOWED.get(Role(role), frozenset()) if role in Role.values else False
