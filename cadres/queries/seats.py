"""Reads of funded seats: the norm of the regency, and who sits where on a day."""

import datetime as dt

from django.db.models import Count, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest

from cadres.models import Assignment, Posyandu, SeatNorm
from cadres.seats import DEFAULT, SEATED, Norm, Seats, seats_of


def seat_norm() -> Norm:
    """The norm that the regency in scope follows; the unsure default until it has said so."""
    found = SeatNorm.objects.first()
    return Norm(found.seats, found.basis, found.confirmed) if found else DEFAULT


def in_force(day: dt.date, *, path: str = "") -> Q:
    """Services that run on a day, the last day included; `path` leads to the service."""
    return Q(**{f"{path}started_on__lte": day}) & (
        Q(**{f"{path}ended_on": None}) | Q(**{f"{path}ended_on__gte": day})
    )


def with_people(posts: QuerySet[Posyandu], day: dt.date) -> QuerySet[Posyandu]:
    """Adds `filled`, the people on seats on a day, and `serving`, everybody of any kind."""
    running = in_force(day, path="assignments__")
    return posts.annotate(
        filled=Count("assignments", filter=running & Q(assignments__category__in=SEATED)),
        serving=Count("assignments__cadre", filter=running, distinct=True),
    )


def posyandu_with_seats(day: dt.date) -> QuerySet[Posyandu]:
    """Posyandu of the scope by village and name, with what `with_people` adds and their seats.

    `funded` is the own number or the norm, `free` seats have nobody, `over` people have no seat.
    """
    norm = Value(seat_norm().seats, output_field=IntegerField())
    return (
        with_people(Posyandu.objects.select_related("village__district"), day)
        .annotate(funded=Coalesce("seats", norm, output_field=IntegerField()))
        .annotate(
            free=Greatest(F("funded") - F("filled"), 0),
            over=Greatest(F("filled") - F("funded"), 0),
        )
        .order_by("village__code", "name_key", "id")
    )


def seats_at(post: Posyandu, norm: Norm, day: dt.date) -> Seats:
    """The seats of one posyandu on a day."""
    filled = Assignment.objects.filter(in_force(day), posyandu=post, category__in=SEATED).count()
    return seats_of(post.seats, filled, norm)
