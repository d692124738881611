"""Load contribution rates and reliefs from the reviewed files in `budgets/rules/`."""

from django.core.management.base import BaseCommand
from django.db import transaction

from budgets import rule_files
from budgets.models import ContributionRate, ContributionRelief


class Command(BaseCommand):
    """Running it again changes nothing; rows of earlier laws stay."""

    help = "Load contribution rates and reliefs; safe to run any number of times."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        """Insert what is new and bring the rest to what the files say."""
        rates, reliefs = rule_files.read()
        for row in rates:
            key = {"segment": row.segment, "component": row.component, "valid_from": row.valid_from}
            rest = {"amount": row.amount, "valid_to": row.valid_to, "source": row.source}
            ContributionRate.objects.update_or_create(**key, defaults=rest)
        for row in reliefs:
            relief = {
                "percent": row.percent,
                "segment": row.segment,
                "valid_from": row.valid_from,
                "valid_to": row.valid_to,
                "excluded_payers": list(row.excluded_payers),
                "unsettled_payers": list(row.unsettled_payers),
                "source": row.source,
            }
            ContributionRelief.objects.update_or_create(
                name=row.name, sector=row.sector, defaults=relief
            )
        if options["verbosity"]:
            self.stdout.write(f"{len(rates)} rates and {len(reliefs)} reliefs")
