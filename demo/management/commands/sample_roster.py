"""`manage.py sample_roster banyuwangi roster.xlsx`: fictitious people for any regency."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from demo import rosters
from regions.models import Regency


class Command(BaseCommand):
    """Write an XLSX roster whose people do not exist."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The regency, the file, and how many."""
        parser.add_argument("regency", help="the regency's address part, such as banyuwangi")
        parser.add_argument("target", metavar="OUT.xlsx", type=Path)
        parser.add_argument("--people", type=int, default=11_498)
        parser.add_argument("--posyandu", type=int, default=2_310)

    def handle(self, *args, **options) -> None:
        """Write the file and say what is in it."""
        regency = Regency.objects.filter(slug=options["regency"], valid_to=None).first()
        if regency is None:
            raise CommandError(f"There is no regency {options['regency']!r}.")
        if not 1 <= options["posyandu"] <= options["people"] <= 1_000_000:
            raise CommandError("Give 1 to 1,000,000 people and at most as many posyandu.")
        plan = rosters.Plan(people=options["people"], posyandu=options["posyandu"])
        written = rosters.write(options["target"], rosters.lines(regency, plan))
        self.stdout.write(
            f"{options['target']}: {written:,} people, {plan.posyandu:,} posyandu, "
            f"{regency.full_name}"
        )
