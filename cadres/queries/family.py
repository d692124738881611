"""Reads about families: who has to confirm again, and who holds an address for it."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cadres.models import Assignment, Cadre, FamilyLink, Heir, ImportRow, RosterImport

CONFIRMED_FOR = dt.timedelta(days=365)


def family_is_due(cadre: Cadre, today: dt.date) -> bool:
    """Whether heirs and children were not confirmed within a year."""
    return cadre.heirs_confirmed_on is None or cadre.heirs_confirmed_on < today - CONFIRMED_FOR


def families_due(village_id: int | None = None) -> QuerySet[Cadre]:
    """People in service whose family was not confirmed within a year, by name."""
    limit = timezone.localdate() - CONFIRMED_FOR
    found = Cadre.objects.filter(
        Q(heirs_confirmed_on=None) | Q(heirs_confirmed_on__lt=limit),
        Exists(Assignment.objects.filter(cadre=OuterRef("pk"), ended_on=None)),
        died_on=None,
        merged_into=None,
    )
    if village_id is not None:
        found = found.filter(village_id=village_id)
    return found.order_by("name_key", "id")


def without_heirs(roster: RosterImport) -> QuerySet[Cadre]:
    """People whom a saved roster recorded first and who have no heir yet, by village and name.

    `link_until` is when the address that was made for them runs out, None without an open one.
    """
    recorded = ImportRow.objects.filter(roster=roster, effect=ImportRow.Effect.NEW)
    links = FamilyLink.objects.filter(
        cadre=OuterRef("pk"), used_at=None, expires_at__gt=timezone.now()
    )
    return (
        Cadre.objects.filter(
            Exists(Assignment.objects.filter(cadre=OuterRef("pk"), ended_on=None)),
            ~Exists(Heir.objects.filter(cadre=OuterRef("pk"))),
            nik_digest__in=recorded.values("nik_digest"),
            died_on=None,
            merged_into=None,
        )
        .select_related("village")
        .annotate(link_until=Subquery(links.order_by("-id").values("expires_at")[:1]))
        .order_by("village__name", "name_key", "id")
    )


@dataclass(frozen=True)
class Gate:
    """What an address for the family opens: where to write, and all that its holder may learn."""

    link_id: int
    regency_id: int
    village_id: int
    first_name: str
    village: str
    expires_at: dt.datetime
    used_at: dt.datetime | None

    @property
    def open(self) -> bool:
        """Whether it may still be answered."""
        return self.used_at is None and self.expires_at > timezone.now()


def family_gate(token: str) -> Gate | None:
    """What the secret of an address opens; None where nobody has such an address."""
    digest = hashlib.sha256(token.encode()).digest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cadres_family_link(%s)", [digest])
        row = cursor.fetchone()
    return Gate(*row) if row else None
