"""`manage.py seed`: the demonstration worlds, made through the apps' own actions."""

import multiprocessing
import time
from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections

from demo import worlds


class Command(BaseCommand):
    """Fill the demonstration regencies; run again, it changes nothing that is there."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which worlds, all unless named."""
        parser.add_argument("worlds", nargs="*", choices=[*worlds.WORLDS, []], metavar="world")

    def handle(self, *args, **options) -> None:
        """One line for each step, and the time that each world took."""
        start = time.monotonic()
        call_command("load_rules", verbosity=0)
        made = worlds.open_all()
        self.say(f"{len(worlds.WORLDS)} regencies open, {made} new logins")
        if options["worlds"]:
            self.fill(options["worlds"])
        else:
            self.fill_all()
        self.say(f"filled in {time.monotonic() - start:.1f} s")

    def fill(self, slugs: list[str]) -> None:
        """These worlds one after another, and the time that each took."""
        with connection.cursor() as cursor:  # what is made up may be made again
            cursor.execute("SET synchronous_commit TO off")
        for slug in slugs:
            begun = time.monotonic()
            worlds.seed(slug, lambda text, slug=slug: self.say(f"{slug}: {text}"))
            self.say(f"{slug}: ready in {time.monotonic() - begun:.1f} s")

    def fill_all(self) -> None:
        """The largest world here, beside a process that fills the others: they share nothing."""
        largest, *others = worlds.WORLDS
        connections.close_all()  # the other process makes its own
        process = multiprocessing.get_context("fork").Process
        beside = process(target=self.fill, args=[others], daemon=True)
        beside.start()
        self.fill([largest])
        beside.join()
        if beside.exitcode:
            raise CommandError("Filling the other worlds failed; see above.")

    def say(self, text: str) -> None:
        """One line of progress, at once."""
        self.stdout.write(f"   {text}")
        self.stdout.flush()
