"""Raise the wall around money; what was billed, booked or paid cannot be changed."""

from django.db import migrations

from core.wall import history, wall

PLACE = {"village_id": "regions_village"}


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial"), ("enrollment", "0002_wall")]
    operations = [
        *wall(
            "budgets_budget",
            village="village_id",
            refs={**PLACE, "fund_source_id": "enrollment_fundsource"},
        ),
        *wall(
            "budgets_budgetline",
            village="village_id",
            refs={**PLACE, "budget_id": "budgets_budget"},
        ),
        *wall("budgets_invoicerun", refs={"run_id": "core_run"}),
        *wall(
            "budgets_invoice",
            village="village_id",
            refs={
                **PLACE,
                "invoice_run_id": "budgets_invoicerun",
                "fund_source_id": "enrollment_fundsource",
            },
        ),
        *wall(
            "budgets_payment",
            village="village_id",
            refs={**PLACE, "invoice_id": "budgets_invoice"},
            append_only=True,
        ),
        *wall(
            "budgets_invoiceline",
            village="village_id",
            refs={
                "invoice_id": "budgets_invoice",
                "coverage_id": "enrollment_coverage",
                "cadre_id": "cadres_cadre",
            },
            append_only=True,
            tenant_key=False,
        ),
        *wall(
            "budgets_ledgerentry",
            village="village_id",
            refs={
                **PLACE,
                "line_id": "budgets_budgetline",
                "invoice_id": "budgets_invoice",
                "payment_id": "budgets_payment",
            },
            append_only=True,
        ),
        *history("budgets_budgetevent", village="village_id"),
        *history("budgets_budgetlineevent", village="village_id"),
        *history("budgets_invoiceevent", village="village_id"),
    ]
