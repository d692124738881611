"""Create the application's database role, its rights and the extensions. Runs before migrate."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from core.database import DatabaseNotPrepared, prepare


class Command(BaseCommand):
    """Prepare the database for a role that owns nothing; may run any number of times."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The connection of the owner can be named, for instance for a restored copy."""
        parser.add_argument("--database", default="owner", help="connection of the owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the application's role from the default connection and prepare for it."""
        app = connections["default"].settings_dict

        def log(text: str) -> None:
            if options["verbosity"]:
                self.stdout.write(f"  {text}.")

        try:
            prepare(connections[options["database"]], app["USER"], app["PASSWORD"], log)
        except DatabaseNotPrepared as error:
            raise CommandError(str(error)) from None
