"""The list of claims to take along."""

from django.db.models import QuerySet
from django.forms import Form
from django.utils.translation import gettext_lazy as _

from accounts.roles import Perm
from audit.exporting import Asking, Listed, register
from claims import queries
from claims.filters import ClaimFilter
from claims.models import Claim
from claims.tables import ClaimTable
from core.exports import Column, Sheet, choice


def find_claims(asking: Asking) -> tuple[QuerySet, Form]:
    """Claims, newest first, within the filters."""
    found = ClaimFilter(asking.GET, queryset=queries.listed())
    return found.qs, found.form


class ClaimSheet(Sheet):
    """One row a claim; the benefit in whole rupiah."""

    number = Column(_("Nomor klaim"), "number")
    name = Column(_("Nama"), "cadre__name")
    village = Column(_("Desa"), "village__name")
    district = Column(_("Kecamatan"), "village__district__name")
    died_on = Column(_("Meninggal"), "died_on")
    status = Column(_("Status"), "status", show=choice(Claim.Status.choices))
    missing = Column(_("Dokumen kurang"), "missing")
    total = Column(_("Manfaat"), "total")
    outcome = Column(_("Hasil hitungan"), "outcome", show=choice(Claim.Outcome.choices))


CLAIMS = register(
    Listed(
        "klaim",
        _("daftar klaim"),
        Perm.CLAIM_VIEW,
        ClaimSheet,
        find_claims,
        lambda rows, sort: ClaimTable(rows, regency_slug="", order_by=sort),
    )
)
