"""Reads of people where more than one model meets."""

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from cadres import values
from cadres.models import Assignment, Cadre, Category
from core import sealed
from core.errors import DomainError


def people() -> QuerySet[Cadre]:
    """People of the scope with their place, by name; records merged into others are left out."""
    return (
        Cadre.objects.filter(merged_into=None)
        .select_related("village__district")
        .order_by("name_key", "id")
    )


def held(pk: int) -> Cadre:
    """A person, held until the transaction ends; raises DomainError for a merged record."""
    cadre = Cadre.objects.select_for_update().get(pk=pk)
    if cadre.merged_into_id is not None:
        raise DomainError(
            "person_merged", _("Catatan ini sudah digabungkan. Buka catatan yang dipertahankan.")
        )
    return cadre


def searched(found: QuerySet[Cadre], words: str) -> QuerySet[Cadre]:
    """People whose name has every word, or who have exactly this NIK."""
    digits = words.translate(values.NIK_NOISE)
    if len(digits) == 16 and digits.isascii() and digits.isdigit():
        return found.filter(nik_digest=sealed.digest(digits))
    return named(found, words)


def named(found: QuerySet[Cadre], words: str) -> QuerySet[Cadre]:
    """People whose name has every word; a text without any word finds nobody."""
    parts = values.name_key(words).split()
    for word in parts:
        found = found.filter(name_key__contains=word)
    return found if parts or not words.strip() else found.none()


def serving(found: QuerySet[Cadre], **place: object) -> QuerySet[Cadre]:
    """People with a service in force that has these properties (`category`, `posyandu`)."""
    return found.filter(
        Exists(Assignment.objects.filter(cadre=OuterRef("pk"), ended_on=None, **place))
    )


def with_service(found: QuerySet[Cadre]) -> QuerySet[Cadre]:
    """Adds `posyandu_name` and `category` of the first service in force."""
    open_ones = Assignment.objects.filter(cadre=OuterRef("pk"), ended_on=None).order_by("id")
    return found.annotate(
        posyandu_name=Subquery(open_ones.values("posyandu__name")[:1]),
        category=Subquery(open_ones.values("category")[:1]),
    )


def kinds_in(village_id: int) -> list[tuple[str, int]]:
    """How many people serve a village in each kind, the largest first."""
    found = (
        Assignment.objects.filter(village_id=village_id, ended_on=None)
        .values_list("category")
        .annotate(people=Count("id"))
        .order_by("-people")
    )
    return [(str(Category(kind).label), people) for kind, people in found]
