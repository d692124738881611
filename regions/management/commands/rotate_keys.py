"""`manage.py rotate_keys`: seal every identity number with the first key of KJ_FIELD_KEY."""

from typing import Any

from django.core.management.base import BaseCommand

from core.resealing import reseal, sealed_columns, stale
from core.tenancy import scope
from regions.models import Regency


class Command(BaseCommand):
    """May be stopped and started again; rows that already have the key are left alone."""

    help = (
        "Seal every identity number with the first key of KJ_FIELD_KEY. Keep the earlier key in "
        "the list: row history cannot be rewritten and opens with it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """One regency after the other, each inside its own scope."""
        columns = list(sealed_columns())
        total = 0
        for regency in Regency.objects.order_by("id"):
            changed = 0
            with scope(regency.pk):
                found = stale(columns)
            for model, column in found:
                with scope(regency.pk):
                    changed += reseal(model, column)
            total += changed
            if changed:
                self.stdout.write(f"{regency.slug}: {changed} values")
                self.stdout.flush()
        self.stdout.write(f"{total} values in {len(columns)} columns now have the present key.")
