"""Lists of people to take along."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.roles import Perm
from audit.exporting import Asking, Listed, register
from cadres import queries
from cadres.forms import PeopleFilter
from cadres.models import Category
from cadres.tables import PeopleTable
from core.exports import Column, Sheet, choice, nik
from regions.models import Village
from regions.queries import districts_of, villages_of


def villages_in_sight(asking: Asking) -> QuerySet[Village]:
    """The villages of the regency that the membership may see."""
    found = villages_of(asking.regency)
    own = asking.membership.village_ids()
    return found.filter(pk__in=own) if own else found


def find_people(asking: Asking) -> tuple[QuerySet, PeopleFilter]:
    """People of the scope with their first service, within the filters."""
    form = PeopleFilter(
        asking.GET, districts=districts_of(asking.regency), villages=villages_in_sight(asking)
    )
    return queries.with_service(_filtered(form)), form


def _filtered(form: PeopleFilter) -> QuerySet:
    found = queries.people()
    if not form.is_valid():
        return found.none()
    chosen = form.cleaned_data
    if chosen["q"]:
        found = queries.searched(found, chosen["q"])
    if chosen["district"]:
        found = found.filter(village__district=chosen["district"])
    if chosen["village"]:
        found = found.filter(village=chosen["village"])
    service = {name: chosen[name] for name in ("category", "posyandu") if chosen[name]}
    return queries.serving(found, **service) if service else found


class PeopleSheet(Sheet):
    """One row a person."""

    name = Column(_("Nama"), "name")
    nik = Column("NIK", "nik_sealed", show=nik)
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    posyandu = Column(_("Posyandu"), "posyandu_name")
    category = Column(_("Jenis"), "category", show=choice(Category.choices))
    birth_date = Column(_("Tanggal lahir"), "birth_date")
    died_on = Column(_("Meninggal"), "died_on")


PEOPLE = register(
    Listed(
        "kader",
        _("daftar kader"),
        Perm.PEOPLE_VIEW,
        PeopleSheet,
        find_people,
        lambda rows, sort: PeopleTable(rows, person_url=str, order_by=sort),
    )
)
