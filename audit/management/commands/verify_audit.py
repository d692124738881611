"""Recompute the chain of events of every regency and name the first bad seal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.sealing import verify
from core.tenancy import scope
from regions.models import Regency


class Command(BaseCommand):
    """Exit code 0 when every chain holds, 1 otherwise."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One regency, and a seal that somebody noted earlier."""
        parser.add_argument("regency", nargs="?", help="slug; every active regency if left out")
        parser.add_argument("--expect", help="NUMBER:DIGEST noted earlier, for one regency")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, print one line for each regency."""
        expected = None
        if options["expect"]:
            number, _colon, digest = options["expect"].partition(":")
            if not options["regency"] or not number.isdigit() or not digest:
                raise CommandError("--expect NUMBER:DIGEST needs a regency")
            expected = (int(number), digest)
        found = Regency.objects.filter(active=True).order_by("slug")
        if options["regency"]:
            found = found.filter(slug=options["regency"])
        if not found:
            raise CommandError("no such active regency")
        bad = 0
        for regency in found:
            with scope(regency.pk):
                verdict = verify(expected=expected)
            if verdict.sound:
                self.stdout.write(
                    f"{regency.slug}: {verdict.seals} seals hold, {verdict.unsealed} events wait, "
                    f"head {verdict.seals}:{verdict.digest}"
                )
            else:
                bad += 1
                self.stdout.write(
                    f"{regency.slug}: first bad seal {verdict.bad_seal} ({verdict.reason})"
                )
        if bad:
            raise CommandError(f"{bad} chain(s) do not hold")
