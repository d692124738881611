"""Load the law on contributions from the reviewed files in `budgets/rules/`."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Model

from budgets import rule_files
from budgets.models import (
    ContributionBand,
    ContributionDeadline,
    ContributionRate,
    ContributionRelief,
)


class Command(BaseCommand):
    """Running it again changes nothing; rows of earlier laws stay."""

    help = "Load the law on contributions; safe to run any number of times."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        """Insert what is new and bring the rest to what the files say."""
        rules = rule_files.read()
        for rate in rules.rates:
            _put(ContributionRate, rate, "segment", "component", "valid_from")
        for relief in rules.reliefs:
            _put(ContributionRelief, relief, "name", "sector")
        for band in rules.bands:
            _put(ContributionBand, band, "valid_from", "income_from")
        for deadline in rules.deadlines:
            _put(ContributionDeadline, deadline, "segment", "valid_from")
        if options["verbosity"]:
            counts = [
                f"{len(rules.rates)} rates",
                f"{len(rules.reliefs)} reliefs",
                f"{len(rules.bands)} income bands",
                f"{len(rules.deadlines)} due dates",
            ]
            self.stdout.write(", ".join(counts))


def _put(model: type[Model], row: Any, *key: str) -> None:
    """Insert a rule, or bring the one with this key to what the file says."""
    values = {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(row).items()}
    known = {name: values.pop(name) for name in key}
    model._default_manager.update_or_create(**known, defaults=values)
