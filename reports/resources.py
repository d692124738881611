"""Lists of the risk radar to take along."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Perm
from audit.exporting import Asking, Listed, register, register_document
from cadres.resources import villages_in_sight
from core.exports import Column, Sheet, day, nik
from reports.bulk.files import ANSWERS
from reports.forms import RiskFilter
from reports.queries.radar import RISKS, Found, Risk


class PeopleAtRiskSheet(Sheet):
    """One row a person, with the date by which something happens and its number."""

    name = Column(_("Nama"), "cadre__name")
    nik = Column(_("NIK"), "cadre__nik_sealed", show=nik)
    phone = Column(_("Nomor HP"), "cadre__phone")
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    due = Column(_("Tanggal"), "due")
    number = Column(_("Jumlah"), "number")


class SilentVillageSheet(Sheet):
    """One row a village."""

    code = Column(_("Kode desa"), "village__code")
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    last = Column(_("Daftar terakhir"), "last", show=day)
    days = Column(_("Umur daftar (hari)"), "days")
    people = Column(_("Kader"), "people")


def find_at_risk(asking: Asking, risk: Risk) -> tuple[Found, Form]:
    """Who is at risk today, within the filters."""
    every = villages_in_sight(asking)
    form = RiskFilter(asking.GET, villages=every)
    chosen = form.narrow(every)
    found = risk.find(timezone.localdate(), chosen.select_related("district"))
    if isinstance(found, QuerySet) and any(asking.GET.get(name) for name in form.fields):
        found = found.filter(village__in=chosen)
    return found, form


def _listed(risk: Risk) -> Listed:
    def find(asking: Asking, **_ids: Any) -> tuple[Found, Form]:
        return find_at_risk(asking, risk)

    return register(
        Listed(
            f"risiko-{risk.code}",
            risk.title,
            Perm.COVERAGE_VIEW,
            SilentVillageSheet if risk.of_villages else PeopleAtRiskSheet,
            find,
        )
    )


LISTS = {risk.code: _listed(risk) for risk in RISKS}
BULK_ANSWERS = register_document(ANSWERS)
