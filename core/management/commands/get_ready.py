"""Everything between a started database and a served page, in one process, so that it is quick."""

import gc
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Roles and rights, migrations, static files, and on request the first data."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """First data: area codes and demonstration worlds; logins for whoever started this."""
        parser.add_argument("--first-data", action="store_true", help="load areas and worlds too")
        parser.add_argument("--logins", type=Path, help="write the demonstration logins here")

    def handle(self, *args: Any, **options: Any) -> None:
        """Every step may run again without harm."""
        gc.disable()  # looking for garbage takes a tenth of a process that soon ends
        self.step("Preparing the database", "prepare_database")
        self.step("Migrating", "migrate", database="owner", verbosity=0)
        self.step("Loading the rules", "load_rules", verbosity=0)
        if settings.STATIC_ROOT:
            self.step("Collecting static files", "collectstatic", interactive=False, verbosity=0)
        if options["first_data"]:
            with ThreadPoolExecutor(1) as aside:
                worlds = aside.submit(import_module, "demo.worlds")  # while the database is busy
                self.step("Loading the area codes (first start)", "load_areas")
                worlds.result()
            self.step("Loading the demonstration worlds (first start)", "seed")
        if options["logins"]:
            with options["logins"].open("w") as told:
                call_command("logins", stdout=told)

    def step(self, what: str, command: str, **options: Any) -> None:
        """Say what is done, then do it."""
        self.stdout.write(f"-- {what}")
        self.stdout.flush()
        call_command(command, **options)
