"""`manage.py load_areas`: the provinces, regencies, districts and villages of the decree."""

import time

from django.core.management.base import BaseCommand

from regions import loading
from regions.decree import CURRENT


class Command(BaseCommand):
    """Load the area codes of the decree in force; run again, it changes nothing."""

    help = __doc__

    def handle(self, *args, **options) -> None:
        """Load and say what happened."""
        start = time.monotonic()
        for table in loading.load():
            if options["verbosity"]:
                self.stdout.write(
                    f"  {table.table.removeprefix('regions_'):<9} {table.valid:>6,} valid, "
                    f"{table.added:,} added, {table.changed:,} changed, {table.closed:,} closed"
                )
        if options["verbosity"]:
            self.stdout.write(f"  {CURRENT.number} in {time.monotonic() - start:.1f} s")
