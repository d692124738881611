"""Lists of people, villages and posyandu to take along."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Perm
from audit.exporting import Asking, Listed, register, register_document
from cadres import corrections, queries
from cadres.forms import PeopleFilter
from cadres.models import Category
from cadres.place_forms import PosyanduFilter, VillageFilter
from cadres.place_tables import PosyanduTable, VillageTable
from cadres.queries import places
from cadres.tables import PeopleTable
from core.exports import Cell, Column, Sheet, choice, day, nik
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


def find_villages(asking: Asking) -> tuple[list[places.VillageState], VillageFilter]:
    """Villages in sight with the age of their rosters, within the filters, by code."""
    form = VillageFilter(asking.GET, districts=districts_of(asking.regency))
    return form.narrow(places.village_states(villages_in_sight(asking))), form


def find_posyandu(asking: Asking) -> tuple[QuerySet, PosyanduFilter]:
    """Posyandu of the scope with their people and seats, within the filters, by village."""
    form = PosyanduFilter(
        asking.GET, districts=districts_of(asking.regency), villages=villages_in_sight(asking)
    )
    return form.narrow(queries.posyandu_with_seats(timezone.localdate())), form


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


class VillageSheet(Sheet):
    """One row a village."""

    code = Column(_("Kode desa"), "village__code")
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    status = Column(_("Status daftar"), "label")
    last = Column(_("Daftar terakhir"), "last", show=day)
    days = Column(_("Umur daftar (hari)"), "days")
    people = Column(_("Kader"), "people")


def _seat_rule(own: int | None) -> Cell:
    return str(_("norma") if own is None else _("jumlah sendiri"))


class PosyanduSheet(Sheet):
    """One row a posyandu."""

    name = Column(_("Posyandu"), "name")
    code = Column(_("Kode desa"), "village__code")
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    serving = Column(_("Orang"), "serving")
    funded = Column(_("Kursi yang dibiayai"), "funded")
    rule = Column(_("Dasar kursi"), "seats", show=_seat_rule)
    filled = Column(_("Kursi terisi"), "filled")
    free = Column(_("Kursi kosong"), "free")
    over = Column(_("Di luar kursi"), "over")
    decree_number = Column(_("Nomor SK"), "decree_number")
    decree_date = Column(_("Tanggal SK"), "decree_date")


CORRECTION_FILE = register_document(corrections.FILE)
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
VILLAGES = register(
    Listed(
        "desa",
        _("daftar desa"),
        Perm.PEOPLE_VIEW,
        VillageSheet,
        find_villages,
        lambda rows, sort: VillageTable(rows, slug="", order_by=sort),
    )
)
POSYANDU = register(
    Listed(
        "posyandu",
        _("daftar posyandu"),
        Perm.PEOPLE_VIEW,
        PosyanduSheet,
        find_posyandu,
        lambda rows, sort: PosyanduTable(rows, slug="", order_by=sort),
    )
)
