"""`manage.py logins`: the demonstration logins as JSON."""

import json

from django.core.management.base import BaseCommand

from demo import logins


class Command(BaseCommand):
    """Print every demonstration login as a JSON list."""

    help = __doc__

    def handle(self, *args, **options) -> None:
        """One list on stdout and nothing else."""
        self.stdout.write(json.dumps(logins.as_rows(), indent=2))
